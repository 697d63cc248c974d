//! Reading: the text of a document into an ordered tree, and lines and columns back out of it.
//!
//! JSON goes through `serde_json` and YAML through `serde_yaml` into one visitor. A second pass over the events of the
//! text runs only when it is needed: for the digits of a fraction, to say where a key stands twice, to print a listing.

mod at;
mod audit;
mod events;
mod exact;
mod file;
mod json;
mod merge;
mod pointer;
mod spans;
mod tree;
mod value;
mod yaml;

use file::Fault;

pub use at::At;
pub use file::{Format, SourceFile, Sources};
pub use pointer::{FileId, Origin, Pointer};
pub use spans::Place;
pub use value::{Number, Object, Value};

/// Both readers stop at this depth, long before a stack would.
const TOO_DEEP: &str = "the document is nested more than 128 levels deep";
