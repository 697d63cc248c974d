//! Every fault of an instance is named, at its place, by its keyword, all of them at once.

use generated::support::Direction::Request;
use generated::support::{Model, decode};
use generated::{brms, hbg_ramp, nexudus, nuweb};
use serde_json::{Value, json};

use crate::harness::{listed, request_faults, response_faults, with};
use crate::pages;

#[test]
fn the_ramp_changes_name_every_wrong_field() {
    type Changes = hbg_ramp::models::UpdateTeamUserRequest;
    let body = json!({ "name": "", "email": "me", "password": "short", "role": 7, "is_active": "yes" });
    let all = ["/email format", "/is_active type", "/name minLength", "/password minLength", "/role type"];
    assert_eq!(request_faults::<Changes>(&body), all);
    let long = "x".repeat(256);
    let body = json!({ "name": long, "email": format!("{long}@example.com"), "password": long, "role": long });
    let faults = request_faults::<Changes>(&body);
    for field in ["name", "email", "password", "role"] {
        assert!(faults.contains(&format!("/{field} maxLength")), "{faults:?}");
    }
}

#[test]
fn lengths_are_counted_in_code_points() {
    type Changes = hbg_ramp::models::UpdateTeamUserRequest;
    for (length, valid) in [(255, true), (256, false)] {
        let faults = request_faults::<Changes>(&json!({ "name": "𝕁".repeat(length) }));
        assert_eq!(faults.is_empty(), valid, "{length}: {faults:?}");
    }
}

#[test]
fn the_nuweb_changes_name_every_wrong_field() {
    type Changes = nuweb::models::UpdateCompanyUserRequest;
    let body = json!({
        "name": 1, "email": "me", "password": "short", "acceptedTerms": "yes", "acceptedPrivacy": null,
        "roles": [1, "2", 1, 0, 1.0], "visibilityGroups": {},
    });
    let all = [
        "/acceptedPrivacy type",
        "/acceptedTerms type",
        "/email format",
        "/id required",
        "/name type",
        "/password minLength",
        "/roles uniqueItems",
        "/roles/1 type",
        "/roles/3 minimum",
        "/visibilityGroups type",
    ];
    assert_eq!(request_faults::<Changes>(&body), all);
}

#[test]
fn the_brms_changes_name_every_wrong_field() {
    let body =
        json!({ "firstName": 1, "lastName": [], "status": "invited", "type": "robot", "roles": ["x", {}, null] });
    let all = [
        "/firstName type",
        "/lastName type",
        "/roles/0 format",
        "/roles/1 type",
        "/roles/2 type",
        "/status enum",
        "/type enum",
    ];
    assert_eq!(request_faults::<brms::models::UpdateUserRequest>(&body), all);
}

#[test]
fn the_nexudus_record_names_every_missing_member() {
    let all = ["Email", "FullName", "Id", "InvalidLoginAttempts", "Language", "LastHelpVisited", "PasswordSalt"];
    let all = all.map(|it| format!("/{it} required"));
    assert_eq!(request_faults::<nexudus::models::UpdateUserRequest>(&json!({})), all);
}

#[test]
fn the_nexudus_record_names_every_wrong_member() {
    let wrong = json!({
        "Id": 0, "FullName": "", "LastHelpVisited": 2_147_483_648_i64, "InvalidLoginAttempts": -1,
        "NewAvatarUrl": "no uri", "LastAccess": "yesterday", "EmailCallBackGuid": "123", "OnPlaformInvoices": 1,
        "Businesses": [1, "2"], "AddedUserRoles": 5, "SupportTeamUserEmail": "me",
    });
    let all = [
        "/AddedUserRoles type",
        "/Businesses/1 type",
        "/EmailCallBackGuid format",
        "/FullName minLength",
        "/Id minimum",
        "/InvalidLoginAttempts minimum",
        "/LastAccess format",
        "/LastHelpVisited format",
        "/NewAvatarUrl format",
        "/OnPlaformInvoices type",
        "/SupportTeamUserEmail format",
    ];
    let record = with(&pages::nexudus_request(), &wrong);
    assert_eq!(request_faults::<nexudus::models::UpdateUserRequest>(&record), all);
}

#[test]
fn an_answer_names_every_wrong_member_too() {
    let wrong = json!({ "id": "302", "email": "me", "role": null, "created_at": "2019-08-24", "updated_at": 0 });
    let all = ["/created_at format", "/email format", "/id type", "/role type", "/updated_at type"];
    let faults = response_faults::<hbg_ramp::models::TeamUser>(&with(&pages::ramp_response(), &wrong));
    assert_eq!(faults, all);
}

#[test]
fn a_value_of_another_type_is_one_violation() {
    for value in [Value::Null, json!([]), json!("x"), json!(1), json!(true)] {
        assert_eq!(request_faults::<hbg_ramp::models::UpdateTeamUserRequest>(&value), [" type"], "{value}");
    }
}

#[test]
fn a_violation_says_what_is_asked_for_and_its_limit() {
    let body = json!({ "password": "short" }).to_string();
    let violations = decode::<hbg_ramp::models::UpdateTeamUserRequest>(body.as_bytes()).unwrap_err();
    let first = violations.iter().next().unwrap();
    assert_eq!(first.limit, Some(json!(8)));
    assert!(first.message.contains('8'), "{first}");
}

#[test]
fn a_value_built_in_rust_is_checked_the_same_way() {
    let mut changes = nuweb::models::UpdateCompanyUserRequest::new(0);
    changes.roles = Some(vec![3, 3]);
    changes.email = Some("me".to_owned());
    assert_eq!(listed(&changes.validate(Request).unwrap_err()), ["/email format", "/id minimum", "/roles uniqueItems"]);
}
