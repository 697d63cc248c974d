//! Server-sent events that go on after the connection broke off, as browsers have them: the call is made again with
//! `Last-Event-ID`, after as long as the server has asked for with `retry`.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use http::{HeaderName, HeaderValue, StatusCode};

use super::outcome::outcome;
use super::retry::retry_after;
use super::{Call, CallError, Error, MaybeSend};
use crate::support::http::send::BoxStream;
use crate::support::http::{Event, ItemError, Items, TypedResponse};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// When a stream of events is asked for again: this alone decides it, and `Config::retry` has no part in it.
///
/// It is after a connection that broke off or did not come about, a status of 5xx, and 429. A request whose body is a
/// stream cannot be made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconnect {
    /// The wait, until the server asks for another one.
    pub wait: Duration,
    /// The longest wait that a server may ask for, by `retry` in the stream or by the header `Retry-After`.
    pub longest: Duration,
    /// How many times in a row it is asked for without an event, before the failure is the last item.
    pub attempts: u32,
}

impl Default for Reconnect {
    fn default() -> Self {
        Self { wait: Duration::from_secs(3), longest: Duration::from_secs(60), attempts: 5 }
    }
}

/// Why there is no next event.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError<R> {
    /// An event is not as its schema wants it; those behind it may be.
    Item(ItemError),
    /// The stream cannot be had, or not again.
    Call(CallError<R>),
}

impl<R> fmt::Display for EventError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(error) => error.fmt(f),
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl<R: fmt::Debug> std::error::Error for EventError<R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Item(error) => error.source(),
            Self::Call(error) => error.source(),
        }
    }
}

/// Events across connections. It is a `Stream`, and [`Events::next`] spares the import of a trait.
pub struct Events<'a, R, T>(BoxStream<'a, Result<Event<T>, EventError<R>>>);

struct State<'a, T> {
    call: Call<'a>,
    reconnect: Reconnect,
    items: Option<Items<Event<T>>>,
    /// How many times in a row nothing came.
    failures: u32,
    over: bool,
}

impl<'a, R, T> Events<'a, R, T>
where
    R: TypedResponse<Success = Items<Event<T>>> + MaybeSend + 'a,
    T: MaybeSend + 'static,
{
    pub(super) fn new(mut call: Call<'a>, reconnect: Reconnect) -> Self {
        call.once();
        let state = State { call, reconnect, items: None, failures: 0, over: false };
        let events = stream::unfold(state, |mut state| async move { Some((state.next().await?, state)) });
        Self(Box::pin(events.fuse()))
    }

    /// The next event.
    pub async fn next(&mut self) -> Option<Result<Event<T>, EventError<R>>> {
        self.0.next().await
    }
}

impl<T: 'static> State<'_, T> {
    async fn next<R>(&mut self) -> Option<Result<Event<T>, EventError<R>>>
    where
        R: TypedResponse<Success = Items<Event<T>>>,
    {
        while !self.over {
            let is_last = self.is_last();
            let Some(items) = &mut self.items else {
                if let Err(error) = self.connect().await {
                    return Some(Err(error));
                }
                continue;
            };
            match items.next().await {
                Some(Ok(event)) => {
                    self.failures = 0;
                    self.note(event.id.as_deref(), event.retry);
                    return Some(Ok(event));
                }
                Some(Err(error @ ItemError::Invalid(_))) => return Some(Err(EventError::Item(error))),
                Some(Err(error @ ItemError::TooLarge)) => {
                    self.over = true;
                    return Some(Err(EventError::Item(error)));
                }
                Some(Err(error @ ItemError::Interrupted(_))) if is_last => {
                    self.over = true;
                    return Some(Err(EventError::Item(error)));
                }
                None if items.has_ended() || is_last => self.over = true,
                Some(Err(ItemError::Interrupted(_))) | None => {
                    // Blocks without data count, though no event came of them.
                    let (id, retry) = items.rest();
                    self.items = None;
                    self.note(id.as_deref(), retry);
                    self.call.pause(self.reconnect.wait).await;
                }
            }
        }
        None
    }

    /// Asks for the stream; a server that has no more says so with 204.
    async fn connect<R>(&mut self) -> Result<(), EventError<R>>
    where
        R: TypedResponse<Success = Items<Event<T>>>,
    {
        self.failures += 1;
        let is_last = self.is_last();
        match self.call.exchange().await {
            Ok(response) if response.status == StatusCode::NO_CONTENT => self.over = true,
            Ok(response) if may_come(response.status) && !is_last => {
                let asked = retry_after(&response.headers).map(|it| it.min(self.reconnect.longest));
                self.call.pause(asked.unwrap_or(self.reconnect.wait)).await;
            }
            Ok(response) => {
                let items = outcome::<R>(self.call.reader(), &response);
                self.over = items.is_err();
                self.items = Some(items.map_err(EventError::Call)?);
            }
            Err(Error::Transport(_) | Error::Timeout(_)) if !is_last => self.call.pause(self.reconnect.wait).await,
            Err(error) => {
                self.over = true;
                return Err(EventError::Call(CallError::Unanswered(error)));
            }
        }
        Ok(())
    }

    /// Whether it has been asked for as often as it may be.
    fn is_last(&self) -> bool {
        self.failures > self.reconnect.attempts || !self.call.is_repeatable()
    }

    /// From where to go on, and after how long.
    fn note(&mut self, id: Option<&str>, retry: Option<u64>) {
        if let Some(retry) = retry {
            self.reconnect.wait = Duration::from_millis(retry).min(self.reconnect.longest);
        }
        match id {
            None => {}
            // An id that was reset is none.
            Some("") => self.call.without_header(&LAST_EVENT_ID),
            Some(id) => {
                if let Ok(id) = HeaderValue::from_bytes(id.as_bytes()) {
                    self.call.header(LAST_EVENT_ID, id);
                }
            }
        }
    }
}

/// Whether a server that answers so now may have the stream later.
fn may_come(status: StatusCode) -> bool {
    status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
}

impl<R, T> fmt::Debug for Events<'_, R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events(..)")
    }
}

impl<R, T> Stream for Events<'_, R, T> {
    type Item = Result<Event<T>, EventError<R>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}
