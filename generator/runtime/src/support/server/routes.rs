//! From operations to a router.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::any;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::{Method, Uri};
use percent_encoding::percent_decode_str;

use super::dispatch::dispatch;
use super::tree::{self, Tree};
use super::{Answer, Call, Options, Refusal};
use crate::support::http::Operation;
use crate::support::params::Captures;

/// What runs an operation.
pub(super) type Run = Box<dyn Fn(Call) -> BoxFuture<'static, Result<Answer, Refusal>> + Send + Sync>;

/// An operation and what runs it.
pub(super) struct Endpoint {
    pub(super) operation: &'static Operation,
    names: Vec<&'static str>,
    /// What the query of each of its requests has, beside parameters.
    query: Vec<(String, String)>,
    pub(super) run: Run,
}

/// The operations of one path.
pub(super) type Methods = Vec<Arc<Endpoint>>;

/// All that a request needs to find its handler.
pub(super) struct Table {
    tree: Tree<Methods>,
    pub(super) options: Arc<Options>,
}

/// Where a path and a method lead.
pub(super) enum Route<'a> {
    /// To an operation, with the texts of its path parameters.
    Operation(&'a Arc<Endpoint>, Captures),
    /// To a path that has other methods.
    Path(&'a Methods),
    Nowhere,
}

impl Route<'_> {
    pub(super) fn operation(&self) -> Option<&'static Operation> {
        if let Self::Operation(endpoint, _) = self { Some(endpoint.operation) } else { None }
    }
}

impl Table {
    pub(super) fn route(&self, uri: &Uri, method: &Method) -> Route<'_> {
        let Some((methods, texts)) = self.tree.find(uri.path()) else { return Route::Nowhere };
        let endpoint = match endpoint(methods, method, uri.query().unwrap_or_default()) {
            Found::Endpoint(endpoint) => endpoint,
            Found::OtherQuery => return Route::Nowhere,
            Found::Nothing => return Route::Path(methods),
        };
        let names = endpoint.names.iter().copied();
        Route::Operation(endpoint, names.zip(texts.into_iter().map(str::to_owned)).collect())
    }
}

/// The operations of an API on their way into a router.
pub struct Routes<A> {
    api: Arc<A>,
    tree: Tree<Methods>,
    axum_paths: BTreeSet<String>,
    operations: Vec<&'static Operation>,
    options: Options,
}

impl<A: Send + Sync + 'static> Routes<A> {
    /// No operation yet.
    pub fn new(api: Arc<A>, options: Options) -> Self {
        Self { api, tree: Tree::new(), axum_paths: BTreeSet::new(), operations: Vec::new(), options }
    }

    /// Adds an operation and the function that runs it.
    #[must_use]
    pub fn on<F, R>(mut self, operation: &'static Operation, run: F) -> Self
    where
        F: Fn(Arc<A>, Call) -> R + Send + Sync + 'static,
        R: Future<Output = Result<Answer, Refusal>> + Send + 'static,
    {
        let api = self.api.clone();
        let run = Box::new(move |call| run(api.clone(), call).boxed());
        let (path, query) = operation.path_and_query();
        let endpoint = Endpoint { operation, names: tree::names(path), query: pairs(query), run };
        self.tree.node(path).value.get_or_insert_default().push(Arc::new(endpoint));
        self.axum_paths.extend(tree::axum_path(path));
        self.operations.push(operation);
        self
    }

    /// The router. It answers 404 to every other path; call `Router::reset_fallback` before merging two of them.
    pub fn finish(self) -> Router {
        #[cfg(feature = "stand-in")]
        let documentation = self.options.documentation.clone();
        let table = Arc::new(Table { tree: self.tree, options: Arc::new(self.options) });
        let handler = move |request: Request| dispatch(&table, request);
        let router = Router::new().fallback(handler.clone());
        let router = self.axum_paths.iter().fold(router, |router, path| router.route(path, any(handler.clone())));
        #[cfg(feature = "stand-in")]
        let router = match documentation {
            Some(it) => it.routes(router, &self.operations, |path| self.axum_paths.contains(path)),
            None => router,
        };
        router
    }
}

/// The methods of a path, for `Allow`.
pub(super) fn allow(methods: &Methods) -> String {
    let mut allowed: BTreeSet<&str> = methods.iter().map(|it| it.operation.method.as_str()).collect();
    if allowed.contains("GET") {
        allowed.insert("HEAD");
    }
    allowed.insert("OPTIONS");
    allowed.into_iter().collect::<Vec<_>>().join(", ")
}

/// What a path has for a method and a query.
enum Found<'a> {
    Endpoint(&'a Arc<Endpoint>),
    /// The method, for requests with another query.
    OtherQuery,
    Nothing,
}

/// The operation of a method and a query; HEAD is GET without its body, unless the document has a HEAD of its own.
fn endpoint<'a>(methods: &'a Methods, method: &Method, query: &str) -> Found<'a> {
    let of = |method: &Method| methods.iter().filter(|it| it.operation.method == *method).collect::<Vec<_>>();
    let mut all = of(method);
    if all.is_empty() && *method == Method::HEAD {
        all = of(&Method::GET);
    }
    match all.as_slice() {
        [] => Found::Nothing,
        [one] if one.query.is_empty() => Found::Endpoint(one),
        all => {
            let given = pairs(query);
            let fits = |it: &&&'a Arc<Endpoint>| it.query.iter().all(|pair| given.contains(pair));
            // The more it asks for, the more specific it is; of equals the first of the document.
            let best = all.iter().filter(fits).rev().max_by_key(|it| it.query.len());
            best.map_or(Found::OtherQuery, |it| Found::Endpoint(it))
        }
    }
}

/// The pairs of a query, decoded.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
