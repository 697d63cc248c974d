//! What HTTP itself wants: paths, methods, media types, sizes, and answers to failures that tell no secrets.

use std::time::Duration;

use generated::hbg_ramp::operations::update_team_user::OPERATION;
use generated::support::http::RawResponse;
use generated::support::server::{CheckResponses, Documentation, Options};
use serde_json::json;

use crate::apis::{Nexudus, Ramp, Stub};
use crate::harness::{GOOD, JSON, wires};
use crate::pages;

const CHANGE: &str = r#"{"name":"Jo"}"#;

#[tokio::test]
async fn unknown_paths_are_404() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        for path in
            ["/", "/v1", "/v1/team/users/302/", "/v1/team/users/302/x", "/V1/team/users/302", "/v1//team/users/302"]
        {
            let seen = wire.ask(&format!("PATCH {path}"), &[GOOD, JSON], CHANGE).await;
            assert_eq!(seen.status.as_u16(), 404, "{path}");
            assert_eq!(seen.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(seen.json()["status"], json!(404), "{path}");
        }
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn other_methods_are_405_and_the_allowed_ones_are_named() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        for (line, allow) in [
            ("PUT /v1/team/users/302", "DELETE, GET, HEAD, OPTIONS, PATCH"),
            ("POST /v1/team/users/302", "DELETE, GET, HEAD, OPTIONS, PATCH"),
            ("PATCH /v1/team/users", "GET, HEAD, OPTIONS, POST"),
            ("patch /v1/team/users/302", "DELETE, GET, HEAD, OPTIONS, PATCH"),
        ] {
            let seen = wire.ask(line, &[GOOD, JSON], CHANGE).await;
            assert_eq!((seen.status.as_u16(), seen.header("allow")), (405, allow), "{line}");
        }
    }
    assert_eq!(handler.calls(), 0);
}

#[tokio::test]
async fn options_name_the_methods_of_a_path() {
    for wire in wires(Ramp::router(&Stub::new(pages::ramp::answer()))).await {
        let seen = wire.ask("OPTIONS /v1/team/users/302", &[], "").await;
        assert_eq!((seen.status.as_u16(), seen.body_text()), (204, ""), "{}", wire.name);
        assert_eq!(seen.header("allow"), "DELETE, GET, HEAD, OPTIONS, PATCH");
        assert_eq!(wire.ask("OPTIONS /v2", &[], "").await.status.as_u16(), 404);
    }
}

#[tokio::test]
async fn head_is_get_without_its_body() {
    for wire in wires(Ramp::router(&Stub::new(pages::ramp::answer()))).await {
        let get = wire.ask("GET /v1/team/users/302", &[GOOD], "").await;
        let head = wire.ask("HEAD /v1/team/users/302", &[GOOD], "").await;
        assert_eq!((get.status, get.json()), (head.status, json!({ "message": "no such user" })), "{}", wire.name);
        assert_eq!(
            (head.body_text(), head.header("content-length")),
            ("", &*get.body.len().to_string()),
            "{}",
            wire.name
        );
        let closed = wire.ask("HEAD /v1/team/users/302", &[], "").await;
        assert_eq!((closed.status.as_u16(), closed.body_text()), (401, ""));
    }
}

#[tokio::test]
async fn other_media_types_are_415_and_the_right_one_is_named() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        for headers in [
            &["content-type: text/plain"][..],
            &["content-type: application/x-www-form-urlencoded"],
            &["content-type: application/jsonp"],
            &["content-type: json"],
            &["x-nothing: 1"],
            &[JSON, "content-encoding: gzip"],
        ] {
            let seen = wire.ask(pages::ramp::LINE, &[&[GOOD], headers].concat(), CHANGE).await;
            assert_eq!(seen.status.as_u16(), 415, "{headers:?}: {}", seen.body_text());
            assert_eq!(seen.header("accept"), "application/json", "{headers:?}");
        }
        for header in ["content-type: Application/JSON", "content-type: application/json; charset=utf-8"] {
            let seen = wire.ask(pages::ramp::LINE, &[GOOD, header], CHANGE).await;
            assert_eq!(seen.status.as_u16(), 200, "{header}: {}", seen.body_text());
        }
    }
    assert_eq!(handler.calls(), 4);
}

