//! `application/x-www-form-urlencoded`.

use media::api::models::styled::Deep as StyledDeep;
use media::api::models::token_request::GrantType as TokenRequestGrantType;
use media::api::models::{Meta, Styled, TokenRequest};
use media::api::operations::{get_token, post_shared, post_styled};
use media::support::client::Error;

use crate::harness::{Answer, Stub};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn token(body: &str) -> (Answer, Option<TokenRequest>) {
    let stub = Stub::default();
    let answer = stub.ask("POST /token", &[FORM], body.to_owned()).await;
    let seen = stub.seen().tokens.pop();
    (answer, seen)
}

fn full() -> TokenRequest {
    TokenRequest::new(TokenRequestGrantType::Password)
        .with_username("Jo & Söhne = 1+1")
        .with_password("s&e=c+r%e t")
        .with_scope(vec!["a b".to_owned(), "c,d".to_owned()])
        .with_level(-3)
        .with_remember(true)
        .with_options(Meta::new("{x}").with_size(2))
        .with_history(vec![Meta::new("a"), Meta::new("b&c")])
}

#[tokio::test]
async fn a_form_comes_back_as_it_was_sent() {
    let stub = Stub::default();
    let body = full();
    let response = stub.client().get_token(&get_token::Request::new(body.clone())).response().await.unwrap();
    assert_eq!(response, get_token::Response::NoContent);
    assert_eq!(stub.seen().tokens, [body]);
}

#[tokio::test]
async fn each_style_comes_back_as_it_was_sent() {
    let stub = Stub::default();
    let body = Styled::default()
        .with_deep(StyledDeep::default().with_a(1).with_b("x[y]"))
        .with_piped(vec![1, 2, 3])
        .with_url("https://example.com/a?b=c&d")
        .with_list(vec!["a".to_owned(), "b,c".to_owned()])
        .with_text("12");
    stub.client().post_styled(&post_styled::Request::new(body.clone())).response().await.unwrap();
    assert_eq!(stub.seen().styled, [body]);
}

#[tokio::test]
async fn forms_of_others_are_read() {
    let (answer, seen) = token("grant_type=password&username=Jo+M%C3%BCller&scope=a&scope=b&level=7&remember=false").await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let seen = seen.unwrap();
    assert_eq!((seen.username.as_deref(), seen.level, seen.remember), (Some("Jo Müller"), Some(7), Some(false)));
    assert_eq!(seen.scope.unwrap(), ["a", "b"]);
    let (_, seen) = token("grant_type=password&options=%7B%22name%22%3A%22x%22%7D&password=").await;
    let seen = seen.unwrap();
    assert_eq!(seen.options, Some(Meta::new("x")));
    assert_eq!(seen.password.unwrap().expose(), "");
    let stub = Stub::default();
    let styled = "deep%5Ba%5D=1&deep[b]=x&piped=1%7C2&url=a/b?c&list=a,b&text=%2212%22&more=1";
    let answer = stub.ask("POST /styled", &[FORM], styled).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let seen = stub.seen().styled.pop().unwrap();
    assert_eq!(seen.deep.unwrap().a, Some(1));
    assert_eq!((seen.piped.unwrap(), seen.url.as_deref(), seen.text.as_deref()), (vec![1, 2], Some("a/b?c"), Some("12")));
    assert_eq!(seen.list.unwrap(), ["a", "b"]);
    assert_eq!(seen.additional_properties["more"], "1");
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    for (body, expected) in [
        ("", &["/body/grant_type required"][..]),
        ("grant_type=password&grant_type=password", &["/body/grant_type style"]),
        ("grant_type=other&username=&level=x", &["/body/grant_type enum", "/body/level type", "/body/username minLength"]),
        ("grant_type=password&unknown=1", &["/body/unknown additionalProperties"]),
        ("grant_type=password&options=%7B", &["/body/options json"]),
        ("grant_type=password&options=%7B%7D", &["/body/options/name required"]),
        ("grant_type=password&history=%7B%22name%22%3A%22x%22%7D&history=1", &["/body/history/1 type"]),
        ("grant_type=password&username=%FF", &["/body form", "/body/username style"]),
        ("grant_type=password&%FF=1", &["/body form"]),
    ] {
        let (answer, seen) = token(body).await;
        assert_eq!(answer.violations(), expected, "{body}: {}", answer.text);
        assert!(matches!(answer.status.as_u16(), 400 | 422), "{body}: {}", answer.status);
        assert_eq!(seen, None, "{body}");
    }
    let (answer, _) = token(&format!("grant_type=password&username={}", "a".repeat(5000))).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn only_forms_are_taken() {
    let stub = Stub::default();
    for (headers, status) in [
        (&[("content-type", "application/json")][..], 415),
        (&[], 415),
        (&[("content-type", "application/x-www-form-urlencoded; charset=latin1")], 415),
        (&[("content-type", "application/x-www-form-urlencoded; charset=UTF-8")], 204),
        (&[("content-type", "Application/X-WWW-Form-Urlencoded")], 204),
    ] {
        let answer = stub.ask("POST /token", headers, "grant_type=password").await;
        assert_eq!(answer.status, status, "{headers:?}");
    }
    let answer = stub.ask("POST /token", &[("content-type", "text/plain")], "x").await;
    assert_eq!(answer.header("accept"), "application/x-www-form-urlencoded");
}

#[tokio::test]
async fn a_client_sends_nothing_invalid() {
    let stub = Stub::default();
    let body = full().with_username("");
    let Err(Error::InvalidRequest(violations)) = stub.client().get_token(&get_token::Request::new(body)).response().await else {
        panic!("it was sent")
    };
    let found: Vec<_> = violations.iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(found, ["/body/username"]);
    assert!(stub.seen().tokens.is_empty());
}

#[tokio::test]
async fn one_type_serves_all_media_types_that_come_to_it() {
    let stub = Stub::default();
    stub.client().post_shared(&post_shared::Request::new().with_body(Meta::new("x"))).response().await.unwrap();
    stub.client().post_shared(&post_shared::Request::new()).response().await.unwrap();
    let json = stub.ask("POST /shared", &[("content-type", "application/json")], r#"{"name":"x"}"#).await;
    let form = stub.ask("POST /shared", &[FORM], "name=x").await;
    let parts = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx\r\n--b--\r\n";
    let multipart = stub.ask("POST /shared", &[("content-type", "multipart/form-data; boundary=b")], parts).await;
    for answer in [json, form, multipart] {
        assert_eq!(answer.status, 204, "{}", answer.text);
    }
    let x = || Some(Meta::new("x"));
    assert_eq!(stub.seen().shared, [x(), None, x(), x(), x()]);
}
