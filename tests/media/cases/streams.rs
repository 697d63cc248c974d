//! Bodies whose items come one by one, over a socket.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use media::api::models::Meta;
use media::api::operations::{put_blob, send_lines, watch};
use media::support::http::{ByteStream, Event, ItemError, Items};
use tokio::sync::mpsc;

use crate::harness::Stub;

/// A stream that gives what is sent to it.
fn channel<T: Send + 'static>() -> (mpsc::UnboundedSender<T>, impl futures_util::Stream<Item = T> + Send) {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    (sender, stream::poll_fn(move |cx| receiver.poll_recv(cx)))
}

/// What comes within a time in which everything comes that is on its way.
async fn soon<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(20), future).await.expect("it comes at once")
}

#[tokio::test]
async fn bytes_arrive_before_all_are_sent_and_go_back() {
    let stub = Stub::default();
    let client = stub.client_over_socket().await;
    let (sender, chunks) = channel();
    sender.send(Ok(Bytes::from_static(b"first"))).unwrap();
    let body = ByteStream::new(chunks);
    let answer = soon(client.put_blob(&put_blob::Request::new(body)).response()).await.unwrap();
    let put_blob::Response::Ok(mut back) = answer else { panic!("{answer:?}") };
    assert_eq!(soon(back.next()).await.unwrap().unwrap(), "first");
    sender.send(Ok(Bytes::from_static(b"second"))).unwrap();
    assert_eq!(soon(back.next()).await.unwrap().unwrap(), "second");
    drop(sender);
    assert!(soon(back.next()).await.is_none());
}

#[tokio::test]
async fn events_arrive_one_by_one() {
    let stub = Stub::default();
    let (sender, events) = channel();
    stub.publish(Items::new(events.map(Ok)));
    let client = stub.client_over_socket().await;
    let first = Event { retry: Some(5), ..Event::new(Meta::new("a")).of_kind("added").with_id("1") };
    sender.send(first.clone()).unwrap();
    let watch::Response::Ok(mut got) = soon(client.watch(&watch::Request::new()).response()).await.unwrap() else { panic!("no stream") };
    assert_eq!(soon(got.next()).await.unwrap().unwrap(), first);
    let second = Event::new(Meta::new("line\nbreak"));
    sender.send(second.clone()).unwrap();
    assert_eq!(soon(got.next()).await.unwrap().unwrap(), second);
    drop(sender);
    assert!(soon(got.next()).await.is_none());
}

#[tokio::test]
async fn lines_go_both_ways_one_by_one() {
    let stub = Stub::default();
    let client = stub.client_over_socket().await;
    let (sender, items) = channel();
    sender.send(Meta::new("a")).unwrap();
    let body = Items::new(items.map(Ok));
    let answer = soon(client.send_lines(&send_lines::Request::new(body)).response()).await.unwrap();
    let send_lines::Response::Ok(mut back) = answer else { panic!("{answer:?}") };
    assert_eq!(soon(back.next()).await.unwrap().unwrap(), Meta::new("a"));
    sender.send(Meta::new("b")).unwrap();
    assert_eq!(soon(back.next()).await.unwrap().unwrap(), Meta::new("b"));
    drop(sender);
    assert!(soon(back.next()).await.is_none());
}

/// The items of a body that a server gets, and gives back as a sequence: good ones, and what is wrong.
async fn lines(text: &str) -> Vec<Result<String, String>> {
    let items = Items::<Meta>::from_text(text);
    let item = |it: Result<Meta, ItemError>| it.map(|it| it.name).map_err(|it| it.to_string());
    items.map(item).collect().await
}

trait FromText {
    fn from_text(text: &str) -> Self;
}

impl FromText for Items<Meta> {
    fn from_text(text: &str) -> Self {
        use media::support::http::{TypedResponse, RawResponse};
        let raw = RawResponse::bytes(200, "application/jsonl", text.to_owned());
        match media::api::operations::tail::Response::decode(raw.into()).unwrap() {
            media::api::operations::tail::Response::Ok(items) => items,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn an_item_that_is_not_valid_does_not_hide_the_next() {
    let ok = |name: &str| Ok(name.to_owned());
    let got = lines("{\"name\":\"a\"}\r\n\n  \n{\"name\":7}\n{\n{\"name\":\"b\"}").await;
    assert_eq!(got.len(), 4, "{got:?}");
    assert_eq!((&got[0], &got[3]), (&ok("a"), &ok("b")));
    assert_eq!(got[1], Err("an item is not valid: /name: must be a string (type)".to_owned()));
    assert!(got[2].is_err());
    assert!(lines("").await.is_empty());
}

#[tokio::test]
async fn sequences_are_framed_by_record_separators() {
    let stub = Stub::default();
    let answer = stub.ask("GET /sequence", &[], "").await;
    assert_eq!(answer.header("content-type"), "application/json-seq");
    assert_eq!(answer.text, "\u{1e}{\"name\":\"a\"}\n\u{1e}{\"name\":\"b\"}\n");
    let got = stub.client().sequence(&Default::default()).response().await.unwrap();
    let media::api::operations::sequence::Response::Ok(items) = got else { panic!("{got:?}") };
    let names: Vec<_> = items.map(|it| it.unwrap().name).collect().await;
    assert_eq!(names, ["a", "b"]);
}

#[tokio::test]
async fn events_of_others_are_read() {
    use media::api::operations::notes;
    use media::support::http::{TypedResponse, RawResponse};
    let text = "\u{feff}: comment\r\nevent: x\rdata: 1\r\ndata:2\r\n\r\nid: 7\n\ndata\n\nretry: soon\ndata: 3\n\ndata: lost";
    let raw = RawResponse::bytes(200, "text/event-stream", text);
    let notes::Response::Ok(events) = notes::Response::decode(raw.into()).unwrap() else { panic!("no stream") };
    let got: Vec<Event<String>> = events.map(Result::unwrap).collect().await;
    let expected = [
        Event::new("1\n2".to_owned()).of_kind("x"),
        // The block before it has no data, and said where to begin again.
        Event::new(String::new()).with_id("7"),
        Event::new("3".to_owned()),
    ];
    assert_eq!(got, expected);
}

#[tokio::test]
async fn no_event_ends_another() {
    let stub = Stub::default();
    stub.publish(Items::from_values([Event::new(Meta::new("a\r\n\rb")).with_id("1\ndata: evil")]));
    let watch::Response::Ok(mut got) = stub.client().watch(&watch::Request::new()).response().await.unwrap() else { panic!("no stream") };
    assert!(matches!(got.next().await, Some(Err(ItemError::Interrupted(_)))));
}
