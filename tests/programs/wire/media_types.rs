//! What names of media types mean beside each other.

use axum::body::Body;
use axum::http::{HeaderValue, Request};
use axum::middleware::{Next, from_fn};
use programs::support::http::Accept;
use programs::wire::models::{Fault, Item};
use programs::wire::operations::{get_item, put_item};

use crate::{Failed, ask, body_text, served, watched};

/// A framework that lists `text/plain` beside JSON for an object means JSON.
#[tokio::test]
async fn text_beside_json_of_the_same_object_is_json() -> Result<(), Failed> {
    let (_, router) = served();
    let (client, sent) = watched(router.clone())?;
    let item = client.put_item(&put_item::Request::new(Item::new("a"))).await?;
    assert_eq!(item, Item::new("a"));
    assert_eq!(sent.lock().unwrap()[0].header("content-type"), "application/json");
    for (accept, expected) in [("*/*", "application/json"), ("text/plain", "text/plain"), ("text/json", "text/json")] {
        let headers = [("accept", accept), ("content-type", "text/plain")];
        let (status, response) = ask(&router, "PUT /item", &headers, r#"{"sku":"b"}"#).await;
        assert_eq!((status, response.headers()["content-type"].to_str()?), (200, expected), "{accept}");
        assert_eq!(body_text(response).await, r#"{"sku":"b"}"#);
    }
    for (body, expected) in [("b", 400), ("{}", 422)] {
        assert_eq!(ask(&router, "PUT /item", &[("content-type", "text/plain")], body).await.0, expected, "{body}");
    }
    Ok(())
}

#[tokio::test]
async fn parameters_tell_media_types_of_one_name_apart() -> Result<(), Failed> {
    let (_, router) = served();
    let client = watched(router.clone())?.0;
    let get = async |accept: &str| {
        let request = get_item::Request::new().with_accept(Accept::new(accept));
        client.get_item(&request).await
    };
    assert_eq!(get("application/json; version=1").await?, get_item::OkBody::JsonVersion1(Item::new("one")));
    assert_eq!(get("application/json; version=2").await?, get_item::OkBody::JsonVersion2(Fault::new("two")));
    let three = get_item::OkBody::JsonVersion3(get_item::OkBodyJsonVersion3::new(3));
    assert_eq!(get("application/json; version=3").await?, three);
    let (_, response) = ask(&router, "GET /item", &[("accept", "application/json; version=3")], "").await;
    assert_eq!(response.headers()["content-type"], "application/json; version=3");
    Ok(())
}

/// A body that cannot be read since it is packed is called that.
#[tokio::test]
async fn a_body_that_nobody_unpacked_is_called_that() -> Result<(), Failed> {
    let get = async |coding: &'static str, body: &'static str| {
        let packed = from_fn(move |request: Request<Body>, next: Next| async move {
            let mut response = next.run(request).await.map(|_| Body::from(body));
            response.headers_mut().insert("content-encoding", HeaderValue::from_static(coding));
            response
        });
        let client = watched(served().1.layer(packed)).map_err(|it| it.to_string())?.0;
        let request = get_item::Request::new().with_accept(Accept::new("application/json; version=1"));
        client.get_item(&request).await.map_err(|it| it.to_string())
    };
    let error = get("GZIP", "packed").await.unwrap_err();
    assert!(error.contains("/header/Content-Encoding: is `gzip`, and the body was not unpacked"), "{error}");
    // Some servers name a coding that the body does not have.
    assert!(get("gzip", r#"{"sku":"a"}"#).await.is_ok());
    let error = get("UTF-8", "packed").await.unwrap_err();
    assert!(error.contains("is not well-formed JSON"), "{error}");
    Ok(())
}
