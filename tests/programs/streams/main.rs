//! What is wrong with a body that a handler reads itself is the client's fault, as it is of every other body.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, StatusCode};
use axum::middleware::{Next, from_fn};
use futures_util::{StreamExt, stream};
use http_body_util::Limited;
use programs::streams::client::Client;
use programs::streams::models::Reading;
use programs::streams::operations::{
    open_door, put_file, put_file_or_note, put_note, send_parts, send_readings, watch,
};
use programs::streams::server::{Api, routes};
use programs::streams::examples;
use programs::support::client::{Config, Retry, ServiceTransport};
use programs::support::http::{Binary, Event, ItemError, Items};
use programs::support::server::{Context, Failure, Options};
use tower::ServiceExt;

struct Server;

impl Api for Server {
    type Error = Failure;

    async fn send_readings(
        &self,
        request: send_readings::Request,
        context: &Context,
    ) -> Result<send_readings::Response, Failure> {
        let mut count = 0;
        let mut readings = request.body;
        while let Some(reading) = readings.next().await {
            match context.header("x-handler") {
                // It has a reason of its own, whatever the body was.
                Some("own") if reading.is_err() => return Err("the disk is full".into()),
                Some("other") if reading.is_err() => {
                    let other = ItemError::Interrupted("another server is gone".into());
                    return Err(other.into());
                }
                Some("wrapped") => drop(reading.map_err(|it| Failure::from(Wrapped(it)))?),
                _ => drop(reading?),
            }
            count += 1;
        }
        Ok(send_readings::Response::Ok(count.to_string()))
    }

    async fn put_file(&self, request: put_file::Request, _: &Context) -> Result<put_file::Response, Failure> {
        let file = request.body.bytes(8).await?;
        Ok(put_file::Response::Ok(file.len().to_string()))
    }

    async fn put_file_or_note(
        &self,
        request: put_file_or_note::Request,
        _: &Context,
    ) -> Result<put_file_or_note::Response, Failure> {
        Ok(put_file_or_note::Response::Ok(match request.body {
            put_file_or_note::Body::Plain(text) => format!("note {text}"),
            put_file_or_note::Body::OctetStream(file) => format!("file of {}", file.bytes(99).await?.len()),
            _ => "something else".to_owned(),
        }))
    }

    async fn put_note(&self, request: put_note::Request, _: &Context) -> Result<put_note::Response, Failure> {
        Ok(put_note::Response::Ok(request.body))
    }

    async fn send_parts(&self, request: send_parts::Request, _: &Context) -> Result<send_parts::Response, Failure> {
        Ok(send_parts::Response::Ok(request.body))
    }

    async fn open_door(&self, _: open_door::Request, _: &Context) -> Result<open_door::Response, Failure> {
        Ok(open_door::Response::Default { status: StatusCode::NO_CONTENT, body: Reading::new(1) })
    }

    async fn watch(&self, _: watch::Request, _: &Context) -> Result<watch::Response, Failure> {
        Ok(watch::Response::Ok(Items::from_values([Event::new(Reading::new(1))])))
    }
}

/// An error of an application around that of a stream.
#[derive(Debug)]
struct Wrapped(ItemError);

impl std::fmt::Display for Wrapped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the readings were not kept")
    }
}

impl std::error::Error for Wrapped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

fn router() -> Router {
    let body_timeout = Some(Duration::from_millis(40));
    routes(&std::sync::Arc::new(Server)).finish(Options { body_timeout, ..Options::default() })
}

fn client() -> Client {
    let transport = ServiceTransport::new(router(), Body::from);
    let config = Config::with_transport("http://streams.example", transport);
    Client::new(Config { retry: Retry::never(), ..config }).unwrap()
}

