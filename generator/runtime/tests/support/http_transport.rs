//! What an application puts around its calls: tokens that rotate, headers, time-outs, traces, layers of tower, threads
//! that wait, and bodies that are packed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use tower::{ServiceExt, service_fn};

use super::http_sample::client::{Client, SERVERS};
use super::http_sample::operations::list_team_users;
use crate::support::Secret;
use crate::support::client::{
    BoxError, BoxFuture, CachedToken, Config, Credential, Error, Failed, FollowRedirects, Parent, Request, Response,
    Retry, Server, Token, TraceContext, Transport, TransportService,
};
use crate::support::http::ByteStream;
use crate::support::params::Location;

/// Answers 401 to a token that is not the newest, and else with an empty list.
#[derive(Clone, Default)]
struct Guarded {
    newest: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Guarded {
    fn headers(&self, name: &str) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|it| it.headers().get(name).map_or("", |it| it.to_str().unwrap()).to_owned()).collect()
    }

    fn client(&self, config: impl FnOnce(Config) -> Config) -> Client {
        Client::new(config(Config::with_transport("https://team.example", self.clone()))).unwrap()
    }
}

impl Transport for Guarded {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let token = format!("Bearer token-{}", self.newest.load(Ordering::SeqCst));
        let is_let_in = request.headers().get("authorization").is_none_or(|it| *it == *token);
        self.asked.lock().unwrap().push(request);
        Box::pin(async move {
            let response = http::Response::builder().status(if is_let_in { 200 } else { 401 });
            let body = Bytes::from_static(if is_let_in { br#"{"data":[]}"# } else { br#"{"message":"expired"}"# });
            Ok(response.header("content-type", "application/json").body(ByteStream::new(stream::iter([Ok(body)])))?)
        })
    }
}

fn request() -> list_team_users::Request {
    list_team_users::Request::default()
}

#[tokio::test]
async fn a_token_is_got_once_and_again_when_the_server_refuses_it() {
    let server = Guarded::default();
    let got = Arc::new(AtomicUsize::new(0));
    let (newest, count) = (server.newest.clone(), got.clone());
    let source = CachedToken::new(move || {
        count.fetch_add(1, Ordering::SeqCst);
        let token = format!("token-{}", newest.load(Ordering::SeqCst));
        async move { Ok(Secret::from(token)) }
    });
    let client = server.client(|it| it).with_bearer_auth(Token::from_source(source));
    client.list_team_users(&request()).await.unwrap();
    client.list_team_users(&request()).await.unwrap();
    assert_eq!(got.load(Ordering::SeqCst), 1);
    server.newest.store(1, Ordering::SeqCst);
    client.list_team_users(&request()).await.unwrap();
    let shown = ["Bearer token-0", "Bearer token-0", "Bearer token-0", "Bearer token-1"];
    assert_eq!(server.headers("authorization"), shown);
    assert_eq!(got.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_token_that_stays_refused_is_not_tried_for_ever() {
    let server = Guarded::default();
    let always = CachedToken::new(|| async { Ok(Secret::from("stolen")) });
    let client = server.client(|it| it).with_bearer_auth(Token::from_source(always));
    assert_eq!(client.list_team_users(&request()).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(server.headers("authorization").len(), 1);
    let count = AtomicUsize::new(0);
    let changing = CachedToken::new(move || {
        let token = format!("stolen-{}", count.fetch_add(1, Ordering::SeqCst));
        async move { Ok(Secret::from(token)) }
    });
    let client = server.client(|it| it).with_bearer_auth(Token::from_source(changing));
    assert_eq!(client.list_team_users(&request()).await.unwrap_err().status().unwrap(), 401);
    assert_eq!(server.headers("authorization")[1..], ["Bearer stolen-0", "Bearer stolen-1"]);
    let none = CachedToken::new(|| async { Err("the issuer is away".into()) });
    let client = server.client(|it| it).with_bearer_auth(Token::from_source(none));
    let error = client.list_team_users(&request()).await.unwrap_err();
    assert!(matches!(error.unanswered(), Some(Error::NoToken { .. })), "{error}");
    assert_eq!(server.headers("authorization").len(), 3);
}

#[tokio::test]
async fn a_call_may_have_headers_and_a_time_out_of_its_own() {
    let server = Guarded::default();
    let client = server.client(|it| it.with_user_agent("shop/1.0".parse().unwrap()));
    let call = client.list_team_users(&request()).header("idempotency-key".parse().unwrap(), "k1".parse().unwrap());
    call.await.unwrap();
    client.list_team_users(&request()).header("user-agent".parse().unwrap(), "other".parse().unwrap()).await.unwrap();
    server.client(|it| it).list_team_users(&request()).await.unwrap();
    assert_eq!(server.headers("idempotency-key"), ["k1", "", ""]);
    let agents = server.headers("user-agent");
    assert_eq!(agents[..2], ["shop/1.0", "other"]);
    assert!(agents[2].starts_with("specwright-runtime/"), "{agents:?}");

    let never = service_fn(|_: Request| std::future::pending::<Result<Response, BoxError>>());
    let config = Config { retry: Retry::never(), ..Config::with_service("https://team.example", never) };
    let client = Client::new(config).unwrap();
    let error = client.list_team_users(&request()).timeout(Duration::from_millis(5)).await.unwrap_err();
    assert!(matches!(error.unanswered(), Some(Error::Timeout(it)) if it.as_millis() == 5), "{error}");
}

#[tokio::test]
async fn layers_of_tower_stand_on_a_transport() {
    let server = Guarded::default();
    let service = TransportService::new(server.clone()).map_request(|mut request: Request| {
        request.headers_mut().insert("x-layer", "1".parse().unwrap());
        request
    });
    let client = Client::new(Config::with_service("https://team.example", service)).unwrap();
    client.list_team_users(&request()).await.unwrap();
    assert_eq!(server.headers("x-layer"), ["1"]);
}

#[tokio::test]
async fn traces_go_on_at_the_server() {
    let server = Guarded::default();
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = |text: String| move || Some(Parent { traceparent: text.clone(), tracestate: Some("a=1".to_owned()) });
    let known = parent(format!("00-{trace}-00f067aa0ba902b7-00"));
    let malformed = parent(format!("00-{trace}-0000000000000000-00"));
    server.client(|it| it.with_middleware(TraceContext::within(known))).list_team_users(&request()).await.unwrap();
    server.client(|it| it.with_middleware(TraceContext::within(malformed))).list_team_users(&request()).await.unwrap();
    let client = server.client(|it| it.with_middleware(TraceContext::new()));
    client.list_team_users(&request()).await.unwrap();
    client.list_team_users(&request()).await.unwrap();
    let own = client.list_team_users(&request()).header("traceparent".parse().unwrap(), "00-own".parse().unwrap());
    own.await.unwrap();
    let sent = server.headers("traceparent");
    assert!(sent[0].starts_with(&format!("00-{trace}-")) && sent[0].ends_with("-00"), "{sent:?}");
    assert!(!sent[0].contains("00f067aa0ba902b7") && sent[1..4].iter().all(|it| !it.contains(trace)), "{sent:?}");
    assert!(sent[..4].iter().all(|it| it.len() == 55) && sent[2] != sent[3], "{sent:?}");
    assert_eq!(sent[4], "00-own");
    assert_eq!(server.headers("tracestate"), ["a=1", "", "", "", ""]);
}

/// Redirects each path to where the list says, and answers at the end of it with an empty list.
#[derive(Clone)]
struct Moved {
    places: &'static [(&'static str, u16, &'static str)],
    asked: Arc<Mutex<Vec<String>>>,
}

impl Transport for Moved {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let url = request.uri().to_string();
        let place = self.places.iter().find(|(from, ..)| *from == url);
        let names = request.headers().keys().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        self.asked.lock().unwrap().push(format!("{url} {names}"));
        let (status, location) = place.map_or((200, None), |(_, status, to)| (*status, Some(*to)));
        let mut response = http::Response::builder().status(status).header("content-type", "application/json");
        if let Some(to) = location {
            response = response.header("location", to);
        }
        let body = ByteStream::new(stream::iter([Ok(Bytes::from_static(br#"{"data":[]}"#))]));
        Box::pin(async move { Ok(response.body(body)?) })
    }
}

/// The status that a call gives, and what was asked for.
async fn moved(limit: usize, places: &'static [(&'static str, u16, &'static str)]) -> (u16, Vec<String>) {
    let server = Moved { places, asked: Arc::default() };
    let config = Config::with_transport("https://team.example", server.clone());
    let client = Client::new(config.with_middleware(FollowRedirects::up_to(limit))).unwrap();
    let client = client.with_bearer_auth("s3cret");
    let response = client.list_team_users(&request()).raw().await.unwrap();
    let asked = server.asked.lock().unwrap().clone();
    (response.status.as_u16(), asked)
}

#[tokio::test]
async fn a_call_may_go_to_another_server() {
    let server = Moved { places: &[], asked: Arc::default() };
    let client = Client::new(Config::with_transport("https://team.example", server.clone())).unwrap();
    let client = client.with_bearer_auth("s3cret");
    client.list_team_users(&request()).at("https://upload.example:8443/beta/").await.unwrap();
    let asked = server.asked.lock().unwrap().clone();
    assert!(
        asked[0].starts_with("https://upload.example:8443/beta/v1/team/users ") && asked[0].contains("authorization")
    );
    for wrong in ["upload.example", "ftp://upload.example", "https://me@upload.example", "https://upload.example?a=b"] {
        let error = client.list_team_users(&request()).at(wrong).await.unwrap_err();
        assert!(matches!(error.unanswered(), Some(Error::BaseUrl(_))), "{wrong}: {error}");
    }
    assert_eq!(server.asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn redirects_are_followed_without_credentials_for_others() {
    const HOME: &str = "https://team.example/v1/team/users";
    let (status, asked) = moved(5, &[(HOME, 301, "/a#top"), ("https://team.example/a", 307, "//cdn.example/b")]).await;
    assert_eq!(status, 200);
    let own = "accept authorization user-agent";
    let expected = [
        format!("{HOME} {own}"),
        format!("https://team.example/a {own}"),
        "https://cdn.example/b accept user-agent".into(),
    ];
    let sorted = |it: &String| {
        let mut words: Vec<_> = it.split(' ').collect();
        words[1..].sort_unstable();
        words.join(" ")
    };
    assert_eq!(asked.iter().map(sorted).collect::<Vec<_>>(), expected);
    for (place, limit, count) in [("http://team.example/a", 5, 1), ("ftp://x", 5, 1), (HOME, 2, 3), ("/a", 0, 1)] {
        let places: &'static [_] = Vec::leak(vec![(HOME, 302, place)]);
        let (status, asked) = moved(limit, places).await;
        assert_eq!((status, asked.len()), (302, count), "{place}");
    }
}

#[test]
fn programs_that_are_not_async_wait() {
    let server = Guarded::default();
    let client = server.client(|it| it);
    assert!(client.list_team_users(&request()).wait().unwrap().data.is_empty());
    assert!(matches!(client.list_team_users(&request()).wait_for_response(), Ok(list_team_users::Response::Ok(_))));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(async { client.list_team_users(&request()).wait().unwrap_err() });
    assert!(matches!(error.unanswered(), Some(Error::Blocking(_))), "{error}");
}

#[test]
fn servers_are_found_by_name() {
    let server = Server::named(SERVERS, "Production").unwrap();
    let config = Config::for_server(&server, &[("host", "eu.example.com")]).unwrap();
    assert_eq!(config.base_url, "https://eu.example.com/ramp");
    assert!(Server::named(SERVERS, "production").is_none());
    assert!(Config::for_server(&server, &[("hots", "x")]).is_err());
}

#[test]
fn a_call_waits_on_a_thread_that_may_block() {
    let client = Guarded::default().client(|it| it);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let waiting = runtime.spawn_blocking(move || {
        let handle = tokio::runtime::Handle::current();
        handle.block_on(client.list_team_users(&request()).into_future()).unwrap().data.is_empty()
    });
    assert!(runtime.block_on(waiting).unwrap());
}

#[tokio::test]
async fn a_credential_that_would_arrive_as_another_one_is_not_sent() {
    let server = Guarded::default();
    let sent = async |credential: Credential| {
        let core = crate::support::client::Core::new(Config::with_transport("https://team.example", server.clone()));
        let (core, credential) = (core.unwrap(), Some(credential));
        let call = core.call(&list_team_users::Request::default()).authorize(&[&[&credential]]);
        call.send_raw().await.map(drop).map_err(|it| it.to_string())
    };
    let no_header = "credential holds a character that no header can carry";
    let space = "credential starts or ends with white space, which no header can carry";
    let control = "credential has a control character, which no user name and no password has";
    for (text, expected) in
        [("tökén", no_header), ("a\nb: c", no_header), ("a\u{7f}", no_header), ("a ", space), ("\ta", space)]
    {
        assert_eq!(sent(Credential::bearer(text)).await, Err(expected.to_owned()), "{text:?}");
        assert_eq!(sent(Credential::http("Digest", text)).await, Err(expected.to_owned()), "{text:?}");
        assert_eq!(
            sent(Credential::api_key(Location::Header, "x-key", text)).await,
            Err(expected.to_owned()),
            "{text:?}"
        );
    }
    for (user, password) in [("a\n", "b"), ("a", "b\0")] {
        assert_eq!(sent(Credential::basic(user, password)).await, Err(control.to_owned()), "{user:?}");
    }
    assert!(server.asked.lock().unwrap().is_empty());
    assert_eq!(sent(Credential::basic("jö", " pä$$:word ")).await, Ok(()));
    assert_eq!(sent(Credential::bearer("a-._~+/=")).await, Ok(()));
}

#[tokio::test]
async fn keys_go_out_as_their_place_leaves_them() {
    let server = Guarded::default();
    let sent = async |location, name, key: &'static str| {
        let core = crate::support::client::Core::new(Config::with_transport("https://team.example", server.clone()));
        let (core, credential) = (core.unwrap(), Some(Credential::api_key(location, name, key)));
        let call = core.call(&list_team_users::Request::default()).authorize(&[&[&credential]]);
        call.send_raw().await.map(|_| server.asked.lock().unwrap().pop().unwrap())
    };
    let query = sent(Location::Query, "api-key", "a-b.c_d~e+f/g=").await.unwrap();
    assert_eq!(query.uri().query(), Some("api-key=a-b.c_d~e%2Bf%2Fg%3D"));
    let cookie = sent(Location::Cookie, "sid", "a+b/c==!").await.unwrap();
    assert_eq!(cookie.headers()["cookie"], "sid=a+b/c==!");
    for key in ["a b", "a;b", "a,b", "a\"b", "a\\b", "é"] {
        assert!(sent(Location::Cookie, "sid", key).await.is_err(), "{key}");
    }
}

/// No users, packed.
const FEW: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\x49\x2c\x49\x54\xb2\x8a\x8e\xad\x05\x00\x94\
    \x64\xb2\x5e\x0b\x00\x00\x00";

/// The same with 20,000 blanks between them.
const BLANK: &[u8] =
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31\x0d\x00\x20\x0c\x00\x30\x2b\x64\x32\xb0\xb2\
    \x70\x2c\x41\x02\x1f\x99\x77\x6c\x70\xb4\xbd\xb1\xeb\x54\xcc\x1c\x00\x00\x00\x00\x00\x00\x00\x00\
    \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x7c\x61\xf5\x03\xf3\xb9\x18\xb3\x2b\x4e\x00\x00";

#[tokio::test]
async fn packed_responses_are_unpacked_as_far_as_a_body_may_go() {
    for (packed, limit, fits) in [(FEW, 11, true), (BLANK, 30_000, true), (BLANK, 1_000, false)] {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let config =
            Config { response_limit: limit, ..Config::new(format!("http://{}/", listener.local_addr().unwrap())) };
        let answer = async move |headers: http::HeaderMap| {
            assert_eq!(headers["accept-encoding"], "gzip");
            ([("content-type", "application/json"), ("content-encoding", "gzip")], packed)
        };
        let server = tokio::spawn(async move { axum::serve(listener, axum::Router::new().fallback(answer)).await });
        let outcome = Client::new(config).unwrap().list_team_users(&list_team_users::Request::default()).await;
        assert_eq!(outcome.as_ref().is_ok_and(|it| it.data.is_empty()), fits, "{outcome:?}");
        server.abort();
    }
}
