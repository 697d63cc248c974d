//! What a request costs: the generated server against two that are written by hand with plain serde.
//!
//! `cargo bench --workspace --all-features --bench throughput` serves them on loopback, lets `wrk` load them in turn for
//! some rounds, and prints the requests per second of each and the ratios. All do the same work: a bearer token, the
//! parameters, a JSON body in, JSON out. One by hand has axum's extractors, as people write it; the bare one spares
//! itself what axum's `Json` does beyond `serde_json`. `wrk` must be on the `PATH`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark may fail, and talks to people")]

#[path = "../data/answers.rs"]
mod answers;
mod by_hand;
mod generated_server;

use std::net::SocketAddr;
use std::process::{Command, ExitCode};

use axum::Router;

/// How often each server is loaded.
const ROUNDS: usize = 15;
/// How long each time.
const SECONDS: &str = "2";

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

const BODY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/wire/pages/nuweb.request.json");

fn main() -> ExitCode {
    if Command::new("wrk").arg("--version").output().is_err() {
        println!("SKIPPED: `wrk` is not on the PATH");
        return ExitCode::SUCCESS;
    }
    let servers = [
        ("generated", serve("generated", generated_server::router)),
        ("by hand", serve("by hand", by_hand::router)),
        ("bare", serve("bare", by_hand::bare_router)),
    ];
    assert_same_answers(servers.map(|(_, address)| address));
    let scripts = tempfile::tempdir().unwrap();
    for (name, script) in [("update", UPDATE), ("list", LIST)] {
        let path = scripts.path().join(format!("{name}.lua"));
        std::fs::write(&path, script).unwrap();
        let mut rates = [const { Vec::new() }; 3];
        for _ in 0..ROUNDS {
            for ((_, address), rates) in servers.iter().zip(&mut rates) {
                rates.push(load(*address, &path));
            }
        }
        let [generated, others @ ..] = &rates;
        println!("{name:<7} generated {:>9.0} requests/s (median of {ROUNDS})", median(generated.clone()));
        for ((server, _), rates) in servers[1..].iter().zip(others) {
            let ratios = generated.iter().zip(rates).map(|(generated, other)| generated / other).collect();
            let (rate, ratio) = (median(rates.clone()), median(ratios));
            println!("{name:<7} {server:<9} {rate:>9.0} requests/s, generated / {server}: {ratio:.3}");
        }
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

/// Fails unless all servers give the same answers, member for member.
fn assert_same_answers(servers: [SocketAddr; 3]) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = async |request: reqwest::RequestBuilder| {
        let request = request.bearer_auth("demo").header("X-NU-COMPANY-ID", "1");
        let body = request.send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice::<serde_json::Value>(&body).unwrap()
    };
    let answers = async |server: &SocketAddr| {
        let body = std::fs::read(BODY).unwrap();
        let update = client.post(format!("http://{server}/company/users/update")).body(body);
        let list = client.get(format!("http://{server}/company/users"));
        [answer(update.header("Content-Type", "application/json")).await, answer(list).await]
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let [generated, others @ ..] = servers.each_ref().map(|server| runtime.block_on(answers(server)));
    assert!(others.iter().all(|other| *other == generated));
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
