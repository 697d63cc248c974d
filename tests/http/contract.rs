//! Contract tests of `generated::*::contract`: stand-ins keep to their documents, and a server that deviates is told
//! every deviation at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use generated::brms::examples::Examples;
use generated::brms::{contract, examples, server};
use generated::support::http::{HeaderName, StatusCode};
use generated::support::server::{Broken, Contract, Options};

use crate::stand_ins::samples;

const API_KEY: HeaderName = HeaderName::from_static("api-key");

/// The contract of a stand-in, where every request meets a server of its own.
fn kept(make: fn() -> Router, of: fn(Router) -> Contract) -> Contract {
    of(make()).renewed(move || async move { make() }).with_bearer("demo").with_header(API_KEY, "demo")
}

macro_rules! stand_ins_keep_to_their_documents {
    ($($name:literal $module:ident)*) => { $(
        #[tokio::test]
        async fn $module() {
            let contract = kept(generated::$module::examples::router, generated::$module::contract::of);
            let coverage = contract.wanting_success().verify().await.expect("every answer is as documented");
            assert_eq!(coverage.operations().len(), samples($name).len(), "{coverage}");
        }
    )* };
}

mod stand_ins_keep_to_their_documents {
    use super::*;

    stand_ins_keep_to_their_documents! {
        "brms" brms
        "hbg-dta" hbg_dta
        "hbg-portal-v1" hbg_portal_v1
        "hbg-portal-v2" hbg_portal_v2
        "hbg-ramp" hbg_ramp
        "hbg-services" hbg_services
        "nexudus" nexudus
        "nuweb" nuweb
    }
}

/// The body as text, to be changed.
async fn taken_apart(response: Response) -> (Response, String) {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body in memory");
    (Response::from_parts(parts, Body::empty()), String::from_utf8(bytes.to_vec()).expect("text"))
}

/// A server that does something else than its document says in each operation.
fn deviating() -> Router {
    server::routes(&Arc::new(Examples::default()))
        .layer_where(
            |it| it.id == "listUsers",
            from_fn(async |request: Request, next: Next| {
                let (response, body) = taken_apart(next.run(request).await).await;
                response.map(|_| Body::from(body.replace("\"email\":", "\"mail\":")))
            }),
        )
        .layer_where(
            |it| it.id == "inviteUsers",
            from_fn(async |request: Request, next: Next| {
                let mut response = next.run(request).await;
                *response.status_mut() = StatusCode::IM_A_TEAPOT;
                response
            }),
        )
        .layer_where(
            |it| it.id == "createServiceAccount",
            from_fn(async |_: Request, _: Next| -> Response { panic!("a bug") }),
        )
        .layer_where(
            |it| it.id == "getUser",
            from_fn(async |request: Request, next: Next| {
                let mut response = next.run(request).await;
                response.headers_mut().insert("content-type", "text/html".parse().expect("a header"));
                response
            }),
        )
        .layer_where(
            |it| it.id == "updateUser",
            from_fn(async |request: Request, next: Next| next.run(request).await.map(|_| Body::from("{"))),
        )
        .layer_where(
            |it| it.id == "deleteUser",
            from_fn(async |request: Request, next: Next| next.run(request).await.map(|_| Body::from("gone"))),
        )
        .layer_where(
            |it| it.id == "listRoles",
            from_fn(async |_: Request, _: Next| std::future::pending::<Response>().await),
        )
        .layer_where(
            |it| it.id == "createRole",
            from_fn(async |mut request: Request, next: Next| {
                request.headers_mut().remove("authorization");
                next.run(request).await
            }),
        )
        .layer_where(
            |it| it.id == "updateRole",
            from_fn(async |request: Request, next: Next| {
                let (response, body) = taken_apart(next.run(request).await).await;
                response.map(|_| Body::from(body.replace("\"name\":\"", "\"name\":7,\"was\":\"")))
            }),
        )
        .finish(Options::default())
}

fn asked(router: Router) -> Contract {
    contract::of(router).with_bearer("demo").within(Duration::from_millis(300))
}

