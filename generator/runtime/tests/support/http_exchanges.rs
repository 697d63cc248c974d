//! Exchanges that are less usual: safe methods of one's own, packed streams, responses that are left open, fragments.

use std::error::Error as _;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};

use super::http_server::{ask_of, request};
use crate::support::Schemas;
use crate::support::client::{
    BoxError, BoxFuture, CallError, Config, Core, Failed, FollowRedirects, Leniency, Request, Response, Transport,
};
use crate::support::http::{ByteStream, RawResponse, TypedRequest, TypedResponse};
use crate::support::server::{Options, Routes, answer};

static SCHEMAS: Schemas = Schemas::new(r#"{ "/text": { "type": "string" } }"#);

/// Operations that differ in their method.
macro_rules! asks {
    ($($name:ident: $method:tt)*) => {$(
        mod $name {
            use super::SCHEMAS;

            crate::support::http::operation! {
                "ask": $method "/things" in SCHEMAS,
                Request new() {}
                answers Response -> () { Self::NoContent => () } {
                    /// 204 There is nothing.
                    on 204 NoContent as empty,
                } else Undocumented,
            }
        }
    )*};
}

asks! { query: QUERY search: "SEARCH" copy: "COPY" post: POST }

mod download {
    use super::SCHEMAS;
    use crate::support::http::{ByteStream, Content, RawResponse};

    crate::support::http::operation! {
        "download": GET "/file" in SCHEMAS,
        Request new() {}
        answers Response -> ByteStream { Self::Ok(body) => body } {
            /// 200 The file.
            on 200 Ok(body: ByteStream as any): [Content::binary("application/pdf")],
            /// 3XX It is elsewhere.
            on (300 ..= 399) Redirection(body: RawResponse as raw): [],
        } else Undocumented,
    }
}

mod told {
    use super::SCHEMAS;
    use crate::support::http::{ByteStream, Content};
    use crate::support::params;

    crate::support::http::operation! {
        "told": GET "/told" in SCHEMAS,
        Request new() {}
        answers Response -> ByteStream { Self::Ok { body, .. } => body } {
            /// 200 The file, as it is packed.
            on 200 Ok {
                /// How.
                header coding: optional String = params::Parameter::header("Content-Encoding", "/text", params::Shape::String),
                body body: ByteStream as any,
            }: [Content::binary("application/pdf")],
        } else Undocumented,
    }
}

/// Gives every request the same response, and keeps what was asked for.
#[derive(Clone)]
struct Same {
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    asked: Arc<Mutex<Vec<String>>>,
}

impl Same {
    fn new(status: u16, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { status, headers, asked: Arc::default() }
    }

    fn core(&self) -> Core {
        let config = Config::with_transport("https://things.example", self.clone());
        Core::new(config.with_middleware(FollowRedirects::up_to(1))).unwrap()
    }
}

impl Transport for Same {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        self.asked.lock().unwrap().push(request.uri().to_string());
        let mut response = Response::new(ByteStream::new(stream::iter([Ok(Bytes::from_static(b"packed"))])));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap();
        for (name, value) in self.headers {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
        Box::pin(async move { Ok(response) })
    }
}

/// QUERY and its kin change nothing, so a failure that may pass is worth another call.
#[tokio::test]
async fn safe_methods_of_ones_own_are_made_again() {
    async fn attempts<Q: TypedRequest, R: TypedResponse>(request: &Q) -> usize {
        let server = Same::new(503, &[("retry-after", "0")]);
        assert!(server.core().call(request).sending::<R>().response().await.is_ok());
        server.asked.lock().unwrap().len()
    }
    assert_eq!(attempts::<_, query::Response>(&query::Request::new()).await, 3);
    assert_eq!(attempts::<_, search::Response>(&search::Request::new()).await, 3);
    assert_eq!(attempts::<_, copy::Response>(&copy::Request::new()).await, 1);
    assert_eq!(attempts::<_, post::Response>(&post::Request::new()).await, 1);
}

/// A response that begins and does not end is another thing than a request that nobody got.
#[tokio::test]
async fn what_broke_off_is_told() {
    struct Broken;

    impl Transport for Broken {
        fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
            let pieces = [Ok(Bytes::from_static(b"[")), Err("connection reset".into())];
            let begins = request.uri().path() == "/things";
            Box::pin(async move {
                if begins { Ok(Response::new(ByteStream::new(stream::iter(pieces)))) } else { Err("no route".into()) }
            })
        }
    }

    let core = Core::new(Config::with_transport("https://things.example", Broken)).unwrap();
    let broken = core.call(&post::Request::new()).sending::<post::Response>().response().await.unwrap_err();
    assert_eq!(broken.to_string(), "the response broke off");
    assert_eq!(broken.source().unwrap().to_string(), "connection reset");
    let lost = core.call(&post::Request::new()).sending::<post::Response>().at("https://things.example/v2");
    let lost = lost.response().await.unwrap_err();
    assert_eq!(lost.to_string(), "the request did not get through");
    assert_eq!(lost.source().unwrap().to_string(), "no route");
}

