//! What generated code takes of the time that code by hand takes: one line for each piece of work.
//!
//! `cargo xtask bench --run-time` prints it as a table. The two sides of a ratio are done by turns in slices of some
//! milliseconds, and the median of their ratios counts: what else the machine does falls on both. Words behind `--`
//! choose lines: `cargo bench -p acceptance --all-features --bench ratios -- serve update`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail, and talks to the task")]

#[path = "data/answers.rs"]
mod answers;
#[path = "throughput/by_hand.rs"]
mod by_hand_server;
#[path = "throughput/generated_server.rs"]
mod generated_server;
#[path = "data/workers.rs"]
mod workers;

use std::hint::black_box;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use acceptance::json_schema::validator;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use by_hand_server::models::{self, Date, Document, ListDocument, Moment, Workers};
use generated::hbg_ramp::models::{TeamUser, WorkerPaginatedResponse};
use generated::nuweb::SCHEMAS;
use generated::nuweb::client::Client;
use generated::nuweb::models::CompanyUserDocument;
use generated::nuweb::operations::retrieve_company_users;
use generated::support::client::Config;
use generated::support::http::Operation;
use generated::support::server::{Options, Routes};
use generated::support::{Model, decode_response, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// How often each side has its turn.
const ROUNDS: usize = 61;
/// How long a turn takes.
const TURN: Duration = Duration::from_millis(8);

const SMALL: &str = include_str!("../wire/pages/hbg-ramp.response.json");
const MEDIUM: &str = include_str!("../wire/pages/nuweb.response.json");
const BODY: &str = include_str!("../wire/pages/nuweb.request.json");

fn main() {
    models_of::<TeamUser, models::TeamUser<Moment>>("small", SMALL, "hbg-ramp", "TeamUser");
    models_of::<CompanyUserDocument, Document<Moment>>("medium", MEDIUM, "nuweb", "CompanyUserDocument");
    let large = workers::page(100);
    models_of::<WorkerPaginatedResponse, Workers<Moment, Date>>("large", &large, "hbg-ramp", "WorkerPaginatedResponse");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    requests(&runtime);
    routing(&runtime);
    calls(&runtime);
}

/// Decoding and encoding of one text: the generated type, and the same members in structs by hand.
fn models_of<T: Model, H: DeserializeOwned + Serialize>(size: &str, text: &str, api: &str, schema: &str) {
    let bytes = text.as_bytes();
    let validator = validator(api, schema);
    let (typed, by_hand): (T, H) = (decode_response(bytes).unwrap(), serde_json::from_slice(bytes).unwrap());
    let mut decode = || drop(black_box(decode_response::<T>(black_box(bytes)).unwrap()));
    let mut serde = || drop(black_box(serde_json::from_slice::<H>(black_box(bytes)).unwrap()));
    compare(&format!("decode {size}, valid or refused / serde"), Some(0.9), &mut decode, &mut serde);
    let mut checked = || {
        let value: Value = serde_json::from_slice(black_box(bytes)).unwrap();
        assert!(validator.is_valid(&value));
        drop(black_box(serde_json::from_value::<H>(value).unwrap()));
    };
    compare(&format!("decode {size} / jsonschema, from_value"), None, &mut decode, &mut checked);
    let mut encode = || drop(black_box(json::to_vec(black_box(&typed))));
    let mut serde = || drop(black_box(serde_json::to_vec(black_box(&by_hand)).unwrap()));
    compare(&format!("encode {size} / serde"), Some(1.0), &mut encode, &mut serde);
}

/// Requests to routers in the same process.
fn requests(runtime: &Runtime) {
    let generated = generated_server::router();
    for (other, name, target) in [
        (by_hand_server::bare_router(), "the bare router", Some(1.0)),
        (by_hand_server::router(), "extractors of axum", None),
    ] {
        for (what, request) in [("update", update as fn() -> Request<Body>), ("list", list)] {
            let mut ours = || answered(runtime, &generated, request());
            let mut theirs = || answered(runtime, &other, request());
            compare(&format!("serve {what} / {name}"), target, &mut ours, &mut theirs);
        }
    }
}

fn answered(runtime: &Runtime, router: &Router, request: Request<Body>) {
    runtime.block_on(async {
        let answer = router.clone().oneshot(request).await.unwrap();
        black_box(to_bytes(answer.into_body(), usize::MAX).await.unwrap());
    });
}

fn update() -> Request<Body> {
    let request = Request::post("/company/users/update").header("Content-Type", "application/json");
    authorized(request).body(Body::from(BODY)).unwrap()
}

fn list() -> Request<Body> {
    authorized(Request::get("/company/users")).body(Body::empty()).unwrap()
}

fn authorized(request: axum::http::request::Builder) -> axum::http::request::Builder {
    request.header("Authorization", "Bearer demo").header("X-NU-COMPANY-ID", "1")
}

/// Requests to one of many operations, which nobody implements: the way to it is all that differs.
fn routing(runtime: &Runtime) {
    let few = routes(10);
    for count in [100, 1000] {
        let many = routes(count);
        let path = |count: usize| format!("/v1/things{}/7/parts/8", count / 2);
        let request = |count: usize| Request::get(path(count)).body(Body::empty()).unwrap();
        let mut ours = || answered(runtime, &many, request(count));
        let mut theirs = || answered(runtime, &few, request(10));
        compare(&format!("route among {count} operations / 10"), Some(1.1), &mut ours, &mut theirs);
    }
}

/// A router of so many operations, a path for each.
fn routes(count: usize) -> Router {
    let operations: Vec<&'static Operation> = (0..count)
        .map(|idx| {
            let id = String::leak(format!("getThing{idx}"));
            let path = String::leak(format!("/v1/things{idx}/{{thing}}/parts/{{part}}"));
            let operation = Operation::new(id, "GET", path, &SCHEMAS, &[], &[]);
            &*Box::leak(Box::new(operation))
        })
        .collect();
    Routes::new().otherwise_not_implemented(&operations).finish(Options::default())
}

/// Calls over loopback to one server: the generated client, and reqwest with structs by hand.
fn calls(runtime: &Runtime) {
    let server = format!("http://{}", serve(by_hand_server::bare_router));
    let client = Client::new(Config::new(&server)).unwrap().with_bearer_auth("demo".to_owned());
    let call = retrieve_company_users::Request::new().with_x_nu_company_id(1);
    let mut ours = || drop(black_box(runtime.block_on(async { client.retrieve_company_users(&call).await.unwrap() })));
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{server}/company/users");
    let mut theirs = || {
        let request = plain.get(&url).bearer_auth("demo").header("X-NU-COMPANY-ID", "1");
        let body = runtime.block_on(async {
            let response = request.send().await.unwrap().error_for_status().unwrap();
            response.bytes().await.unwrap()
        });
        drop(black_box(serde_json::from_slice::<ListDocument<Moment>>(&body).unwrap()));
    };
    compare("call list / reqwest", Some(1.1), &mut ours, &mut theirs);
}

/// Serves a router on a thread of its own for as long as the process lives.
fn serve(router: fn() -> Router) -> SocketAddr {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, router()).await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

/// Prints what the work is called, the time of either side in nanoseconds, the ratio of them and what it should be, if its
/// name has every word of the command.
fn compare(work: &str, target: Option<f64>, ours: &mut dyn FnMut(), theirs: &mut dyn FnMut()) {
    let mut words = std::env::args().skip(1).filter(|it| !it.starts_with("--"));
    if !words.all(|it| work.contains(&it)) {
        return;
    }
    let times = [times(ours), times(theirs)];
    let (mut one, mut other, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (ours, theirs) = (each(ours, times[0]), each(theirs, times[1]));
        one.push(ours);
        other.push(theirs);
        ratios.push(ours / theirs);
    }
    let target = target.map(|it| it.to_string()).unwrap_or_default();
    println!("{work}\t{:.0}\t{:.0}\t{:.3}\t{target}", median(one), median(other), median(ratios));
}

/// How often something can be done in a turn.
fn times(work: &mut dyn FnMut()) -> u32 {
    let start = Instant::now();
    let mut times = 0;
    while start.elapsed() < TURN {
        work();
        times += 1;
    }
    times
}

/// Nanoseconds of one time.
fn each(work: &mut dyn FnMut(), times: u32) -> f64 {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed().as_secs_f64() * 1e9 / f64::from(times)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