/// The status and the body of what comes back.
async fn ask(router: Router, target: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> (u16, String) {
    let (method, target) = target.split_once(' ').unwrap();
    let request = Request::builder().method(method).uri(target);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = router.oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

const LINES: (&str, &str) = ("content-type", "application/jsonl");

#[tokio::test]
async fn an_item_that_is_not_valid_is_the_fault_of_its_sender() {
    let (status, body) = ask(router(), "POST /readings", &[LINES], "{\"n\":1}\n{\"n\":2}\n").await;
    assert_eq!((status, body.as_str()), (200, "2"));
    for handler in ["plain", "wrapped"] {
        let headers = [LINES, ("x-handler", handler)];
        let (status, body) = ask(router(), "POST /readings", &headers, "{\"n\":1}\n{\"n\":\"x\"}\n").await;
        assert!(status == 422 && body.contains("/body/1/n"), "{status} {body}");
        let (status, body) = ask(router(), "POST /readings", &headers, "{\"n\":1}\n{").await;
        assert!(status == 400 && body.contains("/body/1"), "{status} {body}");
    }
    // What a handler fails with otherwise is its own.
    for handler in ["own", "other"] {
        let headers = [LINES, ("x-handler", handler)];
        let (status, body) = ask(router(), "POST /readings", &headers, "{\"n\":\"x\"}\n").await;
        assert!(status == 500 && !body.contains("/body"), "{status} {body}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_or_breaks_off_is_too() {
    let bytes = ("content-type", "application/octet-stream");
    assert_eq!(ask(router(), "PUT /file", &[bytes], "12345678").await, (200, "8".to_owned()));
    assert_eq!(ask(router(), "PUT /file", &[bytes], "123456789").await.0, 413);
    let pieces = |last: Result<Bytes, &'static str>| Body::from_stream(stream::iter([Ok("123".into()), last]));
    assert_eq!(ask(router(), "PUT /file", &[bytes], pieces(Ok("4".into()))).await.0, 200);
    assert_eq!(ask(router(), "PUT /file", &[bytes], pieces(Err("reset"))).await.0, 400);
    let stalled = Body::from_stream(stream::iter([Ok::<_, &str>(Bytes::from("1"))]).chain(stream::pending()));
    assert_eq!(ask(router(), "PUT /file", &[bytes], stalled).await.0, 408);
    // A layer around the router may have a limit of its own.
    let limited = router().layer(from_fn(|request: Request<Body>, next: Next| async move {
        next.run(request.map(|body| Body::new(Limited::new(body, 4)))).await
    }));
    assert_eq!(ask(limited, "PUT /file", &[bytes], pieces(Ok("456".into()))).await.0, 413);
}

/// `curl -T file` names no media type, and bytes are what that is.
#[tokio::test]
async fn a_body_without_a_media_type_is_bytes() {
    assert_eq!(ask(router(), "PUT /file", &[], "123").await, (200, "3".to_owned()));
    assert_eq!(ask(router(), "PUT /file-or-note", &[], "123").await, (200, "file of 3".to_owned()));
    let plain = ("content-type", "text/plain");
    assert_eq!(ask(router(), "PUT /file-or-note", &[plain], "123").await, (200, "note 123".to_owned()));
    assert_eq!(ask(router(), "PUT /file", &[plain], "123").await.0, 415);
    assert_eq!(ask(router(), "PUT /note", &[], "123").await.0, 415);
    // A page in a browser may send such a body to any site.
    assert_eq!(ask(router(), "PUT /file", &[("origin", "https://example.com")], "123").await.0, 415);
}

#[tokio::test]
async fn text_is_in_utf8_whatever_that_is_called() {
    for charset in ["utf-8", "UTF8", "\"utf-8\"", "us-ascii", "ASCII", "utf_8"] {
        let header = format!("text/plain; charset={charset}");
        let (status, body) = ask(router(), "PUT /note", &[("content-type", &header)], "note").await;
        assert_eq!((status, body.as_str()), (200, "note"), "{charset}");
    }
    let latin = ("content-type", "text/plain; charset=ISO-8859-1");
    let (status, body) = ask(router(), "PUT /note", &[latin], "note").await;
    let told = "the body is in `iso-8859-1`, and text is read as UTF-8";
    assert!(status == 415 && body.contains(told), "{status} {body}");
    let (_, body) = ask(router(), "PUT /note", &[("content-type", "text/plain; charset=\"<b>\"")], "note").await;
    assert!(body.contains("the body is in another encoding") && !body.contains("<b>"), "{body}");
}

#[tokio::test]
async fn a_body_in_parts_says_what_stands_between_them() {
    let parts = Binary::new("multipart/mixed; boundary=x", "--x\r\n\r\na\r\n--x--\r\n");
    let same = client().send_parts(&send_parts::Request::new(parts.clone())).await.unwrap();
    assert_eq!((&same.media_type, same.content.bytes(99).await.ok()), (&parts.media_type, parts.content.whole()));
    let error = client().send_parts(&send_parts::Request::new(Binary::new("multipart/mixed", ""))).await.unwrap_err();
    assert_eq!(error.to_string(), "body has parts, and its media type names no boundary between them");
}

/// What no one sees over HTTP is not there in the same process.
#[tokio::test]
async fn a_status_without_content_has_no_body() {
    let response = router().oneshot(Request::post("/door").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), 204);
    assert!(!response.headers().contains_key("content-type"));
    assert!(to_bytes(response.into_body(), 99).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_stand_in_reads_what_is_sent() {
    let valid = ask(examples::router(), "POST /readings", &[LINES], "{\"n\":1}\n").await;
    assert_eq!(valid.0, 200);
    let (status, body) = ask(examples::router(), "POST /readings", &[LINES], "{\"n\":1}\n{\"n\":true}\n").await;
    assert!(status == 422 && body.contains("/body/1/n"), "{status} {body}");
    let sent = Items::from_values([Reading::new(1), Reading::new(2)]);
    assert_eq!(client().send_readings(&send_readings::Request::new(sent)).await.unwrap(), "2");
}

/// Services end a stream of JSON with what is none, so that clients know that it is whole.
#[tokio::test]
async fn a_stream_of_json_is_over_where_its_server_says_so() {
    let read = async |text: &'static str, end: Option<&str>| {
        let said = move || async move { ([("content-type", "text/event-stream")], text) };
        let transport = ServiceTransport::new(Router::new().route("/watch", axum::routing::get(said)), Body::from);
        let client = Client::new(Config::with_transport("http://streams.example", transport)).unwrap();
        let request = watch::Request::new();
        let call = client.watch(&request);
        let mut events = if let Some(end) = end { call.ending_with(end) } else { call }.await.unwrap();
        let mut seen = Vec::new();
        while let Some(event) = events.next().await {
            seen.push(event.map(|it| it.data.n).map_err(|it| it.to_string()));
        }
        (seen, events.has_ended())
    };
    let done = "data: {\"n\":1}\n\ndata: [DONE]\n\ndata: {\"n\":2}\n\n";
    assert_eq!(read(done, None).await, (vec![Ok(1)], true));
    assert_eq!(read("data: {\"n\":1}\n\n", None).await, (vec![Ok(1)], false));
    let no_json = "an item is not valid: is not well-formed JSON (line 1, column 2) (json)".to_owned();
    assert_eq!(read(done, Some("[END]")).await, (vec![Ok(1), Err(no_json), Ok(2)], false));
    assert_eq!(read("data: [END]\n\n", Some("[END]")).await, (vec![], true));
}
