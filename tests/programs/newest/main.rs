//! OpenAPI 3.2: methods of one's own, a query as a whole, and a branch for every other tag, on both sides and by HTTP.

use axum::body::Body;
use http::{Request, StatusCode};
use programs::newest::client::Client;
use programs::newest::models::{Cat, Dog, Filter, OtherPet, Pet};
use programs::newest::operations::{
    add_pet, copy_file, find_files, find_folders, find_sizes, find_words, m_search_files_id as search, query_files, read_file,
};
use programs::newest::server::{Api, router};
use programs::support::Direction::{Request as Asked, Response as Answered};
use programs::support::client::{Config, Retry, Server as Listed, ServiceTransport};
use programs::support::decode_in;
use programs::support::server::{Context, Failure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

struct Server;

impl Api for Server {
    type Error = Failure;

    async fn read_file(&self, request: read_file::Request, _: &Context) -> Result<read_file::Response, Failure> {
        Ok(read_file::Response::Ok(format!("read {}", request.id)))
    }

    async fn copy_file(&self, request: copy_file::Request, context: &Context) -> Result<copy_file::Response, Failure> {
        let text = format!("{} {} to {}", context.method(), request.id, request.destination);
        Ok(copy_file::Response::Created(text))
    }

    async fn m_search_files_id(&self, request: search::Request, _: &Context) -> Result<search::Response, Failure> {
        Ok(search::Response::Ok(format!("{} in {}", request.body.word, request.id)))
    }

    async fn query_files(&self, request: query_files::Request, _: &Context) -> Result<query_files::Response, Failure> {
        Ok(query_files::Response::Ok(request.body.words.join("|")))
    }

    async fn find_files(&self, request: find_files::Request, _: &Context) -> Result<find_files::Response, Failure> {
        let words = request.filter.map_or_else(|| "none".to_owned(), |it| it.words.join("|"));
        Ok(find_files::Response::Ok(words))
    }

    async fn find_folders(&self, request: find_folders::Request, _: &Context) -> Result<find_folders::Response, Failure> {
        let text = format!("{} {:?}", request.filter.words.join("|"), request.filter.limit);
        Ok(find_folders::Response::Ok(text))
    }

    async fn find_words(&self, request: find_words::Request, _: &Context) -> Result<find_words::Response, Failure> {
        Ok(find_words::Response::Ok(request.words.unwrap_or_else(|| "none".to_owned())))
    }

    async fn find_sizes(&self, request: find_sizes::Request, _: &Context) -> Result<find_sizes::Response, Failure> {
        Ok(find_sizes::Response::Ok((request.size + 1).to_string()))
    }

    async fn add_pet(&self, request: add_pet::Request, _: &Context) -> Result<add_pet::Response, Failure> {
        Ok(add_pet::Response::Ok(request.body))
    }
}

fn client() -> Client {
    let config = Config::with_transport("http://newest.example", ServiceTransport::new(router(Server), Body::from));
    Client::new(Config { retry: Retry::never(), ..config }).unwrap()
}

fn filter(words: &[&str]) -> Filter {
    Filter::new(words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
}

/// What a request comes to: the status, `Allow`, and the body.
async fn ask(method: &str, target: &str, headers: &[(&str, &str)]) -> (StatusCode, String, String) {
    let request = Request::builder().method(method).uri(target);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = router(Server).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let allow = response.headers().get("allow").map(|it| it.to_str().unwrap().to_owned()).unwrap_or_default();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, allow, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn methods_of_ones_own_travel() {
    let client = client();
    assert_eq!(client.copy_file(&copy_file::Request::new("a/b", "c")).await.unwrap(), "COPY a/b to c");
    let found = client.m_search_files_id(&search::Request::new("a", search::Body::new("w"))).await.unwrap();
    assert_eq!(found, "w in a");
    assert_eq!(client.query_files(&query_files::Request::new(filter(&["x", "y"]))).await.unwrap(), "x|y");
    assert_eq!(client.read_file(&read_file::Request::new("a")).await.unwrap(), "read a");
}

#[tokio::test]
async fn methods_of_ones_own_are_checked_as_others_are() {
    let (status, _, body) = ask("COPY", "/files/a", &[("destination", "b")]).await;
    assert_eq!((status, body.as_str()), (StatusCode::CREATED, "COPY a to b"));
    let (status, _, body) = ask("COPY", "/files/a", &[]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body.contains("/header/Destination"), "{body}");
    // Methods are told apart by case.
    for method in ["MOVE", "copy"] {
        let (status, allow, _) = ask(method, "/files/a", &[]).await;
        assert_eq!((status, allow.as_str()), (StatusCode::METHOD_NOT_ALLOWED, "COPY, GET, HEAD, M-SEARCH, OPTIONS"));
    }
}

#[tokio::test]
async fn methods_of_ones_own_go_over_the_network() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router(Server)).await });
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = "COPY /files/a HTTP/1.1\r\nhost: localhost\r\ndestination: b\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 Created\r\n") && answer.ends_with("\r\n\r\nCOPY a to b"), "{answer}");
}

