//! Invalid requests are answered in the operation's own declared error schema, and name every wrong field at once.

use generated::{brms, hbg_portal_v1, hbg_ramp, nexudus, nuweb};
use serde_json::{Value, json};

use crate::apis::{Brms, Nexudus, Nuweb, Ramp, Stub};
use crate::harness::{GOOD, JSON, Seen, in_process, wires};
use crate::pages;

/// The names of the members of an object.
fn names(value: &Value) -> Vec<&str> {
    value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn ramp_answers_422_with_messages_by_field() {
    let handler = Stub::new(pages::ramp::answer());
    let operation = &hbg_ramp::operations::update_team_user::OPERATION;
    let body = json!({ "name": "", "email": "me", "password": "hunter2", "role": 7, "is_active": "yes" });
    for wire in wires(Ramp::router(&handler)).await {
        let seen = wire.send("PATCH /v1/team/users/0", &body).await;
        assert_eq!(seen.status.as_u16(), 422, "{}", wire.name);
        let answer = seen.declared(operation);
        assert_eq!(names(&answer["errors"]), ["email", "is_active", "name", "password", "role", "user"]);
        assert!(answer["message"].as_str().is_some_and(|it| it.ends_with("(and 5 more)")), "{answer}");
        assert!(!seen.body_text().contains("hunter2"), "{answer}");
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn ramp_names_what_is_wrong_with_the_whole_body() {
    let handler = Stub::new(pages::ramp::answer());
    let operation = &hbg_ramp::operations::update_team_user::OPERATION;
    for wire in wires(Ramp::router(&handler)).await {
        for body in ["", "{", "{}", "[]", "null", "\u{feff}{}", "{\"name\":\"Jo\",\"name\":\"Al\"}"] {
            let seen = wire.ask(pages::ramp::LINE, &[GOOD, JSON], body).await;
            assert_eq!(seen.status.as_u16(), 422, "{body}");
            let errors = &seen.declared(operation)["errors"];
            assert!(names(errors).iter().all(|it| matches!(*it, "body" | "name")), "{body}: {errors}");
            assert_eq!(names(errors).len(), 1, "{body}: {errors}");
        }
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn ramp_refuses_path_parameters_that_are_no_ids() {
    let handler = Stub::new(pages::ramp::answer());
    let operation = &hbg_ramp::operations::update_team_user::OPERATION;
    for wire in wires(Ramp::router(&handler)).await {
        for user in ["x", "0", "-1", "1.5", "9223372036854775808", "1%20", "%FF", "302%2F1", "0x10", "1e2"] {
            let line = format!("PATCH /v1/team/users/{user}");
            let seen = wire.send(&line, &json!({ "name": "Jo" })).await;
            assert_eq!(seen.status.as_u16(), 422, "{user}: {}", seen.body_text());
            assert_eq!(names(&seen.declared(operation)["errors"]), ["user"], "{user}");
        }
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn refusals_have_a_status_that_the_operation_documents() {
    let demo = ["authorization: Bearer demo", "api-key: demo"];
    let (ramp, old) = (hbg_ramp::examples::router(), hbg_portal_v1::examples::router());
    for (router, line, status) in [
        (&ramp, "GET /v1/workers?page=0", 422),
        (&ramp, "GET /v1/workers/x", 404),
        (&ramp, "POST /v1/workers/x/verify", 404),
        (&ramp, "GET /v1/workers/x/evidence?page=0", 422),
        (&old, "GET /candidates", 400),
        (&old, "GET /candidates/x", 400),
    ] {
        let seen = in_process(router.clone()).ask(line, &demo, "").await;
        assert_eq!((seen.status.as_u16(), seen.header("content-type")), (status, "application/json"), "{line}");
    }
}

#[tokio::test]
async fn what_a_form_may_hold_may_be_a_list() {
    let form = ["content-type: application/x-www-form-urlencoded"];
    let wire = in_process(nexudus::examples::router());
    for (body, status) in [
        ("grant_type=password&username=a&password=b&more=1&more=2", 200),
        ("grant_type=password&username=a&username=b&password=b", 422),
    ] {
        let seen = wire.ask("POST /api/token", &form, body).await;
        assert_eq!(seen.status.as_u16(), status, "{body}: {}", seen.body_text());
    }
}

#[tokio::test]
async fn nuweb_answers_422_with_messages_by_path() {
    let handler = Stub::new(pages::nuweb::answer());
    let operation = &nuweb::operations::update_company_user::OPERATION;
    let body = json!({ "name": 1, "email": "me", "roles": [1, "2", 1], "acceptedTerms": null });
    for wire in wires(Nuweb::router(&handler)).await {
        let headers = [GOOD, JSON, "x-nu-company-id: abc"];
        let seen = wire.ask(pages::nuweb::LINE, &headers, body.to_string()).await;
        assert_eq!(seen.status.as_u16(), 422, "{}", wire.name);
        let answer = seen.declared(operation);
        let all = ["X-NU-COMPANY-ID", "acceptedTerms", "email", "id", "name", "roles", "roles.1"];
        assert_eq!(names(&answer["errors"]), all);
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn brms_answers_400_with_a_list_of_messages() {
    let handler = Stub::new(pages::brms::answer());
    let operation = &brms::operations::update_user::OPERATION;
    let body = json!({ "firstName": 1, "status": "invited", "type": "robot", "roles": [{}, "x"] });
    for wire in wires(Brms::router(&handler)).await {
        let seen = wire.send("PUT /api/users/me", &body).await;
        assert_eq!(seen.status.as_u16(), 400, "{}", wire.name);
        let answer = seen.declared(operation);
        assert_eq!((&answer["statusCode"], &answer["error"]), (&json!(400), &json!("Bad Request")));
        let messages: Vec<_> = answer["message"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(messages.len(), 6, "{messages:?}");
        for field in ["userId", "firstName", "status", "type", "roles.0", "roles.1"] {
            let named = |it: &&str| it.strip_prefix(field).is_some_and(|rest| rest.starts_with(" must "));
            assert!(messages.iter().any(named), "{field} is not named in {messages:?}");
        }
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn nexudus_answers_400_with_its_envelope() {
    let handler = Stub::new(pages::nexudus::answer());
    let operation = &nexudus::operations::update_user::OPERATION;
    let body = json!({ "Id": 0, "Email": "me", "Language": 0, "LastHelpVisited": "1", "InvalidLoginAttempts": 0 });
    for wire in wires(Nexudus::router(&handler)).await {
        let seen = wire.send(pages::nexudus::LINE, &body).await;
        assert_eq!(seen.status.as_u16(), 400, "{}", wire.name);
        let answer = seen.declared(operation);
        assert_eq!((&answer["WasSuccessful"], &answer["Value"]), (&json!(false), &Value::Null));
        assert!(answer.get("Status").is_none(), "{answer}");
        let errors = answer["Errors"].as_array().unwrap();
        let fields: Vec<_> = errors.iter().filter_map(|it| it["PropertyName"].as_str()).collect();
        assert_eq!(fields, ["Email", "FullName", "Id", "Language", "LastHelpVisited", "PasswordSalt"]);
        assert!(errors.iter().all(|it| it["AttemptedValue"].is_null()), "{answer}");
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn a_refusal_decodes_as_the_typed_response_of_its_status() {
    use generated::support::http::{RawResponse, TypedResponse};
    let raw = |seen: Seen| {
        let mut raw = RawResponse::bytes(seen.status.as_u16(), "application/json", seen.body);
        raw.headers = seen.headers;
        raw
    };
    let [wire, _] = wires(Ramp::router(&Stub::new(pages::ramp::answer()))).await;
    let refusal = wire.send(pages::ramp::LINE, &json!({ "name": "" })).await;
    let typed = hbg_ramp::operations::update_team_user::Response::decode(raw(refusal).into()).unwrap();
    assert!(matches!(typed, hbg_ramp::operations::update_team_user::Response::UnprocessableContent(_)), "{typed:?}");
    let [wire, _] = wires(Nexudus::router(&Stub::new(pages::nexudus::answer()))).await;
    let refusal = wire.send(pages::nexudus::LINE, &json!({})).await;
    let typed = nexudus::operations::update_user::Response::decode(raw(refusal).into()).unwrap();
    let nexudus::operations::update_user::Response::BadRequest(envelope) = typed else { panic!("{typed:?}") };
    assert_eq!(envelope.errors.value().map(Vec::len), Some(7));
}
