//! A generated client against a generated router.

use super::http_sample::models::UpdateTeamUserRequest;
use super::http_sample::operations::update_team_user;
use super::http_team::{client, user};

fn rename(id: i64, name: &str) -> update_team_user::Request {
    let body = UpdateTeamUserRequest { name: Some(name.to_owned()), ..UpdateTeamUserRequest::default() };
    update_team_user::Request { user: id, body }
}

#[tokio::test]
async fn a_valid_call_comes_back_typed() {
    let client = client().with_bearer_auth("good");
    let response = client.update_team_user(&rename(7, "Jo")).await.unwrap();
    assert_eq!(response, update_team_user::Response::Ok(user(7, "Jo")));
}
