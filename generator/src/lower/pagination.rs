//! `x-pagination`: how one page leads to the next.

use crate::diagnostics::{Code, Diagnostics, Felt, Left};
use crate::ir::{Pagination, Step};
use crate::source::At;

/// The forms, each with the fields that it may have; the first is the one that tells it from the others.
const FORMS: [(&str, &[&str]); 6] = [
    ("page", &["page", "items", "first", "last", "pages", "more"]),
    ("offset", &["offset", "items", "more"]),
    ("cursor", &["cursor", "next", "items", "more"]),
    ("after", &["after", "key", "items", "more"]),
    ("link", &["link", "items"]),
    ("next", &["next", "items"]),
];

/// `x-pagination` of an operation.
pub(super) fn pagination(at: &At<'_>, diagnostics: &mut Diagnostics) -> Option<Pagination> {
    let found = at.field("x-pagination")?;
    if found.value.as_bool() == Some(false) {
        return Some(Pagination { step: Step::Off, items: None, origin: found.origin });
    }
    let read = read(&found);
    if read.is_none() {
        diagnostics
            .report(Code::InvalidExtension, &found.origin, "`x-pagination` has none of its forms")
            .leaves_out(Left::new("`x-pagination`", Felt::Client))
            .help(
                "write `{page: PARAMETER, first: NUMBER, last: POINTER, pages: POINTER, more: POINTER}`, \
                 `{offset: PARAMETER, more: POINTER}`, \
                 `{cursor: PARAMETER, next: POINTER, more: POINTER}`, `{after: PARAMETER, key: POINTER, more: POINTER}`, \
                 `{next: POINTER}` for a URL in the body, or `{link: true}`, or `false` where there are no pages, each with `items: POINTER` where the items \
                 are not found by themselves",
            );
    }
    read
}

fn read(found: &At<'_>) -> Option<Pagination> {
    let (form, fields) = FORMS.into_iter().find(|(form, _)| found.field(form).is_some())?;
    if !found.entries().all(|(name, _)| fields.contains(&name)) {
        return None;
    }
    let pointer = |field: &str| {
        let text = found.string(field)?;
        (text.is_empty() || text.starts_with('/')).then(|| text.to_owned())
    };
    // What is there has to be sound.
    let optional = |field: &str| if found.field(field).is_some() { pointer(field).map(Some) } else { Some(None) };
    let parameter = || found.string(form).map(str::to_owned);
    let step = match form {
        "page" => {
            let first = found.field("first");
            let number = first.as_ref().map(|it| it.value.to_json().as_u64());
            Step::Page {
                parameter: parameter()?,
                first: number.map_or(Some(None), |it| it.map(Some))?,
                last: optional("last")?,
                pages: optional("pages")?,
                more: optional("more")?,
            }
        }
        "offset" => Step::Offset { parameter: parameter()?, more: optional("more")? },
        "cursor" => Step::Cursor { parameter: parameter()?, next: pointer("next")?, more: optional("more")? },
        "after" => Step::After { parameter: parameter()?, key: pointer("key")?, more: optional("more")? },
        "link" => found.flag("link")?.then_some(Step::Link)?,
        _ => Step::Url { next: pointer("next")? },
    };
    Some(Pagination { step, items: optional("items")?, origin: found.origin.clone() })
}
