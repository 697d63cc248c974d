//! Templates of the user's: in place of ours, or for a file that is made for each operation.
//!
//! ```text
//! client.rs.j2              in place of the template of that name
//! operation/limits.rs.j2    one more file for each operation: `<api>/limits/<operation>.rs`
//! ```
//!
//! The first line of each says for which version of the context it was made, and of a further file which items it
//! makes: `{# specwright 2 #}`, `{# specwright 2: LIMIT, describe #}`. What is made is held against the plan as with our
//! own templates, and a hole takes fragments only, so a text of a document gets into no file as it is.

use super::TEMPLATES;
use crate::plan::Scope;

/// The version of what templates are given.
pub const TEMPLATE_VERSION: u32 = 2;

/// What changed from version to version: since when, in which template, and what to do. A template that is gone stays
/// listed, so that its user learns why. By template.
const CHANGES: &[(u32, &str, &str)] = &[
    (2, "alias.rs.j2", "three places and more of a file stand in one call of `aliases!`, by `aliases.rs.j2`"),
    (
        2,
        "alias.rs.j2",
        "`is_tuple` says whether the type is a tuple struct, which is re-exported to keep its constructor",
    ),
    (
        2,
        "api_mod.rs.j2",
        "`has_parameters` says whether there is a module `parameters`, and `added` lists further modules",
    ),
    (2, "arguments.rs.j2", "it is gone: a request describes itself, so `core.call(request)` is all that a client says"),
    (
        2,
        "body.rs.j2",
        "`required!` makes the struct of what a form must have, where that is much; `builder`, `builder_name` and `taken` are gone",
    ),
    (2, "client.rs.j2", "`core.call` takes the request; `operation.head.brief` and `link` stand where `docs` stood"),
    (2, "client.rs.j2", "`server.name` is new, and credentials take `client::Token`"),
    (
        2,
        "client.rs.j2",
        "`client::calls!` has the methods, a row for each, filled by `head.signature`, `credentials` and `pages.paging`",
    ),
    (
        2,
        "describe.rs.j2",
        "`operation!` makes request and responses as well: rows have documentation and types, and a response is `on` its status; `required` names the struct of what a request must have, where that is much",
    ),
    (
        2,
        "describe.rs.j2",
        "`operation!` takes a response without a body `as empty`, the key `(default)` in parentheses, and `allows deprecated` where `operation.deprecates`",
    ),
    (2, "describe.rs.j2", "`operation.body.argument` is what a request takes for a body, where that is another type"),
    (
        2,
        "enumeration.rs.j2",
        "`string_enum!` and `integer_enum!` make the type as well, a row for each value; `open` and `unknown` are gone",
    ),
    (2, "example.rs.j2", "it is gone: `server::stand_in!` has the methods of a stand-in, a row for each"),
    (2, "examples.rs.j2", "`answer` takes the request, so what `operation.remembers` is not needed any more"),
    (
        2,
        "examples.rs.j2",
        "`hook.admitted` stands where `ignored` and `demo` stood, `operation.principal` is whom a method gets",
    ),
    (
        2,
        "handler.rs.j2",
        "`operation.head.converts` says whether clippy takes the method for a conversion, by its name",
    ),
    (2, "input.rs.j2", "it is gone: `call.request()` reads what an operation describes"),
    (2, "lib.rs.j2", "`recursion_limit` is what compilers have to be told of deep types, where there are such"),
    (2, "lib.rs.j2", "`readme` lists the features that the code of the README needs, for the item that compiles it"),
    (2, "operation.rs.j2", "`describe.rs.j2` states parameters, body, form and responses once, by `http::operation!`"),
    (2, "operation.rs.j2", "`describe.rs.j2` makes request and responses, so that nothing of them stands here"),
    (
        2,
        "readme.md.j2",
        "`about` stands where `package.description` stood, and `shown` names what is called and served",
    ),
    (
        2,
        "receiver.rs.j2",
        "`call.request()` reads the request; `operation.head.brief` and `link` stand where `docs` stood",
    ),
    (2, "request.rs.j2", "it is gone: `describe.rs.j2` makes the request"),
    (2, "sender.rs.j2", "`core.deliver` takes the request; `operation.head.brief` and `link` stand where `docs` stood"),
    (
        2,
        "server.rs.j2",
        "`call.request()` reads the request; `operation.head.brief` and `link` stand where `docs` stood",
    ),
    (2, "server.rs.j2", "`operation.callers` is a row of `server::routes!` and stands where `gates` stood"),
    (2, "server.rs.j2", "`handlers` has the traits of tags where there are such, and `bounds` what implements all"),
    (
        2,
        "struct.rs.j2",
        "`object!` has what `holds` as well, so that no `impl Validate` stands beside it; `checks_deprecated` is gone",
    ),
    (
        2,
        "struct.rs.j2",
        "`left_out` lists the properties that do not travel, for `object!`, and `made_of` says how what requests send is made",
    ),
    (2, "struct.rs.j2", "`total` is of newtypes alone: objects and unions derive neither `Eq` nor `Hash`"),
    (
        2,
        "struct.rs.j2",
        "`object!` makes the struct and its constructor as well, a row for each property; `constructor` has the arguments, or `required` names the struct of them",
    ),
    (
        2,
        "struct.rs.j2",
        "a row has the type of the value, `held`, and behind its setter the `argument` where that is another; `ty` is gone",
    ),
    (
        2,
        "struct.rs.j2",
        "`object!` takes the value of a constant in parentheses behind its name, and `allows deprecated` where `model.deprecates`",
    ),
    (2, "struct.rs.j2", "`model.made_of.answer` is how the argument of a conversion is called, or `_`"),
    (
        2,
        "tagged_union.rs.j2",
        "`tagged_union!` makes the enum with its ways in and out as well, a row for each branch, which ends with the field that has its value; `from` and `accessors` are gone",
    ),
    (
        2,
        "type_union.rs.j2",
        "`type_union!` makes the enum with its ways in and out as well, a row for each type; `from` is gone",
    ),
    (
        2,
        "untagged_union.rs.j2",
        "`untagged_union!` makes the enum with its ways in and out as well, a row for each branch; `from` and `accessors` are gone",
    ),
];

