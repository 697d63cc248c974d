//! A crate: which files there are, and what fills each.

use std::fmt::Write as _;

use minijinja::value::Value;
use minijinja::{Environment, context};

use super::{RenderError, TEMPLATES, context, environment, frame, operations, sides, support};
use crate::output::Files;
use crate::plan::{ApiPlan, Home};

/// What a generated crate is called, and how it depends on others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateOptions {
    /// The package's name.
    pub name: String,
    /// One sentence about it.
    pub description: String,
    /// Whether versions and the like are those of the workspace around it.
    pub workspace: bool,
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
    let environment = environment(templates.iter().copied())?;
    let mut out = Crate { environment, files: Files::new() };
    out.root(plans, options)?;
    for plan in plans {
        out.api(plan)?;
    }
    for (path, text) in support::FILES {
        out.files.insert(format!("src/support/{path}"), support::text(path, text, &options.name));
    }
    out.manifest();
    Ok(out.files)
}

struct Crate<'a> {
    environment: Environment<'a>,
    files: Files,
}

impl Crate<'_> {
    fn root(&mut self, plans: &[ApiPlan], options: &CrateOptions) -> Result<(), RenderError> {
        let apis: Vec<_> = plans
            .iter()
            .map(|plan| context! { feature_text => fragment(&plan.feature), ..context::api(plan) })
            .collect();
        let package = package(options);
        let features: Vec<_> =
            plans.iter().map(|plan| plan.feature.clone()).chain(["client", "server"].map(str::to_owned)).collect();
        let dependencies = dependencies(options.workspace);
        let manifest = context! { package => package.clone(), features, apis => apis.clone(), dependencies };
        self.text("Cargo.toml", "cargo.toml.j2", &manifest)?;
        self.text("README.md", "readme.md.j2", &context! { package, apis => apis.clone() })?;
        let items: Vec<_> = plans.iter().map(|plan| plan.module.clone()).chain(["support".to_owned()]).collect();
        let docs = root_docs(plans, options);
        let root = context! { apis, docs };
        self.rust("src/lib.rs", "lib.rs.j2", &root, &items, &[], &banner("its documents"))
    }

    fn api(&mut self, plan: &ApiPlan) -> Result<(), RenderError> {
        let module = &plan.module;
        let banner = banner(&plan.source);
        let api = context::api(plan);
        let has_shared = !plan.models_in(&Home::Shared).is_empty();
        let mut items = vec!["client", "models", "operations", "server"];
        items.extend(has_shared.then_some("shared"));
        items.push("SCHEMAS");
        let items: Vec<_> = items.into_iter().map(str::to_owned).collect();
        let root = context! { api => api.clone(), has_shared };
        let imports = imports(plan);
        self.rust(&format!("src/{module}/mod.rs"), "api_mod.rs.j2", &root, &items, &imports, &banner)?;
        self.files.insert(format!("src/{module}/schemas.json"), plan.tables.clone());
        self.models(plan, &api, &banner)?;
        self.operations(plan, &api, &banner)?;
        self.sides(plan, &api, &banner)
    }

    fn models(&mut self, plan: &ApiPlan, api: &Value, banner: &str) -> Result<(), RenderError> {
        let imports = imports(plan);
        let folder = format!("src/{}/models", plan.module);
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
        let shared = context::models(plan, &Home::Shared);
        if !shared.is_empty() {
            let docs = "Types of parameters, headers, responses and bodies that several operations share.";
            let values = context! { api => api.clone(), docs, models => shared };
            let items = context::model_items(plan, &Home::Shared);
            let path = format!("src/{}/shared.rs", plan.module);
            self.rust(&path, "models.rs.j2", &values, &items, &imports, banner)?;
        }
        Ok(())
    }

    fn operations(&mut self, plan: &ApiPlan, api: &Value, banner: &str) -> Result<(), RenderError> {
        let imports = imports(plan);
        let folder = format!("src/{}/operations", plan.module);
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
        let mut imports = imports(plan);
        for operation in &plan.operations {
            let path = format!("crate::{}::operations::{}", plan.module, operation.module);
            imports.push((operation.module.clone(), path));
        }
        let operations = sides::operations(plan);
        let schemes = sides::schemes(plan);
        let servers: Vec<_> = plan.servers.iter().map(server).collect();
        let values = context! { api => api.clone(), operations, schemes, servers };
        let functions = plan.operations.iter().map(|it| it.function.clone());
        let items: Vec<_> = ["Api", "router", "router_with"].map(str::to_owned).into_iter().chain(functions).collect();
        let path = |side: &str| format!("src/{}/{side}.rs", plan.module);
        self.rust(&path("server"), "server.rs.j2", &values, &items, &imports, banner)?;
        let items = ["SERVERS", "Client"].map(str::to_owned);
        self.rust(&path("client"), "client.rs.j2", &values, &items, &imports, banner)
    }

    /// Lists every file, this one included.
    fn manifest(&mut self) {
        let mut text =
            "# Generated by Specwright: every file that it wrote. What is not listed is never touched.\n".to_owned();
        let mut paths: Vec<_> = self.files.iter().map(|(path, _)| path).chain(["MANIFEST"]).collect();
        paths.sort_unstable();
        for path in paths {
            text.push_str(path);
            text.push('\n');
        }
        self.files.insert("MANIFEST".to_owned(), text);
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
        let text = frame::print(&frame::Frame { template, path, planned: items, imports, banner }, &text)?;
        self.files.insert(path.to_owned(), text);
        Ok(())
    }
}

