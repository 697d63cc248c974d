//! Contract tests write requests in every form, and a valid request is let in by whoever reads it.

use std::sync::{Arc, Mutex};

use programs::asked::contract::of;
use programs::asked::examples;

#[tokio::test]
async fn requests_of_every_form_are_valid() -> Result<(), Box<dyn std::error::Error>> {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = seen.clone();
    let contract = of(examples::router()).wanting_success().prepare(move |operation, request| {
        let header = |name: &str| request.headers().get(name).map_or("", |it| it.to_str().unwrap()).to_owned();
        let media_type = header("content-type").split(';').next().unwrap_or_default().to_owned();
        let line = format!("{} {} {media_type} {}", operation.id, request.uri(), header("cookie"));
        told.lock().unwrap().push(line.trim().to_owned());
    });
    let coverage = contract.verify().await?;
    for covered in coverage.operations() {
        assert!(covered.statuses.keys().all(|it| [200, 204].contains(it)), "a valid request was refused:\n{coverage}");
    }
    let seen = seen.lock().unwrap();
    let has = |start: &str| seen.iter().any(|it| it.starts_with(start));
    assert!(has("look /pets/7/;point=") && has("look /pets/8/;point="), "each of the examples is asked: {seen:?}");
    assert!(seen.iter().any(|it| it.contains("filter%5Bcolor%5D=") && it.contains("session=")), "{seen:?}");
    assert!(has("json /json application/json") && has("json /json application/x-www-form-urlencoded"), "{seen:?}");
    assert!(has("files /files multipart/form-data") && has("bytes /bytes image/png"), "{seen:?}");
    assert!(has("lines /lines application/jsonl") && has("text /text text/plain"), "{seen:?}");
    Ok(())
}
