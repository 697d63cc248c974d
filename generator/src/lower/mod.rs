//! Lowering: from a resolved document to what it means.
//!
//! Schemas are lowered from the tree, keyword by keyword; everything else from the skeleton objects of
//! [`document::skeleton`](crate::document::skeleton). Nothing here knows Rust.

mod beside;
mod bounds;
mod branches;
mod closed_parts;
mod closing;
mod contentless;
mod copies;
mod dialects;
mod durations;
mod events;
mod extensions;
mod flags;
mod generic;
mod ids;
mod ignored;
mod implied;
mod inheritance;
mod lines;
mod methods;
mod nothing_but_null;
mod nulls;
mod open_enums;
mod operations;
mod outvoted;
mod overlapping;
mod overridden;
mod paginate;
mod pagination;
mod parameters;
mod parts;
mod path_items;
mod paths;
mod patterns;
mod ranges;
mod relative;
mod rename;
mod schemas;
mod security;
mod select;
mod tags;
mod usage;
mod widths;
mod wrapped;
mod yielding;

pub use closing::close;
pub use overlapping::take_any;
pub use paginate::{Paginated, Unpaged, paginate};
pub use rename::{Near, Renamed, rename, replaced_near};

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Extension, Selection};
use crate::diagnostics::Diagnostics;
use crate::document::Document;
use crate::ir::{Api, Info, Schemas, SecurityScheme, Server, ServerVariable, Tag};
use crate::source::At;

/// Lowers a whole document; what is wrong with it is reported, and the rest goes on.
pub fn lower(document: &Document, diagnostics: &mut Diagnostics) -> Api {
    lower_selected(document, &mut Selection::default(), &BTreeSet::new(), diagnostics)
}

/// As [`lower`], without the operations and the extensions that nobody wants.
pub fn lower_selected(
    document: &Document,
    selection: &mut Selection,
    ignored: &BTreeSet<Extension>,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut switch = |extension: Extension, name: &str| {
        ignored.contains(&extension) || extensions::switch(&document.root(), name, diagnostics)
    };
    let formats_assert = switch(Extension::XFormatAssertion, "x-format-assertion");
    let types_are_implied = switch(Extension::XImpliedTypes, "x-implied-types");
    let mut lowering = Lowering {
        document,
        diagnostics,
        formats_assert,
        types_are_implied,
        schemas: Schemas::default(),
        pending: Vec::new(),
        questions: BTreeSet::new(),
        dynamic: BTreeMap::new(),
        security_schemes: Vec::new(),
        callbacks: Vec::new(),
        owners: BTreeMap::new(),
        patterns: patterns::Patterns::default(),
        within: Within::Operations,
        reading: String::new(),
        selection,
    };
    let root = document.root();
    lowering.security_schemes(&root);
    let components = lowering.components(&root);
    let (mut operations, mut webhooks) = lowering.operations(&root);
    for anchor in document.dynamics.anchors().iter().filter_map(|it| document.at(&it.origin)) {
        lowering.schema(anchor);
    }
    lowering.drain();
    generic::settle(&mut lowering.schemas, document, &lowering.dynamic, lowering.diagnostics);
    bounds::settle(&mut lowering.schemas, lowering.diagnostics);
    if types_are_implied {
        outvoted::settle(&mut lowering.schemas, lowering.diagnostics);
    }
    wrapped::settle(&mut lowering.schemas, &components);
    if types_are_implied {
        beside::settle(&mut lowering.schemas);
    }
    branches::settle(&mut lowering.schemas, lowering.diagnostics);
    if types_are_implied {
        nulls::settle(&mut lowering.schemas, lowering.diagnostics);
        overlapping::settle(&mut lowering.schemas, lowering.diagnostics);
    }
    ignored::clear_early(&mut lowering.schemas, ignored);
    if types_are_implied {
        inheritance::settle(&mut lowering.schemas, &components, lowering.diagnostics);
        yielding::settle(document, &mut lowering.schemas, &components, lowering.diagnostics);
        overridden::settle(document, &mut lowering.schemas, &components, lowering.diagnostics);
        closed_parts::settle(&mut lowering.schemas, lowering.diagnostics);
        widths::settle(&mut lowering.schemas, lowering.diagnostics);
        durations::settle(&mut lowering.schemas, lowering.diagnostics);
        let all = operations.iter_mut().chain(&mut webhooks);
        ranges::settle(all, &lowering.schemas, lowering.diagnostics);
        lines::settle(operations.iter().chain(&webhooks), &mut lowering.schemas, lowering.diagnostics);
        relative::shown(&mut lowering.schemas, lowering.diagnostics);
        relative::settle(operations.iter().chain(&webhooks), &mut lowering.schemas, lowering.diagnostics);
    }
    let mut api = Api {
        info: info(document, &root),
        servers: servers(root.field("servers").as_ref()),
        tags: tags(&root),
        files: document.sources.iter().map(|(_, file)| file.path.clone()).collect(),
        schemas: lowering.schemas,
        components,
        security_schemes: lowering.security_schemes,
        operations,
        webhooks,
    };
    for extension in ignored {
        ignored::clear(&mut api, *extension, diagnostics);
    }
    open_enums::settle(&mut api.schemas, diagnostics);
    usage::mark(&mut api);
    api
}

