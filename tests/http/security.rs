//! Who is not admitted never reaches a handler.

use generated::support::client::Retry;
use generated::{brms, hbg_ramp, nexudus, nuweb};
use serde_json::json;

use crate::apis::{Brms, Nexudus, Nuweb, Ramp, Stub};
use crate::harness::{JSON, Wire, in_process, wires};
use crate::pages;

/// Credentials that admit nobody.
const BAD: &[&str] = &[
    "x-nothing: 1",
    "authorization: Bearer wrong",
    "authorization: Bearer",
    "authorization: bearer  ",
    "authorization: good",
    "authorization: Digest good",
    "authorization: Basic good",
    "authorization: Basic am86d3Jvbmc=",
    "cookie: authorization=Bearer good",
];

/// Two lines that might admit somebody alone.
const TWO: &[&str] = &["authorization: Bearer good", "authorization: Bearer wrong"];

/// Every refusal of bad credentials is a 401 that says how to do better, whatever the body is.
async fn assert_closed(wire: &Wire, line: &str, operation: &generated::support::http::Operation, schemes: &[&str]) {
    let one = BAD.iter().map(|it| vec![*it, JSON]);
    for headers in one.chain([[TWO, &[JSON]].concat()]) {
        for body in ["{}", "{", ""] {
            let seen = wire.ask(line, &headers, body).await;
            assert_eq!(seen.status.as_u16(), 401, "{}: {headers:?}: {}", wire.name, seen.body_text());
            let challenges = seen.header_all("www-authenticate");
            let begins = |scheme: &&str| challenges.iter().any(|it| it.starts_with(*scheme));
            assert!(challenges.len() == schemes.len() && schemes.iter().all(begins), "{headers:?}: {challenges:?}");
            seen.declared(operation);
        }
    }
}

