//! TLS by rustls with a provider of choice, without a word to the rest of the process.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::BuilderVerifierExt;

use super::BoxError;

/// What `reqwest` would configure, with the provider of the features.
pub(super) fn config() -> Result<ClientConfig, BoxError> {
    #[cfg(feature = "rustls-graviola")]
    if !graviola::util::is_cpu_supported() {
        return Err("TLS by graviola needs a newer processor: the feature `rustls-ring` does without".into());
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(provider())).with_safe_default_protocol_versions()?;
    Ok(builder.with_platform_verifier()?.with_no_client_auth())
}

#[cfg(feature = "rustls-graviola")]
fn provider() -> CryptoProvider {
    rustls_graviola::default_provider()
}

#[cfg(not(feature = "rustls-graviola"))]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}
