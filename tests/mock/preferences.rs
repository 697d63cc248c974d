//! What a request may choose: status, example, chance, media type; and whose requests are answered at all.

use serde_json::json;
use specwright::mock::Credentials;

use super::{LIBRARY, library, subject};

const TOKEN: (&str, &str) = ("authorization", "Bearer x");

#[tokio::test]
async fn a_request_prefers_a_status_and_an_example() {
    let library = library();
    let why = async |headers: &[(&str, &str)], query: &str| {
        let headers = [&[TOKEN], headers].concat();
        let seen = library.send(&format!("GET /books{query}"), &headers, "").await;
        (seen.status, seen.json()["why"].as_str().unwrap_or_default().to_owned())
    };
    let closed = |text: &str| (503, text.to_owned());
    assert_eq!(why(&[("prefer", "code=503")], "").await, closed("It is August."));
    assert_eq!(why(&[("prefer", "code=503, example=flood")], "").await, closed("The cellar is wet."));
    assert_eq!(why(&[], "?__code=503&__example=flood").await, closed("The cellar is wet."));
    // The query counts more than the header.
    assert_eq!(why(&[("prefer", "code=418")], "?__code=503").await, closed("It is August."));
    assert_eq!(why(&[("prefer", "respond-async")], "").await, (200, String::new()));
    for (line, status) in [("code=418", 404), ("code=503, example=fire", 404), ("code=no", 400)] {
        let seen = library.send("GET /books", &[TOKEN, ("prefer", line)], "").await;
        assert_eq!((seen.status, seen.header("content-type")), (status, "application/problem+json"), "{line}");
    }
}

/// The refusal has the status that it would have, and the body that is asked for.
#[tokio::test]
async fn an_example_of_a_refusal_can_be_chosen() {
    let library = library();
    let seen = library.send("GET /books/b", &[TOKEN, ("prefer", "example=lost")], "").await;
    assert_eq!((seen.status, seen.json()), (404, json!({ "message": "It is lost." })));
    assert_eq!(library.send("GET /books/b", &[TOKEN], "").await.status, 404);
    let lacking = library.send("GET /books/b", &[TOKEN, ("prefer", "example=found")], "").await;
    assert_eq!((lacking.status, lacking.header("content-type")), (404, "application/problem+json"));
}

#[tokio::test]
async fn chance_makes_other_values_each_time_and_valid_ones() {
    let library = library();
    let mut seen = Vec::new();
    for _ in 0..8 {
        let book = library.send("GET /books/b1", &[TOKEN, ("prefer", "dynamic=true")], "").await.json();
        assert!(book["id"].is_string() && book["title"].is_string() && book["pages"].is_i64(), "{book}");
        seen.push(book);
    }
    seen.dedup();
    assert!(seen.len() > 1);
    assert_eq!(library.get("/books/b1?__dynamic=false").await.json()["title"], "Emma");
    for _ in 0..8 {
        let hours = library.get("/opening?__dynamic=true").await.json().as_i64().expect("a number");
        assert!((7..=9).contains(&hours), "{hours}");
        let medium = library.get("/media?__dynamic=true").await.json();
        assert!(["record", "tape"].contains(&medium["kind"].as_str().expect("a tag")), "{medium}");
    }
}

#[tokio::test]
async fn accept_chooses_the_media_type() {
    let library = library();
    let book = async |accept: &str| library.send("GET /books/b2", &[TOKEN, ("accept", accept)], "").await;
    let (json, xml) = (book("application/json").await, book("application/xml, application/json;q=0.5").await);
    assert_eq!((json.status, json.header("content-type")), (200, "application/json"));
    assert_eq!((xml.status, xml.header("content-type")), (200, "application/xml"));
    // It is the same book.
    assert!(xml.text.contains("<id>b2</id>") && xml.text.contains("<title>Odes</title>"), "{xml:?}");
    assert_eq!(book("image/png").await.status, 406);
    let plain = library.send("GET /opening", &[("accept", "text/*")], "").await;
    assert_eq!((plain.header("content-type"), plain.text.as_str()), ("text/plain", "from nine to five"));
}

#[tokio::test]
async fn an_example_that_its_schema_refuses_gives_way_to_a_sample_that_it_allows() {
    let library = library();
    assert!((7..=9).contains(&library.get("/opening").await.json().as_i64().expect("a number")));
    let medium = library.get("/media").await.json();
    assert_eq!((&medium["kind"], medium["speed"].is_i64()), (&json!("record"), true), "{medium}");
}

#[tokio::test]
async fn any_credentials_are_good_unless_somebody_wants_to_see_a_refusal() {
    let any = library();
    assert_eq!(any.send("GET /books", &[], "").await.status, 401);
    assert_eq!(any.send("GET /books?key=k", &[], "").await.status, 200);
    let demo = subject(LIBRARY, Credentials::Demo);
    for (token, status) in [("Bearer x", 401), ("Bearer demo", 200)] {
        assert_eq!(demo.send("GET /books", &[("authorization", token)], "").await.status, status);
    }
    // Everybody may know when it is open.
    assert_eq!(demo.send("GET /opening", &[], "").await.status, 200);
}

#[tokio::test]
async fn each_exchange_is_told_in_one_line_without_keys() {
    let library = library();
    library.send("GET /books?limit=1&key=secret", &[], "").await;
    library.get("/books/b7").await;
    library.get("/books?limit=none").await;
    library.get("/nothing").await;
    assert_eq!(
        library.told(),
        [
            "GET /books?limit=1&key=… 200 ",
            "GET /books/b7 404 there is nothing at this path",
            "GET /books?limit=none 400 /query/limit: must be an integer (type)",
            "GET /nothing 404 there is nothing at this path",
        ]
    );
}

#[tokio::test]
async fn pages_of_other_origins_may_call() {
    let library = library();
    let asked = [("origin", "http://localhost:3000"), ("access-control-request-method", "GET")];
    let preflight = library.send("OPTIONS /books", &asked, "").await;
    assert_eq!((preflight.status, preflight.header("access-control-allow-methods")), (204, "GET"));
    let seen = library.send("GET /opening", &asked[..1], "").await;
    assert_eq!((seen.status, seen.header("access-control-allow-origin")), (200, "*"));
    assert_eq!(library.get("/opening").await.header("access-control-allow-origin"), "");
}
