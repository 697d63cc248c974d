//! A crate: which files there are, and what fills each.

use std::sync::{Arc, LazyLock};

use minijinja::value::Value;
use minijinja::{Environment, context};

use super::needs::{Needs, is_served};
use super::overrides::Added;
use super::part::Part;
use super::place::{CrateOptions, Extras, Place, gates};
use super::shapes::Contexts;
use super::sheet::{self, Margin, Sheet, Stage, filled};
use super::tree::Tree;
use super::{
    Delivery, RenderError, TEMPLATES, cargo, context, contract, environment, listing, operations, parameters, readme,
    roots, runtime, sides,
};
use crate::config::Side;
use crate::output::Files;
use crate::plan::{ApiPlan, Home, ModelFile, OperationKind};

/// Renders the crate of some APIs.
pub fn render(plans: &[ApiPlan], options: &CrateOptions) -> Result<Files, RenderError> {
    render_with(TEMPLATES, plans, options)
}

/// Renders the crate of some APIs with templates of one's own, by the names in [`TEMPLATES`].
pub fn render_with(
    templates: &[(&str, &str)],
    plans: &[ApiPlan],
    options: &CrateOptions,
) -> Result<Files, RenderError> {
    render_place(templates, plans, options, &Extras::default())
}

/// Renders some APIs where the user wants them.
pub fn render_crate(plans: &[ApiPlan], options: &CrateOptions, extras: &Extras) -> Result<Files, RenderError> {
    render_place(&extras.templates.merged(), plans, options, extras)
}

/// What templates are given where some APIs are rendered; an error is one that does not render.
pub fn contexts(plans: &[ApiPlan], options: &CrateOptions, extras: &Extras) -> Result<Contexts, RenderError> {
    let mut out = Crate::new(&extras.templates.merged(), extras)?;
    out.seen = Some(Contexts::default());
    out.list(plans, options)?;
    let mut seen = out.seen.take().unwrap_or_default();
    for Sheet { template, values, .. } in out.sheets {
        seen.see(template, &values());
    }
    Ok(seen)
}

/// As [`render_crate`], with templates of one's own.
pub fn render_place(
    templates: &[(&str, &str)],
    plans: &[ApiPlan],
    options: &CrateOptions,
    extras: &Extras,
) -> Result<Files, RenderError> {
    let mut out = Crate::new(templates, extras)?;
    out.list(plans, options)?;
    out.print(Stage::Printed)?;
    if options.runtime == Delivery::Copy {
        out.run_time(plans);
    }
    contract::add(plans, extras, &mut out.files)?;
    let manifest = listing::manifest(&out.files);
    out.files.insert("MANIFEST".to_owned(), manifest);
    Ok(out.files)
}

/// Renders the Rust files of some APIs as their templates leave them, for comparing two versions: neither parsed nor
/// printed, without the run time and without what documents serve.
pub fn drafts(plans: &[ApiPlan]) -> Result<Files, RenderError> {
    let extras = Extras::default();
    let mut out = Crate::new(TEMPLATES, &extras)?;
    for plan in plans {
        out.api(plan);
    }
    out.print(Stage::Draft)?;
    Ok(out.files)
}

struct Crate<'a> {
    environment: Environment<'a>,
    files: Files,
    sheets: Vec<Sheet<'a>>,
    extras: &'a Extras,
    /// What is told of what templates are given.
    seen: Option<Contexts>,
}

impl<'a> Crate<'a> {
    fn new(templates: &[(&'a str, &'a str)], extras: &'a Extras) -> Result<Self, RenderError> {
        let environment = environment(templates.iter().copied())?;
        Ok(Self { environment, files: Files::new(), sheets: Vec::new(), extras, seen: None })
    }

    /// Lists every file of some APIs.
    fn list(&mut self, plans: &'a [ApiPlan], options: &CrateOptions) -> Result<(), RenderError> {
        match self.extras.place {
            Place::Crate => self.root(plans, options)?,
            Place::Module(_) => self.module(plans, options)?,
        }
        for plan in plans {
            self.api(plan);
        }
        Ok(())
    }

    /// The root of a module tree: without a comment of its own, so that `include!` takes it.
    fn module(&mut self, plans: &'a [ApiPlan], options: &CrateOptions) -> Result<(), RenderError> {
        let apis: Vec<_> = plans.iter().map(context::api).collect();
        let copied = options.runtime == Delivery::Copy;
        let needs = roots::needs(plans);
        let items = roots::items(plans, options);
        let margin = Margin::new("its documents", Vec::new());
        self.rust("mod.rs".to_owned(), "module.rs.j2", items, &margin, move || context! { apis, copied, needs });
        let dependencies = cargo::needed_by_module(plans, options, self.extras);
        let needed = context! { dependencies, recursion_limit => roots::recursion_limit(plans) };
        self.plain("dependencies.toml", "dependencies.toml.j2", &needed)
    }

