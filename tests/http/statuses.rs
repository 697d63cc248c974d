//! Every documented status arrives as its own variant, headers included; any other one is kept as it came.

use generated::support::client::Error as ClientError;
use generated::support::http::{JSON, PROBLEM, RawResponse, StatusCode};
use generated::{brms, hbg_ramp, nexudus, nuweb};
use serde_json::json;

use crate::apis::{Brms, Nexudus, Nuweb, Ramp, Stub};
use crate::harness::wires;
use crate::pages;

#[tokio::test]
async fn ramp() {
    use hbg_ramp::models::{Error, RateLimitError, ValidationErrorResponse};
    use hbg_ramp::operations::update_team_user::Response;
    let errors = [("email".to_owned(), vec!["is taken".to_owned()])].into();
    let answers = [
        (401, Response::Unauthorized(Error::new("Unauthenticated."))),
        (404, Response::NotFound(Error::new("Not found."))),
        (422, Response::UnprocessableContent(ValidationErrorResponse::new("The email is taken.", errors))),
        (
            429,
            Response::TooManyRequests {
                x_rate_limit_limit: Some(60),
                x_rate_limit_remaining: Some(0),
                retry_after: Some(30),
                body: RateLimitError::new("Too Many Attempts.", 30),
            },
        ),
    ];
    for (status, answer) in answers {
        for wire in wires(Ramp::router(&Stub::new(answer.clone()))).await {
            let got = Ramp::client(&wire).update_team_user(&pages::ramp::request()).response().await;
            assert_eq!(got.unwrap(), answer, "{}", wire.name);
            let raw = wire.send(pages::ramp::LINE, &pages::ramp::page().request).await;
            assert_eq!(raw.status.as_u16(), status, "{}", wire.name);
        }
    }
}

#[tokio::test]
async fn nuweb() {
    use nuweb::models::{Error, ValidationErrorResponse};
    use nuweb::operations::update_company_user::Response;
    let errors = [("roles.0".to_owned(), vec!["is unknown".to_owned()])].into();
    let answers = [
        (401, Response::Unauthorized(Error::new("Unauthenticated."))),
        (403, Response::Forbidden(Error::new("This action is unauthorized."))),
        (404, Response::NotFound(Error::new("Not found."))),
        (422, Response::UnprocessableContent(ValidationErrorResponse::new("The role is unknown.", errors))),
        (429, Response::TooManyRequests { retry_after: Some(30), body: Error::new("Too Many Attempts.") }),
    ];
    for (status, answer) in answers {
        for wire in wires(Nuweb::router(&Stub::new(answer.clone()))).await {
            let got = Nuweb::client(&wire).update_company_user(&pages::nuweb::request()).response().await;
            assert_eq!(got.unwrap(), answer, "{}", wire.name);
            let raw = wire.send(pages::nuweb::LINE, &pages::nuweb::page().request).await;
            assert_eq!(raw.status.as_u16(), status, "{}", wire.name);
        }
    }
}

#[tokio::test]
async fn brms() {
    use brms::models::Error;
    use brms::operations::update_user::Response;
    let one = |status| Error::new(status, "no".to_owned().into());
    let several = Error::new(400, vec!["status is unknown".to_owned(), "type is unknown".to_owned()].into());
    let answers = [
        (400, Response::BadRequest(several)),
        (401, Response::Unauthorized(one(401))),
        (403, Response::Forbidden(one(403))),
        (404, Response::NotFound(one(404))),
        (409, Response::Conflict(one(409))),
    ];
    for (status, answer) in answers {
        for wire in wires(Brms::router(&Stub::new(answer.clone()))).await {
            let got = Brms::client(&wire).update_user(&pages::brms::request()).response().await;
            assert_eq!(got.unwrap(), answer, "{}", wire.name);
            let raw = wire.send(pages::brms::LINE, &pages::brms::page().request).await;
            assert_eq!(raw.status.as_u16(), status, "{}", wire.name);
        }
    }
}

#[tokio::test]
async fn nexudus() {
    use nexudus::models::{ActionError, ActionResult, AuthenticationError};
    use nexudus::operations::update_user::Response;
    let mut invalid = ActionResult::new("Email: The value is required.", false);
    invalid.errors = vec![ActionError::new("The value is required.", "Email")].into();
    let failed = |message: &str| ActionResult::new(message, false);
    let answers = [
        (400, Response::BadRequest(invalid)),
        (401, Response::Unauthorized(AuthenticationError::default())),
        (403, Response::Forbidden(failed("You do not have permission to do this."))),
        (404, Response::NotFound(failed("The record was not found."))),
        (429, Response::Default { status: StatusCode::TOO_MANY_REQUESTS, body: failed("Slow down.") }),
        (500, Response::Default { status: StatusCode::INTERNAL_SERVER_ERROR, body: failed("An error occurred.") }),
    ];
    for (status, answer) in answers {
        for wire in wires(Nexudus::router(&Stub::new(answer.clone()))).await {
            let got = Nexudus::client(&wire).update_user(&pages::nexudus::request()).response().await;
            assert_eq!(got.unwrap(), answer, "{}", wire.name);
            let raw = wire.send(pages::nexudus::LINE, &pages::nexudus::page().request).await;
            assert_eq!(raw.status.as_u16(), status, "{}", wire.name);
        }
    }
}

#[tokio::test]
async fn an_undocumented_status_is_kept_as_it_came() {
    use hbg_ramp::operations::update_team_user::Response;
    for (status, media_type, body) in [(418, "text/plain", "short and stout"), (202, JSON, "{\"queued\":true}")] {
        let answer = Response::Undocumented(RawResponse::bytes(status, media_type, body));
        for wire in wires(Ramp::router(&Stub::new(answer.clone()))).await {
            let got = Ramp::client(&wire).update_team_user(&pages::ramp::request()).response().await.unwrap();
            let Response::Undocumented(raw) = got else { panic!("{got:?}") };
            assert_eq!((raw.status.as_u16(), &*raw.whole()), (status, body.as_bytes()), "{}", wire.name);
            assert_eq!(raw.headers["content-type"], media_type);
        }
    }
}

#[tokio::test]
async fn a_response_that_is_not_as_documented_says_what_is_wrong() {
    use hbg_ramp::operations::update_team_user::Response;
    let missing = json!({ "id": "x", "name": "Jo" }).to_string();
    for (status, media_type, body, expected) in [
        (200, JSON, &*missing, "/body/id type, /body/email required, /body/role required"),
        (404, JSON, "{}", "/body/message required"),
        (404, JSON, "", "/body json"),
        (422, PROBLEM, "{\"message\":\"no\",\"errors\":{\"name\":[]}}", "/body/errors/name minItems"),
        (200, "text/html", "<h1>Hello</h1>", "/header/Content-Type content"),
    ] {
        let answer = Response::Undocumented(RawResponse::bytes(status, media_type, body.to_owned()));
        for wire in wires(Ramp::router(&Stub::new(answer.clone()))).await {
            let got = Ramp::client(&wire).update_team_user(&pages::ramp::request()).response().await;
            let Err(ClientError::Decode(error)) = got else { panic!("{body}: {got:?}") };
            assert_eq!(error.status.as_u16(), status, "{}", wire.name);
            let found: Vec<_> = error.violations.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect();
            assert!(expected.split(", ").all(|it| found.iter().any(|fault| fault == it)), "{body}: {found:?}");
        }
    }
}
