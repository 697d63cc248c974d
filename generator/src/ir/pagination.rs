//! Pagination: how one call after the other gets all items.

use crate::source::Origin;

/// `x-pagination` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// Where it stands.
    pub origin: Origin,
    /// The query parameter that says which page.
    pub parameter: String,
    /// How the parameter goes on.
    pub step: Step,
}

/// How the parameter of the next call comes about; each text is a JSON Pointer into the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The parameter counts pages.
    Page {
        /// The list of the page's items; without any, the page is the last one.
        items: String,
        /// The number of the last page.
        last: Option<String>,
    },
    /// The parameter counts items.
    Offset {
        /// The list of the page's items; without any, the page is the last one.
        items: String,
    },
    /// The parameter takes what the body has for it.
    Cursor {
        /// The value for the next call; null, empty or absent on the last page.
        next: String,
    },
}
