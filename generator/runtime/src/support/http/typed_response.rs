//! The responses of an operation as a type: what the generated `Response` enums are.

#[cfg(feature = "server")]
use super::RawResponse;
#[cfg(any(feature = "client", feature = "stand-in"))]
use super::{Answer, DecodeError};
#[cfg(feature = "server")]
use crate::support::params::EncodeError;

/// The responses of an operation for who reads them, one variant for each that the document names.
#[cfg(any(feature = "client", feature = "stand-in"))]
pub trait DecodeResponse: Sized {
    /// What the operation is called for: the body of its one success, or a type for several.
    type Success;

    /// The success; what is none stays as it is.
    ///
    /// # Errors
    /// Where the operation failed.
    fn success(self) -> Result<Self::Success, Self>;

    /// Reads the response.
    ///
    /// # Errors
    /// Where it is not as the document says.
    fn decode(response: Answer) -> Result<Self, DecodeError>;
}

/// The responses of an operation for who writes them.
#[cfg(feature = "server")]
pub trait EncodeResponse {
    /// Writes the response.
    ///
    /// # Errors
    /// Where a header cannot carry its value.
    fn encode(&self) -> Result<RawResponse, EncodeError>;
}
