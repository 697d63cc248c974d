//! Documents with faults: what a warning says is what both sides do.

use std::sync::Arc;

use axum::body::Body;
use http::{Method, Request, StatusCode};
use programs::repairs::client::Client;
use programs::repairs::operations::{
    alike, answer, answer_beta, colon, delete_by_name, digested, either, get_by_id, get_me, needed, nested, older, refresh,
    unknown,
};
use programs::repairs::server::{Api, router_with};
use programs::support::client::{Config, Retry, ServiceTransport};
use programs::support::server::{Context, Denied, Failure, HttpCredentials, Options, RequestHead};
use tower::ServiceExt;

struct Server;

impl Api for Server {
    type Principal = ();
    type Error = Failure;

    async fn digest(&self, credential: HttpCredentials, _: &Context) -> Result<(), Denied> {
        if credential.0.expose() == "username=\"a\"" { Ok(()) } else { Err(Denied::Unauthorized) }
    }

    async fn digest_and_nowhere(&self, a: HttpCredentials, b: RequestHead, context: &Context) -> Result<(), Denied> {
        self.digest(a, context).await?;
        self.nowhere(b, context).await
    }

    async fn nowhere(&self, credential: RequestHead, _: &Context) -> Result<(), Denied> {
        if credential.parts().headers.contains_key("x-admitted") { Ok(()) } else { Err(Denied::Unauthorized) }
    }

    async fn get_by_id(&self, request: get_by_id::Request, _: &Context) -> Result<get_by_id::Response, Failure> {
        Ok(get_by_id::Response::Ok(format!("id {}", request.id)))
    }

    async fn delete_by_name(&self, request: delete_by_name::Request, _: &Context) -> Result<delete_by_name::Response, Failure> {
        Ok(delete_by_name::Response::Ok(format!("name {}", request.name)))
    }

    async fn get_me(&self, _: get_me::Request, _: &Context) -> Result<get_me::Response, Failure> {
        Ok(get_me::Response::Ok("me".to_owned()))
    }

    async fn answer(&self, _: answer::Request, _: &Context) -> Result<answer::Response, Failure> {
        Ok(answer::Response::Ok("stable".to_owned()))
    }

    async fn answer_beta(&self, request: answer_beta::Request, _: &Context) -> Result<answer_beta::Response, Failure> {
        Ok(answer_beta::Response::Ok(format!("beta {:?}", request.q)))
    }

    async fn refresh(&self, _: refresh::Request, _: &Context) -> Result<refresh::Response, Failure> {
        Ok(refresh::Response::Ok("fresh".to_owned()))
    }

    async fn nested(&self, request: nested::Request, _: &Context) -> Result<nested::Response, Failure> {
        Ok(nested::Response::Ok(format!("{} {}", request.id, request.id_2)))
    }

    async fn colon(&self, request: colon::Request, _: &Context) -> Result<colon::Response, Failure> {
        Ok(colon::Response::Ok(request.id))
    }

    async fn alike(&self, request: alike::Request, _: &Context) -> Result<alike::Response, Failure> {
        Ok(alike::Response::Ok(format!("{} {}", request.user_id, request.rest)))
    }

    async fn older(&self, request: older::Request, _: &Context) -> Result<older::Response, Failure> {
        Ok(older::Response::Ok(format!("{} {:?}", request.body.0, request.q).into()))
    }

    async fn needed(&self, request: needed::Request, _: &Context) -> Result<needed::Response, Failure> {
        Ok(needed::Response::Ok(request.text))
    }

    async fn digested(&self, (): (), _: digested::Request, _: &Context) -> Result<digested::Response, Failure> {
        Ok(digested::Response::NoContent)
    }

    async fn unknown(&self, (): (), _: unknown::Request, _: &Context) -> Result<unknown::Response, Failure> {
        Ok(unknown::Response::NoContent)
    }

    async fn either(&self, (): (), _: either::Request, _: &Context) -> Result<either::Response, Failure> {
        Ok(either::Response::NoContent)
    }
}

fn router() -> axum::Router {
    router_with(Arc::new(Server), Options::default())
}

fn client() -> Client {
    let config = Config::with_transport("http://repairs.example", ServiceTransport::new(router(), Body::from));
    Client::new(Config { retry: Retry::never(), ..config }).unwrap()
}

