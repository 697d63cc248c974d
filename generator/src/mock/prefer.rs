//! What a request prefers: `Prefer: code=404, example=gone, dynamic=true`, or `?__code=404` and so on.

use http::request::Parts;
use percent_encoding::percent_decode_str;

/// The header of RFC 7240, and beside it the spelling of Prism, a well-known mock server.
const HEADER: &str = "prefer";

/// What a request prefers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Preference {
    /// The status of the response.
    pub(super) code: Option<u16>,
    /// The name of the example.
    pub(super) example: Option<String>,
    /// Whether values are made up.
    pub(super) dynamic: Option<bool>,
}

impl Preference {
    /// What the head of a request says; its query counts more than its headers.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub(super) fn read(parts: &Parts) -> Result<Self, String> {
        let mut all = Self::default();
        let lines = parts.headers.get_all(HEADER).iter().filter_map(|it| it.to_str().ok());
        for (name, value) in lines.flat_map(|it| it.split([',', ';'])).filter_map(|it| it.split_once('=')) {
            all.take(name.trim(), value.trim().trim_matches('"'))?;
        }
        for pair in parts.uri.query().unwrap_or_default().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name), decoded(value));
            if let Some(name) = name.strip_prefix("__") {
                all.take(name, &value)?;
            }
        }
        Ok(all)
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name.to_ascii_lowercase().as_str() {
            "code" => {
                let code = value.parse().ok().filter(|it| (100..600).contains(it));
                self.code = Some(code.ok_or("`code` is a status such as 404")?);
            }
            "example" => self.example = Some(value.to_owned()),
            "dynamic" => self.dynamic = Some(value.parse().map_err(|_| "`dynamic` is `true` or `false`")?),
            // Others mean something else by this header, too.
            _ => {}
        }
        Ok(())
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
