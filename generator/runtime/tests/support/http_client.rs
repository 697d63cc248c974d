//! A generated client: typed calls over a router in this process, over a socket, and over transports that misbehave.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream;

use super::http_sample::client::{Client, SERVERS};
use super::http_sample::models::{Error as Message, UpdateTeamUserRequest};
use super::http_sample::operations::{list_team_users, update_team_user, update_user};
use super::http_sample::server::router;
use super::http_team::{Team, client, user};
use crate::support::client::{
    BoxError, BoxFuture, Config, Credential, Error, Middleware, Next, Request, ReqwestTransport, Response, Transport,
};
use crate::support::http::ByteStream;
use crate::support::params::Location;

fn rename(id: i64, name: &str) -> update_team_user::Request {
    let body = UpdateTeamUserRequest { name: Some(name.to_owned()), ..UpdateTeamUserRequest::default() };
    update_team_user::Request { user: id, body }
}

fn message(text: &str) -> Message {
    Message { message: text.to_owned(), rest: BTreeMap::new() }
}

#[tokio::test]
async fn a_valid_call_comes_back_typed() {
    let client = client().with_bearer_auth("good");
    let response = client.update_team_user(&rename(7, "Jo")).response().await.unwrap();
    assert_eq!(response, update_team_user::Response::Ok(user(7, "Jo")));
}

#[tokio::test]
async fn errors_come_back_typed_with_their_headers() {
    let client = client().with_bearer_auth("good");
    let response = client.update_team_user(&rename(404, "Jo")).response().await.unwrap();
    assert_eq!(response, update_team_user::Response::NotFound(message("no such user")));
    let response = client.update_team_user(&rename(429, "Jo")).response().await.unwrap();
    let expected = update_team_user::Response::TooManyRequests { retry_after: Some(60), body: message("slow down") };
    assert_eq!(response, expected);
}

#[tokio::test]
async fn a_status_that_the_document_does_not_name_is_data() {
    let response = client().with_bearer_auth("good").update_team_user(&rename(500, "Jo")).response().await.unwrap();
    let update_team_user::Response::Undocumented(response) = response else { panic!("{response:?}") };
    assert_eq!(response.status.as_u16(), 500);
    assert!(!String::from_utf8_lossy(&response.whole()).contains("10.0.0.8"));
}

#[tokio::test]
async fn the_first_complete_requirement_is_shown() {
    let password = client().with_basic_auth("jo", "pa$$:word");
    let nameless = || {
        let body = UpdateTeamUserRequest { email: Some("jo@example.com".to_owned()), ..Default::default() };
        update_team_user::Request { user: 7, body }
    };
    let response = password.update_team_user(&nameless()).response().await.unwrap();
    assert_eq!(response, update_team_user::Response::Ok(user(7, "password")));
    let colon = client().with_basic_auth("jo:hn", "pa$$:word").update_team_user(&nameless()).response().await;
    assert!(colon.unwrap_err().to_string().contains("a user name with a colon"), "it would be another one");
    let both = password.with_bearer_auth("good");
    let response = both.update_team_user(&nameless()).response().await.unwrap();
    assert_eq!(response, update_team_user::Response::Ok(user(7, "token")));
}

#[tokio::test]
async fn a_call_without_its_credentials_is_not_made() {
    let error = client().update_team_user(&rename(7, "Jo")).response().await.unwrap_err();
    assert!(matches!(error, Error::MissingCredentials { operation: "updateTeamUser" }), "{error}");
}

#[tokio::test]
async fn wrong_credentials_come_back_typed() {
    let response = client().with_bearer_auth("stolen").update_team_user(&rename(7, "Jo")).response().await.unwrap();
    let expected = message("credentials are missing or not valid");
    assert_eq!(response, update_team_user::Response::Unauthorized(expected));
}

#[tokio::test]
async fn anonymous_access_needs_no_credentials() {
    let request = list_team_users::Request { page: Some(2), roles: Some(vec!["a b".to_owned(), "é&=".to_owned()]) };
    let list_team_users::Response::Ok(list) = client().list_team_users(&request).response().await.unwrap() else {
        panic!()
    };
    assert_eq!(list.data[0].name, "nobody");
    assert_eq!(list.data[0].role, "Some(2) Some([\"a b\", \"é&=\"])");
}

