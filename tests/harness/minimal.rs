//! Completes a fragment to the smallest valid document, as `minicore` completes a snippet.
//!
//! Lines keep their numbers wherever the fragment starts with a comment: what is missing at the end goes to the end,
//! and `schemas:` moves below a `components:` that takes the place of the last comment line.

/// The document of a fragment: version 3.1 unless the fragment says otherwise.
pub fn complete(fragment: &str) -> String {
    if fragment.trim_start().starts_with(['{', '%']) || has(fragment, "info") || has(fragment, "swagger") {
        return fragment.to_owned();
    }
    let mut text = if has(fragment, "schemas") { nest_schemas(fragment) } else { fragment.to_owned() };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let rest = [
        ("openapi", "openapi: 3.1.0\n"),
        ("info", "info: { title: Fixture, version: '1' }\n"),
        ("paths", "paths: {}\n"),
    ];
    for (key, line) in rest {
        if !has(fragment, key) {
            text.push_str(line);
        }
    }
    text
}

/// Whether the fragment has a key at its top.
fn has(fragment: &str, key: &str) -> bool {
    fragment.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
}

fn nest_schemas(fragment: &str) -> String {
    let mut lines: Vec<String> = fragment.lines().map(str::to_owned).collect();
    let start = lines.iter().position(|line| line.starts_with("schemas:")).unwrap_or_default();
    let is_inside = |line: &String| line.is_empty() || line.starts_with([' ', '#']);
    let len = lines[start + 1..].iter().take_while(|line| is_inside(line)).count();
    for line in &mut lines[start..=start + len] {
        line.insert_str(0, "  ");
    }
    match start.checked_sub(1).filter(|above| lines[*above].starts_with('#')) {
        Some(above) => "components:".clone_into(&mut lines[above]),
        None => lines.insert(start, "components:".to_owned()),
    }
    lines.join("\n") + "\n"
}
