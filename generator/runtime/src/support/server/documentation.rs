//! The document itself and a page to try its operations, served beside them on request.
//!
//! The page is in the crate: it loads nothing from elsewhere, and its policy forbids that it ever does. A renderer of
//! other people can take its place: the run time has one behind its feature `page`.

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;
use bytes::Bytes;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use serde_json::{Value, json};

use super::tree;
use crate::support::http::Operation;

const PAGE: &str = include_str!("try.html");
const SCRIPT: &str = include_str!("try.js");
const POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The document and a page to try it, in [`Options`](super::Options).
///
/// `Documentation::new("/docs", include_str!("../api.yaml"))` serves the page at `/docs`, and the text at
/// `/docs/document`. Anyone may read both; an operation with one of these paths keeps it.
#[derive(Debug, Clone)]
pub struct Documentation {
    path: String,
    document: Bytes,
    renderer: Renderer,
}

/// What shows a document to people: a page, and the files that it loads.
#[derive(Debug, Clone)]
pub struct Renderer {
    /// The page. `{name}` in it is the last segment of its path, which leads from there to its files: those here, and
    /// `document`; `{path}` is the whole path, and `{operations}` a list of the operations as JSON.
    pub page: &'static str,
    /// The name, media type and content of each file.
    pub files: Vec<(&'static str, &'static str, Bytes)>,
    /// What browsers let the page do, as in `Content-Security-Policy`.
    pub policy: &'static str,
}

/// A page without a library: a form for each operation.
impl Default for Renderer {
    fn default() -> Self {
        let script = ("try.js", "text/javascript; charset=utf-8", Bytes::from_static(SCRIPT.as_bytes()));
        Self { page: PAGE, files: vec![script], policy: POLICY }
    }
}

impl Documentation {
    /// The text of the document, YAML or JSON, and the path of the page, whose segments are letters, digits, `-`, `.`,
    /// `_` and `~`.
    pub fn new(path: &str, document: impl Into<Bytes>) -> Self {
        let plain = |segment: &&str| !segment.is_empty() && tree::is_plain(segment);
        let path: String = path.split('/').filter(plain).flat_map(|segment| ["/", segment]).collect();
        let path = if path.is_empty() { "/docs".to_owned() } else { path };
        Self { path, document: document.into(), renderer: Renderer::default() }
    }

    /// The same document in another page.
    #[must_use]
    pub fn with_renderer(self, renderer: Renderer) -> Self {
        Self { renderer, ..self }
    }

    /// The path of the page.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Adds the page to a router, unless `is_taken`.
    pub(super) fn routes(self, router: Router, operations: &[&Operation], is_taken: impl Fn(&str) -> bool) -> Router {
        let Self { path, document, renderer: Renderer { page, files, policy } } = self;
        let name = path.rsplit('/').next().unwrap_or_default();
        let page = page.replace("{name}", name).replace("{path}", &path).replace("{operations}", &list(operations));
        let is_json = document.iter().find(|it| !it.is_ascii_whitespace()) == Some(&b'{');
        let media_type = if is_json { "application/json" } else { "application/yaml" };
        let own = [
            (path.clone(), "text/html; charset=utf-8", Bytes::from(page)),
            (format!("{path}/document"), media_type, document),
        ];
        let loaded = files.into_iter().map(|(name, media_type, body)| (format!("{path}/{name}"), media_type, body));
        let files = own.into_iter().chain(loaded).filter(|(path, ..)| !is_taken(path));
        files.fold(router, |router, (path, media_type, body)| {
            router.route(&path, get(move || async move { file(media_type, policy, body) }))
        })
    }
}

fn file(media_type: &'static str, policy: &'static str, body: Bytes) -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, media_type), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (CONTENT_SECURITY_POLICY, policy)];
    (headers, body)
}

/// What the page knows of the operations, as JSON inside HTML.
fn list(operations: &[&Operation]) -> String {
    let all: Vec<Value> = operations
        .iter()
        .map(|it| {
            let parameters: Vec<_> = it
                .parameters
                .iter()
                .map(|it| json!({ "name": it.name, "in": it.location.name(), "required": it.required }))
                .collect();
            let body = it.body.as_ref().and_then(|it| it.content.first()).map(|it| it.media_type);
            json!({ "id": it.id, "method": it.method, "path": it.path, "parameters": parameters, "body": body })
        })
        .collect();
    // So that no text of the document ends the element.
    Value::from(all).to_string().replace('<', "\\u003c")
}
