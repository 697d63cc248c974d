//! Limits in time.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::sleep;

/// What comes of a future within a time; `None` where it takes longer.
///
/// The clock starts when the future has to wait for the first time: what is ready at once costs no timer.
pub(super) async fn within<F: Future>(limit: Option<Duration>, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut timer = pin!(None);
    poll_fn(|cx| {
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        let Some(limit) = limit else { return Poll::Pending };
        if timer.is_none() {
            timer.set(Some(sleep(limit)));
        }
        let is_over = timer.as_mut().as_pin_mut().is_some_and(|it| it.poll(cx).is_ready());
        if is_over { Poll::Ready(None) } else { Poll::Pending }
    })
    .await
}
