//! What lies below the application: a listener, with TLS or without.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;

/// Serves until Ctrl-C, and then what is still running for some seconds.
///
/// # Errors
/// Where nothing can be heard at the listener.
pub async fn serve(listener: TcpListener, app: Router, tls: Option<RustlsConfig>) -> io::Result<()> {
    let handle = Handle::new();
    tokio::spawn(stop(handle.clone()));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    listener.set_nonblocking(true)?;
    match tls {
        Some(tls) => axum_server::from_tcp_rustls(listener, tls)?.handle(handle).serve(app).await,
        None => axum_server::from_tcp(listener)?.handle(handle).serve(app).await,
    }
}

async fn stop(handle: Handle<SocketAddr>) {
    if tokio::signal::ctrl_c().await.is_ok() {
        handle.graceful_shutdown(Some(Duration::from_secs(5)));
    }
}
