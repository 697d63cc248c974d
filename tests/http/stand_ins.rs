//! The stand-ins of `generated::*::examples`: every operation answers with an example that is as documented.

use acceptance::requests::{SampleBody, SampleRequest, sample_requests};
use axum::Router;

use crate::harness::{JSON, Seen, Wire, in_process, wires};

/// Sends a sample request with the credentials that every stand-in knows.
pub(crate) async fn send(wire: &Wire, request: &SampleRequest) -> Seen {
    let line = format!("{} {}", request.method, request.target);
    let mut headers = vec!["authorization: Bearer demo".to_owned(), "api-key: demo".to_owned()];
    headers.extend(request.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    let mut body = String::new();
    if let Some((media_type, text)) = request.body.as_ref().map(SampleBody::content) {
        headers.push(format!("content-type: {media_type}"));
        body = text;
    }
    let headers: Vec<_> = headers.iter().map(String::as_str).collect();
    wire.ask(&line, &headers, body).await
}

/// The sample requests of a document in `specs/`.
pub(crate) fn samples(name: &str) -> Vec<SampleRequest> {
    let path = acceptance::fixtures::workspace().join(format!("specs/{name}.yaml"));
    let text = std::fs::read_to_string(path).unwrap();
    sample_requests(&acceptance::pipeline::compile(name, &text).api.unwrap())
}

async fn assert_all_answer(name: &str, router: fn() -> Router) {
    let all = samples(name);
    for request in &all {
        // Each has a server of its own: what one deletes, the next may ask for.
        let seen = send(&in_process(router()), request).await;
        let shown = String::from_utf8_lossy(&seen.body);
        assert!(seen.status.is_success(), "{name} {} {}: {} {shown}", request.operation, request.target, seen.status);
    }
    assert!(!all.is_empty());
}

macro_rules! every_operation_answers {
    ($($name:literal $module:ident)*) => { $(
        #[tokio::test]
        async fn $module() {
            assert_all_answer($name, generated::$module::examples::router).await;
        }
    )* };
}

every_operation_answers! {
    "brms" brms
    "hbg-dta" hbg_dta
    "hbg-portal-v1" hbg_portal_v1
    "hbg-portal-v2" hbg_portal_v2
    "hbg-ramp" hbg_ramp
    "hbg-services" hbg_services
    "nexudus" nexudus
    "nuweb" nuweb
}

#[tokio::test]
async fn nobody_enters_without_the_credential_that_everybody_knows() {
    for wire in wires(generated::hbg_ramp::examples::router()).await {
        let line = "GET /v1/team/users/302";
        assert_eq!(wire.ask(line, &[], "").await.status, 401, "{}", wire.name);
        assert_eq!(wire.ask(line, &["authorization: Bearer other"], "").await.status, 401);
        assert_eq!(wire.ask(line, &["authorization: Bearer demo"], "").await.status, 200);
    }
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_the_rest_stays() {
    let wire = in_process(generated::hbg_ramp::examples::router());
    let demo = ["authorization: Bearer demo"];
    let status = async |line: &str| wire.ask(line, &demo, "").await.status.as_u16();
    assert_eq!(status("GET /v1/workers/302").await, 200);
    assert_eq!(status("DELETE /v1/workers/302").await, 204);
    assert_eq!(status("GET /v1/workers/302").await, 404);
    assert_eq!(status("GET /v1/workers/302/evidence").await, 404);
    assert_eq!(status("DELETE /v1/workers/302").await, 404);
    // No example shows this one, and nobody created it.
    assert_eq!(status("GET /v1/workers/3021").await, 404);
    assert_eq!(status("GET /v1/workers").await, 200);
    let missing = wire.ask("GET /v1/workers/302", &demo, "").await;
    assert_eq!(String::from_utf8_lossy(&missing.body), r#"{"message":"there is nothing at this path"}"#);
    let worker = r#"{"first_name":"A","last_name":"B","regulator":"nmc","registration_number":"99A9999A"}"#;
    let made = wire.ask("POST /v1/workers", &[demo[0], JSON], worker).await.json();
    assert_eq!(status(&format!("GET /v1/workers/{}", made["data"]["id"])).await, 200);
    assert_eq!(status("GET /v1/workers/302").await, 404);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_where_the_document_has_404() {
    let portal = in_process(generated::hbg_portal_v1::examples::router());
    let headers = ["api-version: 1.0", "api-key: demo"];
    assert_eq!(portal.ask("GET /forms/another", &headers, "").await.status, 200, "the operation documents no 404");
    let users = in_process(generated::brms::examples::router());
    let asked = users.ask("GET /api/users/4c90c3cc-0d44-4b50-8888-8dd25736052a", &BEARER, "").await;
    assert_eq!(asked.status, 404, "the operation documents it");
}

#[tokio::test]
async fn what_is_made_without_a_name_of_its_own_may_be_what_was_deleted() {
    let users = in_process(generated::brms::examples::router());
    let user = "/api/users/3c90c3cc-0d44-4b50-8888-8dd25736052a";
    assert_eq!(users.ask(&format!("DELETE {user}"), &BEARER, "").await.status, 204);
    assert_eq!(users.ask(&format!("GET {user}"), &BEARER, "").await.status, 404);
    let invitation = r#"{"emails": ["jsmith@example.com"]}"#;
    let headers = [BEARER[0], "content-type: application/json"];
    assert_eq!(users.ask("POST /api/users", &headers, invitation).await.status, 201);
    assert_eq!(users.ask(&format!("GET {user}"), &BEARER, "").await.status, 200, "the invitation names that user");
}

/// The credential that every stand-in knows.
const BEARER: [&str; 1] = ["authorization: Bearer demo"];
