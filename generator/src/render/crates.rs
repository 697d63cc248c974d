//! A crate: which files there are, and what fills each.

use std::fmt::Write as _;

use minijinja::value::Value;
use minijinja::{Environment, context};

use super::imports::{imports, imports_of_sides};
use super::needs::{Needs, is_served};
use super::place::{Extras, Place, gates};
use super::tree::Tree;
use super::{
    Delivery, RenderError, TEMPLATES, cargo, context, contract, environment, frame, listing, operations, runtime, sides,
};
use crate::config::Side;
use crate::output::Files;
use crate::plan::{ApiPlan, Home, ModelFile, OperationKind};

/// What a generated crate is called, and how it depends on others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateOptions {
    /// The package's name.
    pub name: String,
    /// One sentence about it.
    pub description: String,
    /// Whether versions and the like are those of the workspace around it.
    pub workspace: bool,
    /// How it comes by its run time.
    pub runtime: Delivery,
}

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
    render_place(TEMPLATES, plans, options, extras)
}

/// As [`render_crate`], with templates of one's own.
pub fn render_place(
    templates: &[(&str, &str)],
    plans: &[ApiPlan],
    options: &CrateOptions,
    extras: &Extras,
) -> Result<Files, RenderError> {
    let environment = environment(templates.iter().copied())?;
    let mut out = Crate { environment, files: Files::new(), extras, stage: Stage::Printed };
    match extras.place {
        Place::Crate => out.root(plans, options)?,
        Place::Module(_) => out.module(plans, options)?,
    }
    for plan in plans {
        out.api(plan)?;
    }
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
    let environment = environment(TEMPLATES.iter().copied())?;
    let mut out = Crate { environment, files: Files::new(), extras: &extras, stage: Stage::Draft };
    plans.iter().try_for_each(|plan| out.api(plan))?;
    Ok(out.files)
}

/// How far files are brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// As templates leave them.
    Draft,
    /// Parsed, checked against the plan, and printed.
    Printed,
}

struct Crate<'a> {
    environment: Environment<'a>,
    files: Files,
    extras: &'a Extras,
    stage: Stage,
}

