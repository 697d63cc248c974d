//! Headers that come in several lines.

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use axum::routing::put;
use programs::support::server::{CheckResponses, Options};
use programs::wire::operations::{open_session, see_session};
use programs::wire::server::router_with;

use crate::server::Shared;
use crate::{Failed, ask, served, watched};

const COOKIES: [&str; 2] = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];

/// A cookie has commas of its own, and each has a line of its own (RFC 9110, section 5.3).
#[tokio::test]
async fn each_cookie_is_a_line() -> Result<(), Failed> {
    let (wire, router) = served();
    *wire.tags.lock().unwrap() = COOKIES.to_vec();
    let (_, response) = ask(&router, "PUT /session", &[], "").await;
    let lines: Vec<_> = response.headers().get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    assert_eq!(lines, COOKIES);
    let client = watched(router.clone())?.0;
    let opened = client.open_session(&open_session::Request::new()).await?;
    assert_eq!(opened.set_cookie.ok_or("none")?, COOKIES);
    // What looks at answers takes them apart as clients do.
    let strict = Options { check_responses: CheckResponses::Fail, ..Options::default() };
    assert_eq!(ask(&router_with(Arc::new(Shared(wire)), strict), "PUT /session", &[], "").await.0, 204);
    // What a text says cannot add a line.
    assert_eq!(ask(&router, "HEAD /session", &[], "").await.0, 500);
    Ok(())
}

#[tokio::test]
async fn text_of_a_repeated_header_has_all_lines() -> Result<(), Failed> {
    let lines = |name: &'static str, all: &'static [&'static str]| {
        let respond = move || async move {
            let mut response = StatusCode::NO_CONTENT.into_response();
            for line in all {
                response.headers_mut().append(name, HeaderValue::from_static(line));
            }
            response
        };
        Router::new().route("/session", put(respond).head(move || async move { (StatusCode::OK, respond().await) }))
    };
    let opened = async |router| {
        let client = watched(router).map_err(|it| it.to_string())?.0;
        client.open_session(&open_session::Request::new()).await.map_err(|it| it.to_string())
    };
    let linked = opened(lines("link", &["</a>; rel=next", "</b>; rel=last"])).await?;
    assert_eq!(linked.link.as_deref(), Some("</a>; rel=next, </b>; rel=last"));
    assert_eq!(opened(lines("set-cookie", &["a=1, 2"])).await?.set_cookie, Some(vec!["a=1, 2".to_owned()]));
    assert_eq!(opened(lines("x-other", &["1"])).await?.set_cookie, None);
    assert!(opened(lines("x-count", &["1", "2"])).await.unwrap_err().contains("more than once"));
    let client = watched(lines("set-cookie", &COOKIES))?.0;
    let seen = client.see_session(&see_session::Request::new()).await?;
    assert_eq!(seen.set_cookie, Some(COOKIES.join("\n")));
    Ok(())
}

/// What HEAD says of a length is true of GET, and nobody says how long it would be where there is none.
#[tokio::test]
async fn head_says_no_length_of_what_has_none() -> Result<(), Failed> {
    let (_, router) = served();
    for (target, expected) in [("HEAD /file", Some("4096")), ("HEAD /search?api_key=t-o.k_e~n%2B", None), ("HEAD /number", Some("2"))] {
        let (_, response) = ask(&router, target, &[], "").await;
        let length = response.headers().get("content-length").map(|it| it.to_str().unwrap());
        assert_eq!(length, expected, "{target}");
    }
    Ok(())
}
