//! `specwright mock FILE`: a stand-in for the server of any document, or a proxy that watches a real one.
//!
//! Nothing is generated or built: the document is read and served by this program until Ctrl-C.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::net::ToSocketAddrs as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use specwright_runtime::page::scalar;
use specwright_runtime::server::Documentation;
use tokio::net::TcpListener;

use super::{Codegen, Failure, list, one, print, printed, say};
use crate::ir::Api;
use crate::mock::{self, Credentials, Deviation, Exchange, Mock, Served, Settings, Watch};
use crate::plan::ApiPlan;

/// Flags of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Answers are the document's examples, else made from its schemas; what is created, changed or deleted stays so until \
the program stops, lists show what is found under its identifier, and other identifiers are not found.

Requests are checked as in any other server. `Prefer: code=404`, `Prefer: example=NAME` and `Prefer: dynamic=true` \
choose another answer, and so do `__code`, `__example` and `__dynamic` in the query.

With `--proxy` nothing is made up: requests go to a real server, and what is not as the document says is printed. \
The command then ends with 1 if anything was.

Ctrl-C stops it.

Example: specwright mock pets.yaml --address 127.0.0.1:3000
Example: specwright mock pets.yaml --proxy https://pets.example.com/v1")]
pub struct MockArgs {
    /// An OpenAPI document, YAML or JSON; files that it refers to lie beside or below it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    address: String,
    /// A port of this machine to listen on, for it alone; short for an address of 127.0.0.1
    #[arg(short, long, value_name = "PORT", conflicts_with = "address")]
    port: Option<u16>,
    /// Which credentials are good: any that are in the form of their scheme, or only the token or key `demo` and the user `demo` with that password
    #[arg(long, value_name = "WHICH", default_value = "any")]
    credentials: Which,
    /// Make up the values of every answer, others each time, instead of showing the document's examples
    #[arg(long)]
    dynamic: bool,
    /// An OpenAPI overlay that changes the document first; several are applied in order
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Pass requests on to the server at this base URL, and print what is not as the document says
    #[arg(long, value_name = "URL", value_parser = base_url, conflicts_with_all = ["credentials", "dynamic"])]
    proxy: Option<String>,
}

/// Which credentials are good.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Which {
    /// Any that are in the form of their scheme
    Any,
    /// The token or key `demo`, and the user `demo` with the password `demo`
    Demo,
}

/// Something that can be listened on, such as `127.0.0.1:8080`.
fn address(text: &str) -> Result<String, String> {
    match text.to_socket_addrs().map(|mut found| found.next()) {
        Ok(Some(_)) => Ok(text.to_owned()),
        _ => Err("it takes a host and a port, such as 127.0.0.1:8080".to_owned()),
    }
}

/// The URL of a server.
fn base_url(text: &str) -> Result<String, String> {
    let parsed = text.parse::<http::Uri>().ok();
    let is_base = |it: &http::Uri| matches!(it.scheme_str(), Some("http" | "https")) && it.query().is_none();
    match parsed.filter(is_base) {
        Some(_) => Ok(text.to_owned()),
        None => Err("it takes a URL such as https://api.example.com/v1".to_owned()),
    }
}

/// A router, and what is said about it at the start.
struct Service {
    router: Router,
    routes: Vec<Served>,
    said: String,
    /// What deviated, by operation, side and place.
    deviations: Option<Arc<Mutex<BTreeMap<String, u64>>>>,
}

/// Serves the document until somebody stops it.
pub fn run(args: &MockArgs) -> ExitCode {
    match service(args).and_then(|service| service.map(|it| serve(it, args)).transpose()) {
        Ok(Some(code)) => code,
        // The findings are printed.
        Ok(None) => ExitCode::FAILURE,
        Err(message) => {
            say(&mut anstream::stderr(), &format!("error: {message}\n"));
            ExitCode::from(2)
        }
    }
}

/// Reads the document; none where it is refused.
fn service(args: &MockArgs) -> Result<Option<Service>, String> {
    let flags = one::flags(&args.file, &args.overlay);
    let job = Codegen::standalone(&flags)?;
    let (report, api, plan) = match job.compile_one() {
        Ok(found) => found,
        Err(Failure::Documents(report)) => {
            list(&report);
            return Ok(None);
        }
        Err(failure) => return Err(one::plain(&failure)),
    };
    list(&report);
    let service = if let Some(url) = &args.proxy {
        proxy(&plan, url)?
    } else {
        let text = job.effective()?.into_iter().next().and_then(|it| it.text).unwrap_or_default();
        stand_in(api, &plan, text, args)
    };
    if service.routes.is_empty() {
        return Err(format!("`{}` has no operation to serve", args.file.display()));
    }
    Ok(Some(service))
}

