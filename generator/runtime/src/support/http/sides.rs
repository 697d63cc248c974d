//! What only one side of HTTP needs of an operation: the other one does not compile it.

/// Keeps items of who sends requests and reads responses: clients, and stand-ins, which read their own examples.
#[cfg(any(feature = "client", feature = "stand-in"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_senders {
    ($($item:tt)*) => { $($item)* };
}

/// Drops them: there is nobody who sends requests.
#[cfg(not(any(feature = "client", feature = "stand-in")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_senders {
    ($($item:tt)*) => {};
}

/// Keeps items of who takes requests and writes responses.
#[cfg(feature = "server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_receivers {
    ($($item:tt)*) => { $($item)* };
}

/// Drops them: there is nobody who takes requests.
#[cfg(not(feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_receivers {
    ($($item:tt)*) => {};
}

#[doc(hidden)]
pub use {__for_receivers as for_receivers, __for_senders as for_senders};
