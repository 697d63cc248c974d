//! Pagination: how one call after the other gets all items.

use crate::source::Origin;

/// `x-pagination` of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// Where it stands.
    pub origin: Origin,
    /// How one page leads to the next.
    pub step: Step,
    /// The JSON Pointer to the list of a page's items, where it is said.
    pub items: Option<String>,
}

/// How one page leads to the next. Parameters are those of the query, pointers are JSON Pointers into the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The parameter counts pages; one without items is the last one.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page, where that is said.
        first: Option<u64>,
        /// The pointer to the number of the last page.
        last: Option<String>,
        /// The pointer to how many pages there are.
        pages: Option<String>,
        /// The pointer to whether there are more.
        more: Option<String>,
    },
    /// The parameter counts items; a page without any is the last one.
    Offset {
        /// The parameter.
        parameter: String,
        /// The pointer to whether there are more.
        more: Option<String>,
    },
    /// The parameter takes what the body has for it.
    Cursor {
        /// The parameter.
        parameter: String,
        /// The pointer to the value for the next call; null, empty or absent on the last page.
        next: String,
        /// The pointer to whether there are more.
        more: Option<String>,
    },
    /// The parameter takes what the last item has for it; a page without items is the last one.
    After {
        /// The parameter.
        parameter: String,
        /// The pointer into an item.
        key: String,
        /// The pointer to whether there are more.
        more: Option<String>,
    },
    /// The body has the URL of the next page.
    Url {
        /// The pointer to the URL; null, empty or absent on the last page.
        next: String,
    },
    /// The header `Link` has the URL of the next page.
    Link,
    /// There are no pages, whatever it looks like.
    Off,
}

impl Step {
    /// The parameter that goes on, where there is one.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Page { parameter, .. }
            | Self::Offset { parameter, .. }
            | Self::Cursor { parameter, .. }
            | Self::After { parameter, .. } => Some(parameter),
            Self::Url { .. } | Self::Link | Self::Off => None,
        }
    }

    /// What it is called.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Page { .. } => "page",
            Self::Offset { .. } => "offset",
            Self::Cursor { .. } => "cursor",
            Self::After { .. } => "last item",
            Self::Url { .. } => "URL",
            Self::Link => "Link",
            Self::Off => "none",
        }
    }
}
