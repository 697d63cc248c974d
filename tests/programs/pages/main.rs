//! Pages as a stream, and their items: each is asked for when it is wanted, until there are no more.

use std::sync::{Arc, Mutex};

use futures_util::{StreamExt, TryStreamExt};
use programs::pages::client::Client;
use programs::pages::operations::{
    list_connected, list_counted, list_flagged, list_followed, list_guarded, list_keyed, list_linked, list_mixed, list_named,
    list_numbered, list_skipped, list_told,
};
use programs::support::client::{
    BoxError, BoxFuture, CallError, Config, Error, Failed, Leniency, Request, Response, Retry, Transport,
};

/// A server with an answer for each query; it notes what it is asked.
#[derive(Clone)]
struct Shelves {
    answers: Arc<Vec<(&'static str, u16, &'static str)>>,
    asked: Arc<Mutex<Vec<String>>>,
    accepted: Arc<Mutex<Vec<String>>>,
}

impl Shelves {
    fn new(answers: &[(&'static str, u16, &'static str)]) -> (Client, Self) {
        let shelves = Self { answers: Arc::new(answers.to_vec()), asked: Arc::default(), accepted: Arc::default() };
        let config = Config::with_transport("http://shelves.example", shelves.clone());
        (Client::new(Config { retry: Retry::never(), ..config }).unwrap(), shelves)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Transport for Shelves {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, BoxError>> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let answer = self.answers.iter().find(|(asked, ..)| *asked == query).copied();
        self.asked.lock().unwrap().push(query);
        let accepted = request.headers().get("accept").and_then(|it| it.to_str().ok()).unwrap_or_default();
        self.accepted.lock().unwrap().push(accepted.to_owned());
        Box::pin(async move {
            let (_, status, body) = answer.ok_or("nobody should ask this")?;
            let (body, link) = body.split_once('|').unwrap_or((body, ""));
            let body = futures_util::stream::iter([Ok(body.into())]);
            let response = http::Response::builder().status(status).header("content-type", "application/json");
            let response = if link.is_empty() { response } else { response.header("link", link) };
            Ok(response.body(programs::support::http::ByteStream::new(body))?)
        })
    }
}

#[tokio::test]
async fn pages_by_number_end_with_the_last_one() {
    let (client, shelves) = Shelves::new(&[
        ("kind=new", 200, r#"{"data":["a","b"],"meta":{"last_page":3}}"#),
        ("kind=new&page=2", 200, r#"{"data":["c"],"meta":{"last_page":3}}"#),
        ("kind=new&page=3", 200, r#"{"data":["d"],"meta":{"last_page":3}}"#),
    ]);
    let request = list_numbered::Request::new().with_kind("new");
    let pages: Vec<_> = client.list_numbered_pages(&request).try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|it| it.data.len()).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!(shelves.asked(), ["kind=new", "kind=new&page=2", "kind=new&page=3"]);
    let items: Vec<String> = client.list_numbered_pages(&request).items().try_collect().await.unwrap();
    assert_eq!(items, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn no_page_is_asked_for_before_it_is_wanted() {
    let (client, shelves) = Shelves::new(&[("page=7", 200, r#"{"data":["a","b"],"meta":{"last_page":9}}"#)]);
    let request = list_numbered::Request::new().with_page(7);
    let mut items = client.list_numbered_pages(&request).items();
    assert!(shelves.asked().is_empty());
    assert_eq!(items.next().await.unwrap().unwrap(), "a");
    assert_eq!(items.next().await.unwrap().unwrap(), "b");
    drop(items);
    assert_eq!(shelves.asked(), ["page=7"]);
}

#[tokio::test]
async fn pages_that_are_counted_from_zero_end_with_the_last_one() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"content":["a"],"totalPages":2}"#),
        ("page=1", 200, r#"{"content":["b"],"totalPages":2}"#),
    ]);
    let request = list_counted::Request::default();
    let items: Vec<String> = client.list_counted_pages(&request).items().try_collect().await.unwrap();
    assert_eq!(items, ["a", "b"]);
    assert_eq!(shelves.asked(), ["", "page=1"]);
}

/// Lists of Kubernetes are JSON, YAML or another format, and pages are made of the first.
#[tokio::test]
async fn pages_that_may_be_something_else_are_asked_for_in_json() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"items":[{"id":"a"}],"metadata":{"continue":"x"}}"#),
        ("continue=x", 200, r#"{"items":[{"id":"b"}],"metadata":{"continue":""}}"#),
    ]);
    let request = list_mixed::Request::new();
    let items: Vec<_> = client.list_mixed_pages(&request).items().map_ok(|it| it.id).try_collect().await.unwrap();
    assert_eq!(items, ["a", "b"]);
    assert_eq!(shelves.asked(), ["", "continue=x"]);
    assert_eq!(*shelves.accepted.lock().unwrap(), ["application/json", "application/json"]);
    // Whoever says what is to come gets that.
    let request = request.with_accept(programs::support::http::Accept::new("application/json;q=0.5"));
    client.list_mixed_pages(&request).next().await.unwrap().unwrap();
    assert_eq!(shelves.accepted.lock().unwrap().pop().as_deref(), Some("application/json;q=0.5"));
}

#[tokio::test]
async fn pages_end_where_a_flag_says_so() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"nodes":["a"],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}"#),
        ("after=x", 200, r#"{"nodes":["b"],"pageInfo":{"hasNextPage":false,"endCursor":"y"}}"#),
    ]);
    let request = list_connected::Request::default();
    let items: Vec<String> = client.list_connected_pages(&request).items().try_collect().await.unwrap();
    assert_eq!(items, ["a", "b"]);
    assert_eq!(shelves.asked(), ["", "after=x"]);
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"rows":["a"],"paging":{"has_next":true}}"#),
        ("page=2", 200, r#"{"rows":["b"],"paging":{"has_next":false}}"#),
    ]);
    let request = list_flagged::Request::default();
    let items: Vec<String> = client.list_flagged_pages(&request).items().try_collect().await.unwrap();
    assert_eq!(items, ["a", "b"]);
    assert_eq!(shelves.asked(), ["", "page=2"]);
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"rows":["a","b"],"more":true}"#),
        ("from=2", 200, r#"{"rows":["c"],"more":false}"#),
    ]);
    let request = list_told::Request::default();
    let items: Vec<String> = client.list_told_pages(&request).items().try_collect().await.unwrap();
    assert_eq!(items, ["a", "b", "c"]);
    assert_eq!(shelves.asked(), ["", "from=2"]);
}

