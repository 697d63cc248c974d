//! What is wrong with the body of a request, found while a handler reads it.
//!
//! A handler hands on an error, which may be about any stream. So what is wrong with this one is noted where it is found,
//! and an error that tells the same is the client's fault.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(feature = "server")]
use super::{ItemError, StreamError};
use crate::support::Violations;

/// What was found wrong with the body of a request last; clones share it.
#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<Option<Fault>>>);

/// What is wrong with the body of a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fault {
    /// The item with this number is not valid.
    Invalid(usize, Violations),
    /// It, or an item of it, is larger than it may be.
    TooLarge,
    /// It broke off.
    #[cfg(feature = "server")]
    Interrupted,
    /// It did not come in time.
    #[cfg(feature = "server")]
    Stalled,
}

impl Faults {
    /// Notes what was found.
    pub(crate) fn note(&self, fault: Fault) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }

    /// What was found, where an error tells of that.
    #[cfg(feature = "server")]
    pub(crate) fn told_by(&self, error: &(dyn std::error::Error + 'static)) -> Option<Fault> {
        let fault = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        let mut causes = std::iter::successors(Some(error), |it| (*it).source());
        causes.any(|it| fault.is_told_by(it)).then_some(fault)
    }
}

impl Fault {
    #[cfg(feature = "server")]
    fn is_told_by(&self, error: &(dyn std::error::Error + 'static)) -> bool {
        let (item, stream) = (error.downcast_ref::<ItemError>(), error.downcast_ref::<StreamError>());
        let is_broken =
            matches!(item, Some(ItemError::Interrupted(_))) || matches!(stream, Some(StreamError::Interrupted(_)));
        match self {
            Self::Invalid(_, violations) => matches!(item, Some(ItemError::Invalid(it)) if it == violations),
            // A layer that has a limit of its own breaks the body off.
            Self::TooLarge => {
                is_broken
                    || matches!(item, Some(ItemError::TooLarge))
                    || matches!(stream, Some(StreamError::TooLarge { .. }))
            }
            Self::Interrupted | Self::Stalled => is_broken,
        }
    }
}

/// A body may hold secrets.
impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faults(..)")
    }
}