    /// A copy of the run time: what is needed of it.
    fn run_time(&mut self, plans: &[ApiPlan]) {
        let needs = Needs::new(plans);
        let needs = if matches!(self.extras.place, Place::Module(_)) { needs.of_module() } else { needs };
        let (paths, texts): (Vec<_>, Vec<_>) =
            runtime::files(&needs).into_iter().map(|(path, text)| (path, needs.settled(text))).unzip();
        let texts = match &self.extras.place {
            Place::Crate => texts,
            Place::Module(root) => {
                let code: Vec<_> = self.files.iter().map(|(_, text)| text).collect();
                let tree = Tree::new(root, &texts, &code);
                texts.iter().map(|text| tree.file(text)).collect()
            }
        };
        let source = self.extras.place.source();
        for (path, text) in paths.into_iter().zip(texts) {
            self.files.insert(format!("{source}support/{path}"), text);
        }
    }

    fn root(&mut self, plans: &'a [ApiPlan], options: &CrateOptions) -> Result<(), RenderError> {
        let apis: Vec<_> = plans.iter().map(context::api).collect();
        let manifest = cargo::manifest(plans, options, self.extras);
        self.plain("Cargo.toml", "cargo.toml.j2", &manifest)?;
        self.plain("README.md", "readme.md.j2", &readme::readme(plans, options))?;
        let copied = options.runtime == Delivery::Copy;
        let docs = roots::docs(plans, options);
        let needs = roots::needs(plans);
        let readme = readme::features(plans);
        let recursion_limit = roots::recursion_limit(plans);
        let items = roots::items(plans, options).into_iter().chain(readme.is_some().then(|| "_".to_owned()));
        let margin = Margin::new("its documents", Vec::new());
        let values = move || context! { apis, docs, copied, needs, readme, recursion_limit };
        self.rust("src/lib.rs".to_owned(), "lib.rs.j2", items.collect(), &margin, values);
        self.serve(plans, options, &margin);
        Ok(())
    }

    /// The program that serves an API from the examples of its document.
    fn serve(&mut self, plans: &'a [ApiPlan], options: &CrateOptions, margin: &Margin) {
        let apis: Vec<_> = plans.iter().filter(|plan| is_served(plan)).map(context::api).collect();
        if apis.is_empty() {
            return;
        }
        let crate_name = options.name.replace('-', "_");
        let docs = format!(
            "Serves an API from the examples of its document.\n\n\
             `cargo run -p {} --example serve --features stand-in -- <api> [address]`",
            options.name,
        );
        let items = ["APIS", "main", "stopped", "router"].map(str::to_owned).into();
        let values = move || context! { apis, docs, crate_name };
        self.rust("examples/serve.rs".to_owned(), "serve.rs.j2", items, margin, values);
    }

    fn api(&mut self, plan: &'a ApiPlan) {
        let part = Part::new(plan, &self.extras.place);
        let has_shared = !plan.shared_files.is_empty() || plan.homes.contains_key(&Home::Shared);
        // Documents of nothing but schemas have no sides.
        let has = |kind, side| plan.has(side) && plan.of_kind(kind).next().is_some();
        let (calls, serves) =
            (has(OperationKind::Operation, Side::Client), has(OperationKind::Operation, Side::Server));
        let (sends, receives) = (has(OperationKind::Webhook, Side::Client), has(OperationKind::Webhook, Side::Server));
        let has_operations = calls || serves || sends || receives;
        let mut items = Vec::new();
        items.extend(calls.then_some("client"));
        let tests = serves && plan.requests.is_some();
        items.extend(tests.then_some("contract"));
        items.extend(serves.then_some("examples"));
        items.push("models");
        let has_parameters = has_operations && !plan.parameters.is_empty();
        items.extend(has_operations.then_some("operations"));
        items.extend(has_parameters.then_some("parameters"));
        items.extend(receives.then_some("receiver"));
        items.extend(sends.then_some("sender"));
        items.extend(serves.then_some("server"));
        items.extend(has_shared.then_some("shared"));
        let added = if has_operations { self.extras.templates.modules() } else { Vec::new() };
        items.extend(added.iter().map(String::as_str));
        items.push("SCHEMAS");
        let items: Vec<_> = items.into_iter().map(str::to_owned).collect();
        let gates = gates(self.extras.place == Place::Crate, &plan.sides);
        let api = part.api.clone();
        let sides = context! { calls, serves, tests, sends, receives, has_operations };
        let root = context! { api, has_parameters, has_shared, gates, added, ..sides };
        self.rust(part.path("mod.rs"), "api_mod.rs.j2", items, &part.margin, move || root);
        self.files.insert(part.path("schemas.json"), plan.tables.clone());
        // The longest files come first, so that no core waits for one in the end.
        if calls || serves {
            self.sides(&part);
        }
        if sends || receives {
            self.webhooks(&part);
        }
        self.shared(&part);
        if has_parameters {
            self.parameters(&part);
        }
        self.models(&part);
        if has_operations {
            self.operations(&part);
            self.added(&part);
        }
    }

