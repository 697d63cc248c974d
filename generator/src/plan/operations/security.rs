//! Security requirements, and how callers are turned away.

use std::collections::BTreeSet;

use specwright_runtime::form::names_violations;

use super::styles::lays_out_names;
use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Api, Location, Operation, Response, ResponseKey, SchemaId, SecuritySchemeKind};
use crate::plan::docs;
use crate::plan::names::{self, Wish, settle};
use crate::plan::words::{Credential, HookPlan, Required, SchemeId, SchemePlan, SecurityPlan};
use crate::samples::{self, Refusals};
use crate::source::Value;

/// The schemes that some operation asks for; the answer maps positions in the IR to schemes of the plan.
pub(in crate::plan) fn schemes(api: &Api) -> (Vec<SchemePlan>, Vec<Option<SchemeId>>) {
    let requirements = || api.operations.iter().flat_map(|operation| &operation.security).flat_map(|it| &it.schemes);
    let used = |idx: usize| requirements().any(|(scheme, _)| *scheme == idx);
    let wanted: Vec<_> = api.security_schemes.iter().enumerate().filter(|(idx, _)| used(*idx)).collect();
    let wishes: Vec<_> =
        wanted.iter().map(|(_, it)| Wish { name: hook(&it.name), origin: &it.name, first: false }).collect();
    let hooks = settle(&wishes, &[]);
    let mut positions = vec![None; api.security_schemes.len()];
    let mut plans = Vec::new();
    for ((idx, scheme), hook) in wanted.into_iter().zip(hooks) {
        let credential = match &scheme.kind {
            SecuritySchemeKind::Bearer => Credential::Bearer,
            SecuritySchemeKind::Basic => Credential::Basic,
            SecuritySchemeKind::ApiKey { location, name } => Credential::ApiKey(*location, name.clone()),
            SecuritySchemeKind::MutualTls => Credential::ClientCertificate,
            SecuritySchemeKind::Http { scheme } => Credential::Http(scheme.clone()),
            SecuritySchemeKind::Unknown => Credential::Request,
        };
        positions[idx] = Some(SchemeId(plans.len()));
        let scoped = credential == Credential::Bearer
            || requirements().any(|(scheme, scopes)| *scheme == idx && !scopes.is_empty());
        let otherwise = format!("The security scheme `{}`.", scheme.name);
        let docs = docs::of_part(scheme.description.as_deref(), &otherwise, None);
        plans.push(SchemePlan { wire: scheme.name.clone(), hook, scoped, credential, docs });
    }
    (plans, positions)
}

/// The name of a scheme, unless the client or the trait of the handlers has that anyway.
fn hook(name: &str) -> String {
    let hook = names::snake(name);
    if ["core", "failure"].contains(&hook.as_str()) { format!("{hook}_scheme") } else { hook }
}

/// A hook for each alternative of any operation: a scheme that is enough has its own name, schemes that are wanted
/// together have all of theirs.
pub(in crate::plan) fn hooks(api: &Api, schemes: &[SchemePlan], positions: &[Option<SchemeId>]) -> Vec<HookPlan> {
    let alternatives = |operation| match security(operation, positions) {
        SecurityPlan::Anyone => Vec::new(),
        SecurityPlan::Callers { alternatives, .. } => alternatives,
    };
    let groups = api.operations.iter().flat_map(alternatives);
    let groups: BTreeSet<Vec<SchemeId>> = groups.map(|it| it.iter().map(|it| it.scheme).collect()).collect();
    let (alone, together): (Vec<_>, Vec<_>) = groups.into_iter().partition(|it| it.len() == 1);
    let joined = |group: &Vec<SchemeId>, word: &str, part: fn(&SchemePlan) -> &str| -> String {
        group.iter().map(|it| part(&schemes[it.0])).collect::<Vec<_>>().join(word)
    };
    let names = |group| joined(group, "_and_", |it| it.hook.trim_start_matches("r#"));
    let origins: Vec<_> = together.iter().map(|group| joined(group, " and ", |it| &it.wire)).collect();
    let wishes = together.iter().zip(&origins);
    let wishes: Vec<_> = wishes.map(|(group, origin)| Wish { name: names(group), origin, first: false }).collect();
    let taken: Vec<_> = schemes.iter().map(|it| it.hook.as_str()).collect();
    let settled = settle(&wishes, &taken);
    let alone = alone.into_iter().map(|group| HookPlan {
        function: joined(&group, "", |it| &it.hook),
        docs: joined(&group, "", |it| &it.docs),
        schemes: group,
    });
    let together = together.into_iter().zip(&origins).zip(settled).map(|((schemes, origin), function)| HookPlan {
        function,
        docs: format!("The security schemes {} together.", code_spans(origin)),
        schemes,
    });
    alone.chain(together).collect()
}

