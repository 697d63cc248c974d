//! `Send` where there are threads; wasm32 has one.

#[cfg(not(target_arch = "wasm32"))]
mod bounds {
    /// `Send`, except where there is one thread.
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}
    /// `Sync`, except where there is one thread.
    pub trait MaybeSync: Sync {}
    impl<T: Sync + ?Sized> MaybeSync for T {}
    /// A future on the heap.
    pub type BoxFuture<'a, T> = futures_util::future::BoxFuture<'a, T>;
    /// A stream on the heap.
    pub(crate) type BoxStream<'a, T> = futures_util::stream::BoxStream<'a, T>;
}

#[cfg(target_arch = "wasm32")]
mod bounds {
    /// `Send`, except where there is one thread.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}
    /// `Sync`, except where there is one thread.
    pub trait MaybeSync {}
    impl<T: ?Sized> MaybeSync for T {}
    /// A future on the heap.
    pub type BoxFuture<'a, T> = futures_util::future::LocalBoxFuture<'a, T>;
    /// A stream on the heap.
    pub(crate) type BoxStream<'a, T> = futures_util::stream::LocalBoxStream<'a, T>;
}

pub(crate) use bounds::BoxStream;
pub use bounds::{BoxFuture, MaybeSend, MaybeSync};

/// A cause of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
