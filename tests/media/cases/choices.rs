//! Several media types for one body.

use media::api::models::Meta;
use media::api::operations::post_choice::{self, Body, BodyMultipart, OkBody, Response};
use media::api::operations::put_blob;
use media::support::client::Error;
use media::support::http::{Accept, Binary, ByteStream, File};

use crate::harness::Stub;

async fn choose(stub: &Stub, body: Body) -> Result<Response, Error> {
    stub.client().post_choice(&post_choice::Request::new(body).with_accept(Accept::any())).response().await
}

#[tokio::test]
async fn each_media_type_has_its_variant() {
    let stub = Stub::default();
    let bodies = [
        Body::Json(Meta::new("x")),
        Body::Csv("a;b".to_owned()),
        Body::Multipart(Box::new(BodyMultipart::new(File::new("x").with_name("x").with_media_type("a/b")))),
        Body::Binary(Binary::new("image/gif", vec![0, 255])),
    ];
    for body in &bodies {
        let Response::Ok { x_rows: 1, body: answer } = choose(&stub, body.clone()).await.unwrap() else {
            panic!("{body:?}")
        };
        match (body, answer) {
            (Body::Json(sent), OkBody::Json(got)) => assert_eq!(*sent, got),
            (Body::Csv(sent), OkBody::Csv(got)) => assert_eq!(*sent, got),
            (Body::Binary(sent), OkBody::Binary(got)) => {
                assert_eq!(sent.media_type, got.media_type);
                assert_eq!(got.content.bytes(10).await.unwrap(), sent.content.whole().unwrap());
            }
            (Body::Multipart(_), OkBody::Binary(got)) => assert_eq!(got.media_type, "image/png"),
            (sent, got) => panic!("{sent:?} {got:?}"),
        }
    }
    assert_eq!(stub.seen().choices.len(), bodies.len());
}

#[tokio::test]
async fn the_media_type_decides() {
    let stub = Stub::default();
    for (media_type, status, kind) in [
        ("application/json", 200, "Json"),
        ("application/vnd.media+json", 200, "Json"),
        ("TEXT/CSV; charset=us-ascii", 200, "Csv"),
        ("image/jpeg", 200, "Binary"),
        ("text/plain", 415, ""),
        ("application/xml", 415, ""),
        ("text/csv; charset=utf-16", 415, ""),
    ] {
        let answer = stub.ask("POST /choice", &[("content-type", media_type)], r#"{"name":"x"}"#).await;
        assert_eq!(answer.status, status, "{media_type}: {}", answer.text);
        let seen = stub.seen().choices.pop().map(|it| format!("{it:?}")).unwrap_or_default();
        assert!(seen.starts_with(kind), "{seen}");
    }
    let answer = stub.ask("POST /choice", &[("content-type", "text/csv")], "x".repeat(21)).await;
    assert_eq!((answer.status.as_u16(), answer.violations()), (422, vec!["/body maxLength".to_owned()]));
    let answer = stub.ask("POST /choice", &[("content-type", "text/csv")], vec![0xff]).await;
    assert_eq!((answer.status.as_u16(), answer.violations()), (400, vec!["/body text".to_owned()]));
}

#[tokio::test]
async fn a_media_type_that_is_not_documented_is_not_sent() {
    let stub = Stub::default();
    for media_type in ["video/mp4", "image", "image/png\r\nx: y"] {
        let body = Body::Binary(Binary::new(media_type, "x"));
        assert!(matches!(choose(&stub, body).await, Err(Error::Encode(_))), "{media_type}");
    }
    let violations = match choose(&stub, Body::Csv("x".repeat(21))).await {
        Err(Error::InvalidRequest(violations)) => violations.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(violations, "/body: must be at most 20 characters long (maxLength)");
}

#[tokio::test]
async fn bytes_go_both_ways() {
    let stub = Stub::default();
    let body = ByteStream::from(vec![7; 10_000]);
    let answer = stub.client().put_blob(&put_blob::Request::new(body.clone())).response().await.unwrap();
    let put_blob::Response::Ok(got) = answer else { panic!("{answer:?}") };
    assert_eq!(got.bytes(10_000).await.unwrap(), body.whole().unwrap());
}

#[tokio::test]
async fn the_handler_knows_what_the_client_takes() {
    let stub = Stub::default();
    let request = post_choice::Request::new(Body::Json(Meta::new("x"))).with_accept(Accept::new("text/csv, */*;q=0.1"));
    let Response::Ok { body, .. } = stub.client().post_choice(&request).response().await.unwrap() else { panic!("no report") };
    assert_eq!(body, OkBody::Csv("csv".to_owned()));
    assert_eq!(stub.seen().accepts, [request.accept]);
    let json = [("content-type", "application/json"), ("accept", "video/mp4")];
    assert_eq!(stub.ask("POST /choice", &json, r#"{"name":"x"}"#).await.status, 406);
    for (accept, expected) in [
        ("application/vnd.meta+json", "application/vnd.meta+json"),
        ("application/json, application/vnd.meta+json;q=0.5", "application/json"),
        ("application/json;q=0.1, application/vnd.meta+json;q=0.5", "application/vnd.meta+json"),
        ("*/*", "application/json"),
    ] {
        let answer = stub.ask("GET /metas", &[("accept", accept)], "").await;
        assert_eq!(answer.header("content-type"), expected, "{accept}");
    }
}
