//! The page examples go through the generated client, the wire and the generated router, and come back equal.

use axum::Router;
use generated::support::{Model, json};
use generated::{brms, hbg_ramp, nexudus, nuweb};
use serde_json::Value;

use crate::apis::{Brms, Nexudus, Nuweb, Ramp, Stub};
use crate::harness::{GOOD, JSON, wires};
use crate::pages;

fn tree(body: &impl Model) -> Value {
    json::to_value(body)
}

#[tokio::test]
async fn ramp() {
    use hbg_ramp::operations::update_team_user::{OPERATION, Response};
    let page = pages::ramp::page();
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        let got = Ramp::client(&wire).update_team_user(&pages::ramp::request()).response().await.unwrap();
        let (caller, seen) = handler.seen().pop().unwrap();
        assert_eq!((caller, seen.user, tree(&seen.body)), ("token", 302, page.request.clone()), "{}", wire.name);
        let Response::Ok { x_rate_limit_limit, x_rate_limit_remaining, body } = got else { panic!("{got:?}") };
        assert_eq!((x_rate_limit_limit, x_rate_limit_remaining, tree(&body)), (Some(60), None, page.response.clone()));

        let raw = wire.send(pages::ramp::LINE, &page.request).await;
        assert_eq!((raw.status.as_u16(), raw.declared(&OPERATION)), (200, page.response.clone()), "{}", wire.name);
        assert_eq!((raw.header("x-ratelimit-limit"), raw.header("x-ratelimit-remaining")), ("60", ""));
    }
    assert_eq!(handler.calls(), 4);
}

#[tokio::test]
async fn nuweb() {
    use nuweb::operations::update_company_user::{OPERATION, Response};
    let page = pages::nuweb::page();
    let handler = Stub::new(pages::nuweb::answer());
    for wire in wires(Nuweb::router(&handler)).await {
        let got = Nuweb::client(&wire).update_company_user(&pages::nuweb::request()).response().await.unwrap();
        let (_, seen) = handler.seen().pop().unwrap();
        assert_eq!((seen.x_nu_company_id, seen.accept_language.as_deref()), (Some(1), Some("en")), "{}", wire.name);
        assert_eq!(tree(&seen.body), page.request);
        let Response::Ok(body) = got else { panic!("{got:?}") };
        assert_eq!(tree(&body), page.response);

        let headers = [GOOD, JSON, "x-nu-company-id: 7"];
        let raw = wire.ask(pages::nuweb::LINE, &headers, page.request.to_string()).await;
        assert_eq!((raw.status.as_u16(), raw.declared(&OPERATION)), (200, page.response.clone()), "{}", wire.name);
        let (_, seen) = handler.seen().pop().unwrap();
        assert_eq!((seen.x_nu_company_id, seen.accept_language), (Some(7), None));
    }
}

#[tokio::test]
async fn brms() {
    use brms::operations::update_user::{OPERATION, Response};
    let page = pages::brms::page();
    let handler = Stub::new(pages::brms::answer());
    for wire in wires(Brms::router(&handler)).await {
        let got = Brms::client(&wire).update_user(&pages::brms::request()).response().await.unwrap();
        let (_, seen) = handler.seen().pop().unwrap();
        assert_eq!(seen.user_id, pages::brms::request().user_id, "{}", wire.name);
        assert_eq!(tree(&seen.body), page.request);
        let Response::Ok(body) = got else { panic!("{got:?}") };
        assert_eq!(tree(&body), page.response);

        let raw = wire.send(pages::brms::LINE, &page.request).await;
        assert_eq!((raw.status.as_u16(), raw.declared(&OPERATION)), (200, page.response.clone()), "{}", wire.name);
    }
}

#[tokio::test]
async fn nexudus() {
    use nexudus::operations::update_user::{OPERATION, Response};
    let page = pages::nexudus::page();
    let handler = Stub::new(pages::nexudus::answer());
    for wire in wires(Nexudus::router(&handler)).await {
        let got = Nexudus::client(&wire).update_user(&pages::nexudus::request()).response().await.unwrap();
        let (_, seen) = handler.seen().pop().unwrap();
        assert_eq!(tree(&seen.body), page.request, "{}", wire.name);
        let Response::Ok(body) = got else { panic!("{got:?}") };
        assert_eq!(tree(&body), page.response);

        let raw = wire.send(pages::nexudus::LINE, &page.request).await;
        assert_eq!((raw.status.as_u16(), raw.declared(&OPERATION)), (200, page.response.clone()), "{}", wire.name);
    }
}

#[tokio::test]
async fn a_router_serves_below_the_base_path_of_the_document() {
    let handler = Stub::new(pages::nuweb::answer());
    let [server] = nuweb::client::SERVERS else { panic!("the document has one server") };
    let base = server.url.strip_prefix("https://api.nuwebgroup.com").unwrap();
    assert_eq!(base, "/v1");
    for wire in wires(Router::new().nest(base, Nuweb::router(&handler))).await {
        let got = Nuweb::client(&wire.below(base)).update_company_user(&pages::nuweb::request()).response().await;
        assert_eq!(got.unwrap(), pages::nuweb::answer(), "{}", wire.name);
    }
    assert_eq!(handler.calls(), 2);
}
