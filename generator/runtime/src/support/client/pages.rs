//! Pages as a stream: one call after the other, until the server has no more.
//!
//! ```ignore
//! let mut pets = client.list_pets_pages(&request).items();
//! while let Some(pet) = pets.next().await {
//!     println!("{}", pet?.name);
//! }
//! ```

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt, stream};
use http::header::LINK;
use serde_json::Value;

use super::link;
use super::outcome::outcome;
use super::{Call, CallError, Error, Leniency, MaybeSend};
use crate::support::http::send::BoxStream;
use crate::support::http::{DecodeError, RawResponse, TypedResponse};
use crate::support::params::{header_text, spelled};
use crate::support::{Json, Violation, json_text, tolerance};

/// What leads from one page to the next: a parameter of the query by its name, and JSON Pointers into the body.
#[derive(Debug, Clone, Copy)]
pub enum Paging {
    /// The parameter counts pages; a page without items is the last one.
    Page {
        /// The parameter.
        parameter: &'static str,
        /// What it is on the first page, where it is left out.
        first: u64,
        /// The number of the last page.
        last: Option<&'static str>,
        /// How many pages there are.
        pages: Option<&'static str>,
        /// Whether there are more, where the body says so.
        more: Option<&'static str>,
    },
    /// The parameter counts items, from 0; a page without items is the last one.
    Offset {
        /// The parameter.
        parameter: &'static str,
        /// Whether there are more, where the body says so.
        more: Option<&'static str>,
    },
    /// The parameter takes what the body has for it.
    Cursor {
        /// The parameter.
        parameter: &'static str,
        /// The value for the next call; null, empty or absent on the last page.
        next: &'static str,
        /// Whether there are more, where the body says so.
        more: Option<&'static str>,
    },
    /// The parameter takes what the last item has for it; a page without items is the last one.
    After {
        /// The parameter.
        parameter: &'static str,
        /// The value, in an item.
        key: &'static str,
        /// Whether there are more, where the body says so.
        more: Option<&'static str>,
    },
    /// The body has the URL of the next page; null, empty or absent on the last one.
    Url {
        /// The URL.
        next: &'static str,
    },
    /// The header `Link` has the URL of the next page (RFC 8288).
    Link,
}

/// What a page says about the next one.
enum Next {
    None,
    Parameter(Value),
    Url(String),
}

impl Paging {
    fn next(self, sent: Option<&Value>, response: &RawResponse, body: &Value, items: &[Value]) -> Next {
        let text = |pointer: &str| body.pointer(pointer).filter(|it| !it.is_null() && **it != "");
        let is_over = |more: Option<&str>| more.is_some_and(|it| body.pointer(it) == Some(&Value::Bool(false)));
        // A server that names the page that it just gave would go on for ever; a query has numbers as text.
        let other = |it: &&Value| sent.is_none_or(|sent| spelled(sent) != spelled(it));
        let next = match self {
            Self::Page { first, last, pages, more, .. } => {
                let number = |it: Option<&str>| it.and_then(|it| body.pointer(it)?.as_u64());
                // Pages that are counted from 0 have one more than the number of the last one says.
                let end = number(pages).map(|it| it.saturating_add(first));
                let end = number(last).map(|it| it.saturating_add(1)).or(end);
                let next = sent.map_or(Some(first), Value::as_u64).and_then(|it| it.checked_add(1));
                let next = next.filter(|it| end.is_none_or(|end| *it < end) && !items.is_empty() && !is_over(more));
                next.map(Value::from)
            }
            Self::Offset { more, .. } => {
                let is_last = items.is_empty() || is_over(more);
                let offset = sent.map_or(Some(0), Value::as_u64).filter(|_| !is_last);
                offset.and_then(|it| it.checked_add(items.len() as u64)).map(Value::from)
            }
            Self::Cursor { next, more, .. } => text(next).filter(|_| !is_over(more)).filter(other).cloned(),
            Self::After { key, more, .. } => {
                let last = items.last().filter(|_| !is_over(more)).and_then(|it| it.pointer(key)).filter(other);
                last.cloned()
            }
            Self::Url { next } => {
                return text(next).and_then(Value::as_str).map_or(Next::None, |it| Next::Url(it.to_owned()));
            }
            Self::Link => {
                let mut lines = response.headers.get_all(LINK).iter().filter_map(header_text);
                return lines.find_map(link::next).map_or(Next::None, Next::Url);
            }
        };
        next.map_or(Next::None, Next::Parameter)
    }

    fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Page { parameter, .. }
            | Self::Offset { parameter, .. }
            | Self::Cursor { parameter, .. }
            | Self::After { parameter, .. } => Some(parameter),
            Self::Url { .. } | Self::Link => None,
        }
    }
}

/// How the pages of an operation follow one another, and where each has its items.
#[derive(Debug, Clone, Copy)]
pub struct PagesOf {
    /// What leads from one to the next.
    pub paging: Paging,
    /// The JSON Pointer to the list of items in the body.
    pub items: &'static str,
}

/// Where pages were, so that who goes round in a circle is found out.
#[derive(Default)]
struct Visited(VecDeque<String>);

