//! Webhooks and callbacks: the generated sender against the generated receiver.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use media::api::models::{Meta, Stage};
use media::api::operations::{on_done, on_stored};
use media::api::receiver::{Webhooks, webhooks_router};
use media::api::sender::Sender;
use media::support::client::{Config, Error, Retry, ServiceTransport};
use media::support::http::ByteStream;
use media::support::server::{Delivery, Context, Denied, Failure};

const SECRET: &str = "s3cret";

/// Not a real signature: enough to see that the raw body is what is signed.
fn signature(body: &[u8]) -> String {
    let sum = body.iter().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    format!("{SECRET}-{sum:x}")
}

#[derive(Clone, Default)]
struct Stub(Arc<Mutex<Vec<String>>>);

impl Webhooks for Stub {
    type Error = Failure;

    async fn verify(&self, delivery: &Delivery) -> Result<(), Denied> {
        if delivery.operation().id == "onDone" {
            return Ok(());
        }
        match delivery.header("x-signature") {
            Some(given) if given == signature(delivery.body()) => Ok(()),
            Some("down") => Err(Denied::Unavailable("the key is not there at 10.0.0.9".into())),
            _ => Err(Denied::Unauthorized),
        }
    }

    async fn on_stored(&self, request: on_stored::Request, _: &Context) -> Result<on_stored::Response, Failure> {
        self.0.lock().unwrap().push(format!("{} {:?} {}", request.x_event, request.body.stage, request.body.name));
        Ok(on_stored::Response::NoContent)
    }

    async fn on_done(&self, request: on_done::Request, _: &Context) -> Result<on_done::Response, Failure> {
        self.0.lock().unwrap().push(request.body.name);
        Ok(on_done::Response::Ok)
    }
}

fn config(stub: &Stub) -> Config {
    let transport = ServiceTransport::new(webhooks_router(stub.clone()), Body::from);
    Config { retry: Retry::never(), ..Config::with_transport("", transport) }
}

fn sender(stub: &Stub) -> Sender {
    Sender::new(config(stub)).with_signer(Arc::new(|headers, body| {
        headers.insert("x-signature", signature(body).parse().unwrap());
    }))
}

fn stored(name: &str) -> on_stored::Request {
    on_stored::Request::new("stored", media::api::models::Stored::new(name, Stage::Done))
}

#[tokio::test]
async fn signed_webhooks_reach_their_handler() {
    let stub = Stub::default();
    let answer = sender(&stub).on_stored("http://me.example/stored.v1?tenant=7", &stored("a")).response().await.unwrap();
    assert_eq!(answer, on_stored::Response::NoContent);
    assert_eq!(*stub.0.lock().unwrap(), ["stored Done a"]);
}

#[tokio::test]
async fn callbacks_are_webhooks_of_an_operation() {
    let stub = Stub::default();
    let request = on_done::Request::new(Meta::new("x"));
    let answer = sender(&stub).on_done("http://me.example/done", &request).response().await.unwrap();
    assert_eq!((answer, stub.0.lock().unwrap().as_slice()), (on_done::Response::Ok, &["x".to_owned()][..]));
}

async fn ask(stub: &Stub, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let mut request = http::Request::post("http://me.example/stored.v1");
    for (name, value) in headers.iter().chain(&[("content-type", "application/json"), ("x-event", "stored")]) {
        request = request.header(*name, *value);
    }
    let request = request.body(ByteStream::from(body.to_owned())).unwrap();
    let response = config(stub).transport.send(request).await.unwrap();
    let status = response.status().as_u16();
    let text = response.into_body().bytes(10_000).await.unwrap();
    (status, String::from_utf8(text.to_vec()).unwrap())
}

#[tokio::test]
async fn nothing_is_decoded_before_its_signature_is_checked() {
    let stub = Stub::default();
    let good = r#"{"name":"a","stage":"done"}"#;
    for (signature, body, status) in [
        (None, good, 401),
        (Some("wrong"), good, 401),
        (Some("wrong"), "{", 401),
        (Some(&*signature(b"other")), good, 401),
        (Some("down"), good, 503),
        (Some(&*signature(b"{")), "{", 400),
        (Some(&*signature(b"{}")), "{}", 422),
        (Some(&*signature(good.as_bytes())), good, 204),
    ] {
        let headers: Vec<_> = signature.map(|it| ("x-signature", it)).into_iter().collect();
        let (got, text) = ask(&stub, &headers, body).await;
        assert_eq!(got, status, "{signature:?} {body}: {text}");
        assert!(!text.contains(SECRET) && !text.contains("10.0.0.9"), "{text}");
    }
    assert_eq!(stub.0.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_receiver_keeps_what_the_document_does_not_know_yet() {
    let stub = Stub::default();
    let body = r#"{"name":"a","stage":"a stage of next year"}"#;
    let (status, text) = ask(&stub, &[("x-signature", &signature(body.as_bytes()))], body).await;
    assert_eq!(status, 204, "{text}");
    assert_eq!(*stub.0.lock().unwrap(), ["stored Unknown(\"a stage of next year\") a"]);
}

#[tokio::test]
async fn a_sender_sends_nothing_invalid_and_goes_to_urls_only() {
    let stub = Stub::default();
    let Err(Error::InvalidRequest(_)) = sender(&stub).on_stored("http://me.example/x", &stored("far too long")).response().await else {
        panic!("it was sent")
    };
    for url in ["", "stored.v1", "/stored.v1", "ftp://me.example/", "http://jo:pw@me.example/"] {
        let error = sender(&stub).on_stored(url, &stored("a")).response().await.unwrap_err();
        assert!(matches!(error, Error::BaseUrl(_)), "{url}: {error}");
    }
    assert!(stub.0.lock().unwrap().is_empty());
}