/// Who leads back to where somebody was has no end.
#[tokio::test]
async fn pages_that_go_round_in_a_circle_end_with_an_error() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"rows":["a"],"links":{"next":"A"}}"#),
        ("after=A", 200, r#"{"rows":["b"],"links":{"next":"B"}}"#),
        ("after=B", 200, r#"{"rows":["c"],"links":{"next":"A"}}"#),
    ]);
    let request = list_followed::Request::default();
    let mut items = client.list_followed_pages(&request).items();
    for item in ["a", "b", "c"] {
        assert_eq!(items.next().await.unwrap().unwrap(), item);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "the next page is one that was there before");
    assert!(items.next().await.is_none());
    assert_eq!(shelves.asked(), ["", "after=A", "after=B"]);
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"[{"id":"a"}]|</linked?p=1>; rel=next"#),
        ("p=1", 200, r#"[{"id":"b"}]|</linked?p=2>; rel=next"#),
        ("p=2", 200, r#"[{"id":"c"}]|</linked?p=1>; rel=next"#),
    ]);
    let pages: Vec<_> = client.list_linked_pages(&list_linked::Request::new()).collect().await;
    assert!(matches!(&*pages, [Ok(_), Ok(_), Ok(_), Err(_)]), "{pages:?}");
    assert_eq!(shelves.asked(), ["", "p=1", "p=2"]);
}