impl Visited {
    /// So many of them are remembered, the oldest forgotten first.
    const MOST: usize = 1000;

    /// Notes where a page is.
    fn note(&mut self, place: Option<String>) {
        self.0.extend(place);
        if self.0.len() > Self::MOST {
            self.0.pop_front();
        }
    }

    /// What is wrong with a page that is where another one was.
    fn check(&self, place: &str) -> Result<(), Error> {
        let is_known = self.0.iter().any(|it| it == place);
        if is_known { Err(Error::NextPage("is one that was there before")) } else { Ok(()) }
    }
}

/// The pages of an operation, each asked for when it is wanted; an error is the last one.
///
/// A server that leads back to one of the last thousand pages would go on for ever: that is an error, too.
///
/// It is a `Stream`, and [`Pages::next`] spares the import of a trait. [`Pages::items`] gives what is on the pages.
pub struct Pages<'a, R: TypedResponse, T>(BoxStream<'a, Result<Page<R, T>, CallError<R>>>);

struct Page<R: TypedResponse, T> {
    success: R::Success,
    items: Vec<Result<T, DecodeError>>,
}

impl<'a, R, T> Pages<'a, R, T>
where
    R: TypedResponse + MaybeSend + 'a,
    R::Success: MaybeSend,
    T: Json + MaybeSend + 'a,
{
    pub(super) fn new(call: Call<'a>, pages: PagesOf) -> Self {
        let visited = Visited::default();
        let call = call.taking_json();
        Self(Box::pin(stream::try_unfold((Some(Ok(call)), visited), move |(call, mut visited)| async move {
            let Some(call) = call else { return Ok(None) };
            let mut call = call.map_err(CallError::Unanswered)?;
            let response = call.exchange().await.map_err(CallError::Unanswered)?;
            let success = outcome(call.reader(), &response)?;
            let leniency = call.leniency();
            let mut body = json_text::tree(&response.whole()).unwrap_or(Value::Null);
            if let (Leniency::Tolerant, Some(schema)) = (leniency, schema(&call, &response)) {
                tolerance::mended(call.operation().schemas, schema, &mut body);
            }
            let list = body.pointer(pages.items).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let parameter = pages.paging.parameter().and_then(|it| call.query_parameter(it));
            let sent = parameter.and_then(|it| call.sent(it));
            visited.note(call.elsewhere().or_else(|| sent.as_ref().map(spelled)));
            // Where that leads nowhere, this page is one all the same.
            let next = match pages.paging.next(sent.as_ref(), &response, &body, list) {
                Next::None => None,
                Next::Parameter(value) => parameter.map(|it| {
                    visited.check(&spelled(&value))?;
                    call.replace(it, &value);
                    Ok(call)
                }),
                Next::Url(url) => Some(call.go_to(&url).and_then(|place| visited.check(&place)).map(|()| call)),
            };
            let items = list.iter().enumerate().map(|(number, it)| {
                tolerance::part(it, leniency == Leniency::Tolerant).map_err(|_| {
                    let place = format!("/body{}/{number}", pages.items);
                    let violation = Violation::new(place, "type", "is more than its type can hold");
                    DecodeError { status: response.status, violations: violation.into() }
                })
            });
            Ok(Some((Page { success, items: items.collect() }, (next, visited))))
        })))
    }

    /// The next page.
    pub async fn next(&mut self) -> Option<Result<R::Success, CallError<R>>> {
        StreamExt::next(self).await
    }

    /// The items of all pages, one after the other.
    pub fn items(self) -> PageItems<'a, R, T> {
        let each = |page: Result<Page<R, T>, CallError<R>>| {
            let unfit = |error: DecodeError| CallError::Unanswered(Error::Decode(error));
            stream::iter(match page {
                Ok(page) => page.items.into_iter().map(|it| it.map_err(unfit)).collect(),
                Err(error) => vec![Err(error)],
            })
        };
        PageItems(Box::pin(self.0.flat_map(each)))
    }
}

/// The schema of the body of a response.
fn schema(call: &Call<'_>, response: &RawResponse) -> Option<&'static str> {
    call.operation().response(response.status)?.content().iter().find_map(|it| it.schema)
}

impl<R: TypedResponse, T> fmt::Debug for Pages<'_, R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages(..)")
    }
}

impl<R: TypedResponse, T> Stream for Pages<'_, R, T> {
    type Item = Result<R::Success, CallError<R>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx).map_ok(|page| page.success)
    }
}

/// The items of all pages of an operation; a page is asked for when its first item is wanted, an error is the last one.
pub struct PageItems<'a, R, T>(BoxStream<'a, Result<T, CallError<R>>>);

impl<R, T> PageItems<'_, R, T> {
    /// The next item.
    pub async fn next(&mut self) -> Option<Result<T, CallError<R>>> {
        self.0.next().await
    }
}

impl<R, T> fmt::Debug for PageItems<'_, R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageItems(..)")
    }
}

impl<R, T> Stream for PageItems<'_, R, T> {
    type Item = Result<T, CallError<R>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}