async fn ask(method: Method, target: &str, headers: &[(&str, &str)]) -> (StatusCode, String) {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn the_client_reaches_what_the_server_tells_apart() {
    let client = client();
    let id = client.get_by_id(&get_by_id::Request::new("7")).response().await.unwrap();
    assert_eq!(id, get_by_id::Response::Ok("id 7".to_owned()));
    let name = client.delete_by_name(&delete_by_name::Request::new("ann")).response().await.unwrap();
    assert_eq!(name, delete_by_name::Response::Ok("name ann".to_owned()));
    let me = client.get_me(&get_me::Request::new()).response().await.unwrap();
    assert_eq!(me, get_me::Response::Ok("me".to_owned()));
    // Both operations are in the client; the server sees the same request.
    let by_name = programs::repairs::operations::get_by_name::Request::new("ann");
    let answer = client.get_by_name(&by_name).response().await.unwrap();
    assert_eq!(answer, programs::repairs::operations::get_by_name::Response::Ok("id ann".to_owned()));
}

#[tokio::test]
async fn a_query_in_a_path_is_sent_and_matched() {
    let client = client();
    let stable = client.answer(&answer::Request::new()).response().await.unwrap();
    assert_eq!(stable, answer::Response::Ok("stable".to_owned()));
    let beta = client.answer_beta(&answer_beta::Request::new().with_q("a&b")).response().await.unwrap();
    assert_eq!(beta, answer_beta::Response::Ok("beta Some(\"a&b\")".to_owned()));
    assert_eq!(ask(Method::POST, "/answers?q=1&beta=true", &[]).await.1, "beta Some(\"1\")");
    assert_eq!(ask(Method::POST, "/answers?beta=false", &[]).await.1, "stable");
    let fresh = client.refresh(&refresh::Request::new()).response().await.unwrap();
    assert_eq!(fresh, refresh::Response::Ok("fresh".to_owned()));
}

#[tokio::test]
async fn two_places_of_one_name_are_two_parameters() {
    let request = nested::Request::new("1", "2");
    assert_eq!(client().nested(&request).response().await.unwrap(), nested::Response::Ok("1 2".to_owned()));
    assert_eq!(ask(Method::GET, "/a/x/b/y", &[]).await.1, "x y");
}

#[tokio::test]
async fn what_routers_write_for_a_parameter_is_its_place() {
    let colon = client().colon(&colon::Request::new("a")).response().await.unwrap();
    assert_eq!(colon, colon::Response::Ok("a".to_owned()));
    assert_eq!(ask(Method::GET, "/colon/b", &[]).await.1, "b");
    let alike = client().alike(&alike::Request::new("7", "x/y")).response().await.unwrap();
    assert_eq!(alike, alike::Response::Ok("7 x/y".to_owned()));
    assert_eq!(ask(Method::GET, "/case/7/x%2Fy", &[]).await.1, "7 x/y");
    assert_eq!(ask(Method::GET, "/case/7/x/y", &[]).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_body_in_the_words_of_swagger_is_a_body() {
    let request = older::Request::new("ann".to_owned().into()).with_q(3);
    assert_eq!(client().older(&request).response().await.unwrap(), older::Response::Ok("ann Some(3)".to_owned().into()));
}

#[tokio::test]
async fn a_required_parameter_without_a_schema_is_required() {
    let request = needed::Request::new("any thing");
    assert_eq!(client().needed(&request).response().await.unwrap(), needed::Response::Ok("any thing".to_owned()));
    assert_eq!(ask(Method::GET, "/needed", &[]).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nobody_passes_a_scheme_that_is_not_understood() {
    let digest = ("authorization", "Digest username=\"a\"");
    let admitted = ("x-admitted", "yes");
    let cases: &[(&str, &[(&str, &str)], u16)] = &[
        ("/digest", &[], 401),
        ("/digest", &[("authorization", "Bearer x")], 401),
        ("/digest", &[("authorization", "Digest")], 401),
        ("/digest", &[("authorization", "digest username=\"b\"")], 401),
        ("/digest", &[digest], 204),
        ("/unknown", &[], 403),
        ("/unknown", &[digest], 403),
        ("/unknown", &[admitted], 204),
        ("/either", &[digest], 401),
        ("/either", &[admitted], 401),
        ("/either", &[digest, admitted], 204),
    ];
    for (path, headers, status) in cases {
        assert_eq!(ask(Method::GET, path, headers).await.0.as_u16(), *status, "{path} {headers:?}");
    }
    let client = client().with_digest("username=\"a\"");
    assert_eq!(client.digested(&digested::Request::new()).response().await.unwrap(), digested::Response::NoContent);
}
