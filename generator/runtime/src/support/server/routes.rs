//! From operations to a router.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::IntoResponse;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::{Method, Uri};
use percent_encoding::percent_decode_str;
use tower::{Layer, Service};

use super::call::read_request;
use super::dispatch::{Dispatch, layered};
use super::tree::{self, Tree};
use super::{Call, Context, Gate, Options, Outcome, Refusal};
use crate::support::http::{Operation, TypedRequest};
use crate::support::params::Captures;

/// What runs an operation.
pub(super) type Run = Arc<dyn Fn(Call) -> BoxFuture<'static, Outcome> + Send + Sync>;

/// What runs an operation by a function.
///
/// Nothing of that runs before it is awaited, so that panics of a function that is not `async` are caught, too.
fn run<F, R>(function: F) -> Run
where
    F: Fn(Call) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = Outcome> + Send + 'static,
{
    Arc::new(move |call| {
        let function = function.clone();
        async move { function(call).await }.boxed()
    })
}

/// An operation and what runs it.
pub(super) struct Endpoint {
    pub(super) operation: &'static Operation,
    names: Vec<&'static str>,
    /// What the query of each of its requests has, beside parameters.
    query: Vec<(String, String)>,
    pub(super) run: Run,
    /// The operation behind layers of its own.
    pub(super) layered: Option<Router>,
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
    /// Where a request goes; `known` are the operations of its path, where whoever asks has found them.
    pub(super) fn route<'a>(&'a self, known: Option<&'a Methods>, uri: &Uri, method: &Method) -> Route<'a> {
        let found = known.map(|it| (it, Vec::new())).or_else(|| self.tree.find(uri.path()));
        let Some((methods, texts)) = found else { return Route::Nowhere };
        let endpoint = match endpoint(methods, method, uri.query().unwrap_or_default()) {
            Found::Endpoint(endpoint) => endpoint,
            Found::OtherQuery => return Route::Nowhere,
            Found::Nothing => return Route::Path(methods),
        };
        let names = endpoint.names.iter().copied();
        Route::Operation(endpoint, names.zip(texts.into_iter().map(str::to_owned)).collect())
    }
}

/// Operations on their way into a router: all of an API or some, or those of several APIs.
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::server::{Options, Routes};")]
/// # let (pets, staff) = (Routes::new(), Routes::new());
/// # let log = axum::middleware::from_fn(async |request, next: axum::middleware::Next| next.run(request).await);
/// let router = pets // `routes(api)` of a generated module
///     .not_implemented(|operation| operation.tags.contains(&"breeding"))
///     .layer_where(|operation| operation.id == "addPet", log)
///     .merge(staff)
///     .finish(Options::default());
/// ```
#[derive(Default)]
pub struct Routes {
    endpoints: Vec<Endpoint>,
}

