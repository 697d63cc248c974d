//! JSONPath, RFC 9535. The only file that names `serde_json_path`.

use serde_json_path::JsonPath;

use crate::source::Pointer;

/// A query that can be answered in reasonable time.
pub(super) struct Path(JsonPath);

impl Path {
    /// Parses a query; one that would take too long is refused like one that is malformed.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const LONGEST: usize = 4096;
        const DEEPEST: usize = 32;
        /// Each multiplies what has to be looked at by the depth of the document.
        const MOST_DESCENDANTS: usize = 3;
        if text.len() > LONGEST {
            return Err("it is too long".to_owned());
        }
        let (mut depth, mut deepest) = (0_usize, 0);
        for byte in text.bytes() {
            match byte {
                b'[' | b'(' | b'!' => depth += 1,
                b']' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        if deepest > DEEPEST {
            return Err("it is nested too deeply".to_owned());
        }
        if text.matches("..").count() > MOST_DESCENDANTS {
            return Err(format!("it has `..` more than {MOST_DESCENDANTS} times"));
        }
        JsonPath::parse(text).map(Self).map_err(|error| error.to_string())
    }

    /// The nodes that it selects, each once, in the order of their places.
    pub(super) fn select(&self, json: &serde_json::Value) -> Vec<Pointer> {
        let found = self.0.query_located(json);
        let mut all: Vec<Pointer> =
            found.locations().map(|location| Pointer::from_escaped(&location.to_json_pointer())).collect();
        all.sort_by_cached_key(order);
        all.dedup();
        all
    }
}

/// Items by their number, members by their name.
pub(super) fn order(pointer: &Pointer) -> Vec<(usize, String)> {
    pointer.tokens().map(|token| (token.parse().unwrap_or(usize::MAX), token)).collect()
}