#[tokio::test]
async fn an_invalid_request_is_not_sent_and_says_all_that_is_wrong() {
    let body = UpdateTeamUserRequest {
        name: Some(String::new()),
        password: Some("hunter2".into()),
        ..UpdateTeamUserRequest::default()
    };
    let request = update_team_user::Request { user: 7, body };
    let error = client().with_bearer_auth("good").update_team_user(&request).response().await.unwrap_err();
    let Error::InvalidRequest(violations) = &error else { panic!("{error}") };
    let pointers: Vec<_> = violations.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(pointers, ["/body/name", "/body/password"]);
    assert!(!format!("{error} {error:?} {request:?}").contains("hunter2"));

    let request = list_team_users::Request { page: Some(0), roles: Some(vec![String::from("x"); 4]) };
    let error = client().list_team_users(&request).response().await.unwrap_err();
    assert!(error.to_string().starts_with("the request is not valid: /query/page: "), "{error}");
    assert!(error.to_string().ends_with("(and 1 more)"), "{error}");
}

#[tokio::test]
async fn optional_bodies_and_empty_responses() {
    let response = client().update_user(&update_user::Request::default()).response().await.unwrap();
    assert_eq!(response, update_user::Response::Accepted);
    let body = Some(UpdateTeamUserRequest { name: Some("Jo".to_owned()), ..UpdateTeamUserRequest::default() });
    let response = client().update_user(&update_user::Request { body }).response().await.unwrap();
    assert!(matches!(response, update_user::Response::Ok(_)), "{response:?}");
}

#[tokio::test]
async fn the_same_calls_go_over_a_socket() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}/base/path/", listener.local_addr().unwrap());
    let app = axum::Router::new().nest("/base/path", router(Team));
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let client = Client::new(Config::new(base)).unwrap().with_bearer_auth("good");
    let response = client.update_team_user(&rename(7, "Jo")).response().await.unwrap();
    assert_eq!(response, update_team_user::Response::Ok(user(7, "Jo")));
    let response = client.update_team_user(&rename(404, "Jo")).response().await.unwrap();
    assert_eq!(response, update_team_user::Response::NotFound(message("no such user")));
    server.abort();
}

/// Servers answer 411 where a method that wants a body comes without its length.
#[tokio::test]
async fn a_request_without_bytes_says_so_where_its_method_wants_a_body() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let length = |headers: http::HeaderMap| async move {
        headers.get("content-length").map_or("none", |it| it.to_str().unwrap()).to_owned()
    };
    let server = tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(length)).await });

    let transport = ReqwestTransport::default();
    for (method, body, expected) in [
        ("POST", "", "0"),
        ("PUT", "", "0"),
        ("PATCH", "", "0"),
        ("POST", "xy", "2"),
        ("GET", "", "none"),
        ("DELETE", "", "none"),
    ] {
        let request = http::Request::builder().method(method).uri(&url).body(body.into()).unwrap();
        let response = transport.send(request).await.unwrap();
        assert_eq!(response.into_body().bytes(10).await.unwrap(), expected, "{method} {body:?}");
    }
    server.abort();
}

#[test]
fn a_base_url_is_checked() {
    for (url, reason) in [
        ("", "is not a URL"),
        ("not a url", "is not a URL"),
        ("/only/a/path", "has no host"),
        ("ftp://example.com", "is neither http nor https"),
        ("https://jo:secret@example.com", "holds credentials, which belong to a security scheme"),
        ("https://example.com/?a=b", "has a query or a fragment"),
    ] {
        let error = Client::new(Config::new(url)).unwrap_err();
        assert_eq!(error.to_string(), format!("the base URL {reason}"), "{url}");
    }
}

#[test]
fn servers_have_variables() {
    assert_eq!(SERVERS[0].url(&[]).unwrap(), "https://api.example.com/ramp");
    assert_eq!(SERVERS[0].url(&[("host", "ramp.test")]).unwrap(), "https://ramp.test/ramp");
    assert!(SERVERS[0].url(&[("hots", "ramp.test")]).is_err());
}

#[test]
fn secrets_do_not_show() {
    let client = client().with_bearer_auth("s3cret").with_basic_auth("jo", "s3cret");
    assert!(!format!("{client:?}").contains("s3cret"), "{client:?}");
    let key = Credential::api_key(Location::Query, "key", "s3cret");
    assert_eq!(format!("{key:?}"), "ApiKey(key, ..)");
}

