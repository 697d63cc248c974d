//! What clients and servers of other authors write differently, on both sides: what a client writes is seen as it goes
//! out, what a server reads is written by hand.

mod headers;
mod media_types;
mod texts;
mod server;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use programs::support::client::{CallError, Config, Error, Retry, ServiceTransport};
use programs::support::http::{Binary, File};
use programs::wire::client::Client;
use programs::wire::models::{Filter, Item, Paging};
use programs::wire::operations::{
    get_image, get_lists, get_number, head_file, left_open, only, put_color, put_image, put_number, search,
    send_parts,
};
use programs::wire::server::router;
use tower::ServiceExt;

use server::{KEY, SID, Shared, TOKEN, Wire};

type Failed = Box<dyn std::error::Error>;

fn served() -> (Arc<Wire>, Router) {
    let wire = Arc::<Wire>::default();
    (wire.clone(), router(Shared(wire)))
}

/// A request as it went out.
#[derive(Debug, Clone)]
struct Sent {
    target: String,
    headers: HeaderMap,
    body: String,
}

impl Sent {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

/// A client of a router, with a look at what it sends.
fn watched(router: Router) -> Result<(Client, Arc<Mutex<Vec<Sent>>>), Failed> {
    let all = Arc::<Mutex<Vec<Sent>>>::default();
    let log = all.clone();
    let look = from_fn(move |request: Request<Body>, next: Next| {
        let log = log.clone();
        async move {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            let text = String::from_utf8_lossy(&body).into_owned();
            let sent = Sent { target: parts.uri.to_string(), headers: parts.headers.clone(), body: text };
            log.lock().unwrap().push(sent);
            next.run(Request::from_parts(parts, Body::from(body))).await
        }
    });
    let transport = ServiceTransport::new(router.layer(look), Body::from);
    let config = Config { retry: Retry::never(), ..Config::with_transport("http://wire.example", transport) };
    Ok((Client::new(config)?.with_sid(SID).with_key(KEY), all))
}

/// A request written by hand.
async fn ask(router: &Router, line: &str, headers: &[(&str, &str)], body: &str) -> (u16, Response) {
    let (method, target) = line.split_once(' ').unwrap();
    let request = Request::builder().method(method).uri(target);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    (response.status().as_u16(), response)
}

async fn body_text(response: Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn an_array_of_json_parts_is_one_part_an_item() -> Result<(), Failed> {
    let (wire, router) = served();
    let (client, sent) = watched(router)?;
    let items = vec![Item::new("a"), Item::new("b").with_count(2)];
    let body = send_parts::Body::new(File::new("text"), items.clone()).with_labels(vec!["x,y".to_owned()]);
    client.send_parts(&send_parts::Request::new(body)).await?;
    let written = sent.lock().unwrap()[0].body.clone();
    assert_eq!(written.matches("name=\"items\"").count(), 2, "{written}");
    assert!(written.contains(r#"{"sku":"a"}"#) && written.contains(r#"{"count":2,"sku":"b"}"#), "{written}");
    assert_eq!(wire.items.lock().unwrap()[0].items, items);
    assert_eq!(wire.items.lock().unwrap()[0].labels, Some(vec!["x,y".to_owned()]));
    Ok(())
}

/// What stands in a request may be secret, wherever it stands.
#[tokio::test]
async fn a_call_shows_none_of_its_headers() -> Result<(), Failed> {
    let (_, router) = served();
    let (client, _) = watched(router)?;
    let secret = HeaderValue::from_static("s3cret");
    let request = search::Request::new();
    let shown = format!("{:?}", client.search(&request).header(HeaderName::from_static("x-more"), secret));
    assert!(shown.contains("search") && !shown.contains("s3cret") && !shown.contains(SID), "{shown}");
    Ok(())
}

#[tokio::test]
async fn a_file_that_may_be_null_is_a_file_that_may_be_left_out() -> Result<(), Failed> {
    let (wire, router) = served();
    let (client, sent) = watched(router)?;
    let body = send_parts::Body::new(File::new("text"), vec![Item::new("a")]);
    client.send_parts(&send_parts::Request::new(body.clone())).await?;
    client.send_parts(&send_parts::Request::new(body.with_cover(File::new("picture").with_name("a.png")))).await?;
    assert!(!sent.lock().unwrap()[0].body.contains("cover"));
    assert!(sent.lock().unwrap()[1].body.contains("filename=\"a.png\""));
    let seen = wire.items.lock().unwrap();
    assert_eq!(seen[0].cover, None);
    assert_eq!(seen[1].cover.as_ref().ok_or("no cover")?.name.as_deref(), Some("a.png"));
    Ok(())
}

/// Many a client writes the whole array into one part, which no item of it can be.
#[tokio::test]
async fn a_server_takes_a_whole_array_in_one_json_part() -> Result<(), Failed> {
    let (wire, router) = served();
    let form = "multipart/form-data; boundary=b";
    let part = |text: &str| format!("--b\r\ncontent-disposition: form-data; name=\"{text}\r\n");
    let file = part("file\"; filename=\"f\"\r\n\r\ntext");
    let items = |text: &str| part(&format!("items\"\r\ncontent-type: application/json\r\n\r\n{text}"));
    let (a, b) = (Item::new("a"), Item::new("b").with_count(2));
    for (parts, expected) in [
        (items(r#"[{"sku":"a"},{"sku":"b","count":2}]"#), vec![a.clone(), b.clone()]),
        (items(r#"[{"sku":"a"}]"#), vec![a.clone()]),
        (items("[]"), vec![]),
        (items(r#"{"sku":"a"}"#) + &items(r#"{"sku":"b","count":2}"#), vec![a.clone(), b.clone()]),
    ] {
        let body = format!("{file}{parts}--b--\r\n");
        let (status, response) = ask(&router, "POST /parts", &[("content-type", form)], &body).await;
        assert_eq!(status, 204, "{parts}: {}", body_text(response).await);
        assert_eq!(wire.items.lock().unwrap().pop().ok_or("items")?.items, expected, "{parts}");
    }
    let (unlike, twice) = (items(r#"[{"count":2}]"#), items("[]") + &items("[]"));
    let named_twice = items(r#"[{"sku":"a","sku":"a"}]"#);
    for (parts, expected) in [(unlike, 422), (twice, 422), (items("[[]]"), 422), (items("["), 400), (named_twice, 400)] {
        let body = format!("{file}{parts}--b--\r\n");
        assert_eq!(ask(&router, "POST /parts", &[("content-type", form)], &body).await.0, expected, "{parts}");
    }
    Ok(())
}

#[tokio::test]
async fn a_range_of_media_types_is_any_of_them() -> Result<(), Failed> {
    let (wire, router) = served();
    *wire.image.lock().unwrap() = Some("image/png");
    for (accept, expected) in [("image/png", 200), ("image/*", 200), ("*/*", 200), ("text/html", 406)] {
        let (status, response) = ask(&router, "GET /image", &[("accept", accept)], "").await;
        assert_eq!(status, expected, "{accept}");
        if status == 200 {
            assert_eq!(response.headers()["content-type"], "image/png");
        }
    }
    let (client, sent) = watched(router.clone())?;
    assert_eq!(client.get_image(&get_image::Request::new()).await?.media_type, "image/png");
    client.put_image(&put_image::Request::new(Binary::new("image/webp", "picture"))).await?;
    assert_eq!(sent.lock().unwrap()[1].header("content-type"), "image/webp");
    assert_eq!(wire.shown.lock().unwrap()[0].as_deref(), Some("image/webp"));
    assert_eq!(ask(&router, "PUT /image", &[("content-type", "text/html")], "picture").await.0, 415);
    let wrong = client.put_image(&put_image::Request::new(Binary::new("text/html", "picture"))).await;
    assert!(matches!(wrong, Err(CallError::Unanswered(Error::InvalidRequest(_) | Error::Encode(_)))), "{wrong:?}");

    // What is no string beside a range is JSON.
    *wire.image.lock().unwrap() = None;
    let (status, response) = ask(&router, "GET /image", &[("accept", "application/json, image/*")], "").await;
    assert_eq!((status, response.headers()["content-type"].to_str()?), (404, "application/json"));
    assert_eq!(body_text(response).await, r#"{"message":"no picture"}"#);
    match client.get_image(&get_image::Request::new()).await {
        Err(CallError::Documented { failure: get_image::Response::NotFound(fault), .. }) => {
            assert_eq!(fault.message, "no picture");
        }
        other => return Err(format!("{other:?}").into()),
    }
    Ok(())
}

fn lists(ids: &[&str]) -> get_lists::Request {
    get_lists::Request::new(owned(ids))
}

fn owned(all: &[&str]) -> Vec<String> {
    all.iter().map(|it| (*it).to_owned()).collect()
}

#[tokio::test]
async fn cookies_and_keys_stay_as_they_are_and_lists_come_back() -> Result<(), Failed> {
    let (wire, router) = served();
    let (client, sent) = watched(router.clone())?;
    let paging = Paging::default().with_page(2).with_sort(owned(&["name", "-age"]));
    let request = lists(&["a", "b"]).with_piped(owned(&["c", "d e"])).with_comma(owned(&["f,g", "h"]));
    let request = request.with_x_tags(owned(&["i", "j"])).with_prefs(owned(&["k", "l"]));
    let request = request.with_theme("dark/blue, 50%+é").with_paging(paging);
    client.get_lists(&request).await?;
    assert_eq!(wire.lists.lock().unwrap()[0], request);
    let sent = sent.lock().unwrap()[0].clone();
    assert!(sent.target.contains("sort=name&sort=-age") && sent.target.contains("page=2"), "{}", sent.target);
    assert!(sent.target.contains("comma=f%2Cg,h") && sent.header("x-key") == KEY, "{sent:?}");
    let cookies: Vec<_> = sent.header("cookie").split("; ").collect();
    assert!(cookies.contains(&&*format!("sid={SID}")), "{cookies:?}");
    assert!(cookies.contains(&"theme=dark%2Fblue%2C%2050%25%2B%C3%A9") && cookies.contains(&"prefs=k,l"), "{cookies:?}");

    let by_hand = "GET /lists/a,b?piped=c%7Cd%20e&comma=f%2Cg,h&page=2&sort=name&sort=-age";
    let cookies = format!("theme=dark/blue%2c%2050%25+%C3%A9; sid={SID}; prefs=k,l");
    assert_eq!(ask(&router, by_hand, &[("cookie", &cookies), ("x-key", KEY), ("x-tags", "i, j")], "").await.0, 204);
    assert_eq!(wire.lists.lock().unwrap()[1], request);
    let one = ask(&router, "GET /lists/a", &[("cookie", &cookies)], "").await.0;
    let none = ask(&router, "GET /lists/a", &[("x-key", KEY)], "").await.0;
    assert_eq!((one, none), (401, 401), "both credentials are wanted");
    let escaped = format!("sid={}", SID.replace('/', "%2F"));
    let escaped = ask(&router, "GET /lists/a", &[("cookie", &escaped), ("x-key", KEY)], "").await.0;
    assert_eq!(escaped, 401, "a key is what was issued, character for character");
    Ok(())
}

fn filter(further: &[(&str, &str)]) -> Filter {
    let mut filter = Filter::default();
    filter.additional_properties =
        further.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    filter
}

/// A key that stands beside an object is no property of it, whichever alternative lets the caller in.
#[tokio::test]
async fn objects_leave_keys_and_other_parameters_alone() -> Result<(), Failed> {
    let (wire, router) = served();
    let by_hand = "GET /search?text=t&color=red&api_key=t-o.k_e~n%2B&page=2&limit=3&deep%5Ba%5D=4";
    let settings = format!("sid={SID}; lang=en/us");
    for cookie in [&*settings, "lang=en/us"] {
        let (status, response) = ask(&router, by_hand, &[("cookie", cookie)], "").await;
        assert_eq!(status, 204, "{}", body_text(response).await);
        let seen = wire.searches.lock().unwrap().pop().ok_or("a search")?;
        let red = filter(&[("color", "red")]).with_text("t");
        assert_eq!(seen.filter.as_ref(), Some(&red));
        let settings = filter(&[("lang", "en/us")]);
        assert_eq!(seen.settings, Some(settings), "{cookie}");
        assert_eq!((seen.limit, seen.paging.and_then(|it| it.page)), (Some(3), Some(2)));
    }
    // A closed object is no reason to refuse what belongs to others, and none to take what belongs to nobody.
    for (more, expected) in [("", 204), ("&other=1", 400)] {
        let line = format!("GET /narrow?page=2&limit=3&api_key=t-o.k_e~n%2B{more}");
        assert_eq!(ask(&router, &line, &[], "").await.0, expected, "{line}");
    }

    let (client, sent) = watched(router)?;
    let client = client.with_token(TOKEN);
    for name in ["api_key", "limit", "page", "deep[a]"] {
        let request = search::Request::new().with_filter(filter(&[(name, "x")]));
        match client.search(&request).await {
            Err(CallError::Unanswered(error @ Error::Encode(_))) => {
                assert!(
                    error.to_string().starts_with(&format!("property `{name}` of query parameter `filter`")),
                    "{error}"
                );
            }
            other => return Err(format!("{name}: {other:?}").into()),
        }
    }
    let request = search::Request::new().with_settings(filter(&[("sid", "x")]));
    assert!(matches!(client.search(&request).await, Err(CallError::Unanswered(Error::Encode(_)))));
    assert!(sent.lock().unwrap().is_empty(), "nothing is sent");

    let red = filter(&[("color", "red")]).with_text("t");
    client.search(&search::Request::new().with_filter(red.clone()).with_limit(3)).await?;
    assert_eq!(wire.searches.lock().unwrap()[0].filter, Some(red));
    let target = sent.lock().unwrap()[0].target.clone();
    assert!(target.contains("&api_key=t-o.k_e~n%2B"), "{target}");
    Ok(())
}

/// An empty text that is no value stands for none where the document allows it; where it is a value, it is that.
#[tokio::test]
async fn empty_values_are_taken_where_they_are_allowed() -> Result<(), Failed> {
    let (wire, router) = served();
    for by_hand in ["GET /search?api_key=t-o.k_e~n%2B&flag=&ids=&note=", "GET /search?api_key=t-o.k_e~n%2B&flag&ids&note"] {
        let (status, response) = ask(&router, by_hand, &[], "").await;
        assert_eq!(status, 204, "{by_hand}: {}", body_text(response).await);
        let seen = wire.searches.lock().unwrap().pop().ok_or("a search")?;
        assert_eq!((seen.flag, seen.ids, seen.note.as_deref()), (None, Some(Vec::new()), Some("")), "{by_hand}");
    }
    for (text, expected) in [("flag=no", 400), ("flag=true", 204), ("ids=&ids=1", 400), ("limit=", 400)] {
        let line = format!("GET /search?api_key=t-o.k_e~n%2B&{text}");
        assert_eq!(ask(&router, &line, &[], "").await.0, expected, "{line}");
    }
    Ok(())
}

/// What would come back as other items is refused by whoever writes it.
#[tokio::test]
async fn items_that_hold_their_delimiter_are_never_split() -> Result<(), Failed> {
    let (wire, router) = served();
    let (client, sent) = watched(router)?;
    for (request, name) in [
        (lists(&["a"]).with_piped(owned(&["b|c"])), "piped"),
        (lists(&["a"]).with_spaced(owned(&["b c"])), "spaced"),
        (lists(&["a"]).with_x_tags(owned(&["b,c"])), "X-Tags"),
    ] {
        let refused = client.get_lists(&request).await;
        match refused {
            Err(CallError::Unanswered(error @ (Error::InvalidRequest(_) | Error::Encode(_)))) => {
                assert!(error.to_string().contains(name), "{error}");
            }
            other => return Err(format!("{name}: {other:?}").into()),
        }
    }
    assert!(sent.lock().unwrap().is_empty(), "nothing is sent");
    client.get_lists(&lists(&["a,b", "c/d"]).with_comma(owned(&["e,f"]))).await?;
    let seen = wire.lists.lock().unwrap().pop().ok_or("a request")?;
    assert_eq!((seen.ids, seen.comma), (owned(&["a,b", "c/d"]), Some(owned(&["e,f"]))), "what can be escaped is");

    *wire.tags.lock().unwrap() = vec!["g", "h"];
    assert_eq!(client.get_lists(&lists(&["a"])).await?.x_list, Some(owned(&["g", "h"])));
    *wire.tags.lock().unwrap() = vec!["g,h"];
    match client.get_lists(&lists(&["a"])).await {
        Err(CallError::Undocumented(response)) => assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR),
        other => return Err(format!("a server sends no item that is two: {other:?}").into()),
    }
    Ok(())
}

#[tokio::test]
async fn head_tells_the_length_that_the_handler_knows() -> Result<(), Failed> {
    let (_, router) = served();
    let (status, response) = ask(&router, "HEAD /file", &[], "").await;
    let headers = response.headers().clone();
    assert_eq!((status, &*body_text(response).await), (200, ""));
    assert_eq!((headers["content-length"].to_str()?, headers["etag"].to_str()?), ("4096", "\"one\""));
    let found = watched(router)?.0.head_file(&head_file::Request::new()).await?;
    assert_eq!((found.content_length, found.e_tag.as_deref()), (Some(4096), Some("\"one\"")));
    Ok(())
}

#[tokio::test]
async fn plain_text_is_the_value_that_its_schema_describes() -> Result<(), Failed> {
    let (wire, router) = served();
    let (client, sent) = watched(router.clone())?;
    assert_eq!(client.get_number(&get_number::Request::new()).await?.0, -7);
    assert_eq!(body_text(ask(&router, "GET /number", &[], "").await.1).await, "-7");
    client.put_number(&put_number::Request::new(put_number::Body(12))).await?;
    let written = sent.lock().unwrap()[1].clone();
    assert_eq!((written.body.as_str(), written.header("content-type")), ("12", "text/plain"));
    assert_eq!(wire.shown.lock().unwrap()[0].as_deref(), Some("12"));
    let wrong = client.put_number(&put_number::Request::new(put_number::Body(0))).await;
    assert!(matches!(wrong, Err(CallError::Unanswered(Error::InvalidRequest(_) | Error::Encode(_)))), "{wrong:?}");
    for (body, expected) in [("3", 204), ("0", 422), ("three", 422), ("", 422), ("\"3\"", 422)] {
        let status = ask(&router, "PUT /number", &[("content-type", "text/plain")], body).await.0;
        assert_eq!(status, expected, "`{body}`");
    }
    let color = client.put_color(&put_color::Request::new(put_color::Body::Red)).await?;
    assert_eq!(color, put_color::OkBody::Green);
    assert_eq!(ask(&router, "PUT /color", &[("content-type", "text/plain")], "blue").await.0, 422);
    Ok(())
}

/// Where a document says nothing about a body, whatever comes is kept, with its status and headers.
#[tokio::test]
async fn responses_that_are_left_open_keep_what_came() -> Result<(), Failed> {
    let (_, router) = served();
    let client = watched(router.clone())?.0;
    let call = |status: &'static str| {
        let request = left_open::Request::new();
        let header = HeaderValue::from_static(status);
        let client = client.clone();
        async move { client.left_open(&request).header(HeaderName::from_static("x-status"), header).await }
    };
    assert_eq!(call("200").await?, "it");
    match call("502").await {
        Err(CallError::Documented { failure: left_open::Response::ServerError(raw), response }) => {
            assert_eq!((raw.status, raw.whole()), (StatusCode::BAD_GATEWAY, "<h1>no</h1>".into()));
            assert_eq!(
                (&raw.headers["content-type"], response.excerpt()),
                (&"text/html".parse()?, "<h1>no</h1>".into())
            );
        }
        other => return Err(format!("{other:?}").into()),
    }
    match call("418").await {
        Err(CallError::Documented { failure: left_open::Response::Default { x_reason, body }, .. }) => {
            assert_eq!((x_reason.as_deref(), body.status.as_u16()), (Some("tea"), 418));
            assert_eq!((body.whole(), body.headers.get_all("x-reason").iter().count()), ("<h1>no</h1>".into(), 1));
        }
        other => return Err(format!("{other:?}").into()),
    }
    let only::Response::Default(raw) = client.only(&only::Request::new()).await? else { return Err("another".into()) };
    assert_eq!((raw.status.as_u16(), raw.whole()), (203, "a,b".into()));
    Ok(())
}
