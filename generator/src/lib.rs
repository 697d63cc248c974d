//! Specwright turns OpenAPI documents into Rust.

pub mod diagnostics;
pub mod document;
pub mod source;
