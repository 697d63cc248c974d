//! What other generators get wrong about `PATCH /v1/team/users/{user}`, one test for each.
//!
//! The operation has two different error bodies (401 and 404 `Error`, 422 `ValidationErrorResponse`), constraints on
//! every member of its body, a nullable member in its answer, a password, and a bearer token.

use generated::hbg_ramp::client::Client;
use generated::hbg_ramp::models::team_user::Role;
use generated::hbg_ramp::models::{Error, UpdateTeamUserRequest, ValidationErrorResponse};
use generated::hbg_ramp::operations::update_team_user::{OPERATION, Request, Response};
use generated::support::client::Error as ClientError;
use generated::support::http::{JSON as JSON_TYPE, RawResponse};
use generated::support::json;
use generated::support::server::{CheckResponses, Options};
use serde_json::json;

use crate::apis::{Ramp, Stub};
use crate::harness::{GOOD, JSON, Wire, in_process, wires};
use crate::{log, pages};

/// A router that answers the update with a status and a body.
fn answering(status: u16, body: &serde_json::Value) -> Wire {
    let answer = Response::Undocumented(RawResponse::bytes(status, JSON_TYPE, body.to_string()));
    in_process(Ramp::router(&Stub::new(answer)))
}

async fn typed(status: u16, body: &serde_json::Value) -> Response {
    Ramp::client(&answering(status, body)).update_team_user(&pages::ramp::request()).response().await.unwrap()
}

#[tokio::test]
async fn the_status_decides_and_not_what_the_body_resembles() {
    // A body that is both an `Error` and a `ValidationErrorResponse`.
    let both = json!({ "message": "no", "errors": { "name": ["no"] } });
    assert!(matches!(typed(401, &both).await, Response::Unauthorized(_)));
    assert!(matches!(typed(404, &both).await, Response::NotFound(_)));
    assert!(matches!(typed(422, &both).await, Response::UnprocessableContent(_)));
}

#[tokio::test]
async fn what_an_error_says_beyond_its_schema_is_kept() {
    let body = json!({ "message": "no", "trace": { "id": "abc" } });
    let Response::Unauthorized(error) = typed(401, &body).await else { panic!("a 401") };
    assert_eq!(json::to_value(&error), body);
}

#[test]
fn a_response_enum_has_the_statuses_of_its_own_operation() {
    // Other operations have a 201, a 204 or a 409; this exhaustive list of variants compiles.
    let name = |response: &Response| match response {
        Response::Ok { .. } => "200",
        Response::Unauthorized(Error { .. }) => "401",
        Response::NotFound(Error { .. }) => "404",
        Response::UnprocessableContent(ValidationErrorResponse { .. }) => "422",
        Response::TooManyRequests { .. } => "429",
        Response::Undocumented(_) => "any other",
        _ => "none",
    };
    assert_eq!(name(&pages::ramp::answer()), "200");
    let documented: Vec<_> = OPERATION.responses.iter().map(|it| format!("{:?}", it.statuses)).collect();
    assert_eq!(documented, [200, 401, 404, 422, 429].map(|it| format!("Exactly({it})")));
}

#[tokio::test]
async fn every_constraint_is_checked_at_run_time_on_both_sides() {
    let long = "x".repeat(256);
    let wire = in_process(Ramp::router(&Stub::new(pages::ramp::answer())));
    for (field, value) in [
        ("name", json!("")),
        ("name", json!(long)),
        ("email", json!("me")),
        ("email", json!(format!("{long}@example.com"))),
        ("password", json!("1234567")),
        ("password", json!(long)),
        ("role", json!("")),
        ("role", json!("x".repeat(51))),
        ("is_active", json!(1)),
    ] {
        let seen = wire.send(pages::ramp::LINE, &json!({ field: value })).await;
        assert_eq!(seen.status.as_u16(), 422, "{field}: {value}");
        assert!(seen.declared(&OPERATION)["errors"][field].is_array(), "{field}: {}", seen.body_text());
        // The client's types exclude the wrong kinds; the rest is checked before it is sent.
        let Ok(body) = serde_json::from_value::<UpdateTeamUserRequest>(json!({ field: value })) else { continue };
        let outcome = Ramp::client(&wire).update_team_user(&Request::new(302, body)).response().await;
        assert!(matches!(outcome, Err(ClientError::InvalidRequest(_))), "{field}: {outcome:?}");
    }
}

#[tokio::test]
async fn no_constraint_is_invented() {
    let handler = Stub::new(pages::ramp::answer());
    let html = "<script>alert('x')</script>";
    let body = json!({ "name": html, "password": html, "role": "no role that the page knows", "future": { "x": [] } });
    for wire in wires(Ramp::router(&handler)).await {
        assert_eq!(wire.send(pages::ramp::LINE, &body).await.status.as_u16(), 200, "{}", wire.name);
        assert_eq!(handler.seen().pop().map(|it| json::to_value(&it.1.body)), Some(body.clone()));
    }
    // The answer's name has no minimum length.
    let mut user = pages::ramp::page().response;
    user["name"] = json!("");
    assert!(matches!(typed(200, &user).await, Response::Ok { body, .. } if body.name.is_empty()));
}

