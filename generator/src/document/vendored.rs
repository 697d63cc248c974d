//! URLs as names of files that somebody took a copy of; nothing is fetched.

use fluent_uri::Iri;
use fluent_uri::component::Scheme;
use fluent_uri::normalize::Normalizer;

/// A copy of what a URL leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendored {
    /// The path of the copy as it is printed.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Why there is no copy of what a URL leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VendorError {
    /// Nobody took one; where the caller has a place for copies, the command that takes one.
    Missing(Option<String>),
    /// The copy is not the one that was taken, or cannot be told to be.
    Faulty {
        /// What is wrong.
        message: String,
        /// What to do about it.
        help: String,
    },
}

/// A URL as everybody spells it: without a fragment, and as section 6.2.2 of RFC 3986 and its scheme say.
///
/// # Errors
/// Where it is no URL that a copy can stand for: relative, of a disk, or with a user in it.
pub fn normalized(url: &str) -> Result<String, &'static str> {
    let (location, _) = url.split_once('#').unwrap_or((url, ""));
    let iri = Iri::parse(location).map_err(|_| "it is no absolute URL")?;
    if iri.scheme() == Scheme::new_or_panic("file") {
        return Err("a file of a disk is referred to by its path");
    }
    if iri.authority().is_some_and(|it| it.has_userinfo()) {
        return Err("a URL with a user in it would put a password into the lock file");
    }
    let uri = Normalizer::new().normalize(&iri.to_uri()).map_err(|_| "it is no absolute URL")?;
    Ok(uri.as_str().to_owned())
}
