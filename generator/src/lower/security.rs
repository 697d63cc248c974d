//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, SecurityScheme as Skeleton};

use super::Lowering;
use crate::diagnostics::Code;
use crate::document::{Version, skeleton};
use crate::ir::{ApiKeyLocation, Requirement, SecurityScheme, SecuritySchemeKind};
use crate::source::At;

impl<'a> Lowering<'a, '_> {
    /// `components.securitySchemes`.
    pub(super) fn security_schemes(&mut self, root: &At<'a>) -> Vec<SecurityScheme> {
        let schemes = root.field("components").and_then(|components| components.field("securitySchemes"));
        let schemes: Vec<_> = schemes.iter().flat_map(At::entries).collect();
        let schemes: Vec<_> =
            schemes.into_iter().filter_map(|(name, at)| self.security_scheme(name, self.document.follow(at))).collect();
        self.security_names = schemes.iter().map(|scheme| scheme.name.clone()).collect();
        schemes
    }

    fn security_scheme(&mut self, name: &str, at: At<'a>) -> Option<SecurityScheme> {
        let kind = match skeleton::security_scheme(self.document, &at, self.diagnostics)? {
            skeleton::SecurityScheme::MutualTls { .. } => SecuritySchemeKind::MutualTls,
            skeleton::SecurityScheme::Known(Skeleton::APIKey { location, name, .. }) => {
                SecuritySchemeKind::ApiKey { location: api_key_location(&location), name }
            }
            skeleton::SecurityScheme::Known(Skeleton::HTTP { scheme, .. }) => self.http_scheme(&at, &scheme)?,
            // Both end in a bearer token; how it is obtained is the application's business.
            skeleton::SecurityScheme::Known(Skeleton::OAuth2 { .. } | Skeleton::OpenIDConnect { .. }) => {
                SecuritySchemeKind::Bearer
            }
        };
        Some(SecurityScheme {
            name: name.to_owned(),
            description: at.text("description").map(str::to_owned),
            kind,
            origin: at.origin,
        })
    }

    fn http_scheme(&mut self, at: &At<'_>, scheme: &str) -> Option<SecuritySchemeKind> {
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => Some(SecuritySchemeKind::Basic),
            "bearer" => Some(SecuritySchemeKind::Bearer),
            other => {
                let message = format!("the HTTP authentication scheme `{}` is not supported", other.escape_debug());
                self.diagnostics
                    .report(Code::UnsupportedField, &at.origin.key("scheme"), message)
                    .help("supported are `basic` and `bearer`");
                None
            }
        }
    }

    /// The requirements of an operation: its own, else those of the document.
    pub(super) fn security(&mut self, operation: &At<'a>) -> Vec<Requirement> {
        let root = self.document.root();
        let Some(list) = operation.field("security").or_else(|| root.field("security")) else { return Vec::new() };
        let mut requirements = Vec::new();
        for requirement in list.items() {
            let schemes = requirement.entries().filter_map(|(name, scopes)| self.required_scheme(name, &scopes));
            requirements.push(Requirement { schemes: schemes.collect() });
        }
        requirements
    }

    fn required_scheme(&mut self, name: &str, scopes: &At<'_>) -> Option<(usize, Vec<String>)> {
        let position = self.security_names.iter().position(|known| known == name);
        if position.is_none() {
            let root = self.document.root();
            let defined = root.field("components").and_then(|it| it.field("securitySchemes")?.field(name)).is_some();
            if !defined {
                let place = match self.document.version {
                    Version::V20 => "securityDefinitions",
                    Version::V30 | Version::V31 | Version::V32 => "components.securitySchemes",
                };
                let message = format!("`{}` is not defined in `{place}`", name.escape_debug());
                self.diagnostics.report(Code::UndefinedSecurityScheme, &scopes.origin, message).at_key();
            }
        }
        let scopes = scopes.items().filter_map(|scope| scope.value.as_str().map(str::to_owned)).collect();
        Some((position?, scopes))
    }
}

fn api_key_location(location: &APIKeyLocation) -> ApiKeyLocation {
    match location {
        APIKeyLocation::Query => ApiKeyLocation::Query,
        APIKeyLocation::Header => ApiKeyLocation::Header,
        APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
    }
}
