//! The run time as a part of a module tree.
//!
//! There its paths start at the root of the tree, examples, which would name a crate, are text, and macros are those of
//! the tree alone: each that nothing uses is left out, since nobody else could. Conditions about features are settled
//! before (`needs.rs`).

use std::collections::{BTreeMap, BTreeSet};

/// The macros of the run time that a tree uses.
pub(super) struct Tree<'a> {
    root: &'a str,
    all: BTreeSet<String>,
    used: BTreeSet<String>,
}

impl<'a> Tree<'a> {
    /// Finds the macros that the code beside the run time uses, and those that they use.
    pub(super) fn new(root: &'a str, support: &[String], code: &[&str]) -> Self {
        let mut bodies: BTreeMap<String, String> = BTreeMap::new();
        let mut around = String::new();
        for text in support {
            let mut inside: Option<String> = None;
            for line in text.lines() {
                inside = defined(line).map(str::to_owned).or(inside);
                let is_code = !line.trim_start().starts_with("//");
                let part = match &inside {
                    Some(name) => bodies.entry(name.clone()).or_default(),
                    None => &mut around,
                };
                part.extend([line, "\n"].into_iter().filter(|_| is_code));
                inside = inside.filter(|_| line != "}");
            }
        }
        let all: BTreeSet<String> = bodies.keys().cloned().collect();
        let texts = code.iter().copied().chain([around.as_str()]);
        let mut left: Vec<String> = texts.flat_map(|text| calls(text, &all)).collect();
        let mut used = BTreeSet::new();
        while let Some(name) = left.pop() {
            if used.insert(name.clone()) {
                left.extend(bodies.get(&name).map(|body| calls(body, &all)).unwrap_or_default());
            }
        }
        Self { root, all, used }
    }

    /// A file of the run time as it stands in the tree.
    pub(super) fn file(&self, text: &str) -> String {
        let mut out = String::new();
        // Documentation and attributes, until it is known whether their item stays.
        let mut head = String::new();
        let mut is_example = false;
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line == "#[macro_export]" {
                continue;
            }
            let line = self.in_place(line, &mut is_example);
            if line.starts_with("///") || line.starts_with("#[") {
                head.extend([line.as_str(), "\n"]);
                continue;
            }
            let head = std::mem::take(&mut head);
            if line == "pub use {" {
                let list: String = lines.by_ref().take_while(|line| *line != "};").collect();
                out.extend(self.listed(&list).iter().map(|line| format!("{head}{line}\n")));
            } else if defined(&line).is_some_and(|name| !self.used.contains(name)) {
                lines.find(|line| *line == "}");
            } else if let Some(line) = self.import(&line) {
                out.extend([head.as_str(), line.as_str(), "\n"]);
            }
        }
        out
    }

    /// A line whose paths start at the root of the tree, and whose examples are text.
    fn in_place(&self, line: &str, is_example: &mut bool) -> String {
        let bare = line.trim_start();
        let fence = ["/// ```", "//! ```"].into_iter().find_map(|it| bare.strip_prefix(it));
        *is_example ^= fence.is_some();
        let text = if fence == Some("") && *is_example { "text" } else { "" };
        format!("{}{text}", line.replace("crate::support", &format!("{}::support", self.root)))
    }

    /// A line that may bring a macro under its name: only those that are used stay, for the crate alone.
    fn import(&self, line: &str) -> Option<String> {
        let path = line.strip_prefix("pub use ").and_then(|it| it.strip_suffix(';'));
        let name = path.and_then(|it| it.rsplit([' ', ':']).next());
        match name.filter(|name| self.all.contains(*name)) {
            Some(name) if !self.used.contains(name) => None,
            Some(_) => Some(line.replacen("pub use", "pub(crate) use", 1)),
            None => Some(line.to_owned()),
        }
    }

    /// The lines for what a list brings under its name.
    fn listed(&self, list: &str) -> Vec<String> {
        let Ok(tree) = syn::parse_str::<syn::UseTree>(&format!("{{{list}}}")) else { return Vec::new() };
        let mut paths = Vec::new();
        flatten(&tree, "", &mut paths);
        paths.into_iter().filter_map(|path| self.import(&format!("pub use {path};"))).collect()
    }
}

/// Every path of a tree of imports.
fn flatten(tree: &syn::UseTree, before: &str, paths: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(it) => flatten(&it.tree, &format!("{before}{}::", it.ident), paths),
        syn::UseTree::Name(it) => paths.push(format!("{before}{}", it.ident)),
        syn::UseTree::Group(it) => {
            for tree in &it.items {
                flatten(tree, before, paths);
            }
        }
        // The run time renames nothing in lists, and takes nothing as a whole.
        syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {}
    }
}

/// The macro whose definition a line starts, without the underscores of its own name.
fn defined(line: &str) -> Option<&str> {
    line.strip_prefix("macro_rules! __")?.strip_suffix(" {")
}

/// The macros of these that a text calls.
fn calls(text: &str, all: &BTreeSet<String>) -> Vec<String> {
    let before = text.split('!').map(|it| {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        &it[it.trim_end_matches(is_part).len()..]
    });
    before.filter(|name| all.contains(*name)).map(str::to_owned).collect()
}
