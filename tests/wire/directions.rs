//! Requests are strict, answers are open: what a newer server may send is kept, what a client must not send is refused.

use generated::support::Direction::{Request, Response};
use generated::support::{Model, UnknownValue};
use generated::{brms, hbg_ramp, nuweb};
use serde_json::{Value, json};

use crate::harness::{assert_round_trip, listed, request_faults, response, response_faults, with};
use crate::pages;

use brms::models::{UpdateUserRequest, User, UserStatus, UserType};

#[test]
fn an_unknown_value_of_an_enumeration_is_kept_in_answers() {
    let answer = with(&pages::brms_response(), &json!({ "status": "asleep", "type": "robot" }));
    assert_round_trip::<User>(&answer, Response);
    let typed: User = response(&answer);
    assert_eq!(typed.status, UserStatus::Unknown("asleep".to_owned()));
    assert_eq!(typed.r#type, UserType::Unknown("robot".to_owned()));
}

#[test]
fn an_unknown_value_of_an_enumeration_is_refused_in_requests() {
    let body = json!({ "status": "asleep", "type": "robot" });
    assert_eq!(request_faults::<UpdateUserRequest>(&body), ["/status enum", "/type enum"]);
    let built = UpdateUserRequest::default().with_status(UserStatus::Unknown("asleep".to_owned()));
    assert_eq!(listed(&built.validate(Request).unwrap_err()), ["/status enum"]);
}

#[test]
fn an_enumeration_takes_no_value_of_another_type_in_either_direction() {
    assert!(!request_faults::<UpdateUserRequest>(&json!({ "status": 1 })).is_empty());
    let answer = with(&pages::brms_response(), &json!({ "status": 1 }));
    assert_eq!(response_faults::<User>(&answer), ["/status type"]);
}

#[test]
fn an_extensible_enumeration_is_open_in_both_directions() {
    let user = with(&pages::ramp_response(), &json!({ "role": "auditor" }));
    for direction in [Request, Response] {
        assert_round_trip::<hbg_ramp::models::TeamUser>(&user, direction);
    }
    let typed: hbg_ramp::models::TeamUser = response(&user);
    assert_eq!(typed.role.to_string(), "auditor");
}

#[test]
fn known_values_have_their_own_variants() {
    assert_eq!(
        UserType::ALL.iter().map(UserType::as_str).collect::<Vec<_>>(),
        ["invited", "member", "author", "admin", "owner"]
    );
    assert_eq!("locked".parse(), Ok(UserStatus::Locked));
    assert_eq!("asleep".parse::<UserStatus>(), Err(UnknownValue));
    assert_eq!(UserStatus::from_text("asleep"), UserStatus::Unknown("asleep".to_owned()));
    assert_eq!(UserStatus::from_text("locked"), UserStatus::Locked);
}

#[test]
fn a_known_branch_of_a_union_is_checked_even_in_answers() {
    let mut answer = pages::nuweb_response();
    answer["included"][1]["attributes"]["title"] = json!(7);
    answer["included"][2]["id"] = json!(0);
    let faults = response_faults::<nuweb::models::CompanyUserDocument>(&answer);
    assert_eq!(faults, ["/included/1/attributes/title type", "/included/2/id minimum"]);
}

#[test]
fn a_union_without_its_tag_is_refused() {
    for broken in [json!({ "id": 1 }), json!({ "type": null, "id": 1 }), json!("roles"), Value::Null] {
        let mut answer = pages::nuweb_response();
        answer["included"][0] = broken.clone();
        let faults = response_faults::<nuweb::models::CompanyUserDocument>(&answer);
        assert!(!faults.is_empty(), "{broken}");
        assert!(faults.iter().all(|it| it.starts_with("/included/0")), "{broken}: {faults:?}");
    }
}
