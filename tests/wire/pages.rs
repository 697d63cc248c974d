//! The payloads that the pages show, and those with all that they may hold, go through their models unchanged.

use generated::support::Direction::{Request, Response};
use generated::{brms, hbg_ramp, nexudus, nuweb};
use serde_json::{Value, json};

use crate::harness::{assert_round_trip, page, with};

pub(crate) fn ramp_request() -> Value {
    page(include_str!("pages/hbg-ramp.request.json"))
}

pub(crate) fn ramp_response() -> Value {
    page(include_str!("pages/hbg-ramp.response.json"))
}

pub(crate) fn nuweb_request() -> Value {
    page(include_str!("pages/nuweb.request.json"))
}

pub(crate) fn nuweb_response() -> Value {
    page(include_str!("pages/nuweb.response.json"))
}

pub(crate) fn brms_request() -> Value {
    page(include_str!("pages/brms.request.json"))
}

pub(crate) fn brms_response() -> Value {
    page(include_str!("pages/brms.response.json"))
}

/// All 58 members of the record.
pub(crate) fn nexudus_request() -> Value {
    page(include_str!("pages/nexudus.request.json"))
}

pub(crate) fn nexudus_response() -> Value {
    page(include_str!("pages/nexudus.response.json"))
}

pub(crate) fn nexudus_error() -> Value {
    page(include_str!("pages/nexudus.error.json"))
}

#[test]
fn the_ramp_page_comes_back_equal() {
    assert_round_trip::<hbg_ramp::models::UpdateTeamUserRequest>(&ramp_request(), Request);
    assert_round_trip::<hbg_ramp::models::TeamUser>(&ramp_response(), Response);
}

#[test]
fn the_nuweb_page_comes_back_equal() {
    assert_round_trip::<nuweb::models::UpdateCompanyUserRequest>(&nuweb_request(), Request);
    assert_round_trip::<nuweb::models::CompanyUserDocument>(&nuweb_response(), Response);
}

#[test]
fn the_brms_page_comes_back_equal() {
    assert_round_trip::<brms::models::UpdateUserRequest>(&brms_request(), Request);
    assert_round_trip::<brms::models::User>(&brms_response(), Response);
}

#[test]
fn the_nexudus_page_comes_back_equal_with_all_58_members() {
    assert_eq!(nexudus_request().as_object().map(serde_json::Map::len), Some(58));
    assert_round_trip::<nexudus::models::UpdateUserRequest>(&nexudus_request(), Request);
    assert_round_trip::<nexudus::models::UpdateUserResult>(&nexudus_response(), Response);
    assert_round_trip::<nexudus::models::ActionResult>(&nexudus_error(), Response);
}

#[test]
fn properties_that_the_document_does_not_name_are_kept() {
    let more = json!({ "nickname": "Jo", "tags": [1, { "deep": null }], "é/~": "", "big": 9_007_199_254_740_993_u64 });
    assert_round_trip::<hbg_ramp::models::UpdateTeamUserRequest>(&with(&ramp_request(), &more), Request);
    assert_round_trip::<hbg_ramp::models::TeamUser>(&with(&ramp_response(), &more), Response);
    let mut deep = nuweb_response();
    deep["included"][0]["atributes"]["more"] = json!({ "new": true });
    deep["data"]["relationships"]["roles"]["data"][0]["meta"] = json!([]);
    assert_round_trip::<nuweb::models::CompanyUserDocument>(&deep, Response);
}

#[test]
fn the_errors_of_the_documents_come_back_equal() {
    let message = json!({ "message": "Unauthenticated." });
    assert_round_trip::<hbg_ramp::models::Error>(&message, Response);
    assert_round_trip::<nuweb::models::Error>(&message, Response);
    let validation =
        json!({ "message": "The name field is required.", "errors": { "name": ["is required"], "": ["?"] } });
    assert_round_trip::<hbg_ramp::models::ValidationErrorResponse>(&validation, Response);
    assert_round_trip::<nuweb::models::ValidationErrorResponse>(&validation, Response);
    assert_round_trip::<hbg_ramp::models::RateLimitError>(
        &json!({ "message": "Slow down", "retry_after": 30 }),
        Response,
    );
    for message in [json!("Not Found"), json!(["email must be an email", "name is missing"]), json!([])] {
        let error = json!({ "statusCode": 404, "message": message, "error": "Not Found" });
        assert_round_trip::<brms::models::Error>(&error, Response);
    }
    assert_round_trip::<nexudus::models::AuthenticationError>(&json!({}), Response);
}
