//! What OpenAPI 3.2 has: `QUERY`, a form as the whole query, and streams that are described by their items.

use futures_util::TryStreamExt;
use media::api::models::Meta;
use media::api::operations::{list_finds, query_finds};

use crate::harness::Stub;

#[tokio::test]
async fn a_query_has_a_body_and_its_answers_come_one_by_one() {
    let client = Stub::default().client_over_socket().await;
    let body = query_finds::Body::new(vec!["a".to_owned(), "b".to_owned()]);
    let answer = client.query_finds(&query_finds::Request::new(body)).response().await.unwrap();
    let query_finds::Response::Ok(items) = answer else { panic!("{answer:?}") };
    assert_eq!(items.try_collect::<Vec<Meta>>().await.unwrap(), [Meta::new("a"), Meta::new("b")]);
}

#[tokio::test]
async fn a_query_goes_over_the_wire_by_its_name() {
    let json = [("content-type", "application/json")];
    let stub = Stub::default();
    let answer = stub.ask("QUERY /finds", &json, r#"{"words":["a"]}"#).await;
    assert_eq!((answer.status.as_u16(), answer.text.trim()), (200, r#"{"name":"a"}"#));
    let answer = stub.ask("QUERY /finds", &json, r#"{"words":[]}"#).await;
    assert_eq!(answer.violations(), ["/body/words minItems"]);
    let answer = stub.ask("POST /finds", &json, "{}").await;
    assert_eq!(answer.status.as_u16(), 405);
    assert!(answer.header("allow").contains("QUERY"), "{}", answer.header("allow"));
}

#[tokio::test]
async fn a_form_is_the_whole_query() {
    let stub = Stub::default();
    let client = stub.client_over_socket().await;
    let filter = list_finds::Filter::new("a &").with_limit(2);
    let answer = client.list_finds(&list_finds::Request::new(filter)).response().await.unwrap();
    let list_finds::Response::Ok(events) = answer else { panic!("{answer:?}") };
    let names: Vec<String> = events.map_ok(|it| it.data.name).try_collect().await.unwrap();
    assert_eq!(names, ["a &0", "a &1"]);
    let answer = stub.ask("GET /finds?words=go+on&limit=1", &[], "").await;
    assert!(answer.text.contains(r#"data: {"name":"go on0"}"#) || answer.text.contains(r#"data:{"name":"go on0"}"#), "{}", answer.text);
    assert_eq!(stub.ask("GET /finds?words=a&limit=x", &[], "").await.violations().len(), 2);
    assert_eq!(stub.ask("GET /finds", &[], "").await.violations(), ["/query/filter/words required"]);
}
