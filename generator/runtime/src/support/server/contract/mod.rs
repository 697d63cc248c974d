//! A contract test: every operation of a router is asked what its document allows, and must answer what it documents.
//!
//! What is asked are the examples of the document and samples of its schemas, which the generator has written down. A
//! router is called in the same process, with all that is in it: security, layers, handlers. Each answer is held
//! against the document by the checker that [`CheckResponses`](super::CheckResponses) has, and what deviates is told
//! at once.

mod ask;
mod body;
mod report;
mod table;

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, Request};
use serde_json::Value;

use crate::support::http::{Operation, header_value};
use crate::support::params;

pub use report::{Breach, Broken, Coverage, Covered};
pub use table::Requests;

type Renew = Arc<dyn Fn() -> BoxFuture<'static, Router> + Send + Sync>;
type Before = Arc<dyn Fn(&'static Operation) -> BoxFuture<'static, ()> + Send + Sync>;
type Prepare = Arc<dyn Fn(&'static Operation, &mut Request<Bytes>) + Send + Sync>;

/// A test of a router against its document: `contract::of(router)` of a generated module.
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::{Schemas, http, params, server};")]
/// # static SCHEMAS: Schemas = Schemas::new("{}");
/// # static ID: params::Parameter = params::Parameter::path("id", "", params::Shape::Integer);
/// # const RESPONSES: &[http::Documented] = &[http::Documented::on(204)];
/// # static GET: http::Operation = http::Operation::new("getPet", "GET", "/pets/{id}", &SCHEMAS, &[&ID], RESPONSES);
/// # static REQUESTS: server::Requests = server::Requests::new(r#"{"getPet": [{"name": "sample", "path": {"id": 7}}]}"#);
/// # let of = |router| server::Contract::new(router, &[&GET], &REQUESTS);
/// # let router = axum::Router::new().route("/v1/pets/3", axum::routing::get(|| async {}));
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let contract = of(router).below("/v1").with_bearer("demo").with_parameter("id", 3);
/// let broken = contract.verify().await.unwrap_err();
/// assert_eq!(broken.breaches()[0].to_string(), "getPet: GET /v1/pets/3 (sample), 200: the status is not documented");
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is asked before `verify`"]
pub struct Contract {
    renew: Renew,
    operations: Vec<&'static Operation>,
    requests: &'static Requests,
    prefix: String,
    headers: HeaderMap,
    query: Vec<String>,
    values: Vec<(String, Value)>,
    before: Option<Before>,
    prepare: Option<Prepare>,
    timeout: Duration,
    wants_success: bool,
}

impl Contract {
    /// A test of the operations that a router serves; a generated module knows them.
    pub fn new(router: Router, operations: &[&'static Operation], requests: &'static Requests) -> Self {
        Self {
            renew: Arc::new(move || std::future::ready(router.clone()).boxed()),
            operations: operations.to_vec(),
            requests,
            prefix: String::new(),
            headers: HeaderMap::new(),
            query: Vec::new(),
            values: Vec::new(),
            before: None,
            prepare: None,
            timeout: Duration::from_secs(10),
            wants_success: false,
        }
    }

    /// Asks some operations only: by id, tag or method.
    pub fn only(mut self, which: impl Fn(&Operation) -> bool) -> Self {
        self.operations.retain(|it| which(it));
        self
    }

    /// Asks all but some operations, such as those that are not implemented.
    pub fn except(self, which: impl Fn(&Operation) -> bool) -> Self {
        self.only(|it| !which(it))
    }

    /// For a router that is mounted below a prefix such as `/v1`.
    pub fn below(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Shows a token with every request.
    pub fn with_bearer(self, token: impl AsRef<str>) -> Self {
        self.with_header(AUTHORIZATION, format!("Bearer {}", token.as_ref()))
    }

    /// Sends a header with every request, such as a key or a cookie; a character that no header can carry becomes a
    /// space.
    pub fn with_header(mut self, name: HeaderName, value: impl AsRef<str>) -> Self {
        self.headers.insert(name, header_value(value.as_ref().to_owned()));
        self
    }

    /// Sends a pair in the query of every request, such as a key. No report shows it.
    pub fn with_query(mut self, name: &str, value: &str) -> Self {
        self.query.push(params::form_pair(name, value));
        self
    }

    /// Gives the parameters of a name another value than the samples do, such as the identifier of an item that the
    /// application has.
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Makes an application of its own for each request, so that none meets what another has changed.
    pub fn renewed<F, R>(mut self, make: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Router> + Send + 'static,
    {
        self.renew = Arc::new(move || make().boxed());
        self
    }

    /// Runs before each request, such as what puts rows into a table.
    pub fn before_each<F, R>(mut self, hook: F) -> Self
    where
        F: Fn(&'static Operation) -> R + Send + Sync + 'static,
        R: Future<Output = ()> + Send + 'static,
    {
        self.before = Some(Arc::new(move |operation| hook(operation).boxed()));
        self
    }

    /// Changes each request before it is sent: another body, an extension that the listener would set, a signature.
    pub fn prepare(mut self, hook: impl Fn(&'static Operation, &mut Request<Bytes>) + Send + Sync + 'static) -> Self {
        self.prepare = Some(Arc::new(hook));
        self
    }

    /// How long an answer may take, 10 seconds by default. Of one that goes on and on, such as events, so much is read.
    pub fn within(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Wants one success of each operation at least: an application that has nothing of what samples ask for answers
    /// 404, which may well be documented.
    pub fn wanting_success(mut self) -> Self {
        self.wants_success = true;
        self
    }

    /// Asks every operation, in the order of the document, those that delete last.
    ///
    /// # Errors
    /// Everything that is not as documented, all at once. Its `Debug` is for people, so that a test may return it.
    pub async fn verify(&self) -> Result<Coverage, Broken> {
        let mut operations = self.operations.clone();
        operations.sort_by_key(|it| it.method == http::Method::DELETE);
        let mut breaches = self.idle();
        let mut coverage = Coverage::default();
        for operation in operations {
            let (covered, found) = self.drive(operation).await;
            breaches.extend(found);
            coverage.operations.push(covered);
        }
        if breaches.is_empty() { Ok(coverage) } else { Err(Broken { breaches, coverage }) }
    }

    /// What makes a test say nothing.
    fn idle(&self) -> Vec<Breach> {
        let mut found = Vec::new();
        if self.operations.is_empty() {
            found.push(Breach::general("no operation is left to ask"));
        }
        if !self.requests.is_readable() {
            found.push(Breach::general("the table of requests cannot be read"));
        }
        let known: BTreeSet<_> = self.operations.iter().flat_map(|it| it.parameters).map(|it| it.name).collect();
        for (name, _) in self.values.iter().filter(|(name, _)| !known.contains(name.as_str())) {
            found.push(Breach::general(format!("no operation has a parameter `{name}`")));
        }
        found
    }
}
