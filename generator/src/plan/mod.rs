//! The plan: every decision about Rust, with no word of OpenAPI left to interpret.
//!
//! Invariants: identifiers are legal and unique in their scope, types are finite, every item has one home,
//! and the same API gives the same plan.

mod cycles;
mod docs;
mod finish;
pub(crate) mod html;
pub(crate) mod names;
mod operations;
mod schemas;
mod words;

pub use docs::with_source;
pub use finish::{add_attributes, misnamed};
pub use names::{RESERVED, Scope};
pub use operations::files;
pub use words::*;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Handlers, Numbered, Replace, Side, Types};
use crate::diagnostics::{Code, Diagnostics, UNTYPED};
use crate::ir::{Api, SchemaId};
use crate::ordered::IndexMap;
use crate::parallel;
use crate::samples;
use crate::schemas::tables;
use finish::{Finished, Shared};
use operations::{SharedParameters, server};
use schemas::{Directions, Draft, Planner, Replaced};

/// What the generated code of an API is called, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The API's name, such as `hbg-ramp`: its feature, and in snake case its module.
    pub name: String,
    /// The document as people name it, such as `specs/hbg-ramp.yaml`.
    pub source: String,
}

/// Plans the generated code of one API.
pub fn plan(api: &Api, naming: &Naming, diagnostics: &mut Diagnostics) -> ApiPlan {
    plan_with(api, naming, &Wanted::default(), diagnostics)
}

/// What the user wants of an API's code.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Sides of HTTP; both if there is none.
    pub sides: Option<Vec<Side>>,
    /// How handlers are divided.
    pub handlers: Handlers,
    /// Types, by what stands for what.
    pub types: Types,
    /// The user's own, each with the position of its entry in the configuration.
    pub replace: Numbered<Replace>,
}

/// As [`plan`], with what the user wants.
pub fn plan_with(api: &Api, naming: &Naming, wanted: &Wanted, diagnostics: &mut Diagnostics) -> ApiPlan {
    let document = api;
    let replaced = Replaced::new(document, &wanted.replace);
    let (api, directions) = Directions::part(document, &replaced);
    let api = &*api;
    let mut planner = Planner::new(api, directions);
    planner.types = wanted.types.clone();
    planner.replaced = replaced;
    let (schemes, positions) = operations::schemes(api);
    let hooks = operations::hooks(api, &schemes, &positions);
    let modules = operations::Modules::new(api, &schemes, &hooks);
    modules.report(api, &schemes, diagnostics);
    let mut found = Diagnostics::new();
    // What needs no type is done meanwhile.
    let aside = || (samples::print_examples(&samples::examples(api)), modules.pages(api, &mut found));
    let ((examples, pages), mut operations) = parallel::both(aside, || {
        planner.plan_components();
        operations::plan(&mut planner, &positions, &modules, diagnostics)
    });
    operations::add_pages(&mut operations, pages);
    diagnostics.append(found);
    let untyped = planner.untyped.iter().map(|(id, why)| (planner.directions.schema(*id), why));
    for (id, why) in untyped.collect::<BTreeMap<_, _>>() {
        let message = format!("{UNTYPED}{why}");
        diagnostics
            .report(Code::UntypedSchema, &api.schemas[id].origin, message)
            .help("its values are JSON of any kind, checked against the schema");
    }
    let undivided: BTreeSet<_> = planner.undivided.iter().map(|id| planner.directions.schema(*id)).collect();
    for id in undivided {
        let message = "no type fits a union and what stands beside it";
        diagnostics
            .report(Code::UntypedSchema, &api.schemas[id].origin, message)
            .help("what its branches name is JSON of any kind, checked against the schema");
    }
    let drafts: Vec<Draft> = planner.drafts.into_iter().flatten().collect();
    let mut drafts = finish::named(api, &planner.targets.roots, drafts, &operations);
    let forms = forms(&mut drafts, &planner.directions);
    let model_files = finish::model_files(&planner.targets.roots, &drafts);
    let Shared { drafts, files: shared_files, types } = Shared::new(drafts, &operations, &planner.classes);
    let parameters = SharedParameters::new(&operations);
    // The checker asks for the direction itself: the tables have each schema once, as the document has it.
    let one = |id| planner.directions.schema(planner.classes.representative(id));
    let named = planner.entries.iter().map(|id| planner.directions.schema(*id)).collect();
    let tables = |models: &[Model]| {
        let entries = entries(document, named, models);
        let tables = tables::print_once(document, &one, &entries, &planner.open, &planner.refusals);
        (tables, finish::needed(document, &tables::schemas(document, &one, &entries), &planner.types))
    };
    let (Finished { models, operations, nesting }, (tables, needs)) =
        finish::finish((drafts, &types), operations, &parameters, &forms, &planner.types, tables);
    let module = module(&naming.name);
    let handlers = match wanted.handlers {
        Handlers::Together => Vec::new(),
        Handlers::ByTag => operations::by_tag(api, &operations),
    };
    ApiPlan {
        parameters: parameters.all,
        // A module that would be a word of Rust has an ending, which a feature needs not.
        feature: module.trim_end_matches('_').replace('_', "-"),
        module,
        source: naming.source.clone(),
        docs: api_docs(api, naming),
        title: api.info.title.clone(),
        model_files,
        shared_files,
        homes: homes(&models),
        nesting,
        models,
        operations,
        schemes,
        hooks,
        servers: api.servers.iter().map(server).collect(),
        tables,
        examples,
        requests: None,
        handlers,
        sides: wanted.sides.clone().unwrap_or_else(|| Side::ALL.to_vec()),
        types: planner.types,
        needs,
        replaced: planner.replaced.used,
        attributes: BTreeMap::new(),
    }
}

