//! Server-sent events: across connections, up to a terminator, and with errors that work with `?`.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};

use crate::support::client::{
    BoxError, BoxFuture, Config, Core, Error, EventError, Reconnect, Request, Response, Retry, Sending, Transport,
};
use crate::support::http::{
    Answer, ByteStream, Content, DecodeError, Documented, Event, ItemError, Items, Operation, RawResponse, ReadParts,
    SaidParts, TypedRequest, TypedResponse,
};
use crate::support::params::EncodeError;
use crate::support::{Schemas, Violations};

static SCHEMAS: Schemas = Schemas::new("{}");
static TAIL: Operation =
    Operation::new("tail", "GET", "/tail", &SCHEMAS, &[], &[Documented::on(200).with_content(&[Content::events()])]);

#[derive(Debug)]
struct Tail(Items<Event<String>>);

impl TypedResponse for Tail {
    type Success = Items<Event<String>>;

    fn success(self) -> Result<Self::Success, Self> {
        Ok(self.0)
    }

    fn decode(response: Answer) -> Result<Self, DecodeError> {
        if response.status != 200 {
            return Err(DecodeError { status: response.status, violations: Violations::default() });
        }
        response.read(&SCHEMAS, &TAIL.responses[0]).map(Self)
    }

    #[cfg(feature = "server")]
    fn encode(&self) -> Result<RawResponse, EncodeError> {
        Ok(RawResponse::empty(200))
    }
}

/// A request that says nothing.
struct Follow;

impl TypedRequest for Follow {
    type Response = Tail;

    const OPERATION: &'static Operation = &TAIL;

    fn say<P: SaidParts>(&self, _: &mut P) {}

    #[cfg(feature = "server")]
    fn read<P: ReadParts>(_: &mut P) -> Option<Self> {
        Some(Self)
    }
}

/// A status, and the pieces of a body.
type Said = (u16, &'static [&'static str]);

/// One connection after the other: its chunks, of which the text `!` breaks it off.
#[derive(Clone)]
struct Connections {
    left: Arc<Mutex<Vec<Said>>>,
    asked: Arc<Mutex<Vec<String>>>,
    slept: Arc<Mutex<Vec<Duration>>>,
}

impl Transport for Connections {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let last = request.headers().get("last-event-id").map_or("none", |it| it.to_str().unwrap());
        self.asked.lock().unwrap().push(last.to_owned());
        let answer = self.left.lock().unwrap().pop();
        Box::pin(async move {
            let (status, chunks) = answer.ok_or("nobody is there")?;
            let chunk = |it: &&'static str| {
                if *it == "!" { Err("reset".into()) } else { Ok(Bytes::from_static(it.as_bytes())) }
            };
            let body = ByteStream::new(stream::iter(chunks.iter().map(chunk).collect::<Vec<_>>()));
            Ok(http::Response::builder().status(status).header("content-type", "text/event-stream").body(body)?)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        // The time-out of an attempt is no wait.
        if duration.as_secs() == 30 {
            return Box::pin(std::future::pending());
        }
        self.slept.lock().unwrap().push(duration);
        Box::pin(async {})
    }
}

fn connections(all: &[(u16, &'static [&'static str])]) -> (Core, Connections) {
    let left = Arc::new(Mutex::new(all.iter().rev().copied().collect()));
    let transport = Connections { left, asked: Arc::default(), slept: Arc::default() };
    let config = Config::with_transport("http://events.example", transport.clone());
    (Core::new(Config { retry: Retry::never(), ..config }).unwrap(), transport)
}

fn tail(core: &Core) -> Sending<'_, Tail> {
    core.call(&Follow).sending()
}

#[tokio::test]
async fn a_stream_goes_on_behind_the_last_event() {
    let (core, server) = connections(&[
        (200, &["id: 1\nretry: 70\ndata: a\n\n", "id: 2\ndata: b\n\n", "!"]),
        (503, &[]),
        (200, &["data: c\n\n"]),
        (204, &[]),
    ]);
    let events: Vec<_> = tail(&core).reconnecting(Reconnect::default()).map(|it| it.unwrap().data).collect().await;
    assert_eq!(events, ["a", "b", "c"]);
    assert_eq!(*server.asked.lock().unwrap(), ["none", "2", "2", "2"]);
    assert!(server.slept.lock().unwrap().iter().all(|it| it.as_millis() == 70));
}

#[tokio::test]
async fn a_server_that_is_gone_is_not_asked_for_ever() {
    let (core, server) = connections(&[(200, &["data: a\n\n"])]);
    let mut events = tail(&core).reconnecting(Reconnect { attempts: 2, ..Reconnect::default() });
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, EventError::Call(_)) && error.to_string() == "the request did not get through", "{error}");
    assert!(events.next().await.is_none());
    assert_eq!(server.asked.lock().unwrap().len(), 4);

    let (core, server) = connections(&[(404, &[])]);
    let events: Vec<_> = tail(&core).reconnecting(Reconnect::default()).collect().await;
    assert!(matches!(&*events, [Err(EventError::Call(_))]), "{events:?}");
    assert_eq!(server.asked.lock().unwrap().len(), 1);
}

