//! Requests as they go over the wire.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use programs::security::client::Client;
use programs::support::client::{BoxError, BoxFuture, Response, ServiceTransport, Transport};

use crate::doors::Scheme;

/// A request as text, once there was one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent(Arc<Mutex<String>>);

impl Sent {
    pub(crate) fn take(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Recorder {
    inner: ServiceTransport<Router, Body>,
    sent: Sent,
}

impl Recorder {
    pub(crate) fn new(inner: ServiceTransport<Router, Body>, sent: &Sent) -> Self {
        Self { inner, sent: sent.clone() }
    }
}

impl Transport for Recorder {
    fn send(&self, request: programs::support::client::Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        *self.sent.0.lock().unwrap() = shown(request.uri(), request.headers());
        self.inner.send(request)
    }
}

/// Everything of a request, sensitive or not.
fn shown(uri: &axum::http::Uri, headers: &HeaderMap) -> String {
    let lines = headers.iter().map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    format!("{uri}\n{}", lines.collect::<String>())
}

/// A server on a socket that answers everything alike, and notes what it is asked.
pub(crate) async fn listener(status: u16, location: Option<String>) -> (String, Sent) {
    let sent = Sent::default();
    let seen = sent.clone();
    let answer = move |request: axum::extract::Request| async move {
        *seen.0.lock().unwrap() = shown(request.uri(), request.headers());
        let mut response = StatusCode::from_u16(status).unwrap().into_response();
        if let Some(location) = location {
            response.headers_mut().insert("location", location.parse().unwrap());
        }
        response
    };
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", socket.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(socket, Router::new().fallback(answer)).await });
    (base, sent)
}

/// A client with every credential.
pub(crate) fn with_all(client: Client) -> Client {
    client
        .with_token(Scheme::Token.secret())
        .with_password("jo", "password-secret")
        .with_header(Scheme::Header.secret())
        .with_query("query-secret&more")
        .with_cookie(Scheme::Cookie.secret())
        .with_oauth(Scheme::Oauth.secret())
        .with_openid(Scheme::Openid.secret())
}
