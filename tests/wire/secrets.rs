//! Passwords, tokens and salts go over the wire and show nowhere else.

use std::fmt::Debug;

use generated::support::{Direction, Model, decode, json};
use generated::{brms, hbg_portal_v2, hbg_ramp, nexudus, nuweb};
use serde_json::json;

use crate::harness::{request, with};
use crate::pages;

/// No secret shows in `Debug`, plain or pretty, and every one of them is still there.
fn assert_hidden(value: &(impl Model + Debug), secrets: &[&str]) {
    let shown = format!("{value:?} {value:#?}");
    let sent = String::from_utf8(json::to_vec(value)).unwrap();
    for secret in secrets {
        assert!(!shown.contains(secret), "{secret} shows in {shown}");
        assert!(sent.contains(secret), "{secret} is not sent in {sent}");
    }
}

#[test]
fn check_17_debug_of_every_request_hides_secrets() {
    let ramp: hbg_ramp::models::UpdateTeamUserRequest = request(&pages::ramp_request());
    assert_hidden(&ramp, &["pa$$word"]);
    let new = json!({ "name": "Jo", "email": "jo@example.com", "password": "pa$$word", "role": "manager" });
    let new: hbg_ramp::models::StoreTeamUserRequest = request(&new);
    assert_hidden(&new, &["pa$$word"]);
    let body = with(&pages::nuweb_request(), &json!({ "password": "correct horse" }));
    let nuweb: nuweb::models::UpdateCompanyUserRequest = request(&body);
    assert_hidden(&nuweb, &["correct horse"]);
    let record = with(&pages::nexudus_request(), &nexudus_secrets());
    let record: nexudus::models::UpdateUserRequest = request(&record);
    assert_hidden(&record, &["S-salt", "S-token", "S-new", "S-old", "S-factor"]);
    // This one has no secret, and shows what it has.
    let brms: brms::models::UpdateUserRequest = request(&json!({ "firstName": "Jo" }));
    assert!(format!("{brms:?}").contains("Jo"));
}

#[test]
fn check_17_debug_of_tokens_keys_and_logins_hides_secrets() {
    let token = json!({ "client_id": 1, "api_key": "S-key" });
    assert_hidden(&request::<hbg_ramp::models::TokenRequest>(&token), &["S-key"]);
    assert_hidden(&request::<hbg_portal_v2::models::TokenRequest>(&token), &["S-key"]);
    let refresh = json!({ "refresh_token": "S-refresh" });
    assert_hidden(&request::<hbg_ramp::models::RefreshRequest>(&refresh), &["S-refresh"]);
    assert_hidden(&request::<hbg_portal_v2::models::RefreshRequest>(&refresh), &["S-refresh"]);
    let login = json!({ "email": "jo@example.com", "password": "S-word", "device_name": "here" });
    assert_hidden(&request::<nuweb::models::LoginRequest>(&login), &["S-word"]);
    let new = json!({ "name": "Jo", "email": "jo@example.com", "password": "S-password" });
    assert_hidden(&request::<nuweb::models::CreateCompanyUserRequest>(&new), &["S-password"]);
    let grant = json!({ "grant_type": "password", "username": "jo@example.com", "password": "S-word" });
    assert_hidden(&request::<nexudus::models::TokenRequest>(&grant), &["S-word"]);
}

#[test]
fn check_17_debug_of_whole_requests_hides_secrets() {
    let ramp = hbg_ramp::operations::update_team_user::Request::new(302, request(&pages::ramp_request()));
    assert!(!format!("{ramp:?}").contains("pa$$word"));
    let record = request(&with(&pages::nexudus_request(), &nexudus_secrets()));
    let nexudus = nexudus::operations::update_user::Request::new(record);
    assert!(!format!("{nexudus:#?}").contains("S-"));
}

#[test]
fn violations_do_not_show_what_was_sent() {
    let body = json!({ "name": "", "email": "hunter2@", "password": "hunter2", "role": 7, "is_active": "hunter2" });
    let violations = decode::<hbg_ramp::models::UpdateTeamUserRequest>(body.to_string().as_bytes()).unwrap_err();
    assert_eq!(violations.len(), 5);
    let shown = [
        violations.to_string(),
        violations.summary(),
        format!("{violations:?}"),
        serde_json::to_string(&violations).unwrap(),
        format!("{:?}", violations.by_field()),
    ];
    assert!(shown.iter().all(|it| !it.contains("hunter2")), "{shown:#?}");
}

#[test]
fn malformed_text_is_not_shown_either() {
    for text in [r#"{"password":"hunter2","name"}"#, r#"{"password":"hunter2"#, r#"{"password":hunter2}"#] {
        let violations = decode::<hbg_ramp::models::UpdateTeamUserRequest>(text.as_bytes()).unwrap_err();
        assert!(!format!("{violations} {violations:?}").contains("hunter2"), "{text}: {violations}");
    }
}

#[test]
fn a_secret_built_in_rust_is_checked_and_not_shown() {
    let short = hbg_ramp::models::UpdateTeamUserRequest::default().with_password("hunter2");
    let violations = short.validate(Direction::Request).unwrap_err();
    assert_eq!(crate::harness::listed(&violations), ["/password minLength"]);
    assert!(!format!("{short:?} {violations:?}").contains("hunter2"));
}

fn nexudus_secrets() -> serde_json::Value {
    json!({
        "PasswordSalt": "S-salt",
        "AccessToken": "S-token",
        "NewPassword": "S-new",
        "Password": "S-old",
        "TwoFactorSecret": "S-factor",
    })
}