#[tokio::test]
async fn bodies_beyond_the_limit_are_413() {
    let handler = Stub::new(pages::ramp::answer());
    let router = Ramp::router_with(&handler, Options { body_limit: 32, ..Options::default() });
    let body = |length: usize| format!("{CHANGE}{}", " ".repeat(length - CHANGE.len()));
    for wire in wires(router).await {
        let seen = wire.ask(pages::ramp::LINE, &[GOOD, JSON], body(32)).await;
        assert_eq!(seen.status.as_u16(), 200, "{}: {}", wire.name, seen.body_text());
        let seen = wire.ask(pages::ramp::LINE, &[GOOD, JSON], body(33)).await;
        assert_eq!(seen.status.as_u16(), 413, "{}: {}", wire.name, seen.body_text());
        let seen = wire.ask(pages::ramp::LINE, &[JSON], body(33)).await;
        assert_eq!(seen.status.as_u16(), 401, "{}: credentials come first", wire.name);
    }
    assert_eq!(handler.calls(), 2);
}

#[tokio::test]
async fn a_documented_default_answers_them_in_its_own_schema() {
    let operation = &generated::nexudus::operations::update_user::OPERATION;
    for wire in wires(Nexudus::router(&Stub::new(pages::nexudus::answer()))).await {
        let seen = wire.ask(pages::nexudus::LINE, &[GOOD, "content-type: text/plain"], "x").await;
        assert_eq!((seen.status.as_u16(), &seen.declared(operation)["Status"]), (415, &json!(415)), "{}", wire.name);
        let seen = wire.ask(pages::nexudus::LINE, &["authorization: Bearer offline", JSON], "{}").await;
        assert_eq!((seen.status.as_u16(), &seen.declared(operation)["Status"]), (503, &json!(503)), "{}", wire.name);
    }
}

#[tokio::test]
async fn answers_that_the_client_cannot_read_are_406() {
    let handler = Stub::new(pages::ramp::answer());
    for wire in wires(Ramp::router(&handler)).await {
        for (accept, status) in [
            ("text/html", 406),
            ("application/json;q=0", 406),
            ("text/html, */*;q=0.1", 200),
            ("application/*", 200),
            ("application/json; charset=utf-8", 200),
        ] {
            let accept_line = format!("accept: {accept}");
            let seen = wire.ask(pages::ramp::LINE, &[GOOD, JSON, &accept_line], CHANGE).await;
            assert_eq!(seen.status.as_u16(), status, "{}: {accept}", wire.name);
        }
    }
}

#[tokio::test]
async fn failures_and_panics_are_500_without_details() {
    for wire in wires(Ramp::router(&Stub::new(pages::ramp::answer()))).await {
        for line in ["GET /v1/team/roles", "GET /v1/team/users"] {
            let seen = wire.ask(line, &[GOOD], "").await;
            assert_eq!(
                (seen.status.as_u16(), seen.header("content-type")),
                (500, "application/problem+json"),
                "{line}"
            );
            assert!(!seen.body_text().contains("10.0.0"), "{line}: {}", seen.body_text());
        }
        // The server goes on.
        assert_eq!(wire.send(pages::ramp::LINE, &json!({ "name": "Jo" })).await.status.as_u16(), 200);
    }
}

