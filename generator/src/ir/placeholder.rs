//! Placeholders as routers write them: `{id:[0-9]+}`, `{proxy+}`, `{{id}}`, `:id`, `<int:id>`.
//!
//! A path template of OpenAPI has names in braces and nothing else. What a router says beside the name is about the
//! values, which the parameter describes, or about more segments than one, which no parameter can be.

/// What a placeholder of a router is called, and what OpenAPI cannot say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placeholder {
    /// Its name.
    pub(super) name: String,
    /// What is lost, in the words of a message.
    pub(super) lost: &'static str,
}

/// Of what stands for the rest of a path.
const GREEDY: &str = ", which is one segment: a `/` in its value is escaped";
/// Of what may be absent for a router.
const OPTIONAL: &str = ", which is always there";

/// What stands between braces, where it is more than a name and the name in it is clear.
pub(super) fn in_braces(raw: &str) -> Option<Placeholder> {
    let inner = unwrapped(raw);
    let (inner, is_greedy) = without_start(inner);
    let (name, rest) = inner.find([':', '=', '(']).map_or((inner, ""), |at| inner.split_at(at));
    let bare = name.trim().trim_end_matches(['+', '*', '?']);
    let is_rest = |it: &str| it == ":path" || it.contains("**") || it.contains("/*") || [":.*", ":.+"].contains(&it);
    let lost = if is_greedy || name.trim().ends_with(['+', '*']) || is_rest(rest) {
        GREEDY
    } else if name.trim().ends_with('?') || is_optional_type(rest) {
        OPTIONAL
    } else {
        ""
    };
    (is_name(bare) && bare != raw).then(|| Placeholder { name: bare.to_owned(), lost })
}

/// The name that a whole segment has for a router: `:id`, `:id(\d+)`, `<id>`, `<int:id>`.
pub(super) fn in_segment(segment: &str) -> Option<Placeholder> {
    if let Some(rest) = segment.strip_prefix(':') {
        return in_braces(&format!(" {rest}"));
    }
    let inner = segment.strip_prefix('<')?.strip_suffix('>')?;
    let (kind, name) = inner.rsplit_once(':').unwrap_or(("", inner));
    let lost = if kind == "path" { GREEDY } else { "" };
    is_name(name).then(|| Placeholder { name: name.to_owned(), lost })
}

/// Whether two names differ in case, underscores and the like only.
pub(crate) fn is_alike(one: &str, other: &str) -> bool {
    let plain =
        |name: &str| name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    !plain(one).is_empty() && plain(one) == plain(other)
}

/// Whether a type is followed by a question mark: `:int?`.
fn is_optional_type(rest: &str) -> bool {
    let ty = rest.strip_prefix(':').and_then(|it| it.strip_suffix('?'));
    ty.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphabetic()))
}

/// Without further braces and spaces around it.
fn unwrapped(raw: &str) -> &str {
    let mut inner = raw.trim();
    while let Some(within) = inner.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        inner = within.trim();
    }
    inner
}

/// Without what says in front of a name that it stands for the rest of a path.
fn without_start(inner: &str) -> (&str, bool) {
    let rest = inner.trim_start_matches("...").trim_start_matches(['+', '*']);
    (rest, rest != inner)
}

fn is_name(text: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || "_-.$@".contains(it);
    !text.is_empty() && text.chars().all(is_part)
}
