//! The application over HTTP, with TLS and without, and against its document.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use application_example::api::notes::contract;
use application_example::{Store, app, serve};
use axum_server::tls_rustls::RustlsConfig;
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Certificate, Client, Method, StatusCode};
use rustls::crypto::ring::default_provider;
use serde_json::{Value, json};

type Failed = Box<dyn std::error::Error>;

fn client() -> Client {
    // The first of several tests installs it.
    let _ = default_provider().install_default();
    Client::builder().no_proxy().build().expect("a client")
}

/// Serves the application until the test is over.
fn served(tls: Option<RustlsConfig>) -> Result<u16, Failed> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let app = app(Store::open(":memory:")?);
    tokio::spawn(async move { serve(listener, app, tls).await });
    Ok(port)
}

/// The application without TLS.
fn plain() -> Result<String, Failed> {
    Ok(format!("http://127.0.0.1:{}", served(None)?))
}

/// The cookie of a new session.
async fn session(client: &Client, base: &str, user: &str) -> Result<String, Failed> {
    let response = client.post(format!("{base}/login")).form(&[("user", user)]).send().await?;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let cookie = response.headers()[SET_COOKIE].to_str()?;
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn notes_are_written_found_and_thrown_away_by_their_owner_only() -> Result<(), Failed> {
    let (base, client) = (plain()?, client());
    let (jo, mo) = (session(&client, &base, "jo").await?, session(&client, &base, "mo").await?);
    let notes = format!("{base}/api/notes");
    let write = |body: Value| client.post(&notes).header(COOKIE, &jo).json(&body).send();
    let made = write(json!({"title": "Milk"})).await?;
    assert_eq!((made.status(), made.headers()["location"].to_str()?), (StatusCode::CREATED, "/api/notes/1"));

    let get = |path: &str, cookie: &str| client.get(format!("{notes}{path}")).header(COOKIE, cookie).send();
    let found: Value = get("?search=il", &jo).await?.json().await?;
    assert_eq!(found, json!([{"id": 1, "title": "Milk", "text": ""}]));
    assert_eq!(get("?search=oat", &jo).await?.json::<Value>().await?, json!([]));
    let one = get("/1", &jo).await?;
    assert_eq!((one.status(), one.headers()["etag"].to_str()?), (StatusCode::OK, "\"1\""));
    assert_eq!(get("/1", &mo).await?.status(), StatusCode::NOT_FOUND);
    let delete = async |cookie: &str| client.delete(format!("{notes}/1")).header(COOKIE, cookie).send().await;
    assert_eq!(delete(&mo).await?.status(), StatusCode::NOT_FOUND);
    assert_eq!(delete(&jo).await?.status(), StatusCode::NO_CONTENT);
    assert_eq!(delete(&jo).await?.status(), StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn callers_have_sessions() -> Result<(), Failed> {
    let (base, client) = (plain()?, client());
    let get = |cookie: String| client.get(format!("{base}/api/notes")).header(COOKIE, cookie).send();
    for wrong in ["session=guessed", "session=", "other=1"] {
        let refused = get(wrong.to_owned()).await?;
        assert_eq!(refused.status(), StatusCode::UNAUTHORIZED, "{wrong}");
        let body: Value = refused.json().await?;
        assert!(body["message"].is_string(), "it has the form that the document has for 401: {body}");
    }
    let (first, second) = (session(&client, &base, "jo").await?, session(&client, &base, "jo").await?);
    assert_ne!(first, second);
    assert_eq!(get(first).await?.status(), StatusCode::OK);
    assert_eq!(get(second).await?.status(), StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn errors_have_the_form_of_the_document() -> Result<(), Failed> {
    let (base, client) = (plain()?, client());
    let jo = session(&client, &base, "jo").await?;
    let write = |body: Value| client.post(format!("{base}/api/notes")).header(COOKIE, &jo).json(&body).send();
    assert_eq!(write(json!({"title": "Milk"})).await?.status(), StatusCode::CREATED);
    let taken = write(json!({"title": "Milk"})).await?;
    assert_eq!(taken.status(), StatusCode::CONFLICT);
    assert_eq!(taken.json::<Value>().await?, json!({"message": "there is a note of this title", "reason": "taken"}));
    let missing = client.get(format!("{base}/api/notes/7")).header(COOKIE, &jo).send().await?;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert_eq!(missing.json::<Value>().await?, json!({"message": "there is no note 7", "reason": "missing"}));
    let refused = write(json!({"title": ""})).await?;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let body: Value = refused.json().await?;
    assert!(body["message"].as_str().is_some_and(|it| it.contains("title")), "{body}");
    Ok(())
}

#[tokio::test]
async fn tags_that_nobody_serves_say_so_and_own_routes_stand_beside_the_prefix() -> Result<(), Failed> {
    let (base, client) = (plain()?, client());
    let status = async |path: &str| Ok::<_, Failed>(client.get(format!("{base}{path}")).send().await?.status());
    assert_eq!(status("/api/labels").await?, StatusCode::NOT_IMPLEMENTED);
    assert_eq!(status("/api/reports/daily").await?, StatusCode::NOT_FOUND);
    assert_eq!(status("/notes").await?, StatusCode::NOT_FOUND, "the prefix belongs to it");
    assert_eq!(status("/health").await?, StatusCode::OK);
    assert_eq!(status("/api/docs").await?, StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn pages_of_one_origin_may_call_it() -> Result<(), Failed> {
    let (base, client) = (plain()?, client());
    let preflight = |origin: &'static str| {
        let asked = client.request(Method::OPTIONS, format!("{base}/api/notes/1")).header("origin", origin);
        asked.header("access-control-request-method", "DELETE").send()
    };
    let ours = preflight("https://notes.example").await?;
    assert_eq!(ours.status(), StatusCode::OK);
    assert_eq!(ours.headers()["access-control-allow-origin"], "https://notes.example");
    assert_eq!(ours.headers()["access-control-allow-credentials"], "true");
    assert!(ours.headers()["access-control-allow-methods"].to_str()?.contains("DELETE"));
    let other = preflight("https://elsewhere.example").await?;
    assert_ne!(other.headers().get("access-control-allow-origin"), Some(&"https://elsewhere.example".parse()?));
    // What is refused before a handler runs can be read by the page, too.
    let refused = client.get(format!("{base}/api/notes")).header("origin", "https://notes.example").send().await?;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(refused.headers()["access-control-allow-origin"], "https://notes.example");
    Ok(())
}

#[tokio::test]
async fn tls_is_a_layer_below() -> Result<(), Failed> {
    // Without it, no other client is made either.
    drop(client());
    let ours = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let (certificate, key) = (ours.cert.pem(), ours.signing_key.serialize_pem());
    let tls = RustlsConfig::from_pem(certificate.clone().into_bytes(), key.into_bytes()).await?;
    let base = format!("https://localhost:{}", served(Some(tls))?);
    let trusting =
        || Client::builder().no_proxy().tls_certs_only([Certificate::from_pem(certificate.as_bytes())?]).build();
    let client = trusting()?;
    let session = session(&client, &base, "jo").await?;
    let notes = client.get(format!("{base}/api/notes")).header(COOKIE, session).send().await?;
    assert_eq!(notes.status(), StatusCode::OK);
    assert!(client.get(base.replace("https", "http")).send().await.is_err(), "it speaks nothing else");
    let strangers = Client::builder().no_proxy().tls_certs_only([]).build()?;
    assert!(strangers.get(format!("{base}/health")).send().await.is_err(), "who does not trust it does not call it");
    Ok(())
}

/// The test that an application of yours has.
#[tokio::test]
async fn answers_are_as_documented() -> Result<(), Failed> {
    let app = app(Store::open(":memory:")?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base = format!("http://{}", listener.local_addr()?);
    tokio::spawn(serve(listener, app.clone(), None));
    let cookie = session(&client(), &base, "jo").await?;

    let contract = contract::of(app).below("/api").only(|operation| operation.tags.contains(&"notes"));
    let coverage = contract.with_header(COOKIE, cookie).verify().await?;
    assert_eq!(coverage.operations().len(), 4, "{coverage}");
    Ok(())
}

/// The program, which is ended with the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn the_program_says_where_it_serves() -> Result<(), Failed> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_application-example"));
    program.env("LISTEN", "127.0.0.1:0").env("RUST_LOG", "info").env("NO_COLOR", "1");
    program.env_remove("TLS_CERT").env_remove("DATABASE").stdout(Stdio::piped());
    let mut program = Program(program.spawn()?);
    let mut line = String::new();
    // It writes as long as somebody reads.
    let mut output = BufReader::new(program.0.stdout.take().ok_or("its output")?);
    output.read_line(&mut line)?;
    let base = line.split_whitespace().find_map(|it| it.strip_suffix("/api,")).ok_or(line.clone())?;
    let (client, cookie) = (client(), session(&client(), base, "jo").await?);
    let notes = client.get(format!("{base}/api/notes")).header(COOKIE, cookie).send().await?;
    assert_eq!(notes.json::<Value>().await?, json!([]));
    drop(output);
    Ok(())
}