#[tokio::test]
async fn a_handler_ends_when_its_client_goes_away() {
    let handler = Stub::new(pages::ramp::answer());
    let body = json!({ "name": "Jo", "email": "jo@example.com", "password": "pa$$word", "role": "manager" });
    for (gone, wire) in wires(Ramp::router(&handler)).await.iter().enumerate() {
        let call = wire.send("POST /v1/team/users", &body);
        assert!(tokio::time::timeout(Duration::from_millis(200), call).await.is_err(), "{}", wire.name);
        for _ in 0..200 {
            if handler.given_up() > gone {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(handler.given_up(), gone + 1, "{}", wire.name);
    }
}

#[tokio::test]
async fn a_response_without_a_body_has_none() {
    for wire in wires(Ramp::router(&Stub::new(pages::ramp::answer()))).await {
        let seen = wire.ask("DELETE /v1/team/users/302", &[GOOD], "").await;
        assert_eq!(
            (seen.status.as_u16(), seen.body_text(), seen.header("content-type")),
            (204, "", ""),
            "{}",
            wire.name
        );
        assert_eq!((seen.header("x-ratelimit-remaining"), seen.header("x-ratelimit-limit")), ("0", ""));
    }
}

#[tokio::test]
async fn responses_can_be_checked_against_the_document() {
    use generated::hbg_ramp::operations::update_team_user::Response;
    let wrong = Response::Undocumented(RawResponse::bytes(200, "application/json", "{\"id\":1}"));
    for (mode, status) in [(CheckResponses::Off, 200), (CheckResponses::Log, 200), (CheckResponses::Fail, 500)] {
        let options = Options { check_responses: mode, ..Options::default() };
        for wire in wires(Ramp::router_with(&Stub::new(wrong.clone()), options)).await {
            let seen = wire.send(pages::ramp::LINE, &json!({ "name": "Jo" })).await;
            assert_eq!(seen.status.as_u16(), status, "{mode:?}");
        }
    }
    let options = Options { check_responses: CheckResponses::Fail, ..Options::default() };
    for wire in wires(Ramp::router_with(&Stub::new(pages::ramp::answer()), options)).await {
        wire.send(pages::ramp::LINE, &json!({ "name": "Jo" })).await.declared(&OPERATION);
    }
}

#[tokio::test]
async fn every_answer_has_a_request_id() {
    for wire in wires(Ramp::router(&Stub::new(pages::ramp::answer()))).await {
        let seen = wire.ask(pages::ramp::LINE, &["x-request-id: abc-1"], "").await;
        assert_eq!(seen.header("x-request-id"), "abc-1", "{}", wire.name);
        assert!(!wire.ask("GET /nowhere", &[], "").await.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn the_document_and_a_page_to_try_it_are_served_on_request() {
    let text = include_str!("../../specs/hbg-ramp.yaml");
    let handler = Stub::new(pages::ramp::answer());
    let options = Options { documentation: Some(Documentation::new("/docs", text)), ..Options::default() };
    for wire in wires(Ramp::router_with(&handler, options)).await {
        let page = wire.ask("GET /docs", &[], "").await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.body_text().contains(r#""path":"/v1/team/users/{user}""#), "{}", page.body_text());
        let document = wire.ask("GET /docs/document", &[], "").await;
        assert_eq!((document.header("content-type"), document.body_text()), ("application/yaml", text));
        let script = wire.ask("GET /docs/try.js", &[], "").await;
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        // Nothing is fetched from elsewhere, and the policy keeps it that way.
        for part in [&page, &script] {
            assert!(!part.body_text().contains("//api") && !part.body_text().contains("http"), "{}", part.body_text());
            assert!(part.header("content-security-policy").starts_with("default-src 'none'; connect-src 'self'"));
        }
        assert_eq!(wire.ask("POST /docs", &[], "").await.status.as_u16(), 405);
        // The operations are where they were.
        assert_eq!(wire.send(pages::ramp::LINE, &json!({ "name": "Jo" })).await.status.as_u16(), 200);
    }
    for wire in wires(Ramp::router(&handler)).await {
        assert_eq!(wire.ask("GET /docs", &[], "").await.status.as_u16(), 404, "{}", wire.name);
    }
    // An operation keeps its path.
    let options = Options { documentation: Some(Documentation::new("v1/team/users", text)), ..Options::default() };
    for wire in wires(Ramp::router_with(&handler, options)).await {
        assert_eq!(wire.ask("GET /v1/team/users", &[], "").await.status.as_u16(), 401, "{}", wire.name);
        assert_eq!(wire.ask("GET /v1/team/users/document", &[], "").await.status.as_u16(), 200, "{}", wire.name);
    }
}