/// `a and b` with each name as code.
fn code_spans(names: &str) -> String {
    let spans = names.split(" and ").map(|name| format!("`{}`", name.replace('`', "'")));
    spans.collect::<Vec<_>>().join(" and ")
}

/// Who may call an operation.
pub(super) fn security(operation: &Operation, positions: &[Option<SchemeId>]) -> SecurityPlan {
    let alternatives: Vec<Vec<Required>> = operation
        .security
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
        .map(|requirement| {
            let schemes = requirement.schemes.iter();
            let required =
                schemes.filter_map(|(idx, scopes)| Some(Required { scheme: positions[*idx]?, scopes: scopes.clone() }));
            let mut required: Vec<_> = required.collect();
            required.sort_by_key(|it| it.scheme);
            required
        })
        .collect();
    let anonymous = operation.security.iter().any(|requirement| requirement.schemes.is_empty());
    if alternatives.is_empty() { SecurityPlan::Anyone } else { SecurityPlan::Callers { alternatives, anonymous } }
}

/// The API keys of any alternative that stand side by side with the properties of an exploded object.
pub(super) fn keys(api: &Api, operation: &Operation) -> Vec<(Location, String)> {
    let beside = |place| operation.parameters.iter().any(|it| it.location == place && lays_out_names(api, it));
    let mut keys = Vec::new();
    for (scheme, _) in operation.security.iter().flat_map(|requirement| &requirement.schemes) {
        let SecuritySchemeKind::ApiKey { location, name } = &api.security_schemes[*scheme].kind else { continue };
        let key = (location.location(), name.clone());
        if beside(key.0) && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The status that answers invalid input in the operation's own schema: one whose body can name what is wrong.
pub(super) fn violations(operation: &Operation, refusals: &Refusals) -> Option<u16> {
    let names_them = |response: &Response| match &response.validation_error {
        Some(template) => {
            let text = template.to_json().to_string();
            ["$fields", "$messages", "$message\"", "$field\""].iter().any(|it| text.contains(it))
        }
        None => form(response).and_then(|it| refusals.get(&it)).is_some_and(names_violations),
    };
    [422, 400, 403].into_iter().find(|code| {
        let answers = operation.responses.iter().filter(|it| it.key == ResponseKey::Status(*code));
        answers.into_iter().any(names_them)
    })
}

/// The schema that says how a refusal looks.
fn form(response: &Response) -> Option<SchemaId> {
    response.content.iter().find(|it| it.media_type.is_json())?.schema
}

/// How the run time fills the body of a response when it answers itself, where the document says so.
pub(super) fn refusal(api: &Api, response: &Response, diagnostics: &mut Diagnostics) -> Option<String> {
    let template = response.validation_error.as_ref()?;
    check_template(response, template, diagnostics);
    let wrong = form(response).filter(|id| !samples::holds(api, *id, &template.to_json()));
    if wrong.is_some() {
        diagnostics
            .report(
                Code::InvalidExtension,
                &response.origin.key("x-validation-error"),
                "what `x-validation-error` makes is not always as the schema of the response wants it",
            )
            .taken_as("the form that the schema shows")
            .help("members that the schema bounds take no placeholder, and what it requires must be there");
        return None;
    }
    Some(template.to_json().to_string())
}

/// The placeholders of `x-validation-error`.
const PLACEHOLDERS: &[&str] =
    &["$summary", "$status", "$title", "$code", "$messages", "$fields", "$field", "$pointer", "$keyword", "$message"];

fn check_template(response: &Response, template: &Value, diagnostics: &mut Diagnostics) {
    let mut pending = vec![template];
    while let Some(value) = pending.pop() {
        match value {
            Value::String(text) if text.starts_with('$') && !PLACEHOLDERS.contains(&text.as_str()) => {
                let message = format!("`{}` is no placeholder of `x-validation-error`", text.escape_debug());
                diagnostics
                    .report(Code::InvalidExtension, &response.origin.key("x-validation-error"), message)
                    .taken_as("a text that stands for itself")
                    .help(format!("placeholders are {}", PLACEHOLDERS.join(", ")));
            }
            Value::Array(items) => pending.extend(items),
            Value::Object(members) => pending.extend(members.values()),
            _ => {}
        }
    }
}
