//! The responses of an operation as a type: what the generated `Response` enums are.

#[cfg(feature = "server")]
use super::RawResponse;
#[cfg(any(feature = "client", feature = "stand-in"))]
use super::{Answer, DecodeError};
#[cfg(feature = "server")]
use crate::support::params::EncodeError;

/// The responses of an operation, one variant for each that the document names.
pub trait TypedResponse: Sized {
    /// What the operation is called for: the body of its one success, or a type for several.
    #[cfg(any(feature = "client", feature = "stand-in"))]
    type Success;

    /// The success; what is none stays as it is.
    ///
    /// # Errors
    /// Where the operation failed.
    #[cfg(any(feature = "client", feature = "stand-in"))]
    fn success(self) -> Result<Self::Success, Self>;

    /// Reads the response.
    ///
    /// # Errors
    /// Where it is not as the document says.
    #[cfg(any(feature = "client", feature = "stand-in"))]
    fn decode(response: Answer) -> Result<Self, DecodeError>;

    /// Writes the response.
    ///
    /// # Errors
    /// Where a header cannot carry its value.
    #[cfg(feature = "server")]
    fn encode(&self) -> Result<RawResponse, EncodeError>;
}
