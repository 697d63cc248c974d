//! A server that deviates in fifteen ways from its document: strict refuses each with its place and the body, tolerant
//! reads what the types can hold, the observer's lines are those of `seen.jsonl`, and with the overlay that was made of
//! those (`tests/observe/drill.rs` makes it again) strict reads all.

/// A deviation of the server.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) status: u16,
    pub(crate) media_type: &'static str,
    /// Sent as `X-Left`, where it is not empty.
    pub(crate) header: &'static str,
    pub(crate) body: &'static str,
    /// Where strict refuses it, and by which keyword.
    pub(crate) place: &'static str,
    /// Whether its type can hold it.
    pub(crate) held: bool,
}

/// A body that deviates and can be held.
pub(crate) const fn held(name: &'static str, body: &'static str, place: &'static str) -> Case {
    Case { name, status: 200, media_type: "application/json", header: "", body, place, held: true }
}

/// A body that deviates and cannot.
pub(crate) const fn lost(name: &'static str, body: &'static str, place: &'static str) -> Case {
    Case { held: false, ..held(name, body, place) }
}

/// The tests of a document in the module `$before`, and with its overlay in `$after`.
macro_rules! drill {
    ($before:ident, $after:ident, $cases:expr) => {
        use std::sync::{Arc, Mutex};

        use axum::Router;
        use axum::body::Body;
        use axum::extract::Path;
        use axum::http::Response as Answer;
        use axum::routing::get;
        use programs::support::client::{CallError, Config, Deviation, Failed, Leniency};
        use programs::{$after as after, $before as before};

        async fn answer(Path(name): Path<String>) -> Answer<Body> {
            let case = $cases.iter().find(|it| it.name == name).unwrap();
            let answer = Answer::builder().status(case.status).header("content-type", case.media_type);
            let answer = if case.header.is_empty() { answer } else { answer.header("x-left", case.header) };
            answer.body(Body::from(case.body)).unwrap()
        }

        /// Settings of a client over a socket, and what its observer hears.
        async fn config(leniency: Leniency) -> (Config, Arc<Mutex<Vec<String>>>) {
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            let base = format!("http://{}", listener.local_addr().unwrap());
            let app = Router::new().route("/things/{case}", get(answer));
            tokio::spawn(async move { axum::serve(listener, app).await });
            let heard = Arc::new(Mutex::new(Vec::new()));
            let note = heard.clone();
            let config =
                Config::new(base).with_observer(move |it: &Deviation<'_>| note.lock().unwrap().push(it.to_json()));
            (Config { leniency, ..config }, heard)
        }

        #[test]
        fn the_server_deviates_in_fifteen_ways() {
            assert_eq!($cases.len(), 15);
        }

        #[tokio::test]
        async fn strict_refuses_each_with_its_place_and_the_body() {
            let (config, _) = config(Leniency::Strict).await;
            let client = before::client::Client::new(config).unwrap();
            for case in $cases {
                let request = before::operations::get_thing::Request::new(case.name.to_owned());
                let error = client.get_thing(&request).await.unwrap_err();
                assert_eq!(error.response().unwrap().excerpt(), case.body, "{}", case.name);
                let said = match &error {
                    CallError::Undecodable { error, .. } => error.violations.to_string(),
                    other => other.to_string(),
                };
                let (place, keyword) = case.place.split_once(' ').unwrap_or((case.place, ""));
                assert!(said.contains(place) && said.contains(keyword), "{}: {said}", case.name);
            }
        }

        #[tokio::test]
        async fn tolerance_reads_what_the_types_can_hold_and_reports_each() {
            let (config, heard) = config(Leniency::Tolerant).await;
            let client = before::client::Client::new(config).unwrap();
            let mut seen = String::new();
            for case in $cases {
                let request = before::operations::get_thing::Request::new(case.name.to_owned());
                let outcome = client.get_thing(&request).await;
                assert_eq!(outcome.is_ok(), case.held, "{}: {outcome:?}", case.name);
                let lines = std::mem::take(&mut *heard.lock().unwrap());
                assert!(!lines.is_empty(), "{}: nobody heard of it", case.name);
                lines.iter().for_each(|it| seen.extend([it.as_str(), "\n"]));
            }
            assert!(seen == include_str!("seen.jsonl"), "`seen.jsonl` should be:\n{seen}");
        }

        #[tokio::test]
        async fn with_the_overlay_strict_reads_all() {
            let (config, heard) = config(Leniency::Strict).await;
            let client = after::client::Client::new(config).unwrap();
            for case in $cases {
                let request = after::operations::get_thing::Request::new(case.name.to_owned());
                let outcome = client.get_thing(&request).response().await;
                assert!(outcome.is_ok(), "{}: {outcome:?}", case.name);
                let told = std::mem::take(&mut *heard.lock().unwrap());
                assert!(told.is_empty(), "{}: {told:?}", case.name);
            }
        }
    };
}
