//! What a client sends arrives as it is, or is not sent.

mod forms;
mod places;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::response::Response;
use programs::arrivals::client::Client;
use programs::arrivals::operations::{
    compare, find, get_file, get_note, put_any, put_note, send_form, send_open, send_parts, upload,
};
use programs::arrivals::server::{Api, router};
use programs::support::client::{Config, Retry, ServiceTransport};
use programs::support::server::{Context, Failure};
use tower::ServiceExt;

type Failed = Box<dyn std::error::Error>;

/// A server that remembers what it was given.
#[derive(Default)]
struct Seen {
    forms: Mutex<Vec<programs::arrivals::models::Form>>,
    open: Mutex<Vec<programs::arrivals::models::Open>>,
    uploads: Mutex<Vec<upload::Body>>,
    /// What was said in paths and queries, and the media types of bodies.
    said: Mutex<Vec<String>>,
}

#[derive(Clone, Default)]
struct Server(Arc<Seen>);

impl Api for Server {
    type Error = Failure;

    async fn send_form(&self, request: send_form::Request, _: &Context) -> Result<send_form::Response, Failure> {
        self.0.forms.lock().unwrap().push(request.body);
        Ok(send_form::Response::NoContent)
    }

    async fn send_parts(&self, request: send_parts::Request, _: &Context) -> Result<send_parts::Response, Failure> {
        self.0.forms.lock().unwrap().push(request.body);
        Ok(send_parts::Response::NoContent)
    }

    async fn send_open(&self, request: send_open::Request, _: &Context) -> Result<send_open::Response, Failure> {
        self.0.open.lock().unwrap().push(request.body);
        Ok(send_open::Response::NoContent)
    }

    async fn upload(&self, request: upload::Request, _: &Context) -> Result<upload::Response, Failure> {
        self.0.uploads.lock().unwrap().push(request.body);
        Ok(upload::Response::NoContent)
    }

    async fn get_file(&self, request: get_file::Request, _: &Context) -> Result<get_file::Response, Failure> {
        self.say(format!("{} {}", request.name, request.extension));
        Ok(get_file::Response::NoContent)
    }

    async fn compare(&self, request: compare::Request, _: &Context) -> Result<compare::Response, Failure> {
        self.say(format!("{} {}", request.base, request.head));
        Ok(compare::Response::NoContent)
    }

    async fn find(&self, request: find::Request, _: &Context) -> Result<find::Response, Failure> {
        self.say(format!("{:?} {:?}", request.words, request.deep));
        Ok(find::Response::NoContent)
    }

    async fn put_any(&self, request: put_any::Request, _: &Context) -> Result<put_any::Response, Failure> {
        self.say(request.body.media_type);
        Ok(put_any::Response::NoContent)
    }

    async fn get_note(&self, _: get_note::Request, _: &Context) -> Result<get_note::Response, Failure> {
        Ok(get_note::Response::Ok("it".to_owned()))
    }

    async fn put_note(&self, _: put_note::Request, _: &Context) -> Result<put_note::Response, Failure> {
        Ok(put_note::Response::NoContent)
    }
}

impl Server {
    fn say(&self, text: String) {
        self.0.said.lock().unwrap().push(text);
    }

    fn heard(&self) -> String {
        self.0.said.lock().unwrap().pop().unwrap_or_default()
    }

    fn router(&self) -> Router {
        router(self.clone())
    }

    fn client(&self) -> Result<Client, Failed> {
        client_of(self.router())
    }
}

fn client_of(router: Router) -> Result<Client, Failed> {
    let transport = ServiceTransport::new(router, Body::from);
    let config = Config { retry: Retry::never(), ..Config::with_transport("http://arrivals.example", transport) };
    Ok(Client::new(config)?)
}

/// A request written by hand.
async fn ask(router: &Router, line: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let (method, target) = line.split_once(' ').unwrap();
    let request = Request::builder().method(method).uri(target);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()
}

async fn body_text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}
