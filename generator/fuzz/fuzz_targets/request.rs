//! Bytes to requests: the readers of paths, queries, headers, cookies, forms, parts and lines refuse what they must, and
//! a server never fails because of a request.
//!
//! The first line of an input is the request line, lines of headers follow, and after an empty line comes the body. The
//! server is a stand-in of the document that the contract tests use, which has a parameter or body of every form.
#![no_main]

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use libfuzzer_sys::fuzz_target;
use specwright::compile;
use specwright::document::NoFiles;
use specwright::mock::{Settings, mock};
use specwright::plan::Naming;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

const DOCUMENT: &str = include_str!("../../../tests/programs/asked/document.yaml");

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime"));

static ROUTER: LazyLock<Router> = LazyLock::new(|| {
    let naming = Naming { name: "forms".to_owned(), source: "forms.yaml".to_owned() };
    let compiled = compile(&naming, DOCUMENT.to_owned(), &NoFiles);
    let (api, plan) = (compiled.api.expect("an API"), compiled.plan.expect("a plan"));
    let settings = Settings { credentials: Default::default(), dynamic: false, documentation: None, on_exchange: None };
    mock(api, &plan, settings).router
});

/// A request as its bytes say it; none where there can be no such request.
fn request(bytes: &[u8]) -> Option<Request<Body>> {
    let end = bytes.windows(2).position(|it| it == b"\n\n").unwrap_or(bytes.len());
    let (head, body) = (&bytes[..end], bytes.get(end + 2..).unwrap_or_default());
    let mut lines = head.split(|it| *it == b'\n');
    let mut first = lines.next()?.split(|it| *it == b' ');
    let mut request = Request::builder().method(first.next()?).uri(first.next()?);
    for line in lines {
        let colon = line.iter().position(|it| *it == b':')?;
        request = request.header(&line[..colon], line[colon + 1..].trim_ascii());
    }
    request.body(Body::from(body.to_vec())).ok()
}

fuzz_target!(|bytes: &[u8]| {
    let Some(request) = request(bytes) else { return };
    RUNTIME.block_on(async {
        let response = ROUTER.clone().oneshot(request).await.expect("a router always answers");
        let status = response.status();
        let body = response.into_body().collect().await.expect("a whole answer").to_bytes();
        let text = String::from_utf8_lossy(&body);
        assert!(!status.is_server_error() || status == StatusCode::NOT_IMPLEMENTED, "{status}: {text}");
    });
});
