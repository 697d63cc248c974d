//! Reading: the text of a document into an ordered tree, and lines and columns back out of it.
//!
//! JSON goes through `serde_json` and YAML through `serde_yaml` into one visitor. The events of the text say the rest:
//! the digits of a fraction, where a key stands twice, the bytes of a node in a listing.

mod at;
mod audit;
mod events;
mod exact;
mod file;
mod json;
mod lines;
mod merge;
mod placed;
mod pointer;
mod spans;
mod tree;
mod value;
mod write;
mod yaml;

use file::Fault;

pub use at::At;
pub(crate) use file::Names;
pub use file::{Format, SourceFile, Sources};
pub use placed::{Node, Placed, Places};
pub use pointer::{FileId, Origin, Pointer};
pub use spans::Place;
pub use value::{Number, Object, Value};
pub use write::to_text;

/// Both readers stop at this depth, long before a stack would.
const TOO_DEEP: &str = "the document is nested more than 128 levels deep";