#[tokio::test]
async fn every_deviation_is_named_at_once() {
    let broken = asked(deviating()).verify().await.expect_err("it deviates in each operation");
    let mut found: Vec<_> = broken
        .breaches()
        .iter()
        .map(|it| {
            let request = it.request.as_deref().unwrap_or_default();
            assert!(request.is_empty() || request.contains(" /api/") && request.ends_with(')'), "{request}");
            let (operation, status) = (it.operation.unwrap_or_default(), it.status.unwrap_or_default());
            format!("{operation} {status} {} {}", it.pointer, it.message)
        })
        .collect();
    found.sort();
    insta::assert_snapshot!(found.join("\n"), @r"
    createRole 401  no request was let in: give credentials that are, or leave the operation out
    createServiceAccount 0  it panicked: a bug
    deleteUser 204 /body has a body, and the document has none
    getUser 200 /header/Content-Type is no documented media type
    inviteUsers 418  the status is not documented
    listRoles 0  there was no answer in time
    listUsers 200 /body/results/0/email is missing
    updateRole 200 /body/name must be a string
    updateUser 200 /body is not well-formed JSON (line 1, column 1)
    ");
}

async fn broken(contract: Contract) -> Broken {
    contract.verify().await.expect_err("it says nothing, or the server deviates")
}

#[tokio::test]
async fn a_report_is_for_people() {
    let contract = asked(deviating()).only(|it| ["inviteUsers", "createRole"].contains(&it.id));
    let broken = broken(contract.with_query("secret", "hush")).await;
    insta::assert_snapshot!(broken, @r"
    2 mistakes in what 2 operations answered
      inviteUsers: POST /api/users (sample), 418: the status is not documented (and in 2 more answers)
      createRole, 401: no request was let in: give credentials that are, or leave the operation out
    ");
    assert_eq!(format!("{broken:?}"), broken.to_string(), "a test prints what it returns");
    insta::assert_snapshot!(broken.coverage(), @r"
    inviteUsers: 3 of 418
    createRole: 4 of 401
    ");
}

#[tokio::test]
async fn a_test_that_asks_nothing_fails() {
    let router = examples::router();
    let none = broken(asked(router.clone()).only(|it| it.tags.contains(&"no such tag"))).await;
    assert!(none.to_string().contains("no operation is left to ask"), "{none}");
    let typo = broken(asked(router.clone()).with_parameter("userID", 7)).await;
    assert!(typo.to_string().contains("no operation has a parameter `userID`"), "{typo}");
    let outside = broken(contract::of(router.clone())).await;
    assert_eq!(outside.breaches().len(), 9, "{outside}");
    assert!(
        outside.breaches().iter().all(|it| it.status == Some(401) && it.message.starts_with("no request was let in"))
    );
    let empty = asked(router).only(|it| it.id == "getUser").with_parameter("userId", "").verify().await;
    assert!(empty.expect_err("nothing can be asked").to_string().contains("getUser: nothing was asked, since path"));
}

#[tokio::test]
async fn filters_values_and_hooks_are_the_callers() {
    let id = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let (before, told) = (Arc::new(AtomicUsize::new(0)), seen.clone());
    let counted = before.clone();
    let router = Router::new().nest("/below", examples::router());
    let contract = asked(router)
        .below("/below")
        .only(|it| it.path.ends_with("/{userId}"))
        .except(|it| it.method == "DELETE")
        .with_parameter("userId", id)
        .before_each(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            async {}
        })
        .prepare(move |operation, request| {
            request.headers_mut().insert("x-request-id", "prepared".parse().expect("a header"));
            told.lock().expect("a test").push(format!("{} {}", operation.id, request.uri()));
        });
    let coverage = contract.wanting_success().verify().await.expect("the stand-in has this user");
    assert_eq!(coverage.operations().iter().map(|it| it.operation).collect::<Vec<_>>(), ["getUser", "updateUser"]);
    let seen = std::mem::take(&mut *seen.lock().expect("a test"));
    assert!(seen.iter().all(|it| it.ends_with(&format!(" /below/api/users/{id}"))), "{seen:?}");
    assert_eq!(before.load(Ordering::Relaxed), seen.len());
    let missing =
        asked(examples::router()).only(|it| it.id == "getUser").with_parameter("userId", id.replace('3', "4"));
    missing.verify().await.expect("404 is documented");
    let missing = broken(missing.wanting_success()).await;
    assert!(missing.to_string().contains("getUser, 404: no request had a success"), "{missing}");
}