/// A server that names the next page as it was asked for this one has the key in it already.
#[tokio::test]
async fn a_key_in_the_query_is_there_once() {
    let (client, shelves) = Shelves::new(&[
        ("code=k", 200, r#"[{"id":"a"}]|</guarded?code=k&page=2>; rel=next"#),
        ("page=2&code=k", 200, r#"[{"id":"b"}]"#),
    ]);
    let client = client.with_code("k");
    let items: Vec<_> =
        client.list_guarded_pages(&list_guarded::Request::new()).items().try_collect().await.unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(shelves.asked(), ["code=k", "page=2&code=k"]);
}

/// Servers write what browsers escape; and a page is one although what it names next is none.
#[tokio::test]
async fn the_url_of_a_page_may_have_what_browsers_escape() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"[{"id":"a"}]|</linked?page[number]=2&f=x y>; title="x; rel=prev"; rel="next""#),
        ("page%5Bnumber%5D=2&f=x%20y", 200, r#"[{"id":"b"}]|<http://[>; rel=next"#),
    ]);
    let mut items = client.list_linked_pages(&list_linked::Request::new()).items();
    assert_eq!(items.next().await.unwrap().unwrap().id, "a");
    assert_eq!(items.next().await.unwrap().unwrap().id, "b");
    let Some(Err(CallError::Unanswered(Error::NextPage(_)))) = items.next().await else { panic!("it is none") };
    assert!(items.next().await.is_none());
    assert_eq!(shelves.asked(), ["", "page%5Bnumber%5D=2&f=x%20y"]);
}