#[tokio::test]
async fn text_may_be_the_whole_query() {
    let client = client();
    for words in ["plain", "a b", "+&=%41", "ü", "\"{}", "a=b&c"] {
        let found = client.find_words(&find_words::Request::default().with_words(words)).await.unwrap();
        assert_eq!(found, words);
    }
    assert_eq!(client.find_words(&find_words::Request::default()).await.unwrap(), "none");
    let empty = client.find_words(&find_words::Request::default().with_words("")).await.unwrap_err();
    assert_eq!(empty.to_string(), "query parameter `words` is empty, as a query is that is not there");
    assert_eq!(client.find_sizes(&find_sizes::Request::new(41)).await.unwrap(), "42");
    for (target, expected) in [("/words?a+b%20c", 200), ("/sizes?41", 200), ("/sizes?x", 400), ("/sizes", 400)] {
        let (status, _, body) = ask("GET", target, &[]).await;
        assert_eq!(status.as_u16(), expected, "{target}: {body}");
    }
}

#[tokio::test]
async fn json_may_be_the_whole_query() {
    let client = client();
    let all = ["plain", "a b", "+&=%41", "ü", "\"{}"];
    let request = find_files::Request::default().with_filter(filter(&all));
    assert_eq!(client.find_files(&request).await.unwrap(), all.join("|"));
    assert_eq!(client.find_files(&find_files::Request::default()).await.unwrap(), "none");

    let (status, _, body) = ask("GET", "/files?%7B%22words%22:%5B%22a+b%22%5D%7D", &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "a+b"));
    for (query, what) in [
        ("%7B%22words%22:%5B%5D%7D", "minItems"),
        ("%7B%22words%22:%5B%22a%22%5D,%22more%22:1%7D", "additionalProperties"),
        ("filter=a", "json"),
        ("%7", "style"),
        ("%FF", "style"),
    ] {
        let (status, _, body) = ask("GET", &format!("/files?{query}"), &[]).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{query}");
        assert!(body.contains(what), "{query}: {body}");
    }
}

#[tokio::test]
async fn a_form_may_be_the_whole_query() {
    let mut words = find_folders::Filter::new(vec!["a b".to_owned(), "&".to_owned()]);
    assert_eq!(client().find_folders(&find_folders::Request::new(words.clone())).await.unwrap(), "a b|& None");
    words.limit = Some(3);
    assert_eq!(client().find_folders(&find_folders::Request::new(words)).await.unwrap(), "a b|& Some(3)");
    let (status, _, body) = ask("GET", "/folders?words=a&words=b+c&limit=2", &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "a|b c Some(2)"));
    let (status, _, body) = ask("GET", "/folders?words=a&limit=0", &[]).await;
    assert!(status == StatusCode::BAD_REQUEST && body.contains("minimum"), "{status} {body}");
    assert_eq!(ask("GET", "/folders", &[]).await.0, StatusCode::BAD_REQUEST);
}

