//! Pages as a stream: each is asked for when it is wanted, until there are no more.

use std::sync::{Arc, Mutex};

use futures_util::{StreamExt, TryStreamExt};
use programs::pages::client::Client;
use programs::pages::operations::{list_followed, list_numbered, list_skipped};
use programs::support::client::{BoxError, BoxFuture, Config, Error, Request, Response, Retry, Transport};

/// A server with an answer for each query; it notes what it is asked.
#[derive(Clone)]
struct Shelves {
    answers: Arc<Vec<(&'static str, u16, &'static str)>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Shelves {
    fn new(answers: &[(&'static str, u16, &'static str)]) -> (Client, Self) {
        let shelves = Self { answers: Arc::new(answers.to_vec()), asked: Arc::default() };
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
        Box::pin(async move {
            let (_, status, body) = answer.ok_or("nobody should ask this")?;
            let body = futures_util::stream::iter([Ok(body.into())]);
            let response = http::Response::builder().status(status).header("content-type", "application/json");
            Ok(response.body(programs::support::http::ByteStream::new(body))?)
        })
    }
}

#[tokio::test]
async fn pages_by_number_end_with_the_last_one() {
    let (client, shelves) = Shelves::new(&[
        ("kind=new", 200, r#"{"data":["a","b"],"meta":{"last_page":3}}"#),
        ("page=2&kind=new", 200, r#"{"data":["c"],"meta":{"last_page":3}}"#),
        ("page=3&kind=new", 200, r#"{"data":["d"],"meta":{"last_page":3}}"#),
    ]);
    let request = list_numbered::Request { page: None, kind: Some("new".to_owned()) };
    let pages: Vec<_> = client.list_numbered_pages(request).try_collect().await.unwrap();
    let items = pages.iter().flat_map(|page| match page {
        list_numbered::Response::Ok(body) => body.data.clone(),
        other => panic!("{other:?}"),
    });
    assert_eq!(items.collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!(shelves.asked(), ["kind=new", "page=2&kind=new", "page=3&kind=new"]);
}

#[tokio::test]
async fn no_page_is_asked_for_before_it_is_wanted() {
    let (client, shelves) = Shelves::new(&[("page=7", 200, r#"{"data":["a"],"meta":{"last_page":9}}"#)]);
    let mut pages = client.list_numbered_pages(list_numbered::Request { page: Some(7), kind: None });
    assert!(shelves.asked().is_empty());
    assert!(matches!(pages.next().await, Some(Ok(list_numbered::Response::Ok(_)))));
    drop(pages);
    assert_eq!(shelves.asked(), ["page=7"]);
}

#[tokio::test]
async fn another_status_and_an_error_are_the_last_item() {
    let (client, shelves) = Shelves::new(&[("", 404, "")]);
    let pages: Vec<_> = client.list_numbered_pages(list_numbered::Request::default()).collect().await;
    assert!(matches!(&*pages, [Ok(list_numbered::Response::NotFound)]), "{pages:?}");
    assert_eq!(shelves.asked().len(), 1);
    let (client, shelves) =
        Shelves::new(&[("", 200, r#"{"data":["a"],"meta":{"last_page":9}}"#), ("page=2", 200, "{")]);
    let pages: Vec<_> = client.list_numbered_pages(list_numbered::Request::default()).collect().await;
    assert!(matches!(&*pages, [Ok(_), Err(Error::Decode(_))]), "{pages:?}");
    assert_eq!(shelves.asked().len(), 2);
}

#[tokio::test]
async fn pages_by_offset_end_with_an_empty_one() {
    let (client, shelves) =
        Shelves::new(&[("skip=0", 200, r#"["a","b"]"#), ("skip=2", 200, r#"["c"]"#), ("skip=3", 200, "[]")]);
    let pages: Vec<_> = client.list_skipped_pages(list_skipped::Request { skip: 0 }).collect().await;
    assert!(pages.iter().all(Result::is_ok) && pages.len() == 3, "{pages:?}");
    assert_eq!(shelves.asked(), ["skip=0", "skip=2", "skip=3"]);
}

#[tokio::test]
async fn pages_by_cursor_end_where_there_is_none() {
    for end in ["{}", r#"{"next":null}"#, r#"{"next":""}"#, r#"{"next":"b c"}"#] {
        let last = format!(r#"{{"rows":[],"links":{end}}}"#).leak();
        let (client, shelves) =
            Shelves::new(&[("", 200, r#"{"rows":["a"],"links":{"next":"b c"}}"#), ("after=b%20c", 200, last)]);
        let pages: Vec<_> = client.list_followed_pages(list_followed::Request::default()).collect().await;
        assert!(pages.iter().all(Result::is_ok) && pages.len() == 2, "{end}: {pages:?}");
        assert_eq!(shelves.asked(), ["", "after=b%20c"], "{end}");
    }
}
