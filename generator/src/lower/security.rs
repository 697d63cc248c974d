//! Security schemes and requirements.

use super::Lowering;
use crate::diagnostics::Code;
use crate::document::Version;
use crate::document::skeleton::{self, KeyPlace, SchemeHead};
use crate::ir::{ApiKeyLocation, Operation, Requirement, SecurityScheme, SecuritySchemeKind};
use crate::source::{At, Origin};

impl<'a> Lowering<'a, '_> {
    /// `components.securitySchemes`.
    pub(super) fn security_schemes(&mut self, root: &At<'a>) {
        let schemes = root.field("components").and_then(|components| components.field("securitySchemes"));
        let schemes: Vec<_> = schemes.iter().flat_map(At::entries).collect();
        let schemes: Vec<_> =
            schemes.into_iter().map(|(name, at)| self.security_scheme(name, self.document.follow(at))).collect();
        self.security_schemes = schemes;
    }

    fn security_scheme(&mut self, name: &str, at: At<'a>) -> SecurityScheme {
        // What is wrong with it was said when the document was checked.
        let is_described = at.value.get("type").is_some();
        let head = is_described.then(|| skeleton::security_scheme(self.document, &at, self.diagnostics));
        let Some(head) = head.flatten() else { return Self::unknown_scheme(name, at.origin) };
        let kind = match head {
            SchemeHead::MutualTls => SecuritySchemeKind::MutualTls,
            SchemeHead::ApiKey { place, name } => SecuritySchemeKind::ApiKey { location: key_location(place), name },
            SchemeHead::Http { scheme } => self.http_scheme(&at, &scheme),
            // Both end in a bearer token; how it is obtained is the application's business.
            SchemeHead::OAuth2 | SchemeHead::OpenIdConnect => SecuritySchemeKind::Bearer,
        };
        SecurityScheme {
            name: name.to_owned(),
            description: at.string("description").map(str::to_owned),
            kind,
            origin: at.origin,
        }
    }

    fn http_scheme(&mut self, at: &At<'_>, scheme: &str) -> SecuritySchemeKind {
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => SecuritySchemeKind::Basic,
            "bearer" => SecuritySchemeKind::Bearer,
            _ if is_token(scheme) => SecuritySchemeKind::Http { scheme: scheme.to_owned() },
            _ => {
                let message = format!("`{}` is no name of an HTTP authentication scheme", scheme.escape_debug());
                self.diagnostics
                    .report(Code::InvalidField, &at.origin.key("scheme"), message)
                    .taken_as(UNKNOWN)
                    .help("a name has letters, digits and a few signs, such as `Bearer` or `Digest`");
                SecuritySchemeKind::Unknown
            }
        }
    }

    /// A scheme that the document asks for and does not describe: nobody passes without the hook of the application.
    fn unknown_scheme(name: &str, origin: Origin) -> SecurityScheme {
        let description = Some(format!(
            "The document does not describe the security scheme `{name}`: decide by the head of the request."
        ));
        SecurityScheme { name: name.to_owned(), description, kind: SecuritySchemeKind::Unknown, origin }
    }

    /// The requirements of an operation: its own, else those of the document.
    pub(super) fn security(&mut self, operation: &At<'a>) -> Vec<Requirement> {
        let root = self.document.root();
        let Some(list) = operation.field("security").or_else(|| root.field("security")) else { return Vec::new() };
        let mut requirements = Vec::new();
        for requirement in list.items() {
            let schemes = requirement.entries().map(|(name, scopes)| self.required_scheme(name, &scopes));
            let schemes: Vec<_> = schemes.collect();
            self.check_together(&schemes, &requirement);
            requirements.push(Requirement { schemes });
        }
        requirements
    }

    /// Says of a webhook or a callback that has credentials of its own whose they are.
    pub(super) fn left_to_the_application(&mut self, webhook: &Operation) {
        let Some(security) = self.document.at(&webhook.origin.key("security")) else { return };
        if security.items().any(|it| it.entries().next().is_some()) {
            let message =
                "`security` of a webhook: who sends it adds the credentials, and who gets it looks at them in `verify`";
            self.diagnostics.report(Code::IgnoredField, &security.origin, message).at_key();
        }
    }

    /// Reports schemes that are wanted together and exclude each other: a request says one thing in `Authorization`.
    fn check_together(&mut self, schemes: &[(usize, Vec<String>)], requirement: &At<'_>) {
        let word = |scheme: &SecurityScheme| match &scheme.kind {
            SecuritySchemeKind::Basic => Some("basic".to_owned()),
            SecuritySchemeKind::Bearer => Some("bearer".to_owned()),
            SecuritySchemeKind::Http { scheme } => Some(scheme.to_ascii_lowercase()),
            SecuritySchemeKind::ApiKey { .. } | SecuritySchemeKind::MutualTls | SecuritySchemeKind::Unknown => None,
        };
        let named = schemes.iter().filter_map(|(position, _)| self.security_schemes.get(*position));
        let mut words = named.filter_map(|it| Some((word(it)?, it.name.clone())));
        let Some((first, one)) = words.next() else { return };
        let Some((_, other)) = words.find(|(it, _)| *it != first) else { return };
        let message = format!(
            "`{}` and `{}` are both in `Authorization`, and no request has both",
            one.escape_debug(),
            other.escape_debug()
        );
        self.diagnostics
            .report(Code::UnmetRequirement, &requirement.origin, message)
            .help("where one of them is enough, each is an item of the list: `[{ a: [] }, { b: [] }]`");
    }

    fn required_scheme(&mut self, name: &str, scopes: &At<'_>) -> (usize, Vec<String>) {
        let position = self.scheme_by_address(name, scopes).unwrap_or_else(|| self.scheme_by_name(name, scopes));
        let scopes = scopes.items().filter_map(|scope| scope.value.as_str().map(str::to_owned)).collect();
        (position, scopes)
    }

    /// The scheme whose address stands in the place of a name.
    fn scheme_by_address(&mut self, address: &str, scopes: &At<'_>) -> Option<usize> {
        let target = self.document.target(&scopes.origin)?;
        let name = target.pointer.last()?;
        let at = self.document.follow(self.document.at(target)?);
        let known = self.security_schemes.iter().position(|known| known.origin == at.origin);
        Some(known.unwrap_or_else(|| {
            let is_taken = self.security_schemes.iter().any(|known| known.name == name);
            let scheme = self.security_scheme(if is_taken { address } else { &name }, at);
            self.security_schemes.push(scheme);
            self.security_schemes.len() - 1
        }))
    }

    fn scheme_by_name(&mut self, name: &str, scopes: &At<'_>) -> usize {
        let known = self.security_schemes.iter().position(|known| known.name == name);
        let position = known.unwrap_or_else(|| {
            let scheme = Self::unknown_scheme(name, scopes.origin.clone());
            self.security_schemes.push(scheme);
            self.security_schemes.len() - 1
        });
        if self.is_undefined(name) {
            let place = match self.document.version {
                Version::V20 => "securityDefinitions",
                Version::V30 | Version::V31 | Version::V32 => "components.securitySchemes",
            };
            let message = format!("`{}` is not defined in `{place}`", name.escape_debug());
            self.diagnostics.report(Code::UndefinedSecurityScheme, &scopes.origin, message).taken_as(UNKNOWN).at_key();
        }
        position
    }

    fn is_undefined(&self, name: &str) -> bool {
        let components = self.document.root().field("components");
        components.and_then(|it| it.field("securitySchemes")?.field(name)).is_none()
    }
}

/// What a scheme is taken as that nobody describes.
const UNKNOWN: &str = "a scheme of its own, whose hook decides by the head of the request";

/// RFC 9110: the name of an authentication scheme is a token.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
}

fn key_location(place: KeyPlace) -> ApiKeyLocation {
    match place {
        KeyPlace::Query => ApiKeyLocation::Query,
        KeyPlace::Header => ApiKeyLocation::Header,
        KeyPlace::Cookie => ApiKeyLocation::Cookie,
    }
}
