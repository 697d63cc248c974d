//! Why a call has no response.

use std::fmt;
use std::time::Duration;

use super::BoxError;
use crate::support::Violations;
use crate::support::http::{DecodeError, ItemError, StreamError};
use crate::support::params::EncodeError;

/// Why a call has no response. No message shows a credential, a URL or a submitted value.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The base URL is none; the text says why.
    BaseUrl(&'static str),
    /// The request is not valid, so it was not sent.
    InvalidRequest(Violations),
    /// A value has no form in its parameter, so the request was not sent.
    Encode(EncodeError),
    /// No security requirement of the operation has all its credentials, so the request was not sent.
    MissingCredentials {
        /// The operation.
        operation: &'static str,
    },
    /// What gives a credential could not give it, so the request was not sent.
    NoToken {
        /// The operation.
        operation: &'static str,
        /// Why.
        error: BoxError,
    },
    /// The next page cannot be had; the text says why.
    NextPage(&'static str),
    /// The call cannot block; the text says why.
    Blocking(String),
    /// The server was not reached, or went away.
    Transport(BoxError),
    /// The server took too long.
    Timeout(Duration),
    /// The response is larger than the limit.
    TooLarge {
        /// How many bytes a response may have.
        limit: usize,
    },
    /// The response is not as documented.
    Decode(DecodeError),
    /// A stream has no next item.
    Item(ItemError),
}

impl Error {
    pub(super) fn from_body(error: StreamError) -> Self {
        match error {
            StreamError::TooLarge { limit } => Self::TooLarge { limit },
            interrupted @ StreamError::Interrupted(_) => Self::Transport(interrupted.into()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(reason) => write!(f, "the base URL {reason}"),
            Self::InvalidRequest(violations) => write!(f, "the request is not valid: {}", violations.summary()),
            Self::Encode(error) => error.fmt(f),
            Self::MissingCredentials { operation } => write!(f, "operation `{operation}` needs credentials"),
            Self::NoToken { operation, .. } => write!(f, "operation `{operation}` got no credential"),
            Self::NextPage(reason) => write!(f, "the next page {reason}"),
            Self::Blocking(reason) => write!(f, "a blocking call {reason}"),
            Self::Transport(error) if error.is::<StreamError>() => f.write_str("the response broke off"),
            Self::Transport(_) => f.write_str("the request did not get through"),
            Self::Timeout(after) => write!(f, "no response after {after:?}"),
            Self::TooLarge { limit } => write!(f, "the response has more than {limit} bytes"),
            Self::Decode(error) => error.fmt(f),
            Self::Item(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) if error.is::<StreamError>() => error.source(),
            Self::Transport(error) | Self::NoToken { error, .. } => Some(&**error),
            Self::InvalidRequest(violations) => Some(violations),
            Self::Encode(error) => error.source(),
            Self::Item(error) => error.source(),
            Self::Decode(error) => Some(&error.violations),
            Self::BaseUrl(_)
            | Self::MissingCredentials { .. }
            | Self::NextPage(_)
            | Self::Blocking(_)
            | Self::Timeout(_)
            | Self::TooLarge { .. } => None,
        }
    }
}

/// The chunks of a body that is passed on as it comes.
impl From<StreamError> for Error {
    fn from(error: StreamError) -> Self {
        Self::from_body(error)
    }
}

/// The items of a stream.
impl From<ItemError> for Error {
    fn from(error: ItemError) -> Self {
        Self::Item(error)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}
