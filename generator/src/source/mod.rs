//! Reading: the text of a document into an ordered tree, and lines and columns back out of it.
//!
//! `serde_json` and `serde_yaml` accept a text or refuse it. One builder makes the tree of either from the events of the
//! text, where the digits of a number, a key that stands twice and the bytes of each node are.

mod at;
mod build;
mod decode;
mod events;
mod explained;
mod file;
mod json;
mod lines;
mod padded;
mod placed;
mod plain;
mod scalar;
mod spans;
mod value;
mod write;
mod yaml;

use file::Fault;

pub use crate::origin::{FileId, Origin, Pointer};
pub use at::At;
pub(crate) use decode::decode;
pub(crate) use file::Names;
pub use file::{SourceFile, Sources, Syntax};
pub use placed::{Node, Placed, Places};
pub use spans::Place;
pub use value::{Number, Object, Value};
pub use write::to_text;
pub(crate) use yaml::is_accepted;

/// Both readers stop at this depth, long before a stack would.
const TOO_DEEP: &str = "the document is nested more than 128 levels deep";