#[tokio::test]
async fn null_in_place_of_a_value_is_no_default() {
    let mut user = pages::ramp::page().response;
    user["name"] = json!(null);
    let outcome = Ramp::client(&answering(200, &user)).update_team_user(&pages::ramp::request()).response().await;
    let Err(ClientError::Decode(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.violations.iter().map(|it| it.pointer.as_str()).collect::<Vec<_>>(), ["/body/name"]);
}

#[tokio::test]
async fn null_goes_through_where_it_is_allowed() {
    let mut user = pages::ramp::page().response;
    user["last_login_at"] = json!(null);
    let Response::Ok { body, .. } = typed(200, &user).await else { panic!("a 200") };
    assert_eq!(body.last_login_at, None);
    assert_eq!(json::to_value(&body), user);
}

#[tokio::test]
async fn an_absent_member_is_not_sent_as_null() {
    let handler = Stub::new(pages::ramp::answer());
    let body = UpdateTeamUserRequest::default().with_is_active(false);
    for wire in wires(Ramp::router(&handler)).await {
        Ramp::client(&wire).update_team_user(&Request::new(1, body.clone())).response().await.unwrap();
        let sent = handler.seen().pop().map(|it| json::to_value(&it.1.body));
        assert_eq!(sent, Some(json!({ "is_active": false })), "{}", wire.name);
    }
}

#[tokio::test]
async fn invalid_input_is_422_in_the_declared_shape_and_never_quoted() {
    for wire in wires(Ramp::router(&Stub::new(pages::ramp::answer()))).await {
        for body in [json!({ "password": "hunter2" }), json!({ "email": "hunter2", "role": ["hunter2"] })] {
            let seen = wire.send(pages::ramp::LINE, &body).await;
            assert_eq!(seen.status.as_u16(), 422, "{}", wire.name);
            let answer: ValidationErrorResponse = serde_json::from_value(seen.declared(&OPERATION)).unwrap();
            assert_eq!(answer.errors.len(), body.as_object().map_or(0, serde_json::Map::len));
            assert!(!seen.body_text().contains("hunter2"), "{}", seen.body_text());
        }
    }
}

#[tokio::test]
async fn the_bearer_token_is_enforced_and_its_owner_reaches_the_handler() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        let body = r#"{"name":"Jo"}"#;
        assert_eq!(wire.ask(pages::ramp::LINE, &[JSON], body).await.status.as_u16(), 401, "{}", wire.name);
        assert_eq!(wire.ask(pages::ramp::LINE, &[JSON, GOOD], body).await.status.as_u16(), 200);
    }
    assert_eq!(handler.seen().iter().map(|it| it.0).collect::<Vec<_>>(), ["token", "token"]);
}

#[tokio::test]
async fn the_client_shows_the_token_by_itself() {
    let wire = in_process(Ramp::router(&Stub::new(pages::ramp::answer())));
    let got = Ramp::client(&wire).update_team_user(&pages::ramp::request()).response().await;
    assert_eq!(got.unwrap(), pages::ramp::answer());
    let outcome = Client::new(wire.config()).unwrap().update_team_user(&pages::ramp::request()).response().await;
    assert!(matches!(outcome, Err(ClientError::MissingCredentials { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_role_is_an_enumeration_that_learns() {
    let mut user = pages::ramp::page().response;
    for (wire, role) in [("manager", Role::Manager), ("auditor", Role::Unknown("auditor".to_owned()))] {
        user["role"] = json!(wire);
        let Response::Ok { body, .. } = typed(200, &user).await else { panic!("a 200") };
        assert_eq!(body.role, role);
        assert_eq!(json::to_value(&body), user);
    }
}

#[test]
fn the_password_does_not_show() {
    let request = pages::ramp::request();
    assert!(request.body.password.is_some());
    assert!(!format!("{request:?} {request:#?}").contains("pa$$word"));
}

#[tokio::test]
async fn neither_password_nor_token_shows_in_a_log() {
    let (log, _guard) = log::capture();
    let wrong = Response::Undocumented(RawResponse::bytes(200, JSON_TYPE, r#"{"id":"hunter2"}"#));
    for answer in [pages::ramp::answer(), wrong] {
        let options = Options { check_responses: CheckResponses::Log, ..Options::default() };
        for wire in wires(Ramp::router_with(&Stub::new(answer), options)).await {
            let outcome = Ramp::client(&wire).update_team_user(&pages::ramp::request()).response().await;
            let client = Ramp::client(&wire);
            let shown = format!("{outcome:?} {client:?}");
            assert!(["pa$$word", "hunter2", "good"].iter().all(|it| !shown.contains(it)), "{shown}");
            wire.send(pages::ramp::LINE, &json!({ "password": "hunter2" })).await;
            wire.send("PATCH /v1/team/users/hunter2?token=hunter2", &json!({ "role": ["hunter2"] })).await;
            wire.ask(pages::ramp::LINE, &[JSON, "authorization: Bearer hunter2"], "{}").await;
            wire.ask("GET /v1/hunter2", &[GOOD], "").await;
        }
    }
    let text = log.written();
    // What a log is for is there.
    for part in ["operation=\"updateTeamUser\"", "status=200", "status=401", "status=404", "status=422", "request_id="]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(text.contains("route=\"/v1/team/users/{user}\"") && text.contains("not as documented"), "{text}");
    assert!(["pa$$word", "hunter2", "Bearer good"].iter().all(|it| !text.contains(it)), "{text}");
}

#[test]
fn documentation_says_what_the_document_says() {
    let text = include_str!("../../generated/src/hbg_ramp/operations/update_team_user.rs");
    for line in [
        "//! Update team user.\n",
        "//! Changes name, e-mail address, password, role or state of a team user. Send only what changes.\n",
        "//! `PATCH /v1/team/users/{user}`\n",
        "    /// 404 There is no such record, or it belongs to someone else.\n",
    ] {
        assert!(text.contains(line), "{line}");
    }
    let doubled = |line: &str| line.trim_start().starts_with("//") && line.ends_with("..");
    assert!(!text.lines().any(doubled), "a sentence ends twice");
}
