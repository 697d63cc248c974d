//! What a request costs: the generated server against one that is written by hand with plain serde.
//!
//! `cargo bench --workspace --all-features --bench throughput` serves both on loopback, lets `wrk` load them in turn for
//! some rounds, and prints the requests per second of each and the ratio. Both do the same work: a bearer token, the
//! parameters, a JSON body in, JSON out. `wrk` must be on the `PATH`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail, and talks to people")]

mod by_hand;
mod generated_server;

use std::net::SocketAddr;
use std::process::{Command, ExitCode};

use axum::Router;

/// How often each server is loaded.
const ROUNDS: usize = 5;
/// How long each time.
const SECONDS: &str = "4";

/// What `wrk` sends: its script.
const UPDATE: &str = concat!(
    "wrk.method = 'POST' wrk.path = '/company/users/update' ",
    "wrk.headers['Authorization'] = 'Bearer demo' wrk.headers['X-NU-COMPANY-ID'] = '1' ",
    "wrk.headers['Content-Type'] = 'application/json' wrk.body = io.open(os.getenv('BODY')):read('*a')",
);
const LIST: &str = concat!(
    "wrk.method = 'GET' wrk.path = '/company/users' ",
    "wrk.headers['Authorization'] = 'Bearer demo' wrk.headers['X-NU-COMPANY-ID'] = '1'",
);

/// A response of the document, as text.
pub(crate) const DOCUMENT: &str = include_str!("../../wire/pages/nuweb.response.json");
const BODY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/wire/pages/nuweb.request.json");
/// How many users a list has.
const USERS: usize = 50;

/// A list of users, as text.
pub(crate) fn list() -> String {
    let examples: serde_json::Value =
        serde_json::from_str(include_str!("../../../generated/src/nuweb/examples.json")).unwrap();
    let user = &examples["retrieveCompanyUsers"]["body"]["data"][0];
    serde_json::json!({ "data": vec![user; USERS] }).to_string()
}

fn main() -> ExitCode {
    if Command::new("wrk").arg("--version").output().is_err() {
        println!("SKIPPED: `wrk` is not on the PATH");
        return ExitCode::SUCCESS;
    }
    let servers =
        [("by hand", serve("by hand", by_hand::router)), ("generated", serve("generated", generated_server::router))];
    let scripts = tempfile::tempdir().unwrap();
    for (name, script) in [("update", UPDATE), ("list", LIST)] {
        let path = scripts.path().join(format!("{name}.lua"));
        std::fs::write(&path, script).unwrap();
        let mut rates = [Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            for ((_, address), rates) in servers.iter().zip(&mut rates) {
                rates.push(load(*address, &path));
            }
        }
        let ratios = rates[0].iter().zip(&rates[1]).map(|(by_hand, generated)| generated / by_hand).collect();
        for ((server, _), rates) in servers.iter().zip(rates) {
            println!("{name:<8} {server:<10} {:>9.0} requests/s (median of {ROUNDS})", median(rates));
        }
        println!("{name:<8} {:<10} {:>9.3} generated / by hand", "ratio", median(ratios));
    }
    ExitCode::SUCCESS
}

/// Serves a router on a thread of its own, which profilers know by its name, for as long as the process lives.
fn serve(name: &str, router: fn() -> Router) -> SocketAddr {
    let (sender, receiver) = std::sync::mpsc::channel();
    let serve = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, router()).await.unwrap();
        });
    };
    std::thread::Builder::new().name(name.to_owned()).spawn(serve).unwrap();
    receiver.recv().unwrap()
}

/// Requests per second.
fn load(address: SocketAddr, script: &std::path::Path) -> f64 {
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", "1", "--connections", "16", "--duration", SECONDS, "--script"]).arg(script);
    let output = wrk.arg(format!("http://{address}/")).env("BODY", BODY).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("Non-2xx"), "{text}");
    let rate = text.lines().find_map(|line| line.strip_prefix("Requests/sec:")).unwrap();
    rate.trim().parse().unwrap()
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