/// What is passed on as it comes is not looked at, so nobody else would say that it is packed.
#[tokio::test]
async fn a_packed_stream_that_nobody_unpacks_is_not_passed_on() {
    let packed = Same::new(200, &[("content-type", "application/pdf"), ("content-encoding", "br")]);
    let call = |leniency| {
        let core = packed.core();
        async move { core.call(&download::Request::new()).sending::<download::Response>().leniency(leniency).await }
    };
    let error = call(Leniency::Strict).await.unwrap_err();
    assert!(matches!(error, CallError::Undecodable { .. }), "{error}");
    assert!(error.to_string().contains("/header/Content-Encoding: is `br`, and the body was not unpacked"), "{error}");
    assert_eq!(error.status(), Some(StatusCode::OK));
    let bytes = call(Leniency::Tolerant).await.unwrap().bytes(100).await.unwrap();
    assert_eq!(bytes, "packed");
    // Whoever calls sees the header, where the document has it.
    let told = packed.core().call(&told::Request::new()).sending::<told::Response>().response().await.unwrap();
    assert!(matches!(told, told::Response::Ok { coding: Some(coding), .. } if coding == "br"));
    let plain = Same::new(200, &[("content-type", "application/pdf"), ("content-encoding", "identity")]);
    assert!(plain.core().call(&download::Request::new()).sending::<download::Response>().await.is_ok());
}

/// A place beyond ASCII is escaped, as browsers do.
#[tokio::test]
async fn redirects_may_lead_to_places_beyond_ascii() {
    let server = Same::new(302, &[("location", "/gr\u{f6}\u{df}e")]);
    let moved = server.core().call(&download::Request::new()).sending::<download::Response>().raw().await.unwrap();
    assert_eq!(moved.status, 302);
    let asked = server.asked.lock().unwrap().clone();
    assert_eq!(asked, ["https://things.example/file", "https://things.example/gr%C3%B6%C3%9Fe"]);
}

/// What servers write beyond ASCII is UTF-8 nearly always, as in names of files.
#[test]
fn text_of_a_header_of_a_response_may_be_utf_8() {
    let read = |bytes: &[u8]| {
        let mut response = RawResponse::bytes(200, "application/pdf", "");
        response.headers.insert("content-encoding", HeaderValue::from_bytes(bytes).unwrap());
        told::Response::decode(response.into())
    };
    let coding = |it| matches!(it, told::Response::Ok { coding: Some(coding), .. } if coding == "gr\u{f6}\u{df}e");
    assert!(coding(read("gr\u{f6}\u{df}e".as_bytes()).unwrap()));
    assert!(read(b"gr\xf6\xdfe").unwrap_err().to_string().contains("/header/Content-Encoding: holds a character"));
}

/// A response that is left open has a status of its range all the same.
#[tokio::test]
async fn a_response_as_it_is_stays_in_its_range() {
    for (status, seen) in [(302, 302), (399, 399), (200, 500), (404, 500)] {
        let run =
            move |_: Arc<()>, _| async move { answer(Ok(download::Response::Redirection(RawResponse::empty(status)))) };
        let router = Routes::new().on(&Arc::new(()), &download::OPERATION, run).finish(Options::default());
        assert_eq!(ask_of(router, request("GET /file", &[], Body::empty())).await.status, seen, "{status}");
    }
}

mod hook {
    use super::SCHEMAS;
    use crate::support::params;

    crate::support::http::operation! {
        "hook": POST "/hook" in SCHEMAS,
        Request new(kind: impl Into<String>) {
            /// Of what kind it is.
            required kind: String = params::Parameter {
                required: true,
                ..params::Parameter::query("kind", "/text", params::Shape::String)
            },
        }
        answers Response -> () { Self::NoContent => () } {
            /// 204 Seen.
            on 204 NoContent as empty,
        } else Undocumented,
    }
}

/// A fragment is not sent, and takes nothing of what is with it.
#[tokio::test]
async fn webhooks_go_to_urls_with_fragments() {
    for (url, asked) in [
        ("https://me.example/hook#top", "https://me.example/hook?kind=new"),
        ("https://me.example/hook?tenant=7#a?b", "https://me.example/hook?tenant=7&kind=new"),
        ("https://me.example/hook", "https://me.example/hook?kind=new"),
    ] {
        let server = Same::new(204, &[]);
        let core = Core::without_base(Config::with_transport("", server.clone()));
        core.deliver(&hook::Request::new("new"), url, None).sending::<hook::Response>().await.unwrap();
        assert_eq!(*server.asked.lock().unwrap(), [asked]);
    }
}
