//! Unions as people write them: which branch a value is of, what a constructor fills in, and text that stands for a value.

use axum::body::Body;
use http::{Request as HttpRequest, StatusCode};
use programs::support::Direction::{self, Request, Response};
use programs::support::server::{Context, Failure};
use programs::support::{Model, decode_in, json};
use programs::unions::models::long::LongRequired;
use programs::unions::models::{Animal, Cat, Dog, Entry, Long, Mail, Notice, State, Timed, Turn};
use programs::unions::operations::{add_animal, add_entry, set_count};
use programs::unions::server::{Api, router};
use serde_json::{Value, json};
use tower::ServiceExt;

fn read<T: Model>(value: &Value, direction: Direction) -> Result<T, Vec<String>> {
    decode_in::<T>(value.to_string().as_bytes(), direction)
        .map_err(|all| all.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect())
}

#[test]
fn a_parent_is_one_of_its_children() {
    let cat = json!({ "species": "Cat", "name": "Tom", "indoor": true });
    let animal: Animal = read(&cat, Request).unwrap();
    assert!(animal.as_cat().unwrap().indoor);
    assert_eq!(json::to_value(&animal), cat);
    assert!(read::<Animal>(&json!({ "species": "Animal", "name": "Any" }), Request).unwrap().as_animal().is_some());
    assert_eq!(read::<Animal>(&json!({ "species": "Cat", "name": "Tom" }), Request).unwrap_err(), ["/indoor required"]);
}

#[test]
fn children_that_the_document_does_not_know_are_kept_in_responses_only() {
    let bird = json!({ "species": "Bird", "name": "Tweety", "wings": 2 });
    assert_eq!(read::<Animal>(&bird, Request).unwrap_err(), ["/species discriminator"]);
    assert_eq!(json::to_value(&read::<Animal>(&bird, Response).unwrap()), bird);
}

#[test]
fn what_every_child_has_is_reached_without_asking_which_it_is() {
    let cat: Animal = read(&json!({ "species": "Cat", "name": "Tom", "indoor": true }), Response).unwrap();
    assert_eq!((cat.name(), cat.species()), (Some("Tom"), Some("Cat")));
    let unknown: Animal = read(&json!({ "species": "Yeti", "name": "Y" }), Response).unwrap();
    assert_eq!(unknown.name(), None, "nobody knows what a branch has that the document does not name");
}

#[test]
fn a_constructor_fills_in_the_tag_and_a_wrong_one_is_found() {
    let mut cat = Cat::new(true, "Tom");
    assert_eq!(cat.species, "Cat");
    assert_eq!(Dog::new("Rex").species, "Dog");
    assert!(Animal::from(cat.clone()).validate(Request).is_ok());
    cat.species = "Dog".to_owned();
    assert!(Animal::from(cat).validate(Request).is_err());
    let [a, b, c, d] = [1, 2, 3, 4].map(Value::from);
    let [e, f, g, h] = [5, 6, 7, 8].map(Value::from);
    let long = Long::new(LongRequired { a, b, c, d, e, f, g, h });
    assert_eq!(json::to_value(&long)["type"], "long");
}

#[test]
fn what_stands_beside_a_union_is_in_each_branch() {
    let entry: Entry = read(&json!({ "at": 1, "error": "e" }), Request).unwrap();
    let failed = entry.as_failed().unwrap();
    assert_eq!((failed.at, failed.error.as_str()), (1, "e"));
    assert_eq!(entry.at(), 1, "it is reached without asking which branch it is");
    assert!(read::<Entry>(&json!({ "error": "e" }), Request).is_err(), "`at` is missing");
    assert!(read::<Entry>(&json!({ "at": 1, "error": "e", "reason": "r" }), Request).is_err(), "two branches");
}

#[test]
fn a_union_of_one_branch_checks_its_tag() {
    assert_eq!(Mail::new("me").kind, "mail");
    assert!(read::<Notice>(&json!({ "kind": "mail", "to": "me" }), Request).is_ok());
    assert!(read::<Notice>(&json!({ "kind": "fax", "to": "me" }), Request).is_err());
}

#[test]
fn a_union_in_a_union_is_known_by_the_tags_of_its_branches() {
    let web = json!({ "type": "web", "url": "u" });
    let turn: Turn = read(&web, Request).unwrap();
    assert_eq!(turn.as_web().unwrap().as_web().unwrap().url, "u");
    assert_eq!(json::to_value(&turn), web);
    assert!(read::<Turn>(&json!({ "type": "shell" }), Request).unwrap().as_shell().is_some());
    assert_eq!(read::<Turn>(&json!({ "type": "web" }), Request).unwrap_err(), ["/url required"]);
    assert_eq!(read::<Turn>(&json!({ "type": "Call" }), Request).unwrap_err(), ["/type discriminator"]);
}

#[test]
fn what_stands_beside_a_reference_to_a_union_is_in_each_branch() {
    let timed: Timed = read(&json!({ "type": "web", "url": "u", "at": 1 }), Request).unwrap();
    assert_eq!((timed.as_web().unwrap().url.as_str(), timed.at()), ("u", 1));
    assert_eq!(read::<Timed>(&json!({ "type": "web", "url": "u" }), Request).unwrap_err(), ["/at required"]);
    assert_eq!(read::<Timed>(&json!({ "type": "web", "at": 1 }), Request).unwrap_err(), ["/url required"]);
    assert_eq!(read::<Timed>(&json!({ "type": "fax", "at": 1 }), Request).unwrap_err(), ["/type discriminator"]);
}

struct Server;

impl Api for Server {
    type Error = Failure;

    async fn add_animal(&self, request: add_animal::Request, _: &Context) -> Result<add_animal::Response, Failure> {
        Ok(add_animal::Response::Ok(request.body))
    }

    async fn add_entry(&self, _: add_entry::Request, _: &Context) -> Result<add_entry::Response, Failure> {
        Ok(add_entry::Response::NoContent)
    }

    async fn set_count(&self, request: set_count::Request, _: &Context) -> Result<set_count::Response, Failure> {
        let state = if request.body.0 > 9 { State::On } else { State::Off };
        Ok(set_count::Response::Ok(state))
    }
}

async fn put(text: &'static str) -> (StatusCode, String) {
    let request = HttpRequest::put("/count").header("Content-Type", "text/plain").body(Body::from(text)).unwrap();
    let answer = router(Server).oneshot(request).await.unwrap();
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn plain_text_stands_for_a_value() {
    assert_eq!(put("12").await, (StatusCode::OK, "on".to_owned()));
    assert_eq!(put("7").await, (StatusCode::OK, "off".to_owned()));
    for wrong in ["0", "1.5", "many", " 12", "\"12\""] {
        let (status, _) = put(wrong).await;
        assert!(status.is_client_error(), "{wrong}: {status}");
    }
}
