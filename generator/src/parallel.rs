//! Work that is done side by side: documents, schemas, and files.
//!
//! Nothing here may be called while a lock is held or a `OnceLock` is filled: a thread that waits for the other half takes
//! up what else there is to do, and may come to the same lock.

use std::sync::LazyLock;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelIterator as _, ParallelIterator as _};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The stack of a thread, as large as that of a program's first: stages walk as deep as a document may nest.
const STACK: usize = 8 << 20;

/// One thread for each core; none where the system gives no threads.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| ThreadPoolBuilder::new().stack_size(STACK).build().ok());

/// Does the same with each item, on every core; the results have the order of the items.
///
/// Each is handed out by itself: a few are as much work as all others, and whoever gets them must not have more.
pub(crate) fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Send + Sync) -> Vec<R> {
    match &*POOL {
        Some(pool) if items.len() > 1 => pool.install(|| items.into_par_iter().with_max_len(1).map(work).collect()),
        _ => items.into_iter().map(work).collect(),
    }
}

/// How many parts there are.
const PARTS: usize = 4;

/// The parts of a large document that are looked at side by side: enough for an even load, and as many on every machine.
pub(crate) fn parts<T>(all: &[T]) -> Vec<&[T]> {
    all.chunks(all.len().div_ceil(PARTS).max(1)).collect()
}

/// Does two things at a time; what takes longer is the second one.
pub(crate) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    match &*POOL {
        Some(pool) => pool.join(one, other),
        None => (one(), other()),
    }
}

/// Frees what nobody needs any more, while others go on.
pub(crate) fn discard<T: Send + 'static>(value: T) {
    match &*POOL {
        Some(pool) => pool.spawn(move || drop(value)),
        None => drop(value),
    }
}
