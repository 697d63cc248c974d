//! What was seen of a case against what the table says about it.

use serde_json::{Value as Json, json};

use super::cases::Case;
use super::document::Declared;

/// What becomes of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// As the table says.
    Right,
    /// Otherwise.
    Wrong(String),
    /// Nobody knows.
    NotRun(String),
}

/// What the generator says about the operation of a case.
#[derive(Debug, Clone, Default)]
pub(super) struct Findings {
    /// What it warns of.
    pub(super) warnings: Vec<String>,
    /// Why it makes nothing of it.
    pub(super) errors: Vec<String>,
}

/// Judges a case by what the generator said and what the program saw.
pub(super) fn judge(case: &Case, operation: &Declared, findings: &Findings, seen: &Json) -> Verdict {
    let outcome = match case.behaviour.as_str() {
        _ if seen["panic"] == json!(true) => Err("it panicked".to_owned()),
        "undefined" => undefined(case, operation, findings, seen),
        _ if !findings.errors.is_empty() => Err(format!("the generator refuses it: {}", findings.errors.join("; "))),
        "defined" if case.wire.is_some() => answered(seen, 0, case.json().as_ref()),
        "defined" => sent(case, operation, seen).and_then(|()| came_back(case, seen)),
        "invalid" | "invalid-on-wire" | "must-error" => not_sent(seen),
        "ambiguous" => sent(case, operation, seen).and_then(|()| survived(seen)),
        "implementation-defined" => sent(case, operation, seen).and_then(|()| came_back(case, seen)),
        "reject" => rejected(case, seen),
        other => return Verdict::NotRun(format!("`{other}` is no behavior that this task knows")),
    };
    outcome.map_or_else(Verdict::Wrong, |()| Verdict::Right)
}

type Outcome = Result<(), String>;

/// The specification has no form for it, so the generator says so; what is sent all the same is the usual form.
fn undefined(case: &Case, operation: &Declared, findings: &Findings, seen: &Json) -> Outcome {
    if !findings.errors.is_empty() {
        return Ok(());
    }
    if findings.warnings.is_empty() {
        return Err("the generator does not say that it is undefined".to_owned());
    }
    if !seen["error"].is_null() || case.also.is_empty() {
        return Ok(());
    }
    sent(case, operation, seen)
}

/// The client sends one of the forms that the table has.
fn sent(case: &Case, operation: &Declared, seen: &Json) -> Outcome {
    if let Some(error) = seen["error"].as_str() {
        return Err(format!("the client refuses it: {error}"));
    }
    let text = sent_text(case, operation, seen);
    let mut forms = case.expected.iter().chain(&case.also);
    if forms.any(|form| *form == text) {
        return Ok(());
    }
    Err(format!("the client sends `{text}`, not `{}`", case.expected.as_deref().unwrap_or_default()))
}

/// The text of the parameter in the request that the transport saw.
fn sent_text(case: &Case, operation: &Declared, seen: &Json) -> String {
    let sent = &seen["sent"];
    let header = |wanted: &str| {
        let lines = sent["headers"].as_array().into_iter().flatten();
        let named = lines.filter(|it| it[0].as_str().is_some_and(|it| it.eq_ignore_ascii_case(wanted)));
        named.filter_map(|it| it[1].as_str()).collect::<Vec<_>>().join(", ")
    };
    match case.location.as_str() {
        "path" => {
            let path = sent["path"].as_str().unwrap_or_default();
            path.strip_prefix(&operation.prefix).unwrap_or(path).to_owned()
        }
        "query" => sent["query"].as_str().unwrap_or_default().to_owned(),
        "header" => header(&case.name),
        _ => header("cookie"),
    }
}

/// The handler gets what the client was given, and the same from the other forms.
fn came_back(case: &Case, seen: &Json) -> Outcome {
    if !case.round_trip && case.behaviour == "defined" {
        return survived(seen);
    }
    let value = case.json();
    same(&seen["received"], value.as_ref(), case)
        .map_err(|got| format!("the server reads {got}: {}", seen["status"]))?;
    let others = seen["answers"].as_array().map_or(0, Vec::len);
    (0..others).try_for_each(|position| answered(seen, position, value.as_ref()))
}

/// A raw request reaches the handler with this value.
fn answered(seen: &Json, position: usize, value: Option<&Json>) -> Outcome {
    let answer = &seen["answers"][position];
    let got = answer["received"].as_object().and_then(|it| it.values().next());
    if got == value {
        return Ok(());
    }
    let got = got.map_or_else(|| format!("nothing ({})", answer["status"]), Json::to_string);
    Err(format!("the server reads {got} from form {}", position + 1))
}

/// Compares what a handler got; a list or an object without members has no form, so its absence is the same.
fn same(received: &Json, value: Option<&Json>, case: &Case) -> Result<(), String> {
    let is_empty = |it: &Json| *it == json!([]) || *it == json!({});
    let wanted = match value {
        Some(Json::Object(members)) if case.kind == "multi" => {
            Json::Object(members.iter().filter(|(_, it)| !is_empty(it)).map(|(k, v)| (k.clone(), v.clone())).collect())
        }
        Some(value) => json!({ case.name.as_str(): value }),
        None => json!({}),
    };
    if *received == wanted { Ok(()) } else { Err(received.to_string()) }
}

/// Whatever the server makes of it, it is no failure.
fn survived(seen: &Json) -> Outcome {
    match seen["status"].as_u64() {
        Some(status) if status < 500 => Ok(()),
        status => Err(format!("the server answers {}", status.unwrap_or_default())),
    }
}

fn not_sent(seen: &Json) -> Outcome {
    if seen["error"].is_string() && seen["sent"].is_null() {
        return Ok(());
    }
    Err(format!("the client sends it: {}", seen["sent"]))
}

/// The server answers with the status of the table, and no handler is asked.
fn rejected(case: &Case, seen: &Json) -> Outcome {
    let answer = &seen["answers"][0];
    if answer["status"].as_u64() == case.status && answer["received"].is_null() {
        return Ok(());
    }
    Err(format!("the server answers {} and the handler gets {}", answer["status"], answer["received"]))
}