#[tokio::test]
async fn ramp_is_closed() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        let operation = &hbg_ramp::operations::update_team_user::OPERATION;
        assert_closed(&wire, pages::ramp::LINE, operation, &["Bearer"]).await;
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn nuweb_is_closed() {
    let handler = Stub::new(pages::nuweb::answer());
    for wire in wires(Nuweb::router(&handler)).await {
        let operation = &nuweb::operations::update_company_user::OPERATION;
        assert_closed(&wire, pages::nuweb::LINE, operation, &["Bearer"]).await;
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn brms_is_closed() {
    let handler = Stub::new(pages::brms::answer());
    for wire in wires(Brms::router(&handler)).await {
        assert_closed(&wire, pages::brms::LINE, &brms::operations::update_user::OPERATION, &["Bearer"]).await;
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn nexudus_is_closed() {
    let handler = Stub::new(pages::nexudus::answer());
    for wire in wires(Nexudus::router(&handler)).await {
        let operation = &nexudus::operations::update_user::OPERATION;
        assert_closed(&wire, pages::nexudus::LINE, operation, &["Bearer", "Basic"]).await;
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn a_typed_client_sees_its_401() {
    let ramp = in_process(Ramp::router(&Stub::new(pages::ramp::answer())));
    let client = hbg_ramp::client::Client::new(ramp.config()).unwrap().with_bearer_auth("wrong");
    let got = client.update_team_user(&pages::ramp::request()).response().await.unwrap();
    assert!(matches!(got, hbg_ramp::operations::update_team_user::Response::Unauthorized(_)), "{got:?}");
    let brms = in_process(Brms::router(&Stub::new(pages::brms::answer())));
    let client = brms::client::Client::new(brms.config()).unwrap().with_bearer_auth("wrong");
    let got = client.update_user(&pages::brms::request()).response().await.unwrap();
    assert!(
        matches!(&got, brms::operations::update_user::Response::Unauthorized(it) if it.status_code == 401),
        "{got:?}"
    );
    let nexudus = in_process(Nexudus::router(&Stub::new(pages::nexudus::answer())));
    let client = nexudus::client::Client::new(nexudus.config()).unwrap().with_basic_auth("jo", "wrong");
    let got = client.update_user(&pages::nexudus::request()).response().await.unwrap();
    assert!(matches!(got, nexudus::operations::update_user::Response::Unauthorized(_)), "{got:?}");
}

#[tokio::test]
async fn nexudus_accepts_a_token_or_a_password() {
    let handler = Stub::new(pages::nexudus::answer());
    for wire in wires(Nexudus::router(&handler)).await {
        let client = || nexudus::client::Client::new(wire.config()).unwrap();
        for (client, caller) in [
            (client().with_bearer_auth("good"), "token"),
            (client().with_basic_auth("jo", "pa$$:word"), "password"),
            // The document's first alternative comes first.
            (client().with_basic_auth("jo", "pa$$:word").with_bearer_auth("good"), "token"),
        ] {
            let got = client.update_user(&pages::nexudus::request()).response().await;
            assert_eq!(got.unwrap(), pages::nexudus::answer(), "{}", wire.name);
            assert_eq!(handler.seen().pop().map(|it| it.0), Some(caller));
        }
    }
    assert_eq!(handler.calls(), 6);
}

#[tokio::test]
async fn the_scheme_of_a_credential_is_spelled_in_any_case() {
    let handler = Stub::new(pages::nexudus::answer());
    let body = pages::nexudus::page().request.to_string();
    for wire in wires(Nexudus::router(&handler)).await {
        for line in
            ["authorization: bearer good", "authorization: BEARER good", "authorization: basic am86cGEkJDp3b3Jk"]
        {
            let seen = wire.ask(pages::nexudus::LINE, &[line, JSON], body.clone()).await;
            assert_eq!(seen.status.as_u16(), 200, "{line}: {}", seen.body_text());
        }
    }
}

#[tokio::test]
async fn good_credentials_that_do_not_allow_this_get_403() {
    let reader = ["authorization: Bearer reader", JSON];
    let brms = Stub::new(pages::brms::answer());
    for wire in wires(Brms::router(&brms)).await {
        let seen = wire.ask(pages::brms::LINE, &reader, "{}").await;
        assert_eq!(seen.status.as_u16(), 403, "{}", wire.name);
        seen.declared(&brms::operations::update_user::OPERATION);
    }
    let nuweb = Stub::new(pages::nuweb::answer());
    for wire in wires(Nuweb::router(&nuweb)).await {
        let seen = wire.ask(pages::nuweb::LINE, &reader, "{}").await;
        assert_eq!(seen.status.as_u16(), 403, "{}", wire.name);
        seen.declared(&nuweb::operations::update_company_user::OPERATION);
    }
    // RAMP documents no 403, so it is a problem.
    let ramp = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&ramp)).await {
        let seen = wire.ask(pages::ramp::LINE, &reader, "{}").await;
        assert_eq!((seen.status.as_u16(), seen.header("content-type")), (403, "application/problem+json"));
    }
    assert_eq!((brms.calls(), nuweb.calls(), ramp.calls()), (0, 0, 0));
}

#[tokio::test]
async fn credentials_that_cannot_be_checked_get_503_and_no_details() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        let seen = wire.ask(pages::ramp::LINE, &["authorization: Bearer offline", JSON], "{}").await;
        assert_eq!((seen.status.as_u16(), seen.header("retry-after")), (503, "1"), "{}", wire.name);
        assert!(!seen.body_text().contains("10.0.0.7"), "{}", seen.body_text());
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn a_client_shows_its_credentials_to_nobody_else() {
    let wire = in_process(Nexudus::router(&Stub::new(pages::nexudus::answer())));
    let config = generated::support::client::Config { retry: Retry::never(), ..wire.config() };
    let client = nexudus::client::Client::new(config).unwrap();
    let client = client.with_bearer_auth("T-token").with_basic_auth("jo", "T-password");
    let shown = format!("{client:?} {client:#?}");
    assert!(!shown.contains("T-"), "{shown}");
    assert!(!shown.contains(&json!("jo:T-password").to_string()), "{shown}");
}
