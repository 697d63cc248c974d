//! What crates are called, and what they are said to be, where nobody says.

use std::collections::BTreeSet;

use crate::config::Side;

/// A package name made of a file's name.
pub(super) fn package_name(stem: &str) -> String {
    let name: String =
        stem.chars().map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' }).collect();
    let name = name.trim_matches('-');
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name.to_owned() } else { format!("api-{name}") }
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
