//! Work that may not end, or that may panic.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// What became of it.
pub(crate) enum Ended<T> {
    /// It ended in time.
    Done(T),
    /// It goes on.
    Late,
    /// It panicked.
    Panicked,
}

/// Works in a thread of its own; one that does not end in time is left behind.
pub(crate) fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Ended<T> {
    let (sender, receiver) = channel();
    // Nobody listens any more where it comes too late.
    thread::spawn(move || drop(sender.send(work())));
    match receiver.recv_timeout(limit) {
        Ok(done) => Ended::Done(done),
        Err(RecvTimeoutError::Timeout) => Ended::Late,
        Err(RecvTimeoutError::Disconnected) => Ended::Panicked,
    }
}
