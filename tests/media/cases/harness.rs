//! The API, which remembers what it is asked, and the ways to it.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use futures_util::TryStreamExt;
use http::HeaderMap;
use media::api::client::Client;
use media::api::models::{Meta, Styled, TokenRequest};
use media::api::operations::{
    get_meta, get_token, list_finds, notes, post_choice, post_shared, post_styled, put_blob, query_finds, send_lines, sequence, start_job, tail, upload,
    watch,
};
use media::api::server::{Api, router_with};
use media::support::client::{Config, ReqwestTransport, Retry, ServiceTransport};
use media::support::http::{Accept, Binary, ByteStream, Event, Items, StatusCode};
use media::support::server::{Context, Failure, Options};
use serde_json::Value;

/// Everything that the handlers were given.
#[derive(Debug, Default)]
pub struct Seen {
    pub tokens: Vec<TokenRequest>,
    pub styled: Vec<Styled>,
    pub uploads: Vec<upload::Body>,
    pub shared: Vec<Option<Meta>>,
    pub choices: Vec<post_choice::Body>,
    pub accepts: Vec<Accept>,
    pub events: Option<Items<Event<Meta>>>,
}

/// A stub of the API.
#[derive(Debug, Clone, Default)]
pub struct Stub(pub Arc<Mutex<Seen>>);

impl Api for Stub {
    type Error = Failure;

    async fn get_token(&self, request: get_token::Request, _: &Context) -> Result<get_token::Response, Failure> {
        self.0.lock().unwrap().tokens.push(request.body);
        Ok(get_token::Response::NoContent)
    }

    async fn post_styled(&self, request: post_styled::Request, _: &Context) -> Result<post_styled::Response, Failure> {
        self.0.lock().unwrap().styled.push(request.body);
        Ok(post_styled::Response::NoContent)
    }

    async fn upload(&self, request: upload::Request, _: &Context) -> Result<upload::Response, Failure> {
        let name = request.body.title.clone();
        self.0.lock().unwrap().uploads.push(request.body);
        Ok(upload::Response::Created(Meta::new(name)))
    }

    async fn post_shared(&self, request: post_shared::Request, _: &Context) -> Result<post_shared::Response, Failure> {
        self.0.lock().unwrap().shared.push(request.body);
        Ok(post_shared::Response::NoContent)
    }

    async fn post_choice(&self, request: post_choice::Request, _: &Context) -> Result<post_choice::Response, Failure> {
        use post_choice::{Body, OkBody, Response};
        let body = match &request.body {
            Body::Json(meta) => OkBody::Json(meta.clone()),
            Body::Csv(text) => OkBody::Csv(text.clone()),
            Body::Multipart(_) => OkBody::Binary(Binary::new("image/png", "png")),
            Body::Binary(image) => OkBody::Binary(image.clone()),
            _ => return Err("a body that the document does not have".into()),
        };
        let body = match request.accept.best(&["application/json", "text/csv", "image/png"]) {
            Some("text/csv") => OkBody::Csv("csv".to_owned()),
            _ => body,
        };
        self.seen().accepts.push(request.accept);
        self.seen().choices.push(request.body);
        Ok(Response::Ok { x_rows: 1, body })
    }

    async fn put_blob(&self, request: put_blob::Request, _: &Context) -> Result<put_blob::Response, Failure> {
        if request.body.len() == Some(0) {
            return Ok(put_blob::Response::NotFound("nothing".to_owned()));
        }
        Ok(put_blob::Response::Ok(request.body))
    }

    async fn get_meta(&self, _: get_meta::Request, _: &Context) -> Result<get_meta::Response, Failure> {
        Ok(get_meta::Response::Ok(Meta::new("x")))
    }

    async fn send_lines(&self, request: send_lines::Request, _: &Context) -> Result<send_lines::Response, Failure> {
        Ok(send_lines::Response::Ok(request.body))
    }

    async fn tail(&self, _: tail::Request, _: &Context) -> Result<tail::Response, Failure> {
        Ok(tail::Response::Ok(Items::from_values([])))
    }

    async fn sequence(&self, _: sequence::Request, _: &Context) -> Result<sequence::Response, Failure> {
        Ok(sequence::Response::Ok(Items::from_values([Meta::new("a"), Meta::new("b")])))
    }

    async fn query_finds(&self, request: query_finds::Request, _: &Context) -> Result<query_finds::Response, Failure> {
        let finds: Vec<_> = request.body.words.into_iter().map(Meta::new).collect();
        Ok(query_finds::Response::Ok(Items::from_values(finds)))
    }

    async fn list_finds(&self, request: list_finds::Request, _: &Context) -> Result<list_finds::Response, Failure> {
        let list_finds::Filter { words, limit, .. } = request.filter;
        let find = move |index| Event::new(Meta::new(format!("{words}{index}")));
        Ok(list_finds::Response::Ok(Items::from_values((0..limit.unwrap_or(1)).map(find))))
    }

    async fn watch(&self, _: watch::Request, _: &Context) -> Result<watch::Response, Failure> {
        Ok(watch::Response::Ok(self.seen().events.take().ok_or("no events")?))
    }

    async fn notes(&self, _: notes::Request, _: &Context) -> Result<notes::Response, Failure> {
        Ok(notes::Response::Ok(Items::from_values([])))
    }

    async fn start_job(&self, _: start_job::Request, _: &Context) -> Result<start_job::Response, Failure> {
        Ok(start_job::Response::Accepted)
    }
}

impl Stub {
    pub fn config(&self) -> Config {
        let router = router_with(Arc::new(self.clone()), Options { body_limit: 4096, part_limit: 8, ..Options::default() });
        let transport = ServiceTransport::new(router, Body::from);
        Config { retry: Retry::never(), ..Config::with_transport("http://media.example", transport) }
    }

    pub fn client(&self) -> Client {
        Client::new(self.config()).unwrap()
    }

    /// The events that `watch` gives.
    pub fn publish(&self, events: Items<Event<Meta>>) {
        self.seen().events = Some(events);
    }

    /// A client over a loopback socket that lives as long as the test.
    pub async fn client_over_socket(&self) -> Client {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = router_with(Arc::new(self.clone()), Options::default());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let transport = ReqwestTransport::new(reqwest::Client::builder().no_proxy().build().unwrap());
        Client::new(Config::with_transport(base, transport)).unwrap()
    }

    pub fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.0.lock().unwrap()
    }

    /// Sends a raw body, and gives status, headers and text of the answer.
    pub async fn ask(&self, path: &str, headers: &[(&str, &str)], body: impl Into<ByteStream>) -> Answer {
        let (method, path) = path.split_once(' ').unwrap();
        let mut request = http::Request::builder().method(method).uri(format!("http://media.example{path}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.config().transport.send(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let chunks: Vec<bytes::Bytes> = body.try_collect().await.unwrap();
        let text = String::from_utf8(chunks.concat()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }

    /// Pointers and keywords of what is wrong.
    pub fn violations(&self) -> Vec<String> {
        let problem: Value = serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text));
        let all = problem["violations"].as_array().cloned().unwrap_or_default();
        let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
        all.iter().map(|it| format!("{} {}", text(it, "pointer"), text(it, "keyword"))).collect()
    }
}
