//! Streams as bodies: read to their end, and sent once; and what Rust's `Debug` shows of requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use bytes::Bytes;
use futures_util::{StreamExt, stream};

use super::http_server::{ask_of, request};
use crate::support::client::{CachedToken, Config, Core, Credential, Sending, ServiceTransport, Token};
use crate::support::http::{self, Binary, BoxError, ByteStream, Content, Items};
use crate::support::server::{Answer, Call, Denied, Options, Outcome, Refusal, Routes, answer};
use crate::support::{self, Schemas, Secret};

static SCHEMAS: Schemas = Schemas::new(r#"{ "/count": { "type": "integer" } }"#);

/// A count.
#[derive(Debug, Clone, PartialEq)]
pub struct Count(
    /// The value.
    pub i64,
);

support::newtype! { Count(i64) }
support::holds_by_schema! { Count }
support::model! { Count = SCHEMAS["/count"] }

mod put {
    use super::{SCHEMAS, Sent};
    use crate::support::http::Content;

    crate::support::http::operation! {
        "put": PUT "/things" in SCHEMAS,
        Request new() {}
        /// What is put.
        body required: Sent = [
            Content::lines("application/x-ndjson"),
            Content::sequence("application/json-seq"),
            Content::binary("application/octet-stream"),
            Content::binary("image/*"),
        ],
        answers Response -> String { Self::Ok(body) => body } {
            /// 200 What came.
            on 200 Ok(body: String as any): [Content::text("text/plain")],
            /// 4XX Why not.
            on (400 ..= 499) ClientError {
                open status,
                body body: String as any,
            }: [Content::text("text/plain")],
        } else Undocumented,
    }
}

/// A body in one of its media types.
#[derive(Debug, Clone, PartialEq)]
pub enum Sent {
    /// Lines.
    Lines(Items<Count>),
    /// A sequence.
    Sequence(Items<Count>),
    /// Bytes.
    Bytes(ByteStream),
    /// A picture.
    Picture(Binary),
}

http::bodies! { Sent { Lines: 0, Sequence: 1, Bytes: 2, Picture: 3, } }

async fn put(_: Arc<()>, call: Call) -> Outcome {
    let request = call.request::<put::Request>().await?;
    let text = match request.body {
        Sent::Lines(items) | Sent::Sequence(items) => {
            let items: Vec<_> =
                items.map(|it| it.map_or_else(|error| error.to_string(), |it| it.0.to_string())).collect().await;
            items.join(" ")
        }
        Sent::Bytes(bytes) | Sent::Picture(Binary { content: bytes, .. }) => {
            let bytes = bytes.bytes(100).await.map_err(|error| Refusal::Failed(error.into()))?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    let status = text.parse().ok().and_then(|it| http::StatusCode::from_u16(it).ok());
    answer(Ok(match status {
        Some(status) => put::Response::ClientError { status, body: text },
        None => put::Response::Ok(text),
    }))
}

fn router() -> Router {
    Routes::new().on(&Arc::new(()), &put::OPERATION, put).finish(Options::default())
}

#[tokio::test]
async fn a_stream_of_items_ends_with_or_without_a_sign() {
    for (media_type, body, items) in [
        ("application/x-ndjson", "1\n2\n", "1 2"),
        ("application/x-ndjson", "1\n2", "1 2"),
        ("application/x-ndjson", "\n\n", ""),
        ("application/x-ndjson", "", ""),
        ("application/json-seq", "\u{1e}1\n\u{1e}2\n", "1 2"),
        ("application/json-seq", "\u{1e}1\n\u{1e}2\n\u{1e}", "1 2"),
    ] {
        let seen = ask_of(router(), request("PUT /things", &[&format!("content-type: {media_type}")], body)).await;
        assert_eq!((seen.status, &*seen.text), (200, items), "{media_type} {body:?}");
    }
}

#[tokio::test]
async fn behind_the_end_of_a_stream_is_nothing() {
    // A stream that does not bear to be asked again.
    let strict =
        |last: i64| stream::unfold(0, move |it| async move { (it < last).then_some((Ok::<_, BoxError>(it), it + 1)) });
    let mut bytes = ByteStream::new(strict(1).map(|_| Ok(Bytes::from_static(b"a"))));
    assert_eq!(bytes.next().await.unwrap().unwrap(), "a");
    let mut items = Items::<Count>::new(strict(1).map(|it| Ok(Count(it?))));
    assert_eq!(items.next().await.unwrap().unwrap(), Count(0));
    for _ in 0..2 {
        assert!(bytes.next().await.is_none() && items.next().await.is_none());
    }
}

fn core() -> Core {
    Core::new(Config::with_transport("http://things.example", ServiceTransport::new(router(), Body::from))).unwrap()
}

fn pieces() -> ByteStream {
    ByteStream::new(stream::iter(["1", "2"].map(|it| Ok(Bytes::from_static(it.as_bytes())))))
}

#[tokio::test]
async fn a_request_whose_stream_was_sent_is_not_sent_without_it() {
    let core = core();
    let call = |request: &put::Request| -> Sending<'_, put::Response> { core.call(request).sending() };
    let lines = || Items::new(stream::iter([Ok(Count(1)), Ok(Count(2))]));
    for (body, came) in [
        (Sent::Lines(lines()), "1 2"),
        (Sent::Sequence(lines()), "1 2"),
        (Sent::Bytes(pieces()), "12"),
        (Sent::Picture(Binary::new("image/png", pieces())), "12"),
    ] {
        let request = put::Request::new(body);
        // A call that nobody makes takes nothing.
        drop(call(&request));
        assert_eq!(call(&request).await.unwrap(), came);
        let error = call(&request).await.unwrap_err().to_string();
        assert_eq!(error, "body is a stream that was sent before, so nothing of it is left");
    }
    // What is in memory can be sent again.
    let request = put::Request::new(Sent::Bytes("ab".into()));
    for _ in 0..2 {
        assert_eq!(call(&request).await.unwrap(), "ab");
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_for_the_next_stream() {
    let guard =
        from_fn(async |request: axum::extract::Request, next: Next| match request.headers().get("authorization") {
            Some(token) if token == "Bearer token-1" => next.run(request).await,
            _ => http::StatusCode::UNAUTHORIZED.into_response(),
        });
    let transport = ServiceTransport::new(router().layer(guard), Body::from);
    let core = Core::new(Config::with_transport("http://things.example", transport)).unwrap();
    let got = AtomicUsize::new(0);
    let source = CachedToken::new(move || {
        let token = format!("token-{}", got.fetch_add(1, Ordering::Relaxed));
        async move { Ok(Secret::from(token)) }
    });
    let token = Some(Credential::bearer(Token::from_source(source)));
    for status in [401, 200, 200] {
        let request = put::Request::new(Sent::Bytes(pieces()));
        let call: Sending<'_, put::Response> = core.call(&request).authorize(&[&[&token]]).sending();
        assert_eq!(call.raw().await.unwrap().status, status);
    }
}

#[tokio::test]
async fn a_response_has_a_status_of_its_range() {
    for (text, status) in [("404", 404), ("499", 499), ("200", 500), ("500", 500), ("302", 500)] {
        let seen = ask_of(router(), request("PUT /things", &["content-type: application/octet-stream"], text)).await;
        assert_eq!(seen.status, status, "{text}");
    }
}

async fn shown(_: Arc<()>, call: Call) -> Outcome {
    let mut shown = vec![format!("{call:?}"), format!("{:?}", call.gate::<()>()), format!("{:?}", call.context())];
    let delivery = call.delivery().await?;
    shown.push(format!("{delivery:?}"));
    let input = delivery.admit(Ok::<_, Denied>(()))?.input().await?;
    shown.push(format!("{input:?}"));
    let mut answer = Answer::from(http::RawResponse::bytes(200, "text/plain", "s3cret"));
    answer.headers.insert("set-cookie", http::HeaderValue::from_static("id=s3cret"));
    shown.push(format!("{answer:?}"));
    answer.headers.clear();
    answer.body = shown.join("\n").into();
    Ok(answer)
}

#[tokio::test]
async fn debug_shows_nothing_secret_of_a_request() {
    static SHOWN: http::Operation =
        http::Operation::new("show", "POST", "/show/{it}", &SCHEMAS, &[], &[http::Documented::on(200)])
            .with_body(http::RequestBody { required: true, content: &[Content::any_json("application/json")] });
    let router = Routes::new().on(&Arc::new(()), &SHOWN, shown).finish(Options::default());
    let headers = ["content-type: application/json", "authorization: Bearer s3cret", "cookie: id=s3cret"];
    let seen = ask_of(router, request("POST /show/s3cret?key=s3cret", &headers, r#"{"password":"s3cret"}"#)).await;
    assert_eq!(seen.status, 200);
    assert!(!seen.text.contains("s3cret"), "{}", seen.text);
    // Bytes may be shown as numbers, too.
    assert!(!seen.text.contains("115, 51, 99"), "{}", seen.text);
    assert!(seen.text.contains("Delivery(show, 21 bytes, ..)"), "{}", seen.text);
}
