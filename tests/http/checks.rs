//! The numbered acceptance checks of the documented APIs, as far as they are about requests and responses.

use generated::hbg_portal_v1::operations as v1;
use generated::hbg_ramp::operations::{acknowledge_alerts, get_alert, patch_worker, update_worker};
use generated::support::http::{RawResponse, TypedResponse};

use crate::apis::{Ramp, Stub};
use crate::harness::{GOOD, JSON, in_process, wires};
use crate::pages;

#[tokio::test]
async fn check_12_acknowledge_is_no_alert() {
    let demo = "authorization: Bearer demo";
    for wire in wires(generated::hbg_ramp::examples::router()).await {
        let seen = wire.ask("POST /v1/alerts/acknowledge", &[demo, JSON], r#"{"alert_ids":[1,2]}"#).await;
        assert_eq!(seen.status, 200, "{}", wire.name);
        assert!(seen.declared(&acknowledge_alerts::OPERATION)["acknowledged_count"].is_u64());
        // The template takes what no static path takes.
        let seen = wire.ask("GET /v1/alerts/302", &[demo], "").await;
        assert!(seen.declared(&get_alert::OPERATION)["severity"].is_string());
        // There is no alert with that name, and the static path has no GET.
        assert_eq!(wire.ask("GET /v1/alerts/acknowledge", &[demo], "").await.status.as_u16() / 100, 4);
    }
}

#[tokio::test]
async fn check_13_put_and_patch_are_two_handlers() {
    let wire = in_process(Ramp::router(&Stub::new(pages::ramp::answer())));
    let whole = r#"{"first_name":"A","last_name":"B","regulator":"nmc","registration_number":"12A3456B"}"#;
    let seen = wire.ask("PUT /v1/workers/7", &[GOOD, JSON], whole).await;
    assert_eq!(seen.declared(&update_worker::OPERATION)["message"], "PUT");
    let seen = wire.ask("PATCH /v1/workers/7", &[GOOD, JSON], r#"{"first_name":"A"}"#).await;
    assert_eq!(seen.declared(&patch_worker::OPERATION)["message"], "PATCH");
    // What is enough for a change is not enough for a replacement.
    assert_eq!(wire.ask("PUT /v1/workers/7", &[GOOD, JSON], r#"{"first_name":"A"}"#).await.status, 422);
}

#[test]
fn check_14_answers_without_a_body_decode() {
    let decoded = v1::v1_get_submission_result::Response::decode(RawResponse::empty(202).into()).unwrap();
    assert_eq!(decoded, v1::v1_get_submission_result::Response::Accepted);
    let decoded = v1::v1_get_candidate::Response::decode(RawResponse::empty(204).into()).unwrap();
    assert_eq!(decoded, v1::v1_get_candidate::Response::NoContent);
    let decoded = v1::v1_update_candidate::Response::decode(RawResponse::empty(304).into()).unwrap();
    assert_eq!(decoded, v1::v1_update_candidate::Response::NotModified);
    // A status that promises a body keeps the promise.
    assert!(v1::v1_get_submission_result::Response::decode(RawResponse::empty(200).into()).is_err());
}