/// Answers with what it is told, and remembers what it was asked.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<Vec<Answer>>>,
    asked: Arc<Mutex<Vec<Request>>>,
}

#[derive(Clone)]
enum Answer {
    Status(u16, &'static [(&'static str, &'static str)], &'static str),
    Lost,
    Never,
    Endless,
}

impl Script {
    fn new(answers: &[Answer]) -> Self {
        Self { answers: Arc::new(Mutex::new(answers.iter().rev().cloned().collect())), ..Self::default() }
    }

    fn config(&self) -> Config {
        let mut config = Config::with_transport("https://team.example/v2", self.clone());
        config.retry.base = Duration::from_millis(1);
        config
    }

    fn client(&self) -> Client {
        Client::new(self.config()).unwrap().with_bearer_auth("s3cret")
    }

    fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

impl Transport for Script {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        self.asked.lock().unwrap().push(request);
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Answer::Lost);
        Box::pin(async move {
            match answer {
                Answer::Status(status, headers, body) => {
                    let mut response = http::Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(*name, *value);
                    }
                    let body = Bytes::from_static(body.as_bytes());
                    Ok(response.body(ByteStream::new(stream::iter([Ok(body)])))?)
                }
                Answer::Lost => Err("connection reset".into()),
                Answer::Never => std::future::pending().await,
                Answer::Endless => {
                    let chunk = || Ok(Bytes::from_static(&[b' '; 1024]));
                    Ok(http::Response::new(ByteStream::new(stream::repeat_with(chunk))))
                }
            }
        })
    }
}