impl Crate<'_> {
    /// The root of a module tree: without a comment of its own, so that `include!` takes it.
    fn module(&mut self, plans: &[ApiPlan], options: &CrateOptions) -> Result<(), RenderError> {
        let apis: Vec<_> = plans.iter().map(context::api).collect();
        let copied = options.runtime == Delivery::Copy;
        let support = copied.then(|| "support".to_owned());
        let items: Vec<_> = plans.iter().map(|plan| plan.module.clone()).chain(support).collect();
        self.rust("mod.rs", "module.rs.j2", &context! { apis, copied }, &items, &[], &banner("its documents"))?;
        let needed = context! { dependencies => cargo::needed_by_module(plans, options, self.extras) };
        self.text("dependencies.toml", "dependencies.toml.j2", &needed)
    }

    /// A copy of the run time: what is needed of it.
    fn run_time(&mut self, plans: &[ApiPlan]) {
        let needs = Needs::new(plans);
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

    /// What templates know of an API, with the path of its module.
    fn api_context(&self, plan: &ApiPlan) -> Value {
        let path = format!("{}::{}", self.extras.place.path(), plan.module);
        context! { path => super::fragment::path(&path), ..context::api(plan) }
    }

    fn root(&mut self, plans: &[ApiPlan], options: &CrateOptions) -> Result<(), RenderError> {
        let apis: Vec<_> = plans
            .iter()
            .map(|plan| context! { feature_text => fragment(&plan.feature), ..context::api(plan) })
            .collect();
        let manifest = cargo::manifest(plans, options, self.extras);
        self.text("Cargo.toml", "cargo.toml.j2", &manifest)?;
        self.text("README.md", "readme.md.j2", &context! { package => cargo::package(options), apis => apis.clone() })?;
        let copied = options.runtime == Delivery::Copy;
        let support = copied.then(|| "support".to_owned());
        let items: Vec<_> = plans.iter().map(|plan| plan.module.clone()).chain(support).collect();
        let docs = root_docs(plans, options);
        let root = context! { apis, docs, copied };
        self.rust("src/lib.rs", "lib.rs.j2", &root, &items, &[], &banner("its documents"))?;
        self.serve(plans, options)
    }

    /// The program that serves an API from the examples of its document.
    fn serve(&mut self, plans: &[ApiPlan], options: &CrateOptions) -> Result<(), RenderError> {
        let apis: Vec<_> = plans.iter().filter(|plan| is_served(plan)).map(context::api).collect();
        if apis.is_empty() {
            return Ok(());
        }
        let crate_name = options.name.replace('-', "_");
        let docs = format!(
            "Serves an API from the examples of its document.\n\n\
             `cargo run -p {} --example serve --features stand-in -- <api> [address]`",
            options.name,
        );
        let items = ["APIS", "main", "stopped", "router"].map(str::to_owned);
        let values = context! { apis, docs, crate_name };
        self.rust("examples/serve.rs", "serve.rs.j2", &values, &items, &[], &banner("its documents"))
    }

    fn api(&mut self, plan: &ApiPlan) -> Result<(), RenderError> {
        let module = &plan.module;
        let banner = banner(&plan.source);
        let api = self.api_context(plan);
        let source = self.extras.place.source();
        let has_shared = !plan.shared_files.is_empty() || plan.homes.contains_key(&Home::Shared);
        // Documents of nothing but schemas have no sides.
        let has = |kind, side| plan.has(side) && plan.of_kind(kind).next().is_some();
        let (calls, serves) =
            (has(OperationKind::Operation, Side::Client), has(OperationKind::Operation, Side::Server));
        let (sends, receives) = (has(OperationKind::Webhook, Side::Client), has(OperationKind::Webhook, Side::Server));
        let has_operations = calls || serves || sends || receives;
        let mut items = Vec::new();
        items.extend(calls.then_some("client"));
        items.extend(serves.then_some("examples"));
        items.push("models");
        items.extend(has_operations.then_some("operations"));
        items.extend(receives.then_some("receiver"));
        items.extend(sends.then_some("sender"));
        items.extend(serves.then_some("server"));
        items.extend(has_shared.then_some("shared"));
        items.push("SCHEMAS");
        let items: Vec<_> = items.into_iter().map(str::to_owned).collect();
        let gates = gates(self.extras.place == Place::Crate, &plan.sides);
        let root = context! { api => api.clone(), calls, serves, sends, receives, has_operations, has_shared, gates };
        let imports = imports(plan, self.extras.place.path());
        self.rust(&format!("{source}{module}/mod.rs"), "api_mod.rs.j2", &root, &items, &imports, &banner)?;
        self.files.insert(format!("{source}{module}/schemas.json"), plan.tables.clone());
        self.models(plan, &api, &banner)?;
        if has_operations {
            self.operations(plan, &api, &banner)?;
        }
        if calls || serves {
            self.sides(plan, &api, &banner)?;
        }
        if sends || receives {
            self.webhooks(plan, &api, &banner)?;
        }
        Ok(())
    }

    fn models(&mut self, plan: &ApiPlan, api: &Value, banner: &str) -> Result<(), RenderError> {
        let imports = imports(plan, self.extras.place.path());
        let folder = format!("{}{}/models", self.extras.place.source(), plan.module);
        let files: Vec<_> = plan
            .model_files
            .iter()
            .map(|file| context! { module => file.module.as_str(), main => plan.models[file.main.0].name.as_str() })
            .collect();
        let modules: Vec<_> = plan.model_files.iter().map(|file| file.module.clone()).collect();
        let root = context! { files };
        self.rust(&format!("{folder}/mod.rs"), "models_mod.rs.j2", &root, &modules, &[], banner)?;
        for (idx, file) in plan.model_files.iter().enumerate() {
            let home = Home::Component(idx);
            let docs = format!("The schema `{}` of `{}`.", file.component.replace('`', "'"), plan.source);
            let values = context! { api => api.clone(), docs, models => context::models(plan, &home) };
            let items = context::model_items(plan, &home);
            let path = format!("{folder}/{}.rs", file.module);
            self.rust(&path, "models.rs.j2", &values, &items, &imports, banner)?;
        }
        self.shared(plan, api, banner)
    }

    /// The types that several places share.
    fn shared(&mut self, plan: &ApiPlan, api: &Value, banner: &str) -> Result<(), RenderError> {
        let imports = imports(plan, self.extras.place.path());
        let folder = format!("{}{}/shared", self.extras.place.source(), plan.module);
        let models = context::models(plan, &Home::Shared);
        if models.is_empty() && plan.shared_files.is_empty() {
            return Ok(());
        }
        let docs = "Types that several schemas or operations share: each place has its own name for them, too.";
        let main = |file: &ModelFile| plan.models[file.main.0].name.clone();
        let files = plan.shared_files.iter();
        let listed = files.clone().map(|file| context! { module => file.module.as_str(), main => main(file) });
        let values = context! { api => api.clone(), docs, models, files => listed.collect::<Vec<_>>() };
        let mut items: Vec<String> = files.map(|file| file.module.clone()).collect();
        items.extend(context::model_items(plan, &Home::Shared));
        self.rust(&format!("{folder}/mod.rs"), "shared_mod.rs.j2", &values, &items, &imports, banner)?;
        for (idx, file) in plan.shared_files.iter().enumerate() {
            let home = Home::Content(idx);
            let docs = format!("The type `{}` of several places in `{}`.", main(file), plan.source);
            let values = context! { api => api.clone(), docs, models => context::models(plan, &home) };
            let items = context::model_items(plan, &home);
            let path = format!("{folder}/{}.rs", file.module);
            self.rust(&path, "models.rs.j2", &values, &items, &imports, banner)?;
        }
        Ok(())
    }

    fn operations(&mut self, plan: &ApiPlan, api: &Value, banner: &str) -> Result<(), RenderError> {
        let imports = imports(plan, self.extras.place.path());
        let folder = format!("{}{}/operations", self.extras.place.source(), plan.module);
        let modules: Vec<_> = plan.operations.iter().map(|it| it.module.clone()).collect();
        let listed: Vec<_> = modules.iter().map(|module| context! { module }).collect();
        let root = context! { operations => listed };
        self.rust(&format!("{folder}/mod.rs"), "operations_mod.rs.j2", &root, &modules, &[], banner)?;
        for (idx, operation) in plan.operations.iter().enumerate() {
            let home = Home::Operation(idx);
            let models = context::models(plan, &home);
            let values = context! { api => api.clone(), operation => operations::operation(plan, idx), models };
            let mut items = operations::operation_items(operation);
            items.extend(context::model_items(plan, &home));
            let path = format!("{folder}/{}.rs", operation.module);
            self.rust(&path, "operation.rs.j2", &values, &items, &imports, banner)?;
        }
        Ok(())
    }

    fn sides(&mut self, plan: &ApiPlan, api: &Value, banner: &str) -> Result<(), RenderError> {
        let mut imports = imports_of_sides(plan, self.extras.place.path());
        let operations = sides::operations(plan, OperationKind::Operation);
        let (hooks, credentials) = (sides::hooks(plan), sides::credentials(plan));
        let servers: Vec<_> = plan.servers.iter().map(server).collect();
        let served = sides::served(plan);
        let values = context! { api => api.clone(), operations, served, hooks, credentials, servers };
        let functions = plan.served().map(|it| it.function.clone());
        let items: Vec<_> =
            ["Api", "router", "router_with", "routes"].map(str::to_owned).into_iter().chain(functions).collect();
        let source = self.extras.place.source();
        let path = |side: &str| format!("{source}{}/{side}.rs", plan.module);
        if plan.has(Side::Client) {
            let items = ["SERVERS", "Client"].map(str::to_owned);
            self.rust(&path("client"), "client.rs.j2", &values, &items, &imports, banner)?;
        }
        if !plan.has(Side::Server) {
            return Ok(());
        }
        self.rust(&path("server"), "server.rs.j2", &values, &items, &imports, banner)?;
        self.files.insert(format!("{source}{}/examples.json", plan.module), plan.examples.clone());
        imports.push(("Api".to_owned(), format!("{}::{}::server::Api", self.extras.place.path(), plan.module)));
        let items = ["Examples", "EXAMPLES", "router"].map(str::to_owned);
        self.rust(&path("examples"), "examples.rs.j2", &values, &items, &imports, banner)
    }

    fn webhooks(&mut self, plan: &ApiPlan, api: &Value, banner: &str) -> Result<(), RenderError> {
        let imports = imports_of_sides(plan, self.extras.place.path());
        let operations = sides::operations(plan, OperationKind::Webhook);
        let values = context! { api => api.clone(), operations };
        let functions = plan.of_kind(OperationKind::Webhook).map(|it| it.function.clone());
        let ends = ["Webhooks", "webhooks_router", "webhooks_router_with", "webhooks_routes"].map(str::to_owned);
        let items: Vec<_> = ends.into_iter().chain(functions).collect();
        let source = self.extras.place.source();
        let path = |side: &str| format!("{source}{}/{side}.rs", plan.module);
        if plan.has(Side::Server) {
            self.rust(&path("receiver"), "receiver.rs.j2", &values, &items, &imports, banner)?;
        }
        if plan.has(Side::Client) {
            self.rust(&path("sender"), "sender.rs.j2", &values, &["Sender".to_owned()], &imports, banner)?;
        }
        Ok(())
    }

    fn render(&self, template: &str, values: &Value) -> Result<String, RenderError> {
        let failed = |error: minijinja::Error| {
            let mut message = format!("{error:#}");
            let mut source = std::error::Error::source(&error);
            while let Some(cause) = source {
                message = format!("{message}: {cause}");
                source = cause.source();
            }
            RenderError { template: template.to_owned(), message }
        };
        self.environment.get_template(template).and_then(|it| it.render(values)).map_err(failed)
    }

    fn text(&mut self, path: &str, template: &str, values: &Value) -> Result<(), RenderError> {
        let text = self.render(template, values)?;
        self.files.insert(path.to_owned(), text);
        Ok(())
    }

    fn rust(
        &mut self,
        path: &str,
        template: &str,
        values: &Value,
        items: &[String],
        imports: &[(String, String)],
        banner: &str,
    ) -> Result<(), RenderError> {
        let text = self.render(template, values)?;
        let text = match self.stage {
            Stage::Draft => text,
            Stage::Printed => frame::print(&frame::Frame { template, path, planned: items, imports, banner }, &text)?,
        };
        self.files.insert(path.to_owned(), text);
        Ok(())
    }
}

/// The first line of a file: what it was made from, and so what to edit instead.
fn banner(source: &str) -> String {
    let source: String = source.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    format!("// @generated by Specwright from {source}: edit that, then generate again.")
}

fn root_docs(plans: &[ApiPlan], options: &CrateOptions) -> String {
    let mut docs = format!("{}\n\n| feature | module |\n| --- | --- |\n", options.description);
    for plan in plans {
        let title = plan.title.replace(['|', '\n'], " ");
        let _ = writeln!(docs, "| `{}` | `{}`: {title} |", plan.feature, plan.module);
    }
    for side in Needs::new(plans).sides {
        docs.push_str(match side {
            Side::Client => "| `client` | the typed client of each API |\n",
            Side::Server => "| `server` | the handler trait and router of each API |\n",
        });
    }
    docs.trim_end().to_owned()
}

fn fragment(text: &str) -> Value {
    super::fragment::code_span(text)
}

fn server(it: &crate::plan::ServerPlan) -> Value {
    let variables: Vec<_> =
        it.variables.iter().map(|(name, default, allowed)| context! { name, default, allowed }).collect();
    context! { url => it.url.as_str(), variables }
}