impl Routes {
    /// No operation yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an operation and the function that runs it.
    #[must_use]
    pub fn on<A, F, R>(self, api: &Arc<A>, operation: &'static Operation, run: F) -> Self
    where
        A: Send + Sync + 'static,
        F: Fn(Arc<A>, Call) -> R + Clone + Send + Sync + 'static,
        R: Future<Output = Outcome> + Send + 'static,
    {
        let api = api.clone();
        self.push(operation, self::run(move |call| run(api.clone(), call)))
    }

    fn push(mut self, operation: &'static Operation, run: Run) -> Self {
        let (path, query) = operation.path_and_query();
        self.endpoints.push(Endpoint { operation, names: tree::names(path), query: pairs(query), run, layered: None });
        self
    }

    /// Adds an operation that everybody may call, and the handler of its requests.
    #[must_use]
    pub fn open<A, Q, F, R>(self, api: &Arc<A>, handle: F) -> Self
    where
        A: Send + Sync + 'static,
        Q: TypedRequest + 'static,
        F: Fn(Arc<A>, Q, Context) -> R + Copy + Send + Sync + 'static,
        R: Future<Output = Outcome> + Send + 'static,
    {
        let api = api.clone();
        let run = move |call: Call| {
            let api = api.clone();
            let answering = async move {
                let context = call.context();
                let request = read_request!(call);
                handle(api, request, context).await
            };
            answering.boxed()
        };
        self.push(Q::OPERATION, Arc::new(run))
    }

    /// Adds an operation with a gate, and the handler of the requests of whoever is admitted.
    ///
    /// The gate hands on what it was asked with: to count one more who has it costs more than to pass it on.
    #[must_use]
    pub fn gated<A, P, W, Q, G, B, F, R>(self, api: &Arc<A>, admit: G, handle: F) -> Self
    where
        A: Send + Sync + 'static,
        W: Send + 'static,
        Q: TypedRequest + 'static,
        G: Fn(Arc<A>, Gate<P>, Context) -> B + Copy + Send + Sync + 'static,
        B: Future<Output = Result<(W, Arc<A>, Context), Refusal>> + Send + 'static,
        F: Fn(Arc<A>, W, Q, Context) -> R + Copy + Send + Sync + 'static,
        R: Future<Output = Outcome> + Send + 'static,
    {
        let api = api.clone();
        let run = move |call: Call| {
            let api = api.clone();
            let answering = async move {
                let (who, api, context) = admit(api, call.gate(), call.context()).await?;
                let request = read_request!(call);
                handle(api, who, request, context).await
            };
            answering.boxed()
        };
        self.push(Q::OPERATION, Arc::new(run))
    }

    /// Adds the operations of others, so that paths which both have share what `OPTIONS` and 405 say.
    #[must_use]
    pub fn merge(mut self, others: Self) -> Self {
        self.endpoints.extend(others.endpoints);
        self
    }

    /// Keeps some operations; for the others there is nothing at their path.
    #[must_use]
    pub fn retain(mut self, which: impl Fn(&Operation) -> bool) -> Self {
        self.endpoints.retain(|it| which(it.operation));
        self
    }

    /// Answers some operations with 501, before anybody is asked for credentials.
    #[must_use]
    pub fn not_implemented(mut self, which: impl Fn(&Operation) -> bool) -> Self {
        for endpoint in self.endpoints.iter_mut().filter(|it| which(it.operation)) {
            endpoint.run = run(async |_| Err(Refusal::NotImplemented));
        }
        self
    }

    /// Answers those operations of these that are not there with 501: what a document has and nobody implements.
    #[must_use]
    pub fn otherwise_not_implemented(mut self, all: &[&'static Operation]) -> Self {
        let same = |a: &Operation, b: &Operation| (&a.method, a.path, a.id) == (&b.method, b.path, b.id);
        for operation in all.iter().copied() {
            if !self.endpoints.iter().any(|it| same(it.operation, operation)) {
                self = self.on(&Arc::new(()), operation, |_, _| async { Err(Refusal::NotImplemented) });
            }
        }
        self
    }

    /// Puts a layer around all operations that are there, outside of the layers that they have.
    #[must_use]
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<axum::routing::Route> + Clone + Send + Sync + 'static,
        L::Service:
            Service<Request, Error: Into<Infallible> + 'static, Future: Send + 'static> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
    {
        self.layer_where(|_| true, layer)
    }

    /// Puts a layer around some of the operations that are there: one by its id, or those of a tag.
    ///
    /// It sees requests of these operations alone, before their credentials are looked at, and their answers.
    #[must_use]
    pub fn layer_where<L>(mut self, which: impl Fn(&Operation) -> bool, layer: L) -> Self
    where
        L: Layer<axum::routing::Route> + Clone + Send + Sync + 'static,
        L::Service:
            Service<Request, Error: Into<Infallible> + 'static, Future: Send + 'static> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
    {
        for endpoint in self.endpoints.iter_mut().filter(|it| which(it.operation)) {
            let inner = endpoint.layered.take().unwrap_or_else(|| bare(endpoint.operation, &endpoint.run));
            endpoint.layered = Some(inner.layer(layer.clone()));
        }
        self
    }

    /// The router. It answers 404 to every other path; call `Router::reset_fallback` before merging it with another
    /// one that does so, or merge their [`Routes`].
    pub fn finish(self, options: Options) -> Router {
        let mut tree = Tree::<Methods>::new();
        let mut paths = BTreeSet::new();
        #[cfg(feature = "stand-in")]
        let (documentation, operations) =
            (options.documentation.clone(), self.endpoints.iter().map(|it| it.operation).collect::<Vec<_>>());
        for endpoint in self.endpoints {
            let (path, _) = endpoint.operation.path_and_query();
            paths.extend(tree::axum_path(path));
            tree.node(path).value.get_or_insert_default().push(Arc::new(endpoint));
        }
        let table = Arc::new(Table { tree, options: Arc::new(options) });
        let mut router = Router::new().fallback_service(Dispatch::new(&table, None));
        for path in &paths {
            // A path without parameters is found by the router already.
            let known = table.tree.find(path).filter(|_| !path.contains('{')).map(|(methods, _)| methods.clone());
            router = router.route_service(path, Dispatch::new(&table, known));
        }
        #[cfg(feature = "stand-in")]
        let router = match documentation {
            Some(it) => it.routes(router, &operations, |path| paths.contains(path)),
            None => router,
        };
        router
    }
}

/// An operation as the service that layers are put around.
fn bare(operation: &'static Operation, run: &Run) -> Router {
    let run = run.clone();
    Router::new().fallback(move |request: Request| layered(operation, run.clone(), request))
}

/// The methods of a path, for `Allow`.
pub(super) fn allow(methods: &Methods) -> String {
    let mut allowed: BTreeSet<&str> = methods.iter().map(|it| it.operation.method).collect();
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
fn endpoint<'a, 'm>(methods: &'a Methods, method: &'m Method, query: &str) -> Found<'a> {
    let of = |method: &'m str| methods.iter().filter(move |it| it.operation.method == method);
    let mut all = of(method.as_str());
    if *method == Method::HEAD && all.clone().next().is_none() {
        all = of("GET");
    }
    let mut some = all.clone();
    match (some.next(), some.next()) {
        (None, _) => Found::Nothing,
        (Some(one), None) if one.query.is_empty() => Found::Endpoint(one),
        _ => {
            let given = pairs(query);
            let fits = |it: &&'a Arc<Endpoint>| it.query.iter().all(|pair| given.contains(pair));
            // The more it asks for, the more specific it is; of equals the first of the document.
            let best = all.filter(fits).rev().max_by_key(|it| it.query.len());
            best.map_or(Found::OtherQuery, Found::Endpoint)
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
