//! Limits in time.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

/// An end in time, if there is one.
///
/// The clock starts when something has to wait for the first time: what is ready at once costs no timer.
pub(super) struct Deadline {
    limit: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self { limit, timer: None }
    }

    /// Asked whenever something has to wait; ready when it has waited for too long.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(limit) = self.limit else { return Poll::Pending };
        self.timer.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(cx)
    }
}

/// What comes of a future within a time; `None` where it takes longer.
pub(super) fn within<F: Future + Unpin>(
    limit: Option<Duration>,
    mut future: F,
) -> impl Future<Output = Option<F::Output>> + Unpin {
    let mut deadline = Deadline::new(limit);
    poll_fn(move |cx| match Pin::new(&mut future).poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => deadline.poll(cx).map(|()| None),
    })
}
