//! The plan: every decision about Rust, with no word of OpenAPI left to interpret.
//!
//! Invariants: identifiers are legal and unique in their scope, types are finite, every item has one home,
//! and the same API gives the same plan.

mod cycles;
mod docs;
mod finish;
pub(crate) mod names;
mod operations;
mod schemas;
mod words;

pub(crate) use finish::build_method;
pub use finish::{MOST_ARGUMENTS, add_attributes, misnamed};
pub use names::{RESERVED, Scope};
pub use operations::files;
pub use words::*;

use std::collections::{BTreeMap, BTreeSet};

use specwright_runtime::Direction;

use crate::config::{Handlers, Numbered, Replace, Side, Types};
use crate::diagnostics::{Code, Diagnostics, UNTYPED};
use crate::ir::{Api, SchemaId};
use crate::samples;
use crate::schemas::tables;
use names::{Wish, settle};
use schemas::{Directions, Draft, Planner, Replaced, Root};

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
    planner.plan_components();
    let (schemes, positions) = operations::schemes(api);
    let hooks = operations::hooks(api, &schemes, &positions);
    let mut operations = operations::plan(&mut planner, &positions, (&schemes, &hooks), diagnostics);
    let examples = samples::examples(api);
    let untyped = planner.untyped.iter().map(|(id, why)| (planner.directions.schema(*id), why));
    for (id, why) in untyped.collect::<BTreeMap<_, _>>() {
        let message = format!("{UNTYPED}{why}");
        diagnostics
            .report(Code::UntypedSchema, &api.schemas[id].origin, message)
            .help("its values are JSON of any kind, checked against the schema");
    }
    let drafts: Vec<Draft> = planner.drafts.into_iter().flatten().collect();
    let mut drafts = named(api, &planner.targets.roots, drafts, &operations);
    let forms = forms(&mut drafts, &planner.directions);
    let model_files = model_files(&planner.targets.roots, &drafts);
    let (models, shared_files) = finish::share(drafts, &mut operations, &planner.classes);
    // The checker asks for the direction itself: the tables have each schema once, as the document has it.
    let one = |id| planner.directions.schema(planner.classes.representative(id));
    let named = planner.entries.iter().map(|id| planner.directions.schema(*id)).collect();
    let entries = entries(document, named, &models);
    let tables = tables::print_once(document, &one, &entries, &planner.open, &planner.refusals);
    let needs = finish::needed(document, &tables::schemas(document, &one, &entries), &planner.types);
    let module = module(&naming.name);
    let parameters = operations::share(&mut operations);
    let handlers = match wanted.handlers {
        Handlers::Together => Vec::new(),
        Handlers::ByTag => operations::by_tag(api, &operations),
    };
    let mut plan = ApiPlan {
        parameters,
        feature: module.replace('_', "-"),
        module,
        source: naming.source.clone(),
        docs: api_docs(api, naming),
        title: api.info.title.clone(),
        model_files,
        shared_files,
        homes: homes(&models),
        models,
        operations,
        schemes,
        hooks,
        servers: api.servers.iter().map(server).collect(),
        tables,
        examples: samples::print_examples(&examples),
        requests: None,
        handlers,
        sides: wanted.sides.clone().unwrap_or_else(|| Side::ALL.to_vec()),
        types: planner.types,
        needs,
        replaced: planner.replaced.used,
        attributes: BTreeMap::new(),
    };
    finish::settle(&mut plan, &forms);
    plan
}

