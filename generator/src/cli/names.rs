//! What crates are called, and what they are said to be, where nobody says.

use std::collections::BTreeSet;

use crate::config::{Side, is_no_crate};
use crate::render::is_dependency;

/// A package name made of a file's name: other scripts in Latin letters, and a dash for whatever is no letter or digit.
pub(super) fn package_name(stem: &str) -> String {
    let latin = any_ascii::any_ascii(stem).to_ascii_lowercase();
    let words: Vec<_> = latin.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let name = words.join("-");
    if name.is_empty() {
        "api".to_owned()
    } else if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name
    } else {
        format!("api-{name}")
    }
}

/// The name of the crate that stands in a folder, or is made of a file, of this name.
///
/// One that code could not name, or that a crate has which it depends on, gets an ending.
pub(super) fn crate_name(stem: &str) -> String {
    let name = package_name(stem);
    if is_no_crate(&name) || is_dependency(&name) { default_crate(&name) } else { name }
}

/// A name that somebody wants a crate to have.
///
/// # Errors
/// Why it cannot have it.
pub(super) fn wanted_name(text: &str) -> Result<String, String> {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let is_written = text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(is_letter);
    if !is_written || text.len() > 64 {
        return Err("a crate's name starts with a letter and has letters, digits, `-` and `_` only".to_owned());
    }
    if is_no_crate(text) || is_dependency(text) {
        return Err("Rust, or a crate that generated code depends on, has this name".to_owned());
    }
    Ok(text.to_owned())
}

/// The folder and the name of the crate that is made of a document where nobody says what they are.
pub(super) fn default_crate(name: &str) -> String {
    format!("{name}-api")
}

/// What a crate is, by the sides that any of its APIs has.
pub(super) fn description<'s>(sides: impl IntoIterator<Item = &'s [Side]>, documents: &str) -> String {
    let names: BTreeSet<&str> = sides.into_iter().flatten().map(|it| it.name()).collect();
    let (client, server) = (names.contains(Side::Client.name()), names.contains(Side::Server.name()));
    let parts = match (client, server) {
        (true, true) => "Models, validation, an axum server and a typed client",
        (true, false) => "Models, validation and a typed client",
        (false, true) => "Models, validation and an axum server",
        (false, false) => "Models and validation",
    };
    format!("{parts}, generated from {documents}")
}
