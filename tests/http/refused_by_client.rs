//! A typed client refuses to send what is not valid, and says all that is wrong with it.

use generated::brms::models::{UpdateUserRequest, UserStatus};
use generated::hbg_ramp;
use generated::support::client::Error;

use crate::apis::{Brms, Nuweb, Ramp, Stub};
use crate::harness::wires;
use crate::pages;

/// What is wrong, as `pointer keyword`.
fn faults<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::InvalidRequest(violations)) => {
            violations.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_fault_of_body_and_parameters_at_once() {
    use hbg_ramp::operations::update_team_user::Request;
    let handler = Stub::new(pages::ramp::answer());
    let mut request = Request::new(0, hbg_ramp::models::UpdateTeamUserRequest::default());
    for wire in wires(Ramp::router(&handler)).await {
        let client = Ramp::client(&wire);
        request.body = hbg_ramp::models::UpdateTeamUserRequest::default();
        let found = faults(client.update_team_user(&request).response().await);
        assert_eq!(found, ["/body minProperties", "/path/user minimum"], "{}", wire.name);
        request.body.name = Some(String::new());
        request.body.email = Some("me".to_owned());
        request.body.password = Some("hunter2".into());
        let all = ["/body/email format", "/body/name minLength", "/body/password minLength", "/path/user minimum"];
        let outcome = client.update_team_user(&request).response().await;
        let shown = format!("{outcome:?} {}", outcome.as_ref().unwrap_err());
        assert!(!shown.contains("hunter2"), "{shown}");
        assert_eq!(faults(outcome), all);
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn values_that_only_answers_may_have() {
    let handler = Stub::new(pages::brms::answer());
    let mut request = pages::brms::request();
    request.body = UpdateUserRequest::default().with_status(UserStatus::Unknown("asleep".to_owned()));
    for wire in wires(Brms::router(&handler)).await {
        assert_eq!(
            faults(Brms::client(&wire).update_user(&request).response().await),
            ["/body/status enum"],
            "{}",
            wire.name
        );
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn headers_that_would_become_two() {
    let handler = Stub::new(pages::nuweb::answer());
    for text in ["en\r\nX-Admin: 1", "en\n", "\0", "en\u{7f}"] {
        let request = pages::nuweb::request().with_accept_language(text);
        for wire in wires(Nuweb::router(&handler)).await {
            let outcome = Nuweb::client(&wire).update_company_user(&request).response().await;
            assert!(matches!(outcome, Err(Error::Encode(_))), "{}: {text:?}: {outcome:?}", wire.name);
        }
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn calls_without_credentials() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        let client = hbg_ramp::client::Client::new(wire.config()).unwrap();
        let outcome = client.update_team_user(&pages::ramp::request()).response().await;
        assert!(matches!(outcome, Err(Error::MissingCredentials { operation: "updateTeamUser" })), "{outcome:?}");
    }
    assert_eq!(handler.calls(), 0);
}
