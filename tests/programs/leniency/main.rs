//! A client of a server that does not keep to its document: strict refuses each deviation with its place and the body,
//! tolerant reads what the types can hold, and an observer hears of all.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::Response as Answer;
use axum::routing::get;
use futures_util::StreamExt;
use programs::leniency::client::Client;
use programs::leniency::models::{Thing, thing::Shape};
use programs::leniency::operations::{create_thing, get_thing, watch_things};
use programs::support::client::{CallError, Config, Deviation, Error, Failed, Leniency};

/// A deviation of the server: its body, where it deviates, and a text of the thing that tolerance makes of it.
struct Case {
    name: &'static str,
    body: &'static str,
    place: &'static str,
    read: fn(&Thing) -> String,
    expected: &'static str,
}

const fn case(
    name: &'static str,
    body: &'static str,
    place: &'static str,
    read: fn(&Thing) -> String,
    expected: &'static str,
) -> Case {
    Case { name, body, place, read, expected }
}

fn show<T: std::fmt::Debug>(value: T) -> String {
    format!("{value:?}")
}

#[rustfmt::skip]
const CASES: [Case; 17] = [
    case("null-text", r#"{"id":1,"name":null}"#, "/body/name: must be a string (type)", |it| show(&it.name), "None"),
    case("null-object", r#"{"id":1,"owner":null}"#, "/body/owner: must be an object (type)", |it| show(&it.owner), "None"),
    case("number-as-text", r#"{"id":"1"}"#, "/body/id: must be an integer (type)", |it| show(it.id), "1"),
    case("text-as-number", r#"{"id":1,"owner":{"name":7}}"#, "/body/owner/name: must be a string (type)", |it| show(it.owner.as_ref().map(|it| &it.name)), r#"Some("7")"#),
    case("boolean-as-text", r#"{"id":1,"new":"true"}"#, "/body/new: must be a boolean (type)", |it| show(it.new), "Some(true)"),
    case("no-offset", r#"{"id":1,"made":"2024-05-31T12:00:00"}"#, "/body/made: must be a date and time such as 2024-05-31T12:00:00Z (format)", |it| show(&it.made), "Some(2024-05-31T12:00:00Z)"),
    case("a-space", r#"{"id":1,"made":"2024-05-31 12:00:00+02:00"}"#, "/body/made: must be a date and time such as 2024-05-31T12:00:00Z (format)", |it| show(&it.made), "Some(2024-05-31T10:00:00Z)"),
    case("empty-text", r#"{"id":1,"sold":""}"#, "/body/sold: must be a date such as 2024-05-31 (format)", |it| show(&it.sold), "None"),
    case("bare-uuid", r#"{"id":1,"key":"123e4567e89b12d3a456426614174000"}"#, "/body/key: must be a UUID (format)", |it| show(&it.key), "Some(123e4567-e89b-12d3-a456-426614174000)"),
    case("unescaped-uri", r#"{"id":1,"site":"http://a.example/b c"}"#, "/body/site: must be a URI (format)", |it| it.site.as_ref().unwrap().to_string(), "http://a.example/b%20c"),
    case("bare-base64", r#"{"id":1,"seal":"-_8"}"#, "/body/seal: must be base64 (format)", |it| show(&it.seal), "Some([251, 255])"),
    case("long-text", r#"{"id":1,"name":"marble"}"#, "/body/name: must be at most 5 characters long (maxLength)", |it| show(&it.name), r#"Some("marble")"#),
    case("odd-text", r#"{"id":1,"name":"Ab"}"#, "/body/name: must match the pattern `^[a-z]*$` (pattern)", |it| show(&it.name), r#"Some("Ab")"#),
    case("large-number", r#"{"id":1,"price":11.5}"#, "/body/price: must be at most 10 (maximum)", |it| show(it.price), "Some(11.5)"),
    case("repeated-items", r#"{"id":1,"tags":["a","a"]}"#, "/body/tags: must not have equal items (uniqueItems)", |it| show(&it.tags), r#"Some(["a", "a"])"#),
    case("unknown-property", r#"{"id":1,"later":{"a":1}}"#, "/body/later: is not a property of this object (additionalProperties)", |it| show(it.id), "1"),
    case("within-a-union", r#"{"id":1,"shape":{"radius":"2.5"}}"#, "/body/shape/radius: must be a number (type)", |it| { let Some(Shape::Circle(circle)) = &it.shape else { return show(&it.shape) }; show(circle.radius) }, "2.5"),
];

/// What no tolerance can read.
const LOST: [(&str, &str, &str); 4] = [
    ("no-id", r#"{"name":"a"}"#, "/body/id: is missing (required)"),
    ("null-id", r#"{"id":null}"#, "/body/id: must be an integer (type)"),
    ("text-id", r#"{"id":"one"}"#, "/body/id: must be an integer (type)"),
    ("gateway", "<html>Bad gateway</html>", "/body: is not well-formed JSON"),
];

async fn answer(Path(case): Path<String>) -> Answer<Body> {
    let known = CASES.iter().map(|it| (it.name, it.body)).chain(LOST.iter().map(|it| (it.0, it.1)));
    let body = known.into_iter().find(|(name, _)| *name == case).map_or(r#"{"id":1}"#, |(_, body)| body);
    let answer = Answer::builder().status(if case == "teapot" { 418 } else { 200 });
    let answer = answer.header("content-type", if case == "plain" { "text/plain" } else { "application/json" });
    let answer = if case == "header" { answer.header("x-left", "some") } else { answer };
    answer.body(Body::from(body)).unwrap()
}

async fn watched() -> Answer<Body> {
    let body = "{\"id\":1}\n{\"id\":\"2\"}\n{\"id\":\"three\"}\n{\"id\":4}\n";
    Answer::builder().header("content-type", "application/x-ndjson").body(Body::from(body)).unwrap()
}

/// A client over a socket, and what its observer hears.
async fn client(leniency: Leniency) -> (Client, Arc<Mutex<Vec<String>>>) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().route("/things/{case}", get(answer)).route("/watched", get(watched));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let heard = Arc::new(Mutex::new(Vec::new()));
    let note = heard.clone();
    let config = Config::new(base).with_observer(move |it: &Deviation<'_>| {
        let Deviation { operation, status, violation, found, tolerated, .. } = it;
        let how = if *tolerated { "tolerated" } else { "refused" };
        let found = found.unwrap_or("-");
        note.lock().unwrap().push(format!("{} {} {violation} {found} {how}", operation.id, status.as_u16()));
    });
    (Client::new(Config { leniency, ..config }).unwrap(), heard)
}

fn request(case: &str) -> get_thing::Request {
    get_thing::Request::new(case.to_owned())
}

fn take(heard: &Mutex<Vec<String>>) -> Vec<String> {
    std::mem::take(&mut heard.lock().unwrap())
}

#[tokio::test]
async fn strict_refuses_each_deviation_with_its_place_and_the_body() {
    let (client, heard) = client(Leniency::Strict).await;
    let lost = LOST.iter().map(|(name, body, place)| (*name, *body, *place));
    for (name, body, place) in CASES.iter().map(|it| (it.name, it.body, it.place)).chain(lost) {
        let error = client.get_thing(&request(name)).await.unwrap_err();
        let CallError::Undecodable { error: wrong, .. } = &error else { panic!("{name}: {error:?}") };
        // A union says why each of its branches refuses.
        if name != "within-a-union" {
            assert!(wrong.violations.to_string().starts_with(place), "{name}: {}", wrong.violations);
        }
        assert_eq!(error.response().unwrap().excerpt(), body, "{name}");
        let told = take(&heard);
        assert!(told.iter().all(|it| it.ends_with("refused")), "{name}: {told:?}");
        assert!(told.iter().any(|it| it.starts_with(&format!("getThing 200 {place}"))), "{name}: {told:?}");
    }
}

#[tokio::test]
async fn tolerance_reads_what_the_types_can_hold_and_reports_each() {
    let (client, heard) = client(Leniency::Tolerant).await;
    for Case { name, place, read, expected, .. } in CASES {
        let thing = client.get_thing(&request(name)).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read(&thing), expected, "{name}");
        assert_eq!(thing.id, 1, "{name}");
        let told = take(&heard);
        assert!(told.iter().all(|it| it.ends_with("tolerated")), "{name}: {told:?}");
        assert!(told.iter().any(|it| it.starts_with(&format!("getThing 200 {place}"))), "{name}: {told:?}");
    }
    for (name, body, place) in LOST {
        let error = client.get_thing(&request(name)).await.unwrap_err();
        assert!(error.to_string().contains(place), "{name}: {error}");
        assert_eq!(error.response().unwrap().excerpt(), body, "{name}");
    }
}

#[tokio::test]
async fn headers_media_types_and_statuses_deviate_too() {
    let (client, heard) = client(Leniency::Strict).await;
    assert!(client.get_thing(&request("header")).await.is_err());
    assert!(client.get_thing(&request("plain")).await.is_err());
    take(&heard);
    // One call alone can be lenient.
    let response = client.get_thing(&request("header")).tolerant().response().await.unwrap();
    assert!(matches!(response, get_thing::Response::Ok { x_left: None, .. }), "{response:?}");
    assert!(client.get_thing(&request("plain")).tolerant().await.is_ok());
    assert!(matches!(client.get_thing(&request("teapot")).await, Err(CallError::Undocumented(_))));
    assert_eq!(
        take(&heard),
        [
            "getThing 200 /header/X-Left: must be an integer (type) - tolerated",
            "getThing 200 /header/Content-Type: is `text/plain`, no JSON media type (content) - tolerated",
            "getThing 418 /status: is a status that the document does not name (responses) - tolerated",
        ]
    );
}

#[tokio::test]
async fn items_of_a_stream_are_read_as_leniently_as_bodies() {
    let mut found = Vec::new();
    for leniency in [Leniency::Strict, Leniency::Tolerant] {
        let (client, heard) = client(leniency).await;
        let items = client.watch_things(&watch_things::Request::new()).await.unwrap();
        let read: Vec<_> = items.map(|it| it.ok().map(|it| it.id)).collect().await;
        found.push((read, take(&heard)));
    }
    let (refused, tolerated) = ("(type) - refused", "(type) - tolerated");
    let told = |number, how| format!("watchThings 200 /body/{number}/id: must be an integer {how}");
    assert_eq!(found[0], (vec![Some(1), None, None, Some(4)], vec![told(1, refused), told(2, refused)]));
    assert_eq!(found[1], (vec![Some(1), Some(2), None, Some(4)], vec![told(1, tolerated), told(2, refused)]));
}

#[tokio::test]
async fn requests_stay_checked() {
    let (client, _) = client(Leniency::Tolerant).await;
    let thing = Thing::new(1).with_name("too long");
    let error = client.create_thing(&create_thing::Request::new(thing)).await.unwrap_err();
    assert!(matches!(error.unanswered(), Some(Error::InvalidRequest(_))), "{error}");
}
