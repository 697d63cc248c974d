//! What all tests over HTTP share: the two ways to a router, raw requests, and what came back.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request};
use futures_util::TryStreamExt;
use generated::support::Direction;
use generated::support::client::{Config, ReqwestTransport, Retry, ServiceTransport};
use generated::support::http::{ByteStream, Operation, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

/// The header of every JSON body.
pub(crate) const JSON: &str = "content-type: application/json";
/// Credentials that the stubs admit.
pub(crate) const GOOD: &str = "authorization: Bearer good";

/// A way to a router.
pub(crate) struct Wire {
    pub(crate) name: &'static str,
    config: Config,
}

/// Both ways to a router: in process, and over a loopback socket that lives as long as the test.
pub(crate) async fn wires(router: Router) -> [Wire; 2] {
    [in_process(router.clone()), loopback(router).await]
}

/// The way to a router in this process.
pub(crate) fn in_process(router: Router) -> Wire {
    let transport = ServiceTransport::new(router, Body::from);
    Wire { name: "in process", config: Config::with_transport("http://api.example", transport) }
}

async fn loopback(router: Router) -> Wire {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let base = format!("http://{}", listener.local_addr().expect("the socket has an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    let transport = ReqwestTransport::new(client.expect("a client needs nothing"));
    Wire { name: "loopback", config: Config::with_transport(base, transport) }
}

impl Wire {
    /// The same way to a router below a base path.
    pub(crate) fn below(&self, path: &str) -> Self {
        let base_url = format!("{}{path}", self.config.base_url);
        Self { name: self.name, config: Config { base_url, ..self.config.clone() } }
    }

    /// Settings of a client that asks once.
    pub(crate) fn config(&self) -> Config {
        Config { retry: Retry::never(), ..self.config.clone() }
    }

    /// Sends a raw request, such as `PATCH /v1/team/users/7` with header lines and a body.
    pub(crate) async fn ask(&self, line: &str, headers: &[&str], body: impl Into<ByteStream>) -> Seen {
        let (method, path) = line.split_once(' ').expect("a method and a path");
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.config.base_url));
        for header in headers {
            let (name, value) = header.split_once(": ").expect("a name and a value");
            request = request.header(name, value);
        }
        let request = request.body(body.into()).expect("the request is well-formed");
        let response = self.config.transport.send(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let chunks: Vec<Bytes> = body.try_collect().await.expect("the body arrives");
        Seen { status: parts.status, headers: parts.headers, body: chunks.concat() }
    }

    /// Sends a JSON body with good credentials.
    pub(crate) async fn send(&self, line: &str, body: &Value) -> Seen {
        self.ask(line, &[GOOD, JSON], body.to_string()).await
    }
}

/// A response as it came.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn body_text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body_text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().expect("the header is text"))
    }

    /// All values of a header.
    pub(crate) fn header_all(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().filter_map(|it| it.to_str().ok()).collect()
    }

    /// The body, which must be what the document declares for this status of the operation.
    pub(crate) fn declared(&self, operation: &Operation) -> Value {
        let documented = operation.response(self.status);
        let documented =
            documented.unwrap_or_else(|| panic!("{} is not documented: {}", self.status, self.body_text()));
        let content = documented.content().first().expect("the response has a body");
        assert_eq!(self.header("content-type"), content.media_type, "{}", self.body_text());
        let body = self.json();
        let schema = content.schema.expect("the body has a schema");
        let violations = operation.schemas.check(schema, &body, Direction::Response);
        assert!(violations.is_empty(), "{body} is not as declared: {violations}");
        body
    }
}
