//! Rendered files as reviewers want to see them: the items, without banner, imports and documentation.

use specwright::output::Files;

use crate::pipeline;

/// The models of a document.
pub fn models(name: &str, text: &str) -> String {
    let files = pipeline::generate(name, text);
    sketch(&files, Docs::Hide, |path| path.contains("/models/") || path.ends_with("/shared.rs"))
}

/// Whether a sketch has the documentation in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Docs {
    /// It has.
    Show,
    /// It has not.
    Hide,
}

/// The items of the files that are asked for; lists of modules are left out.
pub fn sketch(files: &Files, docs: Docs, wanted: impl Fn(&str) -> bool) -> String {
    let mut out = String::new();
    for (path, text) in files.iter().filter(|(path, _)| wanted(path) && !path.ends_with("/mod.rs")) {
        let short = path.split('/').skip(2).collect::<Vec<_>>().join("/");
        out.extend(["//- ", &short, "\n"]);
        let items = text.split("\n\n").map(|item| shown(item, docs)).filter(|item| !item.is_empty());
        items.for_each(|item| out.extend([item.as_str(), "\n"]));
        out.push('\n');
    }
    out
}

fn shown(item: &str, docs: Docs) -> String {
    let start = item.trim_start();
    if start.starts_with("use ") || start.starts_with("// @generated") {
        return String::new();
    }
    let is_doc = |line: &&str| line.trim_start().starts_with("//");
    item.trim_end().lines().filter(|line| docs == Docs::Show || !is_doc(line)).collect::<Vec<_>>().join("\n")
}