/// The templates of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// In place of ours, by name, and those of further files.
    pub(super) templates: Vec<(String, String)>,
    /// What is made for each operation.
    pub(super) added: Vec<Added>,
}

/// A file for each operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Added {
    /// The module that has them.
    pub(super) module: String,
    /// The template.
    pub(super) template: String,
    /// The items of each file, in their order.
    pub(super) items: Vec<String>,
}

impl Overrides {
    /// Takes the templates of a folder, by their paths in it; `similar` knows which name of ours is close to another.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn new(
        files: impl IntoIterator<Item = (String, String)>,
        similar: fn(&str) -> Option<&'static str>,
    ) -> Result<Self, Vec<String>> {
        let (mut overrides, mut problems) = (Self::default(), Vec::new());
        for (name, text) in files {
            if let Err(problem) = overrides.add(&name, &text, similar) {
                problems.push(format!("template `{name}`: {problem}"));
            }
        }
        if problems.is_empty() { Ok(overrides) } else { Err(problems) }
    }

    /// The modules of further files.
    pub(super) fn modules(&self) -> Vec<String> {
        self.added.iter().map(|it| it.module.clone()).collect()
    }

    /// Whether a template is the user's.
    pub fn has(&self, name: &str) -> bool {
        self.templates.iter().any(|(it, _)| it == name)
    }

    fn add(&mut self, name: &str, text: &str, similar: fn(&str) -> Option<&'static str>) -> Result<(), String> {
        let (head, body) = text.split_once('\n').unwrap_or((text, ""));
        let (version, items) = header(head).ok_or_else(|| {
            format!("its first line does not say for which version it was made: write `{{# specwright {TEMPLATE_VERSION} #}}`")
        })?;
        if version > TEMPLATE_VERSION {
            let message = format!("it was made for version {version}, and this program has {TEMPLATE_VERSION}");
            return Err(format!("{message}: update the program"));
        }
        let news = changes(name, version);
        if !news.is_empty() {
            let message = format!("it was made for version {version}, since when it changed:{news}");
            return Err(format!("{message}\n  adapt it, then write `{{# specwright {TEMPLATE_VERSION} #}}`"));
        }
        let module = name.strip_prefix("operation/").and_then(|it| it.strip_suffix(".rs.j2"));
        if let Some(module) = module {
            if !is_module(module) {
                return Err(format!("`{module}` cannot be the name of a module beside those that there are"));
            }
            self.added.push(Added { module: module.to_owned(), template: name.to_owned(), items });
        } else if !TEMPLATES.iter().any(|(it, _)| *it == name) {
            let help = similar(name).map(|it| format!(": `{it}` is similar")).unwrap_or_default();
            return Err(format!("there is no template of that name{help}"));
        } else if !items.is_empty() {
            return Err("the plan says which items it makes: take them out of its first line".to_owned());
        }
        self.templates.push((name.to_owned(), body.to_owned()));
        Ok(())
    }

    /// Ours, those of the user in their place, and what the user adds.
    pub(super) fn merged(&self) -> Vec<(&str, &str)> {
        let ours = TEMPLATES.iter().filter(|(name, _)| !self.has(name)).copied();
        ours.chain(self.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))).collect()
    }
}

/// What changed about a template since a version, one line each.
fn changes(name: &str, version: u32) -> String {
    let news = CHANGES.iter().filter(|(since, it, _)| *since > version && *it == name);
    news.fold(String::new(), |out, (since, _, change)| out + &format!("\n  version {since}: {change}"))
}

/// A template of ours as a user may begin with it.
pub fn exported(text: &str) -> String {
    format!("{{# specwright {TEMPLATE_VERSION} #}}\n{text}")
}

/// The version and the items of a first line.
fn header(line: &str) -> Option<(u32, Vec<String>)> {
    let inside = line.trim_end().strip_prefix("{# specwright ")?.strip_suffix(" #}")?;
    let (version, items) = inside.split_once(':').unwrap_or((inside, ""));
    let items = items.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
    Some((version.trim().parse().ok()?, items))
}

fn is_module(name: &str) -> bool {
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_');
    is_name && !Scope::Api.reserved().contains(&name) && syn::parse_str::<syn::Ident>(name).is_ok()
}
