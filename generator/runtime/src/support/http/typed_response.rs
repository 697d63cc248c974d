//! The responses of an operation as a type: what the generated `Response` enums are.

use super::{Answer, DecodeError, RawResponse};
use crate::support::params::EncodeError;

/// The responses of an operation, one variant for each that the document names.
pub trait TypedResponse: Sized {
    /// What the operation is called for: the body of its one success, or a type for several.
    type Success;

    /// The success; what is none stays as it is.
    ///
    /// # Errors
    /// Where the operation failed.
    fn success(self) -> Result<Self::Success, Self>;

    /// Writes the response.
    ///
    /// # Errors
    /// Where a header cannot carry its value.
    fn encode(self) -> Result<RawResponse, EncodeError>;

    /// Reads the response.
    ///
    /// # Errors
    /// Where it is not as the document says.
    fn decode(response: Answer) -> Result<Self, DecodeError>;
}