/// The first path that no operation has, for the page.
fn free_path(plan: &ApiPlan) -> &'static str {
    let is_free = |path: &&str| plan.served().all(|it| !it.path.starts_with(*path));
    ["/docs", "/_docs", "/-/docs"].into_iter().find(is_free).unwrap_or("/__docs")
}

fn stand_in(api: Api, plan: &ApiPlan, text: String, args: &MockArgs) -> Service {
    let path = free_path(plan);
    let (credentials, good) = match args.credentials {
        Which::Any => (Credentials::Any, "any credentials are good; `--credentials demo` takes `demo` only"),
        Which::Demo => (Credentials::Demo, "every token, key and password is `demo`"),
    };
    let settings = Settings {
        credentials,
        dynamic: args.dynamic,
        documentation: Some(Documentation::new(path, text).with_renderer(scalar())),
        on_exchange: Some(Arc::new(|it| say(&mut anstream::stdout(), &line(it)))),
    };
    let good = if plan.schemes.is_empty() { "no operation asks for credentials" } else { good };
    let Mock { router, served } = mock::mock(api, plan, settings);
    Service { router, routes: served, said: format!("{good}\na page to try them: {{url}}{path}"), deviations: None }
}

fn proxy(plan: &ApiPlan, url: &str) -> Result<Service, String> {
    let counts: Arc<Mutex<BTreeMap<String, u64>>> = Arc::default();
    let counted = counts.clone();
    let on_exchange = move |exchange: &Exchange, deviations: &[Deviation]| {
        let mut text = line(exchange);
        for deviation in deviations {
            let shown = shown(deviation);
            let _ = writeln!(text, "    {shown}");
            let operation = deviation.operation.as_deref().unwrap_or("no operation");
            let mut counts = counted.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry(format!("{operation}: {shown}")).or_default() += 1;
        }
        say(&mut anstream::stdout(), &text);
    };
    let router = mock::watch(plan, Watch { url: url.to_owned(), on_exchange: Arc::new(on_exchange) })?;
    let said = format!("requests go to {url}; what is not as the document says is listed below them");
    Ok(Service { router, routes: mock::served(plan), said, deviations: Some(counts) })
}

fn shown(deviation: &Deviation) -> String {
    let Deviation { side, pointer, message, .. } = deviation;
    if pointer.is_empty() { format!("{side} {message}") } else { format!("{side} {pointer} {message}") }
}

/// An exchange in one line.
fn line(exchange: &Exchange) -> String {
    let Exchange { method, target, status, time, reason } = exchange;
    let reason = reason.as_ref().map(|it| format!("  {it}")).unwrap_or_default();
    // What a request brings must not pass for lines of its own.
    let target: String = target.chars().filter(|it| !it.is_control()).collect();
    format!("{method} {target} {status} {} ms{}\n", time.as_millis(), reason.replace(['\n', '\r'], " "))
}

fn serve(service: Service, args: &MockArgs) -> Result<ExitCode, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(async {
        let address = args.port.map_or_else(|| args.address.clone(), |port| format!("127.0.0.1:{port}"));
        let listener = TcpListener::bind(&address).await;
        let cannot = |error: io::Error| format!("cannot listen on `{address}`: {error}");
        let listener = listener.map_err(cannot)?;
        let local = listener.local_addr().map_err(cannot)?;
        print(&greeting(&service, args, &format!("http://{local}")))?;
        let Service { router, deviations, .. } = service;
        let served = axum::serve(listener, router).with_graceful_shutdown(stopped()).await;
        served.map_err(|error| format!("cannot serve: {error}"))?;
        Ok(deviations.map_or(ExitCode::SUCCESS, |it| summary(&it.lock().unwrap_or_else(PoisonError::into_inner))))
    })
}

/// The address, the routes, and the address of the page.
fn greeting(service: &Service, args: &MockArgs, url: &str) -> String {
    let stem = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let said = service.said.replace("{url}", url);
    let widest = service.routes.iter().map(|it| it.path.chars().count()).max().unwrap_or_default().min(60);
    let routes = service.routes.iter().map(|Served { method, path, id }| {
        // Operations without an id have one of method and path, which says nothing new.
        let id = if id.contains(' ') { "" } else { id };
        format!("  {method:<7} {path:<widest$}  {id}").trim_end().to_owned() + "\n"
    });
    format!("{stem} listens on {url}\n{}{said}\n", routes.collect::<String>())
}

/// What deviated while the proxy ran.
fn summary(deviations: &BTreeMap<String, u64>) -> ExitCode {
    if deviations.is_empty() {
        return ExitCode::SUCCESS;
    }
    let lines: Vec<_> = deviations.iter().map(|(shown, count)| format!("  {count} x {shown}")).collect();
    printed(&format!("not as the document says:\n{}\n", lines.join("\n")), ExitCode::FAILURE)
}

async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
