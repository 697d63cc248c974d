//! What the entries of lists allow one by one and not as a whole.

use super::read::{Problem, Step, problem};
use super::{Config, Dependency, Form, Pagination, Rename, Replace};
use crate::diagnostics::{Code, Severity};

/// What is wrong with the findings, attributes, types and names of a configuration.
pub(super) fn check(config: &Config, text: &str, problems: &mut Vec<Problem>) {
    findings(config, text, problems);
    for (name, entry) in &config.dependencies {
        if matches!(entry, Dependency::Full(it) if it.version.is_none() && it.path.is_none() && !it.workspace) {
            let message = format!("`{}` has none of `version`, `path` and `workspace`", name.escape_debug());
            problems.push(problem(text, &[Step::Key("dependencies"), Step::Name(name.clone())], message, ""));
        }
    }
    attributes(config, text, problems);
    for (idx, entry) in config.replace.iter().enumerate() {
        let mut wrong = |key, message: String, help: &str| {
            let at = [Step::Key("replace"), Step::Item(idx), Step::Key(key)];
            problems.push(problem(text, &at, message, help));
        };
        replacement(entry, config, &mut wrong);
    }
    for (idx, entry) in config.rename.iter().enumerate() {
        let mut wrong = |key, message: String, help: &str| {
            let at = [Step::Key("rename"), Step::Item(idx), Step::Key(key)];
            problems.push(problem(text, &at, message, help));
        };
        rename(entry, &mut wrong);
        if let Some(before) = config.rename[..idx].iter().find(|it| it.is_about_the_same(entry)) {
            let message = format!("the {} has two names: `{}` and `{}`", entry.target(), before.to, entry.to);
            wrong("to", message, "keep one of the two entries");
        }
    }
    for (idx, entry) in config.pagination.iter().enumerate() {
        let mut wrong = |key, message: String, help: &str| {
            let at = [Step::Key("pagination"), Step::Item(idx), Step::Key(key)];
            problems.push(problem(text, &at, message, help));
        };
        pagination(entry, &mut wrong);
    }
}

fn findings(config: &Config, text: &str, problems: &mut Vec<Problem>) {
    for (idx, finding) in config.finding.iter().enumerate() {
        let code = Code::ALL.iter().find(|it| it.as_str() == finding.code);
        if code.is_some_and(|code| code.severity() == Severity::Error) {
            let at = [Step::Key("finding"), Step::Item(idx), Step::Key("code")];
            let message = format!("`{}` is an error, so its level cannot be changed", finding.code);
            problems.push(problem(text, &at, message, "levels are for warnings and notes"));
        }
    }
}

fn attributes(config: &Config, text: &str, problems: &mut Vec<Problem>) {
    for (idx, rule) in config.attribute.iter().enumerate() {
        if rule.derive.is_empty() && rule.attributes.is_empty() {
            let at = [Step::Key("attribute"), Step::Item(idx)];
            let message = "an `[[attribute]]` without `derive` and `attributes` does nothing".to_owned();
            problems.push(problem(text, &at, message, ""));
        }
        for (nth, attribute) in rule.attributes.iter().enumerate() {
            if !is_attribute(attribute) {
                let at = [Step::Key("attribute"), Step::Item(idx), Step::Key("attributes"), Step::Item(nth)];
                let message = format!("`{}` is no attribute of Rust", attribute.escape_debug());
                problems.push(problem(
                    text,
                    &at,
                    message,
                    "write it as it stands above a type, such as `#[non_exhaustive]`",
                ));
            }
        }
    }
}

