//! Absent, null and a value are three states wherever the document allows all three, and two where it allows two.

use generated::support::Tristate;
use generated::{hbg_ramp, nexudus, nuweb};
use serde_json::{Value, json};

use crate::harness::{request, request_faults, response, with, without};
use crate::pages;

type Record = nexudus::models::UpdateUserRequest;

/// The value of the member, read and written again.
fn devices(record: &Value) -> (Tristate<String>, Option<Value>) {
    let typed: Record = request(record);
    let written = generated::support::json::to_value(&typed);
    (typed.devices, written.get("Devices").cloned())
}

#[test]
fn an_optional_nullable_member_has_three_states() {
    let page = pages::nexudus_request();
    assert_eq!(devices(&without(&page, "Devices")), (Tristate::Absent, None));
    assert_eq!(devices(&with(&page, &json!({ "Devices": null }))), (Tristate::Null, Some(Value::Null)));
    assert_eq!(devices(&with(&page, &json!({ "Devices": "" }))), (String::new().into(), Some(json!(""))));
}

#[test]
fn an_optional_member_that_is_not_nullable_takes_no_null() {
    let record = with(&pages::nexudus_request(), &json!({ "Active": null, "NewPassword": null, "Businesses": null }));
    assert_eq!(request_faults::<Record>(&record), ["/Active type", "/Businesses type", "/NewPassword type"]);
}

#[test]
fn a_required_nullable_member_may_be_null_and_not_absent() {
    let user: hbg_ramp::models::TeamUser = response(&with(&pages::ramp_response(), &json!({ "last_login_at": null })));
    let written = generated::support::json::to_value(&user);
    assert_eq!(written["last_login_at"], Value::Null);
    assert!(written.as_object().is_some_and(|it| it.contains_key("last_login_at")));
}

#[test]
fn null_deep_inside_is_kept() {
    let document: nuweb::models::CompanyUserDocument = response(&pages::nuweb_response());
    let written = generated::support::json::to_value(&document);
    assert_eq!(written["included"][0]["atributes"].get("locale"), Some(&Value::Null));
}

#[test]
fn a_member_of_any_type_keeps_null_and_absence_apart() {
    let absent = without(&pages::nexudus_error(), "Value");
    assert_eq!(response::<nexudus::models::ActionResult>(&absent).value, None);
    let null = response::<nexudus::models::ActionResult>(&pages::nexudus_error());
    assert_eq!(null.value, Some(Value::Null));
}
