//! The part of the program that depends on the operations: for each API a server that passes every call on to a client.

use specwright::plan::{ApiPlan, Credential, HookPlan, OperationKind, OperationPlan, SchemePlan, SecurityPlan};

const HEAD: &str = "//! For each API a server that passes every call on to a client.

use axum::Router;
use generated::support::client::Config;

use crate::Noted;

";

/// The text of `relays.rs`.
pub(super) fn relays(plans: &[&ApiPlan]) -> String {
    let arms: Vec<_> =
        plans.iter().map(|it| format!("        {:?} => {}::router(config, noted),", it.feature, it.module)).collect();
    let modules: Vec<_> = plans.iter().map(|it| relay(it)).collect();
    format!(
        "{HEAD}/// The relay of an API.
pub(crate) fn router(api: &str, config: Config, noted: Noted) -> Router {{
    match api {{
{}
        _ => Router::new(),
    }}
}}
{}",
        arms.join("\n"),
        modules.concat()
    )
}

fn relay(plan: &ApiPlan) -> String {
    let ApiPlan { module, schemes, hooks, .. } = plan;
    let credentials: Vec<_> = schemes.iter().map(credential).collect();
    let principal = if schemes.is_empty() { "" } else { "        type Principal = ();\n" };
    let hooks: Vec<_> = hooks.iter().map(|it| hook(plan, it)).collect();
    let operations: Vec<_> = plan.of_kind(OperationKind::Operation).map(operation).collect();
    format!(
        "
mod {module} {{
    use axum::Router;
    use generated::{module}::client::Client;
    use generated::{module}::operations::*;
    use generated::{module}::server::{{Api, router_with}};
    use generated::support::client::Config;
    use generated::support::server;

    use crate::{{Noted, options}};

    struct Relay(Client);

    pub(super) fn router(config: Config, noted: Noted) -> Router {{
        let client = Client::new(config).expect(\"a base URL\"){};
        router_with(Relay(client).into(), options(noted))
    }}

    impl Api for Relay {{
{principal}        type Error = server::Failure;

{}{}    }}
}}
",
        credentials.concat(),
        hooks.concat(),
        operations.concat()
    )
}

fn credential(scheme: &SchemePlan) -> String {
    let values = match scheme.credential {
        Credential::Basic => "\"demo\", \"demo\"",
        _ => "\"demo\"",
    };
    format!(".with_{}({values})", scheme.hook)
}

fn hook(plan: &ApiPlan, hook: &HookPlan) -> String {
    let schemes = || hook.schemes.iter().map(|it| plan.scheme(*it));
    let credentials: Vec<_> = schemes().map(|it| format!(", _: server::{}", kind(it))).collect();
    let credentials = credentials.concat();
    let scopes: String = schemes().filter(|it| it.scoped).map(|_| ", _: &'static [&'static str]").collect();
    format!(
        "        async fn {}(&self{credentials}{scopes}, _: &server::Context) -> Result<(), server::Denied> {{
            Ok(())
        }}

",
        hook.function
    )
}

fn kind(scheme: &SchemePlan) -> &'static str {
    match scheme.credential {
        Credential::Bearer => "Bearer",
        Credential::Basic => "Basic",
        Credential::ApiKey(..) => "ApiKey",
        Credential::ClientCertificate => "ClientCertificate",
        Credential::Http(_) => "HttpCredentials",
        Credential::Request => "RequestHead",
    }
}

fn operation(operation: &OperationPlan) -> String {
    let OperationPlan { module, function, .. } = operation;
    let principal = match operation.security {
        SecurityPlan::Anyone => "",
        SecurityPlan::Callers { anonymous: false, .. } => "_: (), ",
        SecurityPlan::Callers { anonymous: true, .. } => "_: Option<()>, ",
    };
    format!(
        "        async fn {function}(&self, {principal}request: {module}::Request, _: &server::Context) -> Result<{module}::Response, server::Failure> {{
            Ok(self.0.{function}(&request).response().await?)
        }}

"
    )
}