    fn models(&mut self, part: &Part<'a>) {
        let plan = part.plan;
        let listed =
            move |file: &ModelFile| context! { module => file.module.as_str(), main => context::main(plan, file) };
        let values = move || context! { files => plan.model_files.iter().map(listed).collect::<Vec<_>>() };
        let modules = plan.model_files.iter().map(|file| file.module.clone()).collect();
        self.rust(part.path("models/mod.rs"), "models_mod.rs.j2", modules, &part.margin, values);
        for (idx, file) in plan.model_files.iter().enumerate() {
            let docs = format!("The schema `{}` of `{}`.", file.component.replace('`', "'"), plan.source);
            self.types(part, part.path(&format!("models/{}.rs", file.module)), docs, Home::Component(idx));
        }
    }

    /// The types that several places share.
    fn shared(&mut self, part: &Part<'a>) {
        let plan = part.plan;
        if plan.shared_files.is_empty() && !plan.homes.contains_key(&Home::Shared) {
            return;
        }
        let api = part.api.clone();
        let values = move || {
            let docs = "Types that several schemas or operations share: each place has its own name for them, too.";
            let listed =
                |file: &ModelFile| context! { module => file.module.as_str(), main => context::main(plan, file) };
            let files: Vec<_> = plan.shared_files.iter().map(listed).collect();
            context! { api, docs, models => context::models(plan, &Home::Shared), files }
        };
        let mut items: Vec<String> = plan.shared_files.iter().map(|file| file.module.clone()).collect();
        items.extend(context::model_items(plan, &Home::Shared));
        self.rust(part.path("shared/mod.rs"), "shared_mod.rs.j2", items, &part.margin, values);
        for (idx, file) in plan.shared_files.iter().enumerate() {
            let docs = format!("The type `{}` of several places in `{}`.", context::main(plan, file), plan.source);
            self.types(part, part.path(&format!("shared/{}.rs", file.module)), docs, Home::Content(idx));
        }
    }

    /// A file of types and nothing else.
    fn types(&mut self, part: &Part<'a>, path: String, docs: String, home: Home) {
        let (plan, api) = (part.plan, part.api.clone());
        let items = context::model_items(plan, &home);
        let values = move || context! { api, docs, models => context::models(plan, &home) };
        self.rust(path, "models.rs.j2", items, &part.margin, values);
    }

    /// The parameters and headers that have a name for all operations.
    fn parameters(&mut self, part: &Part<'a>) {
        let plan = part.plan;
        let items = plan.parameters.iter().map(|it| it.name.clone()).collect();
        let values = move || context! { parameters => parameters::shared(plan) };
        self.rust(part.path("parameters.rs"), "parameters.rs.j2", items, &part.margin, values);
    }

    fn operations(&mut self, part: &Part<'a>) {
        let plan = part.plan;
        let modules: Vec<_> = plan.operations.iter().map(|it| it.module.clone()).collect();
        let listed: Vec<_> = modules.iter().map(|module| context! { module }).collect();
        let root = move || context! { operations => listed };
        self.rust(part.path("operations/mod.rs"), "operations_mod.rs.j2", modules, &part.margin, root);
        for (idx, operation) in plan.operations.iter().enumerate() {
            let home = Home::Operation(idx);
            let mut items = operations::operation_items(plan, operation);
            items.extend(context::model_items(plan, &home));
            let path = part.path(&format!("operations/{}.rs", operation.module));
            let api = part.api.clone();
            let gates = gates(self.extras.place == Place::Crate, &plan.sides);
            let values = move || {
                let models = context::models(plan, &home);
                context! { api, gates, operation => operations::operation(plan, idx), models }
            };
            self.rust(path, "operation.rs.j2", items, &part.margin, values);
        }
    }

