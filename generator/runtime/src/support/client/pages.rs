//! Pages as a stream: one call after the other, until the server has no more.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;

use super::{Error, MaybeSend};
use crate::support::http::send::BoxStream;
use crate::support::{Json, json};

/// What leads from one page to the next; each text is a JSON Pointer into the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// The parameter counts pages, from 1.
    Page {
        /// The items; a page without any is the last one.
        items: &'static str,
        /// The number of the last page.
        last: Option<&'static str>,
    },
    /// The parameter counts items, from 0.
    Offset {
        /// The items; a page without any is the last one.
        items: &'static str,
    },
    /// The parameter takes what the body has for it.
    Cursor {
        /// The value for the next call; null, empty or absent on the last page.
        next: &'static str,
    },
}

impl Paging {
    /// The parameter of the next call; `None` where there is no next page.
    pub fn next<T: Json, B: Json>(self, sent: Option<&T>, body: &B) -> Option<T> {
        let (sent, body) = (sent.map(json::to_value), json::to_value(body));
        json::from_value(self.value(sent.as_ref(), &body)?).ok()
    }

    fn value(self, sent: Option<&Value>, body: &Value) -> Option<Value> {
        let items = |pointer| body.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len) as u64;
        match self {
            Self::Page { items: list, last } => {
                let page = sent.map_or(Some(1), Value::as_u64)?;
                let is_last = last.and_then(|it| body.pointer(it)?.as_u64()).is_some_and(|last| page >= last);
                page.checked_add(1).filter(|_| !is_last && items(list) > 0).map(Value::from)
            }
            Self::Offset { items: list } => {
                let offset = sent.map_or(Some(0), Value::as_u64)?;
                offset.checked_add(items(list)).filter(|_| items(list) > 0).map(Value::from)
            }
            Self::Cursor { next } => {
                let cursor = body.pointer(next).filter(|it| !it.is_null() && **it != "");
                // A server that names the page that it just gave would go on for ever.
                cursor.filter(|it| Some(*it) != sent).cloned()
            }
        }
    }
}

/// The pages of an operation, each fetched when it is asked for; an error is the last item.
///
/// It is a `Stream`, and [`Pages::next`] spares the import of a trait.
pub struct Pages<'a, R>(BoxStream<'a, Result<R, Error>>);

impl<'a, R: MaybeSend + 'a> Pages<'a, R> {
    /// The pages from a first request on; `call` gives a response, and the request of the page after it.
    pub fn new<Q, C, F>(first: Q, call: C) -> Self
    where
        Q: MaybeSend + 'a,
        C: Fn(Q) -> F + MaybeSend + 'a,
        F: Future<Output = Result<(R, Option<Q>), Error>> + MaybeSend + 'a,
    {
        let step = move |next: Option<Q>| {
            let called = next.map(&call);
            async move {
                match called {
                    Some(called) => called.await.map(Some),
                    None => Ok(None),
                }
            }
        };
        Self(Box::pin(stream::try_unfold(Some(first), step)))
    }

    /// The next page.
    pub async fn next(&mut self) -> Option<Result<R, Error>> {
        self.0.next().await
    }
}

impl<R> fmt::Debug for Pages<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages(..)")
    }
}

impl<R> Stream for Pages<'_, R> {
    type Item = Result<R, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}
