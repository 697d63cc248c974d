//! A renderer of other people for the page to try an API: [Scalar], as the crate `scalar_api_reference` has it.
//!
//! The script has 4.9 MB (1.4 MB compressed), is under the MIT licence, and is part of the program in release builds;
//! in debug builds it is read from the sources of its crate. The page loads nothing from elsewhere, and what it would
//! send elsewhere (fonts, telemetry, a proxy for requests) is off and forbidden by its policy.
//!
//! [Scalar]: https://github.com/scalar/scalar

use bytes::Bytes;

use crate::support::server::Renderer;

const PAGE: &str = include_str!("page/page.html");
const SCRIPT: &str = include_str!("page/page.js");
const POLICY: &str = "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'unsafe-inline'; \
                      img-src 'self' data: blob:; font-src data:; worker-src blob:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The page, for [`Documentation::with_renderer`](crate::server::Documentation::with_renderer).
pub fn scalar() -> Renderer {
    let scalar = scalar_api_reference::get_asset("scalar.js").unwrap_or_default();
    let files = vec![
        ("scalar.js", JAVASCRIPT, Bytes::from(scalar)),
        ("page.js", JAVASCRIPT, Bytes::from_static(SCRIPT.as_bytes())),
    ];
    Renderer { page: PAGE, files, policy: POLICY }
}
