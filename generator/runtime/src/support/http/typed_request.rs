//! The requests of an operation as a type: what the generated `Request` structs are.

use super::{Accept, Operation, ReadBody, WriteBody};
use crate::support::Json;
use crate::support::params::Parameter;

/// The request of an operation.
pub trait TypedRequest: Sized {
    /// What the operation answers.
    type Response;

    /// The operation.
    const OPERATION: &'static Operation;

    /// Says its parts to whoever sends it: the parameters in the order of the operation, then the body.
    #[cfg(any(feature = "client", feature = "stand-in"))]
    fn say<P: SaidParts>(&self, parts: &mut P);

    /// Reads its parts: the parameters in the order of the operation, then the body, each of them even where one before is
    /// not as it should be; `None` then.
    #[cfg(feature = "server")]
    fn read<P: ReadParts>(parts: &mut P) -> Option<Self>;
}

/// Who is told the parts of a request.
pub trait SaidParts {
    /// The operation.
    fn operation(&self) -> &'static Operation;

    /// A parameter.
    fn required<T: Json>(&mut self, parameter: &'static Parameter, value: &T);

    /// The body.
    fn required_body<T: WriteBody>(&mut self, body: &T);

    /// The media types that the response may have.
    fn accept(&mut self, accept: &Accept);

    /// A parameter, where there is a value for it.
    fn optional<T: Json>(&mut self, parameter: &'static Parameter, value: &Option<T>) {
        if let Some(value) = value {
            self.required(parameter, value);
        }
    }

    /// The body, where there is one.
    fn optional_body<T: WriteBody>(&mut self, body: &Option<T>) {
        if let Some(body) = body {
            self.required_body(body);
        }
    }
}

/// Who is asked for the parts of a request; `None` is a part that is not as it should be.
pub trait ReadParts {
    /// The operation.
    fn operation(&self) -> &'static Operation;

    /// A parameter that must be there.
    fn required<T: Json>(&mut self, parameter: &'static Parameter) -> Option<T>;

    /// A parameter: `Some(None)` where it is absent.
    fn optional<T: Json>(&mut self, parameter: &'static Parameter) -> Option<Option<T>>;

    /// A body that must be there.
    fn required_body<T: ReadBody>(&mut self) -> Option<T>;

    /// A body: `Some(None)` where it is absent.
    fn optional_body<T: ReadBody>(&mut self) -> Option<Option<T>>;

    /// The media types that the response may have.
    fn accept(&mut self) -> Accept;
}