/// One policy decides how often a server is asked, and a server that is busy says when.
#[tokio::test]
async fn the_retries_of_a_client_have_no_part_in_reconnecting() {
    let (_, server) = connections(&[(429, &[]), (503, &[]), (503, &[]), (200, &["data: a\n\n"])]);
    let core = Core::new(Config::with_transport("http://events.example", server.clone())).unwrap();
    let mut events = tail(&core).reconnecting(Reconnect { attempts: 2, ..Reconnect::default() });
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, EventError::Call(_)), "{error}");
    assert_eq!(server.asked.lock().unwrap().len(), 3);
    assert_eq!(*server.slept.lock().unwrap(), [Duration::from_secs(3); 2]);
}

#[tokio::test]
async fn a_stream_that_breaks_off_time_and_again_ends_with_that_failure() {
    let (core, server) = connections(&[(200, &["!"]), (200, &["!"]), (200, &["!"]), (200, &["data: a\n\n"])]);
    let mut events = tail(&core).reconnecting(Reconnect { attempts: 2, ..Reconnect::default() });
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(error, EventError::Item(ItemError::Interrupted(_))), "{error}");
    assert!(events.next().await.is_none());
    assert_eq!(server.asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn what_stands_in_a_block_without_data_counts_for_the_next_event() {
    let (core, server) = connections(&[(200, &["retry: 70\nid: 7\n\n", "data: a\n\n", "!"]), (204, &[])]);
    let events: Vec<_> = tail(&core).reconnecting(Reconnect::default()).map(Result::unwrap).collect().await;
    assert_eq!(events.iter().map(|it| it.id.as_deref()).collect::<Vec<_>>(), [Some("7")]);
    assert_eq!(*server.asked.lock().unwrap(), ["none", "7"]);
    assert_eq!(*server.slept.lock().unwrap(), [Duration::from_millis(70)]);
}

#[tokio::test]
async fn an_id_that_is_reset_is_not_sent() {
    let (core, server) = connections(&[
        (200, &["id: 7\ndata: a\n\n", "!"]),
        (200, &["id:\ndata: b\n\n", "!"]),
        (200, &["data: c\n\n", "!"]),
        (204, &[]),
    ]);
    let events: Vec<_> = tail(&core).reconnecting(Reconnect::default()).map(|it| it.unwrap().data).collect().await;
    assert_eq!(events, ["a", "b", "c"]);
    assert_eq!(*server.asked.lock().unwrap(), ["none", "7", "none", "none"]);
}

#[tokio::test]
async fn what_stands_in_a_block_without_data_counts_where_no_event_comes_of_it() {
    let (core, server) = connections(&[
        (200, &["id: 7\ndata: a\n\n", "retry: 70\nid: 8\n\n", "!"]),
        (200, &["id:\n\n"]),
        (200, &["retry: 80\n\n"]),
        (204, &[]),
    ]);
    let events: Vec<_> = tail(&core).reconnecting(Reconnect::default()).map(Result::unwrap).collect().await;
    assert_eq!(events.iter().map(|it| it.id.as_deref()).collect::<Vec<_>>(), [Some("7")]);
    assert_eq!(*server.asked.lock().unwrap(), ["none", "8", "none", "none"]);
    assert_eq!(*server.slept.lock().unwrap(), [70, 70, 80].map(Duration::from_millis));
}

#[tokio::test]
async fn behind_the_end_is_nothing() {
    let (core, _) = connections(&[(200, &["data: a\n\n"]), (204, &[])]);
    let mut events = tail(&core).reconnecting(Reconnect::default());
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
    let (core, _) = connections(&[(200, &["data: a\n\n"])]);
    let mut items = tail(&core).await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap().data, "a");
    assert!(items.next().await.is_none());
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_terminator_ends_a_stream() {
    let chunks: &[&str] = &["data: a\n\ndata: [DONE]\n\ndata: b\n\n"];
    let (core, server) = connections(&[(200, chunks), (200, chunks), (200, chunks)]);
    let texts = |events: Vec<Event<String>>| events.into_iter().map(|it| it.data).collect::<Vec<_>>();
    let whole = tail(&core).await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(texts(whole), ["a", "[DONE]", "b"]);
    let ended = tail(&core).ending_with("[DONE]").await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(texts(ended), ["a"]);
    let events = tail(&core).ending_with("[DONE]").reconnecting(Reconnect::default());
    assert_eq!(texts(events.map(Result::unwrap).collect().await), ["a"]);
    assert_eq!(server.asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn errors_of_chunks_and_items_work_with_a_question_mark() {
    async fn read(core: &Core) -> Result<usize, Error> {
        let mut bytes = 0;
        let mut body = tail(core).raw().await?.body;
        while let Some(chunk) = body.next().await {
            bytes += chunk?.len();
        }
        let mut items = tail(core).response().await?.0;
        while let Some(item) = items.next().await {
            bytes += item?.data.len();
        }
        Ok(bytes)
    }
    let (core, _) = connections(&[(200, &["data: a\n\n"]), (200, &["data: a\n\n"])]);
    assert_eq!(read(&core).await.unwrap(), 10);
    let (core, _) = connections(&[(200, &["data: a\n\n", "!"])]);
    assert!(matches!(read(&core).await, Err(Error::Transport(_))));
    let (core, _) = connections(&[(200, &["data: a\n\n"]), (200, &["data: a\n\n", "!"])]);
    assert!(matches!(read(&core).await, Err(Error::Item(_))));
}
