//! The vocabulary of the plan, which is all that rendering sees of it: plain data, and every decision made.

mod api;
mod checks;
mod differences;
mod features;
mod given;
mod held;
mod integers;
mod needs;
mod payload;
mod places;
mod shapes;
mod types;

pub use api::*;
pub use checks::*;
pub use differences::*;
pub use features::{FEATURES, Feature, On};
pub use given::DefaultValue;
pub use held::Holds;
pub use integers::Integer;
pub use needs::Need;
pub use payload::*;
pub use places::{Home, ModelId, SchemeId};
pub use shapes::Shape;
pub use types::*;
