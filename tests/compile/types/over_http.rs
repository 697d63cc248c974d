//! The same document with the types of each choice, over loopback sockets.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What every API takes and gives back as it came.
fn part() -> Value {
    json!({
        "at": "2024-02-29T23:59:59.120+05:30", "day": "2024-02-29", "opens": "08:30:00.5-03:00", "price": "12.50",
        "code": "ABC", "count": 7, "small": -7, "tags": ["new"], "sizes": { "b": 1, "a": 2 },
        "maker": { "name": "Ada" },
    })
}

/// A part with one property in another way.
fn with(name: &str, value: Value) -> Value {
    let mut part = part();
    part[name] = value;
    part
}

/// Sends a body as it is, and gives the status with the body of the answer.
async fn post(base: &str, body: &Value) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.post(format!("{base}/parts")).header("content-type", "application/json");
    let response = request.body(body.to_string()).send().await.unwrap();
    let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// A server of an API that gives back what it gets, and a client for it.
macro_rules! api {
    ($name:ident: $root:ident$(::$tree:ident)? / $api:ident, $find:ident) => {
        mod $name {
            pub(super) use $root$(::$tree)?::$api::client::Client;
            pub(super) use $root$(::$tree)?::$api::models::Part;
            pub(super) use $root$(::$tree)?::$api::operations::{add_part, $find as find};
            use $root$(::$tree)?::support::client::{Config, ReqwestTransport};
            use $root$(::$tree)?::support::server::{Context, Failure};

            struct Shop;

            impl $root$(::$tree)?::$api::server::Api for Shop {
                type Error = Failure;

                async fn add_part(&self, request: add_part::Request, _: &Context) -> Result<add_part::Response, Failure> {
                    Ok(add_part::Response::Ok(request.body.into()))
                }

                async fn $find(&self, request: find::Request, _: &Context) -> Result<find::Response, Failure> {
                    let mut part = Part::default();
                    part.day = Some(request.day);
                    part.at = request.since;
                    part.code = request.code;
                    Ok(find::Response::Ok(part.into()))
                }
            }

            /// The address of a server, and a client of it.
            pub(super) async fn served() -> (String, Client) {
                let listener = super::TcpListener::bind("127.0.0.1:0").await.unwrap();
                let base = format!("http://{}", listener.local_addr().unwrap());
                let router = $root$(::$tree)?::$api::server::router(Shop);
                tokio::spawn(async move { axum::serve(listener, router).await });
                let transport = ReqwestTransport::new(reqwest::Client::builder().no_proxy().build().unwrap());
                (base.clone(), Client::new(Config::with_transport(base, transport)).unwrap())
            }

            /// What is the same whatever the types are.
            pub(super) async fn gives_back_what_it_gets() -> (String, Client, Part) {
                let (base, client) = served().await;
                assert_eq!(super::post(&base, &super::part()).await, (200, super::part()));
                for (name, value) in [
                    ("at", super::json!("2024-02-30T00:00:00Z")),
                    ("day", super::json!("2023-02-29")),
                    ("opens", super::json!("08:30")),
                    ("price", super::json!("1e3")),
                    ("code", super::json!("AB")),
                    ("small", super::json!(2_147_483_648_i64)),
                    ("tags", super::json!(["old", "old"])),
                    ("maker", super::json!({ "name": "A" })),
                ] {
                    let (status, answer) = super::post(&base, &super::with(name, value)).await;
                    let text = answer.to_string();
                    assert!((400..500).contains(&status) && text.contains(&format!("/{name}")), "{name}: {text}");
                }
                let sent: Part = serde_json::from_value(super::part()).unwrap();
                let part = client.add_part(&add_part::Request::new(sent.clone())).await.unwrap();
                assert_eq!(part, sent);
                assert_eq!(serde_json::to_value(&part).unwrap(), super::part());
                (base, client, part)
            }
        }
    };
}

api!(by_jiff: stock / by_jiff, find_parts);
api!(by_chrono: stock / by_chrono, find_parts);
api!(by_time: stock / by_time, find_parts);
api!(by_text: stock / by_text, parts_of_day);

#[tokio::test]
async fn dates_of_jiff_and_a_type_for_a_schema() {
    use by_jiff::find;
    let (_, client, part) = by_jiff::gives_back_what_it_gets().await;
    let maker: stock::by_jiff::models::Maker = own::Maker { name: "Ada".to_owned() }.into();
    assert_eq!(part.maker, Some(maker));
    let day: jiff::civil::Date = **part.day.as_ref().unwrap();
    assert_eq!(day, jiff::civil::date(2024, 2, 29));
    let since = "2024-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let request = find::Request::new(day.into()).with_since(since.into());
    let found = client.find_parts(&request).await.unwrap();
    assert_eq!(found.day, Some(day.into()));
    assert_eq!(found.at.map(stock::support::DateTime::into_inner), Some(since));
}