/// Adds the schemas that models name.
fn entries(api: &Api, mut entries: BTreeSet<SchemaId>, models: &[Model]) -> BTreeSet<SchemaId> {
    let ids: BTreeMap<String, SchemaId> =
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
        let (answer, request) = (drafts[*answered].model.name.clone(), drafts[*sent].model.name.clone());
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

/// The files of schemas; whose type keeps its name keeps that of the file, too.
fn model_files(roots: &[Root], drafts: &[Draft]) -> Vec<ModelFile> {
    let keeps = |(root, draft): (&Root, &Draft)| draft.model.name == names::pascal(&root.name);
    let kept = roots.iter().zip(drafts).map(keeps);
    let wishes: Vec<_> = roots
        .iter()
        .zip(kept)
        .map(|(root, first)| Wish { name: names::module(&root.name), origin: &root.place, first })
        .collect();
    let modules = settle(&wishes, &[]);
    let answered: BTreeSet<usize> = roots.iter().filter_map(|root| root.form_of).collect();
    let file = |(idx, (root, module)): (usize, (&Root, String))| {
        let direction = match root.form_of {
            Some(_) => Some(Direction::Request),
            None => answered.contains(&idx).then_some(Direction::Response),
        };
        // What requests send is of the same component.
        let owner = root.form_of.and_then(|idx| roots.get(idx)).unwrap_or(root);
        ModelFile { module, component: owner.name.clone(), main: ModelId(idx), direction }
    };
    roots.iter().zip(modules).enumerate().map(file).collect()
}

/// Settles the names of all models: those of components among each other, every other one within its file.
fn named(api: &Api, roots: &[Root], drafts: Vec<Draft>, operations: &[OperationPlan]) -> Vec<Draft> {
    let file = |draft: &Draft| api.files.get(usize::from(draft.origin.file.0)).filter(|_| draft.origin.file.0 != 0);
    let origin = |(idx, draft): (usize, &Draft)| match roots.get(idx) {
        Some(root) => root.place.clone(),
        None => format!("{}{}", file(draft).map(String::as_str).unwrap_or_default(), draft.origin.pointer),
    };
    let origins: Vec<String> = drafts.iter().enumerate().map(origin).collect();
    let components = drafts.iter().filter(|draft| draft.is_component).count();
    let scope_of = |idx: usize| (idx >= components).then(|| drafts[idx].model.home.clone());
    let mut scopes: BTreeMap<Option<Home>, Vec<usize>> = BTreeMap::new();
    for idx in 0..drafts.len() {
        scopes.entry(scope_of(idx)).or_default().push(idx);
    }
    let mut names: Vec<String> = drafts.iter().map(|draft| draft.model.name.clone()).collect();
    let main_name = |scopes: &Option<Home>, names: &[String]| match scopes {
        Some(Home::Component(idx)) => names.get(*idx).cloned(),
        _ => None,
    };
    let taken_by = |it: &BodyItem| [it.name().to_owned(), names::builder(it.name())];
    let bodies: Vec<Vec<String>> =
        operations.iter().map(|operation| operation.bodies.iter().flat_map(taken_by).collect()).collect();
    for (scope, members) in &scopes {
        let wish = |idx: &usize| Wish {
            name: drafts[*idx].model.name.clone(),
            origin: &origins[*idx],
            first: match roots.get(*idx) {
                Some(root) => root.is_component,
                None => drafts[*idx].rust_name.is_some(),
            },
        };
        let wishes: Vec<_> = members.iter().map(wish).collect();
        let main = main_name(scope, &names);
        let taken: Vec<&str> = match scope {
            Some(Home::Operation(idx)) => {
                let own = bodies[*idx].iter().map(String::as_str);
                Scope::Operation.reserved().iter().copied().chain(own).collect()
            }
            _ => main.iter().map(String::as_str).collect(),
        };
        for (idx, name) in members.iter().zip(settle(&wishes, &taken)) {
            names[*idx] = name;
        }
    }
    drafts.into_iter().zip(names).map(|(draft, name)| Draft { model: Model { name, ..draft.model }, ..draft }).collect()
}

fn server(server: &crate::ir::Server) -> ServerPlan {
    let variables = server.variables.iter();
    ServerPlan {
        name: server.name.clone().or_else(|| server.description.clone()),
        url: server.url.clone(),
        docs: server.description.clone().unwrap_or_else(|| format!("`{}`", server.url)),
        variables: variables.map(|it| (it.name.clone(), it.default.clone(), it.allowed.clone())).collect(),
    }
}
