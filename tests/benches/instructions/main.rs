//! Fixed work, whose instructions `cargo xtask guard` counts.
//!
//! `instructions NAME TIMES` does the named piece of work so many times and prints nothing; without arguments it prints
//! the names, one a line. What the program does before and after is the same for any number, so that the difference of
//! two runs is what the work costs. It is a package of its own, so that nothing is built for it but what it counts.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail, and talks to the task")]

#[path = "../data/answers.rs"]
mod answers;
#[path = "../throughput/by_hand.rs"]
mod by_hand;
#[path = "../throughput/generated_server.rs"]
mod generated_server;
#[path = "../data/workers.rs"]
mod workers;

use std::hint::black_box;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use generated::hbg_ramp::models::{TeamUser, WorkerPaginatedResponse};
use generated::nuweb::client::Client;
use generated::nuweb::models::CompanyUserDocument;
use generated::nuweb::operations::retrieve_company_users;
use generated::support::client::{BoxError, BoxFuture, Config, Response, Transport};
use generated::support::http::ByteStream;
use generated::support::{Direction, Model, decode_response, json};
use tower::ServiceExt as _;

/// A piece of work, done so many times.
type Work = (&'static str, fn(usize));

/// What is counted; the names stand in the baseline.
const WORK: &[Work] = &[
    ("decode-small", |times| decoded::<TeamUser>(SMALL, times)),
    ("decode-medium", |times| decoded::<CompanyUserDocument>(MEDIUM, times)),
    ("decode-large", |times| decoded::<WorkerPaginatedResponse>(&workers::page(100), times)),
    ("validate-large", |times| validated::<WorkerPaginatedResponse>(&workers::page(100), times)),
    ("encode-large", |times| encoded::<WorkerPaginatedResponse>(&workers::page(100), times)),
    ("serve-update", |times| served(generated_server::router, update, times)),
    ("serve-list", |times| served(generated_server::router, listing, times)),
    // What the same costs by hand.
    ("hand-update", |times| served(by_hand::router, update, times)),
    ("hand-list", |times| served(by_hand::router, listing, times)),
    ("bare-update", |times| served(by_hand::bare_router, update, times)),
    ("bare-list", |times| served(by_hand::bare_router, listing, times)),
    ("call-list", called),
];

const SMALL: &str = include_str!("../../wire/pages/hbg-ramp.response.json");
const MEDIUM: &str = include_str!("../../wire/pages/nuweb.response.json");
const BODY: &str = include_str!("../../wire/pages/nuweb.request.json");

fn main() {
    let mut arguments = std::env::args().skip(1);
    match arguments.next() {
        None => WORK.iter().for_each(|(name, _)| println!("{name}")),
        Some(name) => {
            let times = arguments.next().unwrap().parse().unwrap();
            let (_, work) = WORK.iter().find(|(it, _)| *it == name).unwrap();
            work(times);
        }
    }
}

fn decoded<T: Model>(text: &str, times: usize) {
    for _ in 0..times {
        black_box(decode_response::<T>(black_box(text.as_bytes())).unwrap());
    }
}

fn validated<T: Model>(text: &str, times: usize) {
    let value: T = decode_response(text.as_bytes()).unwrap();
    for _ in 0..times {
        assert!(black_box(&value).holds(Direction::Response));
    }
}

fn encoded<T: Model>(text: &str, times: usize) {
    let value: T = decode_response(text.as_bytes()).unwrap();
    for _ in 0..times {
        black_box(json::to_vec(black_box(&value)));
    }
}

/// Requests to a router of the throughput benchmark, without sockets.
fn served(router: fn() -> Router, request: fn() -> Request<Body>, times: usize) {
    let router = router();
    block_on(async {
        for _ in 0..times {
            let answer = router.clone().oneshot(black_box(request())).await.unwrap();
            assert_eq!(answer.status(), 200);
        }
    });
}

fn update() -> Request<Body> {
    let request = Request::post("/company/users/update").header("Content-Type", "application/json");
    authorized(request).body(Body::from(BODY)).unwrap()
}

fn listing() -> Request<Body> {
    authorized(Request::get("/company/users")).body(Body::empty()).unwrap()
}

fn authorized(request: axum::http::request::Builder) -> axum::http::request::Builder {
    request.header("Authorization", "Bearer demo").header("X-NU-COMPANY-ID", "1")
}

/// Calls that are answered from memory.
fn called(times: usize) {
    let config = Config::with_transport("https://example.com", Memory(answers::list().into()));
    let client = Client::new(config).unwrap().with_bearer_auth("demo".to_owned());
    let request = retrieve_company_users::Request::new().with_x_nu_company_id(1);
    block_on(async {
        for _ in 0..times {
            black_box(client.retrieve_company_users(black_box(&request)).await.unwrap());
        }
    });
}

/// Answers every request with the same body.
struct Memory(axum::body::Bytes);

impl Transport for Memory {
    fn send(&self, _: generated::support::client::Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let response = axum::http::Response::builder().header("Content-Type", "application/json");
        let response = response.body(ByteStream::from(self.0.clone()));
        Box::pin(std::future::ready(response.map_err(BoxError::from)))
    }
}

/// Drives what waits for timers and nothing else.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(future)
}