fn replacement(entry: &Replace, config: &Config, wrong: &mut impl FnMut(&'static str, String, &str)) {
    let Replace { with, schema, at, format, .. } = entry;
    let targets = [schema, at, format].into_iter().flatten().count();
    if targets != 1 {
        let message = "a `[[replace]]` has one of `schema`, `at` and `format`".to_owned();
        wrong("with", message, "write one entry for each");
    }
    let first = with.split("::").next().unwrap_or_default();
    if matches!(first, "self" | "super") || with.split("::").any(|it| it == "Self") {
        wrong("with", format!("`{with}` is no path from a crate"), "start with the name of a crate, or with `crate`");
    }
    let outputs = config.output.iter().filter(|it| it.form == Form::Crate);
    let is_about = outputs.flat_map(|it| &it.api).any(|api| entry.is_about(&api.api_name()));
    if first == "crate" && is_about {
        let message = format!("`{with}` is in no crate that generated code can name");
        wrong("with", message, "a generated crate does not see the crate that uses it: put the type into a third one");
    }
}

fn rename(entry: &Rename, wrong: &mut impl FnMut(&'static str, String, &str)) {
    let Rename { to, operation, parameter, schema, at, property, value, api: _ } = entry;
    if [operation, schema, at].into_iter().flatten().count() != 1 {
        let message = "a `[[rename]]` has one of `operation`, `schema` and `at`".to_owned();
        wrong("to", message, "write one entry for each");
    } else if parameter.is_some() && operation.is_none() {
        wrong("parameter", "a schema has no `parameter`".to_owned(), "name the `operation`");
    } else if (property.is_some() || value.is_some()) && operation.is_some() {
        let key = if property.is_some() { "property" } else { "value" };
        wrong(key, format!("an operation has no `{key}`"), "name the `schema`");
    } else if property.is_some() && value.is_some() {
        wrong("value", "a name is that of a property or of a value".to_owned(), "write one entry for each");
    } else if entry.is_of_type() != to.starts_with(|first: char| first.is_ascii_uppercase()) {
        let (what, like) = if entry.is_of_type() {
            ("types and variants", "`Animal`")
        } else {
            ("functions and fields", "`list_all`")
        };
        wrong("to", format!("`{to}` is no name for {what}"), &format!("they are written like {like}"));
    }
}

fn pagination(entry: &Pagination, wrong: &mut impl FnMut(&'static str, String, &str)) {
    let Pagination {
        operation: _,
        page,
        offset,
        cursor,
        after,
        next,
        link,
        off,
        first,
        last,
        pages,
        key,
        more,
        items,
        api: _,
    } = entry;
    let has_parameter = page.is_some() || offset.is_some() || cursor.is_some() || after.is_some();
    let by_url = next.is_some() && cursor.is_none();
    let forms = [page.is_some(), offset.is_some(), cursor.is_some(), after.is_some(), by_url, *link, *off];
    if forms.into_iter().filter(|it| *it).count() != 1 {
        let message = "a `[[pagination]]` has one of `page`, `offset`, `cursor`, `after`, `next`, `link` and `off`";
        wrong("operation", message.to_owned(), "`next` beside `cursor` is where the value for it is found");
        return;
    }
    for (name, is_there, belongs, wanted) in [
        ("first", first.is_some(), page.is_some(), "`page`"),
        ("last", last.is_some(), page.is_some(), "`page`"),
        ("pages", pages.is_some(), page.is_some(), "`page`"),
        ("key", key.is_some(), after.is_some(), "`after`"),
        ("more", more.is_some(), has_parameter, "`page`, `offset`, `cursor` or `after`"),
        ("items", items.is_some(), !off, "pages"),
    ] {
        if is_there && !belongs {
            wrong(name, format!("`{name}` has no effect without {wanted}"), "remove it, or name the form that has it");
        }
    }
    if cursor.is_some() && next.is_none() {
        wrong(
            "cursor",
            "`cursor` needs `next`, where its value is found".to_owned(),
            "such as `next = \"/meta/next\"`",
        );
    }
    if after.is_some() && key.is_none() {
        wrong(
            "after",
            "`after` needs `key`, where its value is found in an item".to_owned(),
            "such as `key = \"/id\"`",
        );
    }
}

/// Whether a text is attributes and nothing else.
fn is_attribute(text: &str) -> bool {
    syn::parse_str::<syn::File>(&format!("{text}\nstruct Type;"))
        .is_ok_and(|it| it.attrs.is_empty() && it.items.len() == 1)
}
