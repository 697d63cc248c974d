//! What parameters and forms say: values that are listed without a type, lists of Swagger 2.0, a whole query, and what
//! stands beside the reference of a path.

use acceptance::pipeline::compile;
use axum::body::Body;
use axum::http::Request;
use specwright::mock::Credentials;
use tower::ServiceExt as _;

use super::{Subject, subject};

const LISTED: &str = include_str!("../fixtures/accept/parameters/listed.yaml");
const BESIDE: &str = include_str!("../fixtures/accept/references/path_items.yaml");
const FORMS: &str = include_str!("../fixtures/accept/swagger/forms.yaml");
const WHOLE: &str = include_str!("../fixtures/reject/invalid-field/whole_query.yaml");

/// The status of a form that is sent, and what is said of it.
async fn form(subject: &Subject, line: &str, body: &str) -> (u16, String) {
    let (method, target) = line.split_once(' ').expect("a method and a target");
    let request = Request::builder().method(method).uri(target);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let answer = subject.router.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn values_that_are_listed_are_what_they_look_like() {
    let subject = subject(LISTED, Credentials::Any);
    for (target, status) in [
        ("/shelves/1", 204),
        ("/shelves/3", 400),
        ("/shelves/one", 400),
        ("/shelves/1?version=5", 204),
        ("/shelves/1?version=6", 400),
        ("/shelves/1?sizes=10&sizes=20", 204),
        ("/shelves/1?sizes=10&sizes=30", 400),
        ("/shelves/1?kind=wood", 204),
        ("/shelves/1?kind=1", 400),
    ] {
        let seen = subject.send(&format!("PUT {target}"), &[], "").await;
        assert_eq!(seen.status, status, "{target}: {}", seen.text);
    }
    for (level, status) in [("7", 204), ("8", 400)] {
        let seen = subject.send("PUT /shelves/1", &[("x-level", level)], "").await;
        assert_eq!(seen.status, status, "{level}: {}", seen.text);
        if status == 204 {
            assert_eq!(seen.header("x-shelf"), "8");
        }
    }
    for (body, status) in [("depth=30&colors=3&colors=3", 204), ("depth=31", 422), ("colors=4", 422)] {
        assert_eq!(form(&subject, "PUT /shelves/1", body).await.0, status, "{body}");
    }
}

#[tokio::test]
async fn lists_of_forms_have_every_format() {
    let subject = subject(FORMS, Credentials::Any);
    for (body, status) in [
        ("name=a&ports=x%09y&years=1%202&colors=r%7Cg&crew=b&crew=c", 204),
        ("name=a&years=1%092", 422),
        ("name=a&ports=x&ports=y", 422),
        ("ports=x", 422),
    ] {
        let (found, said) = form(&subject, "POST /boats", body).await;
        assert_eq!(found, status, "{body}: {said}");
    }
    assert_eq!(form(&subject, "POST /boats/1/100%25", "coat=a,b").await.0, 204);
}

#[tokio::test]
async fn what_stands_beside_the_reference_of_a_path_is_there() {
    let subject = subject(BESIDE, Credentials::Any);
    for (line, status) in [
        ("GET /pets?shelter=north&limit=3", 204),
        ("GET /pets?limit=x", 400),
        ("POST /pets", 204),
        ("POST /pets?limit=x", 400),
        ("GET /owners/1", 204),
        ("GET /owners/one", 400),
    ] {
        let seen = subject.send(line, &[], "").await;
        assert_eq!(seen.status, status, "{line}: {}", seen.text);
    }
}

#[tokio::test]
async fn a_whole_query_by_a_schema_of_objects_is_a_form() {
    let subject = subject(WHOLE, Credentials::Any);
    for (target, status) in [("/form?a=b", 204), ("/text?a", 404), ("/other?a", 404)] {
        assert_eq!(subject.send(&format!("GET {target}"), &[], "").await.status, status, "{target}");
    }
}

#[test]
fn each_operation_that_is_left_out_counts() {
    let compiled = compile("subject", WHOLE);
    let line = compiled.diagnostics.tally().line(1);
    assert_eq!(line.as_deref(), Some("1 of 3 operations; 2 left out, 1 repair: 3 invalid-field"));
}