/// Adds the schemas that models name.
fn entries(api: &Api, mut entries: BTreeSet<SchemaId>, models: &[Model]) -> BTreeSet<SchemaId> {
    let ids: IndexMap<String, SchemaId> =
        api.schemas.iter().map(|(id, schema)| (tables::key(&schema.origin), id)).collect();
    for model in models {
        let inner: Vec<&String> = match &model.kind {
            ModelKind::Alias(_) => continue,
            ModelKind::UntaggedUnion(it) => it.variants.iter().map(|it| &it.pointer).collect(),
            ModelKind::Struct(it) => it.left_out.iter().flat_map(|it| &it.properties).map(|(_, it)| it).collect(),
            _ => Vec::new(),
        };
        entries.extend(inner.into_iter().chain([&model.pointer]).filter_map(|pointer| ids.get(pointer)));
    }
    entries
}

/// The models of schemas with two forms: what servers answer, and what requests send. The documentation of each names
/// the other one.
fn forms(drafts: &mut [Draft], directions: &Directions) -> Vec<(ModelId, ModelId)> {
    let positions: BTreeMap<SchemaId, usize> = drafts.iter().enumerate().map(|(idx, it)| (it.id, idx)).collect();
    let models = |(schema, form): (SchemaId, SchemaId)| Some((*positions.get(&schema)?, *positions.get(&form)?));
    let pairs: Vec<(usize, usize)> = directions.pairs().filter_map(models).collect();
    for (answered, sent) in &pairs {
        let (answer, request) = (drafts[*answered].name.clone(), drafts[*sent].name.clone());
        drafts[*answered].add_docs(&format!("This is what a server answers; a request sends `{request}`."));
        drafts[*sent].add_docs(&format!("This is what a request sends; a server answers with `{answer}`."));
    }
    pairs.into_iter().map(|(answered, sent)| (ModelId(answered), ModelId(sent))).collect()
}

/// The types of each file, in the order in which they stand there.
fn homes(models: &[Model]) -> BTreeMap<Home, Vec<ModelId>> {
    let mut homes: BTreeMap<Home, Vec<ModelId>> = BTreeMap::new();
    for (idx, model) in models.iter().enumerate() {
        homes.entry(model.home.clone()).or_default().push(ModelId(idx));
    }
    homes
}

/// The module of an API, which is also its feature: a crate has some of both anyway.
fn module(name: &str) -> String {
    let module = names::module(name);
    if Scope::Crate.reserved().contains(&module.as_str()) { names::api(&module) } else { module }
}

fn api_docs(api: &Api, naming: &Naming) -> String {
    let about = [Some(&api.info.title), api.info.summary.as_ref(), api.info.description.as_ref()];
    let mut paragraphs: Vec<String> = about.into_iter().flatten().map(|text| text.trim().to_owned()).collect();
    if !api.info.version.is_empty() {
        paragraphs.push(format!("Version {} of the document `{}`.", api.info.version, naming.source));
    }
    paragraphs.join("\n\n")
}
