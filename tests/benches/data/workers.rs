//! A long page, for decoding and encoding.

use serde_json::Value;

/// A page of workers: the example of the document, many times.
pub(crate) fn page(count: usize) -> String {
    let examples: Value = serde_json::from_str(include_str!("../../../generated/src/hbg_ramp/examples.json")).unwrap();
    let mut page = examples["listWorkers"]["body"].clone();
    let worker = page["data"][0].clone();
    page["data"] = std::iter::repeat_n(worker, count).collect();
    page.to_string()
}