#[tokio::test]
async fn dates_of_chrono_decimals_and_hashed_collections() {
    use by_chrono::find;
    let (base, client, part) = by_chrono::gives_back_what_it_gets().await;
    let day = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    assert_eq!(part.day, Some(day.into()));
    let opens = part.opens.unwrap();
    assert_eq!(opens.time, chrono::NaiveTime::from_hms_milli_opt(8, 30, 0, 500).unwrap());
    assert_eq!(opens.offset, chrono::FixedOffset::west_opt(3 * 3600).unwrap());
    assert_eq!(part.price.unwrap().into_inner() * rust_decimal::Decimal::TWO, "25".parse().unwrap());
    assert_eq!(part.tags, Some(HashSet::from([stock::by_chrono::models::Tag::New])));
    assert_eq!(part.sizes, Some(HashMap::from([("a".to_owned(), 2), ("b".to_owned(), 1)])));
    let since = chrono::DateTime::parse_from_rfc3339("2024-01-01T01:00:00+01:00").unwrap().to_utc();
    let request = find::Request::new(day.into()).with_since(since.into());
    let found = client.find_parts(&request).await.unwrap();
    assert_eq!((found.day, found.at), (Some(day.into()), Some(since.into())));
    // What no schema names is read over.
    assert_eq!(post(&base, &with("other", json!({ "a": [1] }))).await, (200, crate::part()));
}

#[tokio::test]
async fn dates_of_time_indexed_collections_and_a_type_for_a_format() {
    use by_time::find;
    use stock::support;
    let (base, client, part) = by_time::gives_back_what_it_gets().await;
    let day = time::Date::from_calendar_date(2024, time::Month::February, 29).unwrap();
    assert_eq!(part.day, Some(day.into()));
    assert_eq!(part.opens.unwrap().time, time::Time::from_hms_milli(8, 30, 0, 500).unwrap());
    let order: Vec<_> = part.sizes.as_ref().unwrap().keys().map(String::as_str).collect();
    assert_eq!(order.len(), 2);
    let tags: support::IndexSet<stock::by_time::models::Tag> = part.tags.unwrap();
    assert_eq!(tags.get_index(0), Some(&stock::by_time::models::Tag::New));
    let tags = with("tags", json!(["rare", "old", "new"]));
    assert_eq!(post(&base, &tags).await, (200, tags), "in the order of the document");
    let code: own::Code = part.code.unwrap().into_inner();
    assert_eq!(code.as_str(), "ABC");
    let since = time::OffsetDateTime::from_unix_timestamp(1_700_000_000).unwrap();
    let request = find::Request::new(day.into()).with_since(since.into()).with_code(code.clone().into());
    let found = client.find_parts(&request).await.unwrap();
    assert_eq!((found.day, found.at, found.code), (Some(day.into()), Some(since.into()), Some(code.into())));
    // The application's own rule holds beside those of the document.
    assert_eq!(post(&base, &with("code", json!("abc"))).await.0 / 100, 4);
    // What no schema names is refused, where it stands.
    let (status, answer) = post(&base, &with("other", json!(1))).await;
    assert!(status / 100 == 4 && answer.to_string().contains("/other"), "{answer}");
    let (status, answer) = post(&base, &with("maker", json!({ "name": "Ada", "age": 1 }))).await;
    assert!(status / 100 == 4 && answer.to_string().contains("/maker/age"), "{answer}");
}

#[tokio::test]
async fn text_and_other_integers() {
    use by_text::find;
    let (base, client, part) = by_text::gives_back_what_it_gets().await;
    assert_eq!(part.day.as_deref(), Some("2024-02-29"));
    assert_eq!(part.price.as_deref(), Some("12.50"));
    assert_eq!((part.count, part.small), (Some(7_i32), Some(-7_i64)));
    assert_eq!(part.tags, Some(BTreeSet::from([stock::by_text::models::Tag::New])));
    let request = find::Request::new("2024-02-29").with_code("ABC");
    assert_eq!(client.parts_of_day(&request).await.unwrap().day.as_deref(), Some("2024-02-29"));
    assert_eq!(post(&base, &with("count", json!(2_147_483_648_i64))).await.0 / 100, 4, "an `i32` does not hold it");
    let (status, answer) = post(&base, &with("other", json!(1))).await;
    assert_eq!((status, &answer["other"]), (200, &json!(1)), "what no schema names is kept");
    for (weight, is_whole) in [(json!(3), true), (json!(3.5), false)] {
        let heavy = with("weight", weight.clone());
        let part: stock::by_text::models::Part = serde_json::from_value(heavy.clone()).unwrap();
        let first = part.weight.as_ref().and_then(|it| it.as_integer());
        assert_eq!(first.is_some(), is_whole, "of the first branch that takes it, of which the narrower comes first");
        assert_eq!(post(&base, &heavy).await, (200, heavy), "both branches of `oneOf` may take it");
    }
}