    /// What the user's templates make of each operation.
    fn added(&mut self, part: &Part<'a>) {
        let plan = part.plan;
        for Added { module, template, items } in &self.extras.templates.added {
            let modules: Vec<_> = plan.operations.iter().map(|it| it.module.clone()).collect();
            let root = context! { operations => modules.iter().map(|module| context! { module }).collect::<Vec<_>>() };
            self.rust(part.path(&format!("{module}/mod.rs")), "added_mod.rs.j2", modules, &part.margin, move || root);
            for (idx, operation) in plan.operations.iter().enumerate() {
                let path = part.path(&format!("{module}/{}.rs", operation.module));
                let api = part.api.clone();
                self.rust(path, template, items.clone(), &part.sides, move || {
                    context! { api, operation => operations::operation(plan, idx) }
                });
            }
        }
    }

    fn sides(&mut self, part: &Part<'a>) {
        let (plan, api) = (part.plan, part.api.clone());
        // Whichever file is rendered first makes what all of them show.
        let values = Arc::new(LazyLock::new(move || sides::both(plan, &api)));
        let (to_call, to_test) = (values.clone(), values.clone());
        let to_serve = Arc::new(LazyLock::new(move || context! { ..sides::serving(plan), ..(**values).clone() }));
        let to_show = to_serve.clone();
        if plan.has(Side::Client) {
            let items = ["SERVERS", "Client"].map(str::to_owned).into();
            self.rust(part.path("client.rs"), "client.rs.j2", items, &part.sides, move || (**to_call).clone());
        }
        if !plan.has(Side::Server) {
            return;
        }
        let items = sides::server_items(plan);
        self.rust(part.path("server.rs"), "server.rs.j2", items, &part.sides, move || (**to_serve).clone());
        if let Some(requests) = &plan.requests {
            let items = ["of", "OPERATIONS", "REQUESTS"].map(str::to_owned).into();
            self.rust(part.path("contract.rs"), "contract.rs.j2", items, &part.sides, move || (**to_test).clone());
            self.files.insert(part.path("requests.json"), requests.clone());
        }
        self.files.insert(part.path("examples.json"), plan.examples.clone());
        let mut imports = part.sides.imports.to_vec();
        let module = format!("{}::{}::server", self.extras.place.path(), plan.module);
        let traits = plan.handlers.iter().map(|it| it.name.as_str()).chain(["Api"]);
        imports.extend(traits.map(|name| (name.to_owned(), format!("{module}::{name}"))));
        let margin = Margin { imports: imports.into(), ..part.sides.clone() };
        let items = ["Examples", "EXAMPLES", "router"].map(str::to_owned).into();
        self.rust(part.path("examples.rs"), "examples.rs.j2", items, &margin, move || (**to_show).clone());
    }

    fn webhooks(&mut self, part: &Part<'a>) {
        let (plan, api) = (part.plan, part.api.clone());
        let values = context! { api, operations => sides::operations(plan, OperationKind::Webhook) };
        let to_send = values.clone();
        let functions = plan.of_kind(OperationKind::Webhook).map(|it| it.function.clone());
        let ends = ["Webhooks", "webhooks_router", "webhooks_router_with", "webhooks_routes"].map(str::to_owned);
        let items = ends.into_iter().chain(functions).collect();
        if plan.has(Side::Server) {
            self.rust(part.path("receiver.rs"), "receiver.rs.j2", items, &part.sides, move || values);
        }
        if plan.has(Side::Client) {
            self.rust(part.path("sender.rs"), "sender.rs.j2", vec!["Sender".to_owned()], &part.sides, move || to_send);
        }
    }

    /// Lists a Rust file.
    fn rust(
        &mut self,
        path: String,
        template: &'a str,
        items: Vec<String>,
        margin: &Margin,
        values: impl FnOnce() -> Value + Send + 'a,
    ) {
        self.sheets.push(Sheet { path, template, items, margin: margin.clone(), values: Box::new(values) });
    }

    /// Renders the files that are listed.
    fn print(&mut self, stage: Stage) -> Result<(), RenderError> {
        for (path, text) in sheet::print(std::mem::take(&mut self.sheets), &self.environment, stage)? {
            self.files.insert(path, text);
        }
        Ok(())
    }

    fn plain(&mut self, path: &str, template: &str, values: &Value) -> Result<(), RenderError> {
        if let Some(seen) = &mut self.seen {
            seen.see(template, values);
        }
        let text = filled(&self.environment, template, values)?;
        self.files.insert(path.to_owned(), text);
        Ok(())
    }
}
