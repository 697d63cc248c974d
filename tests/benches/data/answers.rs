//! What servers of the benchmarks answer.

use serde_json::Value;

/// How many users a list has.
const USERS: usize = 50;

/// A response of the document, as text.
pub(crate) fn document() -> String {
    canonical(include_str!("../../wire/pages/nuweb.response.json"))
}

/// A list of users, as text.
pub(crate) fn list() -> String {
    let examples: Value =
        serde_json::from_str(&canonical(include_str!("../../../generated/src/nuweb/examples.json"))).unwrap();
    let user = &examples["retrieveCompanyUsers"]["body"]["data"][0];
    serde_json::json!({ "data": vec![user; USERS] }).to_string()
}

/// Moments without a fraction of zero: the generated models would keep it, a library of time writes them anew.
fn canonical(json: &str) -> String {
    json.replace(".000000Z", "Z")
}
