//! Reading: the text of a document into an ordered tree, and lines and columns back out of it.

mod at;
mod pointer;
mod value;

pub use at::At;
pub use pointer::{FileId, Origin, Pointer};
pub use value::{Number, Object, Value};