/// The branch of a value, or what is wrong with it; what is accepted goes out as it came in.
fn branch(value: &Value) -> Result<&'static str, Vec<String>> {
    let decoded = [Asked, Answered].map(|direction| decode_in::<Pet>(value.to_string().as_bytes(), direction));
    let [asked, answered] = decoded;
    assert_eq!(asked.is_ok(), answered.is_ok(), "{value}");
    let pet = asked.map_err(|all| all.iter().map(|it| format!("{} {}", it.pointer, it.keyword)).collect::<Vec<_>>())?;
    assert_eq!(programs::support::json::to_value(&pet), *value);
    Ok(match pet {
        Pet::Cat(_) => "cat",
        Pet::Dog(_) => "dog",
        Pet::OtherPet(_) => "other",
        _ => "unknown",
    })
}

#[test]
fn every_other_tag_has_a_branch() {
    for (value, expected) in [
        (json!({ "kind": "cat", "claws": 18 }), Ok("cat")),
        (json!({ "kind": "dog", "tail": true }), Ok("dog")),
        (json!({ "kind": "OtherPet", "name": "n" }), Ok("other")),
        (json!({ "kind": "fish", "name": "n" }), Ok("other")),
        (json!({ "name": "n" }), Ok("other")),
        // The tag decides, whatever else would fit.
        (json!({ "kind": "fish", "claws": 18 }), Err("/name required")),
        (json!({ "kind": "cat", "name": "n" }), Err("/claws required")),
        (json!({ "claws": 18 }), Err("/name required")),
        (json!({ "kind": 1, "name": "n" }), Err("/kind type")),
        (json!(null), Err(" oneOf")),
        (json!("text"), Err(" type")),
    ] {
        assert_eq!(branch(&value), expected.map_err(|it| vec![it.to_owned()]), "{value}");
    }
}

#[tokio::test]
async fn a_value_goes_out_only_as_what_it_will_be_read_as() {
    let send = |pet: Pet| async move { client().add_pet(&add_pet::Request::new(pet)).await };
    let other = OtherPet::new("n");
    assert_eq!(send(other.clone().into()).await.unwrap(), Pet::from(other.clone()));
    assert_eq!(send(Dog::new(true).into()).await.unwrap(), Pet::from(Dog::new(true)));
    let mut posing = other;
    posing.kind = Some("cat".to_owned());
    let error = send(posing.into()).await.unwrap_err().to_string();
    assert!(error.contains("/claws"), "{error}");
    let mut named = Cat::new(18);
    named.kind = "fish".to_owned();
    assert!(send(named.into()).await.is_err());
}

/// The servers of an operation are chosen as those of the document are, and no call goes there unasked.
#[tokio::test]
async fn an_operation_has_its_servers_by_name() {
    let [plain, regional] = find_folders::SERVERS else { panic!("the path has two servers") };
    assert_eq!((plain.name, plain.url), (None, "https://folders.example.com"));
    assert_eq!(Listed::named(find_folders::SERVERS, "regional"), Some(*regional));
    let url = regional.url(&[("region", "us")]).unwrap();
    assert_eq!(url, "https://us.folders.example.com/v2");
    assert!(regional.url(&[("region", "mars")]).is_err());
    let echo = tower::service_fn(|request: Request<Body>| async move {
        let text = request.uri().to_string();
        Ok::<_, std::convert::Infallible>(http::Response::builder().header("content-type", "text/plain").body(Body::from(text)).unwrap())
    });
    let config = Config::with_transport("http://newest.example", ServiceTransport::new(echo, Body::from));
    let client = Client::new(Config { retry: Retry::never(), ..config }).unwrap();
    let request = find_folders::Request::new(find_folders::Filter::new(vec!["a".to_owned()]));
    let here = client.find_folders(&request).await.unwrap();
    let there = client.find_folders(&request).at(url).await.unwrap();
    assert!(here.starts_with("http://newest.example/folders?"), "{here}");
    assert!(there.starts_with("https://us.folders.example.com/v2/folders?"), "{there}");
}
