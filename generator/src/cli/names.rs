//! What crates are called where nobody says.

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
