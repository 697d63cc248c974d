//! `cargo run`, then log in with `curl -c jar -d user=jo localhost:8080/login`, and go on with
//! `curl -b jar localhost:8080/api/notes`.
//!
//! The environment says the rest: `DATABASE` is a file in place of memory, `LISTEN` another address, `TLS_CERT` and
//! `TLS_KEY` are files in PEM, without which it speaks plain HTTP.

use std::env::var;
use std::error::Error;
use std::net::TcpListener;

use application_example::{Store, app, serve};
use axum_server::tls_rustls::RustlsConfig;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).init();
    let store = Store::open(var("DATABASE").as_deref().unwrap_or(":memory:"))?;
    let listener = TcpListener::bind(var("LISTEN").as_deref().unwrap_or("127.0.0.1:8080"))?;
    let tls = match (var("TLS_CERT"), var("TLS_KEY")) {
        (Ok(cert), Ok(key)) => Some(RustlsConfig::from_pem_file(cert, key).await?),
        _ => None,
    };
    let (scheme, address) = (if tls.is_some() { "https" } else { "http" }, listener.local_addr()?);
    tracing::info!("{scheme}://{address}/api, and a page to try it at {scheme}://{address}/api/docs");
    serve(listener, app(store), tls).await?;
    Ok(())
}
