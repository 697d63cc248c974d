//! A trait for each tag: an application implements what it serves, the rest answers 501 or is not there, and what it
//! serves meets other routes, a prefix and layers.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use programs::support::server::{ApiKey, Context, Denied, Failure, Options, Routes};
use programs::tags::operations::{health, list_pets, status};
use programs::tags::server::{Api, OPERATIONS, PetsApi, UntaggedApi};
use programs::tags::{contract, examples, server};
use programs::drill_weather as weather;
use tower::ServiceExt;

/// An application with the pets alone.
struct Pets;

impl Api for Pets {
    type Principal = ();
    type Error = Failure;

    async fn key(&self, key: ApiKey, _: &Context) -> Result<(), Denied> {
        if key.0.expose() == "good" { Ok(()) } else { Err(Denied::Unauthorized) }
    }
}

impl PetsApi for Pets {
    async fn list_pets(&self, _: list_pets::Request, _: &Context) -> Result<list_pets::Response, Failure> {
        Ok(list_pets::Response::NoContent)
    }
}

/// Another one, with callers of its own, for what has no tag.
struct Rest;

impl Api for Rest {
    type Principal = String;
    type Error = Failure;

    async fn key(&self, _: ApiKey, _: &Context) -> Result<String, Denied> {
        Err(Denied::Forbidden { scopes: &[] })
    }
}

impl UntaggedApi for Rest {
    async fn health(&self, _: health::Request, _: &Context) -> Result<health::Response, Failure> {
        Ok(health::Response::NoContent)
    }

    async fn status(&self, _: String, _: status::Request, _: &Context) -> Result<status::Response, Failure> {
        Ok(status::Response::NoContent)
    }
}

async fn ask(router: &Router, method: &str, path: &str) -> Response {
    let request = Request::builder().method(method).uri(path).header("x-key", "good").body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap()
}

async fn status_of(router: &Router, method: &str, path: &str) -> u16 {
    ask(router, method, path).await.status().as_u16()
}

#[tokio::test]
async fn what_is_not_implemented_answers_501_or_is_not_there() {
    let routes = || server::pets_routes(&Arc::new(Pets));
    let alone = routes().finish(Options::default());
    assert_eq!(status_of(&alone, "GET", "/pets").await, 204);
    assert_eq!(status_of(&alone, "POST", "/pets").await, 405, "the path is there, and the method is not");
    assert_eq!(ask(&alone, "OPTIONS", "/pets").await.headers()["allow"], "GET, HEAD, OPTIONS");
    assert_eq!(status_of(&alone, "GET", "/health").await, 404);

    let whole = routes().otherwise_not_implemented(OPERATIONS).finish(Options::default());
    assert_eq!(status_of(&whole, "GET", "/pets").await, 204, "what is implemented stays");
    for operation in OPERATIONS.iter().filter(|it| it.id != "listPets") {
        assert_eq!(status_of(&whole, operation.method, operation.path).await, 501, "{}", operation.id);
    }
    assert_eq!(ask(&whole, "OPTIONS", "/pets").await.headers()["allow"], "GET, HEAD, OPTIONS, POST");
    let tested = contract::of(whole).only(|it| it.tags.first() == Some(&"pets"));
    tested.wanting_success().verify().await.unwrap();
}

#[tokio::test]
async fn each_operation_is_at_home_in_its_first_tag() {
    let stand_in = Arc::new(examples::Examples::default());
    let homes = [server::pets_routes(&stand_in), server::untagged_routes(&stand_in)];
    let merged = homes.into_iter().fold(Routes::new(), Routes::merge).finish(Options::default());
    assert_eq!(status_of(&merged, "GET", "/pets").await, 204);
    assert_eq!(status_of(&merged, "GET", "/health").await, 204);
    assert_eq!(status_of(&merged, "GET", "/untagged").await, 404, "a tag of this name is another home");
    assert_eq!(status_of(&merged, "GET", "/orders").await, 404);
    let all = server::routes(&stand_in).finish(Options::default());
    for operation in OPERATIONS {
        let expected = if matches!(operation.id, "addPet" | "status") { 401 } else { 204 };
        assert_eq!(status_of(&all, operation.method, operation.path).await, expected, "{}", operation.id);
    }
}

#[tokio::test]
async fn routes_of_several_applications_and_apis_merge_below_a_prefix_and_beside_own_routes() {
    let tags = server::pets_routes(&Arc::new(Pets)).merge(server::untagged_routes(&Arc::new(Rest)));
    let other = weather::server::routes(&Arc::new(weather::examples::Examples::default()));
    let api = tags.merge(other).finish(Options::default());
    let router = Router::new().route("/pets", get(async || "own")).nest("/api/v1", api);
    assert_eq!(status_of(&router, "GET", "/api/v1/pets").await, 204);
    assert_eq!(status_of(&router, "GET", "/api/v1/health").await, 204);
    assert_eq!(status_of(&router, "GET", "/api/v1/status").await, 403, "each application has its own callers");
    assert_eq!(status_of(&router, "GET", "/api/v1/things/7").await, 200, "of another document");
    assert_eq!(status_of(&router, "GET", "/pets").await, 200, "the own route");
    assert_eq!(status_of(&router, "GET", "/health").await, 404, "the prefix belongs to it");
    let tested = contract::of(router).below("/api/v1").only(|it| it.id == "health");
    assert_eq!(tested.wanting_success().verify().await.unwrap().operations().len(), 1);
}

#[tokio::test]
async fn layers_are_around_one_operation_a_tag_or_all() {
    let mark = |name: &'static str| {
        map_response(move |mut response: Response| {
            response.headers_mut().append("x-layer", HeaderValue::from_static(name));
            std::future::ready(response)
        })
    };
    let router = server::routes(&Arc::new(examples::Examples::default()))
        .layer_where(|it| it.id == "addPet", mark("operation"))
        .layer_where(|it| it.tags.contains(&"shop"), mark("tag"))
        .layer(mark("all"))
        .finish(Options::default());
    for (method, path, expected) in [
        ("POST", "/pets", "operation tag all"),
        ("GET", "/pets", "tag all"),
        ("HEAD", "/pets", "tag all"),
        ("GET", "/orders", "all"),
        ("GET", "/nowhere", ""),
    ] {
        let response = ask(&router, method, path).await;
        let layers: Vec<_> = response.headers().get_all("x-layer").iter().map(|it| it.to_str().unwrap()).collect();
        assert_eq!(layers.join(" "), expected, "{method} {path}");
    }
}