const LIST: Answer = Answer::Status(200, &[("content-type", "application/json; charset=UTF-8")], r#"{"data":[]}"#);

#[tokio::test]
async fn a_request_holds_what_the_operation_asks_for_and_no_more() {
    let script = Script::new(&[LIST, Answer::Status(404, &[], "{}")]);
    let client = script.client().with_basic_auth("jo", "pass");
    let roles = Some(vec!["x y".to_owned(), "..".to_owned()]);
    client.list_team_users(&list_team_users::Request { page: Some(1), roles }).response().await.unwrap();
    client.update_team_user(&rename(7, "Jo")).response().await.unwrap_err();

    let [list, update] = &*script.asked() else { panic!("two requests") };
    assert_eq!(list.uri(), "https://team.example/v2/v1/team/users?page=1&roles=x%20y%7C..");
    assert_eq!(list.headers()["accept"], "application/json");
    assert_eq!(list.headers()["authorization"], "Bearer s3cret");
    assert!(list.headers()["authorization"].is_sensitive());
    assert!(!list.headers().contains_key("content-type"));
    assert_eq!(update.method(), "PATCH");
    assert_eq!(update.uri(), "https://team.example/v2/v1/team/users/7");
    assert_eq!(update.headers()["content-type"], "application/json");
    assert_eq!(update.body().whole().unwrap(), r#"{"name":"Jo"}"#);
}

#[tokio::test]
async fn idempotent_calls_are_made_again() {
    let busy = Answer::Status(503, &[("retry-after", "0")], "");
    let script = Script::new(&[Answer::Lost, busy.clone(), LIST]);
    let response = script.client().list_team_users(&list_team_users::Request::default()).response().await.unwrap();
    assert!(matches!(response, list_team_users::Response::Ok(_)));
    assert_eq!(script.asked().len(), 3);

    let script = Script::new(&[busy.clone(), busy.clone(), busy, LIST]);
    let response = script.client().list_team_users(&list_team_users::Request::default()).response().await.unwrap();
    assert!(matches!(response, list_team_users::Response::Undocumented(it) if it.status == 503));
    assert_eq!(script.asked().len(), 3);
}

#[tokio::test]
async fn other_calls_and_other_failures_are_not_made_again() {
    let script = Script::new(&[Answer::Lost, LIST]);
    let error = script.client().update_team_user(&rename(7, "Jo")).response().await.unwrap_err();
    assert_eq!(error.to_string(), "the request did not get through");
    assert_eq!(error.source().unwrap().to_string(), "connection reset");
    assert_eq!(script.asked().len(), 1);

    let too_long = Answer::Status(503, &[("retry-after", "86400")], "");
    let beyond = Answer::Status(503, &[("retry-after", "99999999999999999999")], "");
    for answer in [
        too_long,
        beyond,
        Answer::Status(500, &[], ""),
        Answer::Status(302, &[("location", "http://evil.example")], ""),
    ] {
        let script = Script::new(&[answer, LIST]);
        let response = script.client().list_team_users(&list_team_users::Request::default()).response().await.unwrap();
        assert!(matches!(response, list_team_users::Response::Undocumented(_)), "{response:?}");
        assert_eq!(script.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_server_may_name_a_date() {
    let past = Answer::Status(429, &[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")], "");
    let future = Answer::Status(429, &[("retry-after", "Fri, 06 Nov 2093 08:49:37 GMT")], "");
    let script = Script::new(&[past, future, LIST]);
    let response = script.client().list_team_users(&list_team_users::Request::default()).response().await.unwrap();
    assert!(matches!(response, list_team_users::Response::Undocumented(it) if it.status == 429));
    assert_eq!(script.asked().len(), 2);
}

#[tokio::test]
async fn a_call_that_takes_too_long_ends() {
    let script = Script::new(&[Answer::Never]);
    let config = Config { timeout: Duration::from_millis(20), ..script.config() };
    let client = Client::new(config).unwrap().with_bearer_auth("s3cret");
    let start = Instant::now();
    let error = client.update_team_user(&rename(7, "Jo")).response().await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_response_without_an_end_is_cut_off() {
    let script = Script::new(&[Answer::Endless]);
    let client = Client::new(Config { response_limit: 10_000, ..script.config() }).unwrap();
    let error = client.list_team_users(&list_team_users::Request::default()).response().await.unwrap_err();
    assert_eq!(error.to_string(), "the response has more than 10000 bytes");
}

#[tokio::test]
async fn a_response_that_is_not_as_documented_is_an_error() {
    for (headers, body, expected) in [
        (
            &[("content-type", "text/html")][..],
            "<html>",
            "/header/Content-Type: is `text/html`, no JSON media type (content)",
        ),
        (&[], "{", "/body: is not well-formed JSON (line 1, column 1) (json)"),
        (&[], r#"{"data":[{"id":"s3cret"}]}"#, "/body/data/0/email: is missing (required) (and 3 more)"),
    ] {
        let script = Script::new(&[Answer::Status(200, headers, body)]);
        let error = script.client().list_team_users(&list_team_users::Request::default()).response().await.unwrap_err();
        assert_eq!(error.to_string(), format!("the 200 response is not as documented: {expected}"));
        assert!(!format!("{error:?}").contains("s3cret"));
    }
}

#[tokio::test]
async fn a_header_that_is_not_as_documented_is_an_error() {
    let script = Script::new(&[Answer::Status(429, &[("retry-after", "soon")], r#"{"message":"slow down"}"#)]);
    let error = script.client().update_team_user(&rename(7, "Jo")).response().await.unwrap_err();
    assert!(error.to_string().contains("/header/Retry-After"), "{error}");
}

#[tokio::test]
async fn middleware_sees_every_attempt() {
    struct Count(AtomicUsize);

    impl Middleware for Count {
        fn handle<'a>(&'a self, mut request: Request, next: Next<'a>) -> BoxFuture<'a, Result<Response, BoxError>> {
            let attempt = self.0.fetch_add(1, Ordering::Relaxed);
            request.headers_mut().insert("x-attempt", attempt.into());
            next.run(request)
        }
    }

    let script = Script::new(&[Answer::Lost, LIST]);
    let mut config = script.config();
    config.middleware.push(Arc::new(Count(AtomicUsize::new(1))));
    Client::new(config).unwrap().list_team_users(&list_team_users::Request::default()).response().await.unwrap();
    let attempts: Vec<_> = script.asked().iter().map(|it| it.headers()["x-attempt"].clone()).collect();
    assert_eq!(attempts, ["1", "2"]);
}

#[tokio::test]
async fn transport_errors_show_no_url() {
    let config = Config::new("http://127.0.0.1:1/s3cret");
    let client = Client::new(Config { retry: crate::support::client::Retry::never(), ..config }).unwrap();
    let error = client.list_team_users(&list_team_users::Request::default()).response().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
}