#[tokio::test]
async fn another_status_and_an_error_are_the_last_item() {
    let (client, shelves) = Shelves::new(&[("", 404, "")]);
    let pages: Vec<_> = client.list_numbered_pages(&list_numbered::Request::default()).collect().await;
    let [Err(CallError::Documented { failure: list_numbered::Response::NotFound, .. })] = &*pages else {
        panic!("{pages:?}")
    };
    assert_eq!(shelves.asked().len(), 1);
    let (client, shelves) =
        Shelves::new(&[("", 200, r#"{"data":["a"],"meta":{"last_page":9}}"#), ("page=2", 200, "{")]);
    let items: Vec<_> = client.list_numbered_pages(&list_numbered::Request::default()).items().collect().await;
    assert!(matches!(&*items, [Ok(_), Err(CallError::Undecodable { .. })]), "{items:?}");
    assert_eq!(shelves.asked().len(), 2);
}

#[tokio::test]
async fn pages_by_offset_end_with_an_empty_one() {
    let (client, shelves) =
        Shelves::new(&[("skip=0", 200, r#"["a","b"]"#), ("skip=2", 200, r#"["c"]"#), ("skip=3", 200, "[]")]);
    let pages: Vec<_> = client.list_skipped_pages(&list_skipped::Request::new(0)).collect().await;
    assert!(pages.iter().all(Result::is_ok) && pages.len() == 3, "{pages:?}");
    assert_eq!(shelves.asked(), ["skip=0", "skip=2", "skip=3"]);
}

#[tokio::test]
async fn pages_by_cursor_end_where_there_is_none() {
    for end in ["{}", r#"{"next":null}"#, r#"{"next":""}"#, r#"{"next":"b c"}"#] {
        let last = format!(r#"{{"rows":["b"],"links":{end}}}"#).leak();
        let (client, shelves) =
            Shelves::new(&[("", 200, r#"{"rows":["a"],"links":{"next":"b c"}}"#), ("after=b%20c", 200, last)]);
        let request = list_followed::Request::default();
        let items: Vec<String> = client.list_followed_pages(&request).items().try_collect().await.unwrap();
        assert_eq!(items, ["a", "b"], "{end}");
        assert_eq!(shelves.asked(), ["", "after=b%20c"], "{end}");
    }
}

#[tokio::test]
async fn a_cursor_that_comes_again_as_a_number_is_the_last_one() {
    let again = r#"{"rows":["b"],"links":{"next":5}}"#;
    let (client, shelves) =
        Shelves::new(&[("", 200, r#"{"rows":["a"],"links":{"next":5}}"#), ("after=5", 200, again)]);
    let request = list_followed::Request::default();
    let items: Vec<String> = client.list_followed_pages(&request).items().try_collect().await.unwrap();
    assert_eq!(items, ["a", "b"]);
    assert_eq!(shelves.asked(), ["", "after=5"]);
}

#[tokio::test]
async fn pages_by_the_last_item_end_where_the_server_says_so() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#),
        ("starting_after=b", 200, r#"{"data":[{"id":"c"}],"has_more":false}"#),
    ]);
    let request = list_keyed::Request::default();
    let items: Vec<_> = client.list_keyed_pages(&request).items().try_collect().await.unwrap();
    assert_eq!(items.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(shelves.asked(), ["", "starting_after=b"]);
}

#[tokio::test]
async fn pages_by_url_go_where_the_body_says_but_never_to_another_server() {
    let request = list_named::Request::new("a b").with_kind("new");
    for next in ["http://shelves.example/shelves/a%20b/named?at=2", "?at=2", "/shelves/a%20b/named?at=2"] {
        let first = format!(r#"{{"items":[{{"id":"a"}}],"next":"{next}"}}"#).leak();
        let (client, shelves) =
            Shelves::new(&[("kind=new", 200, first), ("at=2", 200, r#"{"items":[{"id":"b"}],"next":null}"#)]);
        let client = client.with_key("k");
        let items: Vec<_> = client.list_named_pages(&request).items().try_collect().await.unwrap();
        assert_eq!(items.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["a", "b"], "{next}");
        assert_eq!(shelves.asked(), ["kind=new", "at=2"]);
    }
    for next in ["https://shelves.example/x", "http://evil.example/x", "http://shelves.example:81/x", "//evil.example"] {
        let first = format!(r#"{{"items":[{{"id":"a"}}],"next":"{next}"}}"#).leak();
        let (client, shelves) = Shelves::new(&[("kind=new", 200, first)]);
        let client = client.with_key("k");
        let pages: Vec<_> = client.list_named_pages(&request).collect().await;
        let [Ok(_), Err(error)] = &*pages else { panic!("{next}: {pages:?}") };
        assert!(matches!(error.unanswered(), Some(Error::NextPage(_))), "{next}: {error}");
        assert_eq!(shelves.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_relative_url_is_one_of_the_page_that_has_it() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"{"items":[],"next":"/archive/2?at=2"}"#),
        ("at=2", 200, r#"{"items":[],"next":"?at=2"}"#),
    ]);
    let pages: Vec<_> = client.with_key("k").list_named_pages(&list_named::Request::new("a")).collect().await;
    let [Ok(_), Ok(_), Err(error)] = &*pages else { panic!("{pages:?}") };
    assert!(error.to_string().contains("is the page itself"), "{error}");
    assert_eq!(shelves.asked(), ["", "at=2"]);
}

#[tokio::test]
async fn pages_by_the_header_link_end_without_a_next_one() {
    let (client, shelves) = Shelves::new(&[
        ("", 200, r#"[{"id":"a"}]|</linked?page=9>; rel="last", <http://shelves.example/linked?page=2>; title="a, b"; rel="x next""#),
        ("page=2", 200, r#"[{"id":"b"}]|</linked?page=1>; rel=prev"#),
    ]);
    let items: Vec<_> = client.list_linked_pages(&list_linked::Request::new()).items().try_collect().await.unwrap();
    assert_eq!(items.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(shelves.asked(), ["", "page=2"]);
}

#[tokio::test]
async fn items_are_read_as_leniently_as_their_page() {
    let (_, shelves) = Shelves::new(&[("", 200, r#"{"data":[{"id":7,"size":null}],"has_more":false}"#)]);
    let config = Config::with_transport("http://shelves.example", shelves);
    for (leniency, read) in [(Leniency::Strict, None), (Leniency::Tolerant, Some("7".to_owned()))] {
        let client = Client::new(Config { leniency, ..config.clone() }).unwrap();
        let item = client.list_keyed_pages(&list_keyed::Request::default()).items().next().await.unwrap();
        assert_eq!(item.ok().map(|it| it.id), read);
    }
}