/// Leaves out the schemas that no operation uses, and what is wrong with them.
pub fn prune(api: &mut Api, diagnostics: &mut Diagnostics) {
    let schemas = &api.schemas;
    let is_used = |id| {
        let usage = schemas[id].usage;
        usage.request || usage.response
    };
    let unused: Vec<_> =
        api.components.iter().filter(|(_, id)| !is_used(*id)).map(|(_, id)| schemas[*id].origin.clone()).collect();
    api.components.retain(|(_, id)| is_used(*id));
    diagnostics.retain(|finding| !unused.iter().any(|origin| finding.origin.is_within(origin)));
}

/// A schema that has an id, and its keywords in the document.
type Waiting<'a> = (crate::ir::SchemaId, At<'a>);

/// The state of a walk over the document.
struct Lowering<'a, 'd> {
    document: &'a Document,
    diagnostics: &'d mut Diagnostics,
    /// Whether `format` asserts, or only describes.
    formats_assert: bool,
    /// Whether what a schema leaves out is implied, or the letter of JSON Schema counts.
    types_are_implied: bool,
    schemas: Schemas,
    /// Schemas that have an id but no keywords yet: a queue instead of recursion, so that no depth overflows the stack.
    pending: Vec<Waiting<'a>>,
    /// The schemas that `not`, `if` and their like hold.
    questions: BTreeSet<crate::ir::SchemaId>,
    /// The schemas with a `$dynamicRef` that the way to it decides about.
    dynamic: BTreeMap<crate::ir::SchemaId, generic::Dynamic>,
    /// Those of the document, and those that it asks for without describing them.
    security_schemes: Vec<SecurityScheme>,
    /// What follows the operations so far.
    callbacks: Vec<crate::ir::Operation>,
    /// The operations that callbacks follow, by the places of these.
    owners: BTreeMap<crate::source::Origin, String>,
    /// What is known of patterns so far.
    patterns: patterns::Patterns,
    /// Whose operations are looked at.
    within: Within,
    /// The operation that is looked at, for messages about what it needs.
    reading: String,
    selection: &'d mut Selection,
}

/// Whose operations are looked at: clients send those of the API, its owner the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Operations,
    Webhooks,
    Callbacks,
}

/// A document without a title is called after its file.
fn info(document: &Document, root: &At<'_>) -> Info {
    let info = root.field("info");
    let file = document.sources.file(root.origin.file).path.as_str();
    let name = file.rsplit('/').next().unwrap_or_default();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let otherwise = if stem.is_empty() { "API" } else { stem };
    let text = |key: &str| info.as_ref().and_then(|info| info.string(key)).map(str::to_owned);
    Info {
        title: text("title").unwrap_or_else(|| otherwise.to_owned()),
        version: text("version").unwrap_or_default(),
        summary: text("summary"),
        description: text("description"),
    }
}

/// The servers of a list.
fn servers(list: Option<&At<'_>>) -> Vec<Server> {
    let lower_server = |at: At<'_>| {
        let variables = at.field("variables");
        Some(Server {
            url: at.string("url")?.to_owned(),
            name: at.string("name").map(str::to_owned),
            description: at.string("description").map(str::to_owned),
            variables: variables.iter().flat_map(At::entries).map(|(name, at)| variable(name, &at)).collect(),
            origin: at.origin,
        })
    };
    list.into_iter().flat_map(At::items).filter_map(lower_server).collect()
}

fn variable(name: &str, at: &At<'_>) -> ServerVariable {
    let allowed = at.field("enum");
    ServerVariable {
        name: name.to_owned(),
        default: at.string("default").unwrap_or_default().to_owned(),
        allowed: allowed.iter().flat_map(At::items).filter_map(|it| it.value.as_str().map(str::to_owned)).collect(),
        description: at.string("description").map(str::to_owned),
    }
}

fn tags(root: &At<'_>) -> Vec<Tag> {
    let lower_tag = |at: At<'_>| {
        Some(Tag { name: at.string("name")?.to_owned(), description: at.string("description").map(str::to_owned) })
    };
    root.field("tags").iter().flat_map(At::items).filter_map(lower_tag).collect()
}
