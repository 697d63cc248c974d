//! The proxy: traffic passes as it is, and what is not as documented is told.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use acceptance::pipeline::compile;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::IntoResponse as _;
use specwright::mock::{Watch, watch};
use tokio::net::TcpListener;

use super::{LIBRARY, Seen, ask};

type Told = Arc<Mutex<Vec<String>>>;

/// A server by hand that keeps to the document in some of its answers.
async fn real() -> String {
    let router = Router::new().fallback(|request: Request| async move {
        let json = [("content-type", "application/json"), ("x-from", "real")];
        match request.uri().path() {
            "/v1/books" => (json, r#"{"data": [{"id": 1, "title": "Emma"}], "total": "many"}"#).into_response(),
            "/v1/books/b1" => (json, r#"{"id": "b1", "title": "Emma", "more": true}"#).into_response(),
            "/v1/opening" => {
                let latin = [("content-type", "text/plain; charset=ISO-8859-1")];
                (latin, if request.uri().query().is_some() { &b"\xe9"[..] } else { b"nine" }).into_response()
            }
            "/v1/authors" => {
                Body::from_stream(futures_util::stream::empty::<Result<String, Infallible>>()).into_response()
            }
            "/v1/media" => ([("content-type", "text/html")], "<p>Down</p>").into_response(),
            _ => (axum::http::StatusCode::IM_A_TEAPOT, "tea").into_response(),
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

fn proxy(url: String) -> (Router, Told) {
    let plan = compile("library", LIBRARY).plan.expect("a plan");
    let told = Told::default();
    let lines = told.clone();
    let on_exchange =
        Arc::new(move |exchange: &specwright::mock::Exchange, deviations: &[specwright::mock::Deviation]| {
            let mut lines = lines.lock().expect("no test panics");
            lines.push(format!("{} {}", exchange.target, exchange.status));
            lines.extend(deviations.iter().map(|it| {
                let operation = it.operation.as_deref().unwrap_or("-");
                format!("  {operation} {} {} {}", it.side, it.pointer, it.message)
            }));
        });
    (watch(&plan, Watch { url, on_exchange }).expect("a proxy"), told)
}

#[tokio::test]
async fn traffic_passes_and_what_deviates_is_told() {
    let (router, told) = proxy(real().await);
    let send = async |line: &str, body: &str| -> Seen { ask(router.clone(), line, &[], body).await };
    let list = send("GET /books?limit=none", "").await;
    assert_eq!((list.status, list.header("x-from")), (200, "real"));
    assert!(list.text.contains("many"));
    send("GET /books/b1", "").await;
    send("PATCH /books/b1", r#"{"title": 7}"#).await;
    send("GET /media", "").await;
    send("GET /nothing", "").await;
    send("HEAD /books/b1", "").await;
    send("HEAD /books", "").await;
    send("HEAD /media", "").await;
    assert_eq!(
        *told.lock().expect("no test panics"),
        [
            "/books?limit=none 200",
            "  listBooks request /query/limit must be an integer",
            "  listBooks response /body/data/0/id must be a string",
            "  listBooks response /body/total must be an integer",
            "/books/b1 200",
            "/books/b1 200",
            "  changeBook request /body/title must be a string",
            "/media 200",
            "  getMedium response /header/Content-Type is no documented media type",
            "/nothing 418",
            "  - request  the document has no such path",
            "/books/b1 200",
            "/books 200",
            "/media 200",
            "  getMedium response /header/Content-Type is no documented media type",
        ]
    );
}

#[tokio::test]
async fn text_in_another_encoding_is_told_where_it_is_more_than_ascii() {
    let (router, told) = proxy(real().await);
    ask(router.clone(), "GET /opening", &[], "").await;
    ask(router, "GET /opening?in=french", &[], "").await;
    let told = told.lock().expect("no test panics").clone();
    let message = "/header/Content-Type is in `iso-8859-1`, and text is read as UTF-8";
    assert_eq!(told[0], "/opening 200");
    assert!(told[1].starts_with("/opening?in=") && told[2].ends_with(message) && told.len() == 3, "{told:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_bad_gateway() {
    let (router, told) = proxy("http://127.0.0.1:9".to_owned());
    let seen = ask(router, "GET /books", &[], "").await;
    assert_eq!(seen.status, 502);
    assert!(seen.text.starts_with("the server cannot be reached: "), "{seen:?}");
    assert_eq!(*told.lock().expect("no test panics"), ["/books 502"]);
}

#[tokio::test]
async fn nobody_gets_to_see_an_api_key() {
    let (router, told) = proxy(real().await);
    ask(router, "GET /books/b1?key=secret", &[], "").await;
    let told = told.lock().expect("no test panics").join("\n");
    assert!(told.starts_with("/books/b1?key=… 200") && !told.contains("secret"), "{told}");
}

/// What HEAD says of a length is that of GET.
#[tokio::test]
async fn the_length_of_what_only_the_head_was_asked_for_passes() {
    let (router, _) = proxy(real().await);
    let head = ask(router.clone(), "HEAD /books/b1", &[], "").await;
    assert_eq!((head.status, head.header("content-length"), head.text.as_str()), (200, "43", ""));
    assert_eq!(ask(router.clone(), "GET /books/b1", &[], "").await.header("content-length"), "43");
    assert_eq!(ask(router, "HEAD /authors", &[], "").await.header("content-length"), "", "nobody knows it");
}

#[tokio::test]
async fn no_path_leaves_the_base_url() {
    let (router, told) = proxy(real().await);
    for (target, status) in [
        ("/../secrets", 400),
        ("/books/../../secrets", 400),
        ("/books/%2E%2e/%2e./secrets", 400),
        ("/books/..b1", 418),
        ("/books/b1?next=/../..", 200),
    ] {
        assert_eq!(ask(router.clone(), &format!("GET {target}"), &[], "").await.status, status, "{target}");
    }
    assert!(told.lock().expect("no test panics").iter().all(|it| !it.contains("secrets")));
}
