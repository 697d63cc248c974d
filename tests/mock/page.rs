//! The page to try an API: what it is made of, and a call that it makes in a browser.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::response::Html;
use axum::routing::{get, post};
use specwright::mock::{Credentials, Settings};
use specwright_runtime::page::scalar;
use specwright_runtime::server::Documentation;
use tokio::net::TcpListener;

use super::{Subject, subject_with};

/// A document of forty operations.
fn document() -> String {
    let path = |idx: usize| {
        format!(
            "  /things{idx}:\n    get:\n      operationId: listThings{idx}\n      summary: Things of kind {idx}\n      \
             responses: {{ '200': {{ description: They., content: {{ application/json: {{ schema: {{ type: array, items: \
             {{ type: string }} }} }} }} }} }}\n"
        )
    };
    format!("openapi: 3.1.0\ninfo: {{ title: Forty, version: '1' }}\npaths:\n{}", (0..40).map(path).collect::<String>())
}

fn forty() -> Subject {
    let documentation = Documentation::new("/docs", document()).with_renderer(scalar());
    let settings = Settings { documentation: Some(documentation), ..Settings::default() };
    subject_with(&document(), Credentials::Any, settings)
}

#[tokio::test]
async fn all_that_the_page_loads_comes_from_the_program() {
    let forty = forty();
    let page = forty.send("GET /docs", &[], "").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; connect-src 'self';"));
    assert!(!page.text.contains("http"), "{}", page.text);
    for file in page.text.split("src=\"").skip(1).filter_map(|it| it.split('"').next()) {
        let file = forty.send(&format!("GET /{file}"), &[], "").await;
        assert_eq!((file.status, file.header("content-type")), (200, "text/javascript; charset=utf-8"));
        assert!(!file.text.is_empty());
    }
    assert_eq!(forty.send("GET /docs/document", &[], "").await.text, document());
}

/// Opens the page beside this one, presses what a person would press, and tells what is listed there.
const DRIVER: &str = r#"<!doctype html><title>Driver</title><script>
const page = window.open("/docs");
const pressed = async (words) => {
  for (;;) {
    const found = [...page.document.querySelectorAll("button")].find((it) => it.textContent.trim().startsWith(words));
    if (found) return found.click();
    await new Promise((done) => setTimeout(done, 100));
  }
};
(async () => {
  await pressed("Test Request");
  await pressed("Send");
  await fetch("/seen", { method: "POST", body: page.document.body.textContent });
})();
</script>"#;

/// A browser that ends with the test.
struct Browser(Child);

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn browser(url: &str, profile: &std::path::Path) -> Option<Browser> {
    let flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-popup-blocking", "--remote-debugging-port=0"];
    let start = |name: &str| {
        let mut command = Command::new(name);
        command.args(flags).arg(format!("--user-data-dir={}", profile.display())).arg(url);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()
    };
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(start).map(Browser)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_shows_forty_operations_and_makes_a_call() {
    let forty = forty();
    let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let seen = post(move |body: String| async move { drop(told.send(body)) });
    let router = forty.router.clone().route("/driver", get(async || Html(DRIVER))).route("/seen", seen);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/driver", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let profile = tempfile::tempdir().expect("a folder");
    let Some(_browser) = browser(&url, profile.path()) else {
        println!("SKIPPED: no Chromium is installed");
        return;
    };
    let shown = tokio::time::timeout(Duration::from_secs(120), hears.recv()).await;
    let shown = shown.expect("the page is there in time").expect("the driver tells");
    for idx in 0..40 {
        assert!(shown.contains(&format!("Things of kind {idx}")), "{idx}");
    }
    let start = Instant::now();
    while !forty.told().iter().any(|it| it.starts_with("GET /things0 200")) {
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", forty.told());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
