//! A call in one line: its success, or an error that works with `?` and tells everything.

use generated::hbg_ramp::models::{Error as Message, TeamUser};
use generated::hbg_ramp::operations::update_team_user::{Request, Response};
use generated::support::client::{CallError, Error as ClientError, Failed, Received};
use generated::support::http::{JSON, RawResponse};
use serde_json::json;

use crate::apis::{Ramp, Stub};
use crate::harness::{Wire, in_process};
use crate::pages;

fn answering(status: u16, media_type: &'static str, body: &str) -> Wire {
    let answer = Response::Undocumented(RawResponse::bytes(status, media_type, body.to_owned()));
    in_process(Ramp::router(&Stub::new(answer)))
}

async fn failing(status: u16, media_type: &'static str, body: &str) -> CallError<Response> {
    let request = pages::ramp::request();
    Ramp::client(&answering(status, media_type, body)).update_team_user(&request).await.unwrap_err()
}

fn expected() -> TeamUser {
    pages::ramp::page().typed_response()
}

fn user() -> serde_json::Value {
    serde_json::from_slice(&generated::support::json::to_vec(&expected())).unwrap()
}

#[tokio::test]
async fn a_success_is_the_value() {
    let wire = answering(200, JSON, &user().to_string());
    let user: TeamUser = Ramp::client(&wire).update_team_user(&pages::ramp::request()).await.unwrap();
    assert_eq!(user, expected());
}

#[tokio::test]
async fn a_documented_failure_is_its_variant_with_status_headers_and_body() {
    let error = failing(404, JSON, r#"{"message": "no such member"}"#).await;
    let CallError::Documented { failure: Response::NotFound(message), response } = &error else { panic!("{error:?}") };
    assert_eq!(message.message, "no such member");
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["content-type"], JSON);
    assert_eq!(response.excerpt(), r#"{"message": "no such member"}"#);
    assert_eq!(error.to_string(), "operation `updateTeamUser` was answered with 404 Not Found");
}

#[tokio::test]
async fn the_page_of_a_gateway_is_kept_to_be_looked_at() {
    let error = failing(502, "text/html", "<h1>Bad Gateway</h1>").await;
    let CallError::Undocumented(response) = &error else { panic!("{error:?}") };
    assert_eq!(response.excerpt(), "<h1>Bad Gateway</h1>");
    assert!(format!("{error:?}").contains("<h1>Bad Gateway</h1>"), "{error:?}");
    assert!(!error.to_string().contains("Gateway</h1>"), "{error}");
}

#[tokio::test]
async fn what_cannot_be_decoded_is_kept_and_not_shown() {
    let error = failing(200, JSON, r#"{"id": "s3cret"}"#).await;
    let CallError::Undecodable { response, .. } = &error else { panic!("{error:?}") };
    assert_eq!(response.excerpt(), r#"{"id": "s3cret"}"#);
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    assert!(error.to_string().starts_with("the 200 response is not as documented: "), "{error}");
}

#[tokio::test]
async fn a_long_body_is_cut_in_texts_only() {
    let error = failing(500, "text/plain", &"x".repeat(100_000)).await;
    let response = error.response().unwrap();
    assert_eq!((response.excerpt().len(), response.body().len()), (16 * 1024, 100_000));
}

#[tokio::test]
async fn without_a_response_the_error_says_why() {
    let wire = answering(200, JSON, &user().to_string());
    let mut request = pages::ramp::request();
    request.body.name = Some(String::new());
    let error = Ramp::client(&wire).update_team_user(&request).await.unwrap_err();
    assert!(matches!(error.unanswered(), Some(ClientError::InvalidRequest(_))), "{error:?}");
    assert!(error.response().is_none() && error.status().is_none());
}

/// One function for the errors of all operations.
fn advice(error: &dyn Failed) -> String {
    match (error.status().map(|it| it.as_u16()), error.response().map(Received::json::<Message>)) {
        (Some(401), _) => "sign in".to_owned(),
        (Some(_), Some(Ok(message))) => message.message,
        (Some(status), _) => format!("status {status}"),
        (None, _) => "try again".to_owned(),
    }
}

#[tokio::test]
async fn errors_of_all_operations_have_a_common_face() {
    let message = r#"{"message": "gone"}"#;
    assert_eq!(advice(&failing(401, JSON, message).await), "sign in");
    assert_eq!(advice(&failing(404, JSON, message).await), "gone");
    assert_eq!(advice(&failing(599, JSON, "{}").await), "status 599");
    let never = CallError::<Response>::Unanswered(ClientError::Timeout(std::time::Duration::from_secs(1)));
    assert_eq!(advice(&never), "try again");
}

#[derive(Debug, thiserror::Error)]
enum AppError {
    #[error("the update failed")]
    Update(#[from] CallError<Response>),
}

async fn boxed(wire: &Wire, request: &Request) -> Result<TeamUser, Box<dyn std::error::Error>> {
    Ok(Ramp::client(wire).update_team_user(request).await?)
}

async fn shared(wire: &Wire, request: &Request) -> Result<TeamUser, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Ramp::client(wire).update_team_user(request).await?)
}

async fn anyhow(wire: &Wire, request: &Request) -> anyhow::Result<TeamUser> {
    Ok(Ramp::client(wire).update_team_user(request).await?)
}

async fn own(wire: &Wire, request: &Request) -> Result<TeamUser, AppError> {
    Ok(Ramp::client(wire).update_team_user(request).await?)
}

#[tokio::test]
async fn the_question_mark_works_with_every_kind_of_error() {
    let wire = answering(404, JSON, &json!({ "message": "no" }).to_string());
    let request = pages::ramp::request();
    assert!(boxed(&wire, &request).await.unwrap_err().is::<CallError<Response>>());
    assert!(shared(&wire, &request).await.unwrap_err().is::<CallError<Response>>());
    let error = anyhow(&wire, &request).await.unwrap_err();
    assert_eq!(error.downcast_ref::<CallError<Response>>().unwrap().status().unwrap(), 404);
    let AppError::Update(error) = own(&wire, &request).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn whole_responses_are_there_for_who_wants_them() {
    let wire = answering(404, JSON, r#"{"message": "no"}"#);
    let client = Ramp::client(&wire);
    let request = pages::ramp::request();
    assert!(matches!(client.update_team_user(&request).response().await, Ok(Response::NotFound(_))));
    assert_eq!(client.update_team_user(&request).raw().await.unwrap().status, 404);
}
