//! Values of the generated models: decode, validate, encode, compare.
//!
//! `pages` holds the example payloads that the documents show; everything else says what is wrong with a value by
//! pointer and keyword, such as `/email format`, and expects all of it at once.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by panicking, their helpers too"
)]

mod checks;
mod directions;
mod generated_text;
mod harness;
mod json_text;
mod pages;
mod presence;
mod secrets;
mod unions;
mod violations;