/// The first line of a file: what it was made from, and so what to edit instead.
fn banner(source: &str) -> String {
    let source: String = source.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    format!("// @generated by Specwright from {source}: edit that, then generate again.")
}

/// The names that a file may use for modules elsewhere; it imports those that it does use.
fn imports(plan: &ApiPlan) -> Vec<(String, String)> {
    let api = |name: &str| (name.to_owned(), format!("crate::{}::{name}", plan.module));
    let run_time = |name: &str| (name.to_owned(), format!("crate::support::{name}"));
    let support = ("support".to_owned(), "crate::support".to_owned());
    let mut all = vec![api("models"), api("operations"), api("shared"), api("SCHEMAS"), support];
    all.extend(["client", "http", "params", "server"].map(run_time));
    let std = [("Arc", "std::sync::Arc"), ("BTreeMap", "std::collections::BTreeMap")];
    all.extend(std.map(|(name, path)| (name.to_owned(), path.to_owned())));
    all
}

fn root_docs(plans: &[ApiPlan], options: &CrateOptions) -> String {
    let mut docs = format!("{}\n\n| feature | module |\n| --- | --- |\n", options.description);
    for plan in plans {
        let title = plan.title.replace(['|', '\n'], " ");
        let _ = writeln!(docs, "| `{}` | `{}`: {title} |", plan.feature, plan.module);
    }
    docs.push_str(
        "| `client` | the typed client of each API |\n| `server` | the handler trait and router of each API |",
    );
    docs
}

fn fragment(text: &str) -> Value {
    super::fragment::code_span(text)
}

fn server(it: &crate::plan::ServerPlan) -> Value {
    let variables: Vec<_> =
        it.variables.iter().map(|(name, default, allowed)| context! { name, default, allowed }).collect();
    context! { url => it.url.as_str(), variables }
}

fn package(options: &CrateOptions) -> Value {
    let fields =
        [("version", "0.1.0"), ("edition", "2024"), ("rust-version", "1.89"), ("license", "MIT OR Apache-2.0")];
    let shown = if options.workspace { &fields[..] } else { &fields[..3] };
    let fields: Vec<_> = shown
        .iter()
        .map(|(key, value)| context! { key => *key, value => *value, workspace => options.workspace })
        .collect();
    context! { name => options.name.as_str(), description => options.description.as_str(), fields }
}

/// A crate that generated code depends on.
struct Dependency {
    name: &'static str,
    version: &'static str,
    bare: bool,
    features: &'static [&'static str],
    sides: &'static str,
    reason: &'static str,
}

const fn dependency(
    name: &'static str,
    version: &'static str,
    sides: &'static str,
    reason: &'static str,
) -> Dependency {
    Dependency { name, version, bare: false, features: &[], sides, reason }
}

/// Everything that the run time names; `sides` says who needs it: `c`lient, `s`erver, or all when empty.
const DEPENDENCIES: &[Dependency] = &[
    Dependency { bare: true, features: &["http1", "tokio"], ..dependency("axum", "0.8", "s", "the router") },
    dependency("base64", "0.22", "", "strings with the format `byte`"),
    dependency("bytes", "1", "cs", "bodies"),
    dependency("fancy-regex", "0.20", "", "patterns with look-around, within bounds"),
    dependency("fluent-uri", "0.4", "", "strings with the format `uri` and its kin"),
    Dependency { bare: true, ..dependency("futures-util", "0.3", "cs", "streams of bodies") },
    dependency("http", "1", "cs", "requests and responses"),
    dependency("http-body-util", "0.1", "cs", "bodies"),
    dependency("idna", "1", "", "strings with the format `hostname` and its kin"),
    Dependency { bare: true, features: &["std"], ..dependency("jiff", "0.2", "", "dates and times") },
    dependency("percent-encoding", "2", "cs", "parameters"),
    dependency("regex", "1", "", "patterns"),
    Dependency { bare: true, features: &["default-tls"], ..dependency("reqwest", "0.13", "c", "the transport") },
    Dependency { features: &["derive"], ..dependency("serde", "1", "", "the JSON form of models") },
    Dependency { features: &["float_roundtrip"], ..dependency("serde_json", "1", "", "JSON") },
    Dependency { features: &["time"], ..dependency("tokio", "1", "c", "time-outs and retries") },
    Dependency {
        bare: true,
        features: &["util"],
        ..dependency("tower", "0.5", "c", "calls of a service in the same process")
    },
    Dependency { bare: true, features: &["std"], ..dependency("tracing", "0.1", "s", "a span for each request") },
    dependency("uuid", "1", "", "strings with the format `uuid`"),
];

fn dependencies(workspace: bool) -> Vec<Value> {
    DEPENDENCIES
        .iter()
        .map(|it| {
            context! {
                name => it.name,
                version => it.version,
                workspace => workspace,
                bare => it.bare && !workspace,
                features => it.features.to_vec(),
                client => it.sides.contains('c'),
                server => it.sides.contains('s'),
                feature => format!("dep:{}", it.name),
                reason => super::fragment::toml_comment(it.reason),
            }
        })
        .collect()
}
