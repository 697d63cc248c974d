//! The rules of single objects that a table of fields cannot say.

use super::super::Version;
use super::super::ledger::ObjectKind;
use super::Checker;
use crate::diagnostics::Code;
use crate::source::{At, Value};

impl Checker<'_> {
    pub(super) fn special(&mut self, at: &At<'_>, kind: ObjectKind) {
        match kind {
            ObjectKind::OpenApi => self.root(at),
            ObjectKind::License => self.exclusive(at, "identifier", "url", "both"),
            ObjectKind::Example => self.exclusive(at, "value", "externalValue", "`value` alone"),
            ObjectKind::MediaType => self.exclusive(at, "example", "examples", MORE_EXAMPLES),
            ObjectKind::ServerVariable => self.server_variable(at),
            ObjectKind::Components => self.component_names(at),
            ObjectKind::Paths => self.path_names(at),
            ObjectKind::Parameter => self.parameter(at),
            ObjectKind::Header => self.header(at),
            ObjectKind::Responses => self.statuses(at),
            ObjectKind::Link => self.link(at),
            ObjectKind::SecurityScheme => self.security_scheme(at),
            ObjectKind::OAuthFlow => self.flow(at),
            ObjectKind::Info
            | ObjectKind::Contact
            | ObjectKind::Server
            | ObjectKind::PathItem
            | ObjectKind::Operation
            | ObjectKind::ExternalDocs
            | ObjectKind::RequestBody
            | ObjectKind::Encoding
            | ObjectKind::Response
            | ObjectKind::Callback
            | ObjectKind::Tag
            | ObjectKind::Schema
            | ObjectKind::Discriminator
            | ObjectKind::Xml
            | ObjectKind::OAuthFlows
            | ObjectKind::SecurityRequirement => {}
        }
    }

    fn require(&mut self, at: &At<'_>, field: &str, why: &str) {
        if at.value.get(field).is_none() {
            self.diagnostics
                .report(Code::MissingField, &at.origin, format!("`{field}` is missing"))
                .label(why.to_owned())
                .at_key();
        }
    }

    fn exclusive(&mut self, at: &At<'_>, one: &str, other: &str, instead: &str) {
        if let (Some(one_at), Some(other_at)) = (at.field(one), at.field(other)) {
            self.diagnostics
                .report(Code::InvalidField, &other_at.origin, format!("`{one}` and `{other}` exclude each other"))
                .taken_as(instead)
                .at_key()
                .related(one_at.origin, "the other one");
        }
    }

    fn root(&mut self, at: &At<'_>) {
        self.dialect(at, "jsonSchemaDialect");
        let has_content = ["paths", "components", "webhooks"].iter().any(|field| at.value.get(field).is_some());
        if self.version.has_json_schema() && !has_content {
            self.diagnostics.report(
                Code::MissingField,
                &at.origin,
                "one of `paths`, `components` and `webhooks` must be there",
            );
        }
    }

    fn server_variable(&mut self, at: &At<'_>) {
        let Some(list) = at.field("enum").filter(|list| list.value.as_array().is_some()) else { return };
        if list.items().next().is_none() {
            self.diagnostics.report(Code::InvalidField, &list.origin, "`enum` must have at least one value");
        } else if let Some(default) = at.field("default")
            && !list.items().any(|item| item.value == default.value)
        {
            self.diagnostics
                .report(Code::InvalidField, &default.origin, "`default` is not one of the values of `enum`")
                .related(list.origin, "the values");
        }
    }

    fn component_names(&mut self, at: &At<'_>) {
        // 2.0 has no rule for names.
        if self.version == Version::V20 {
            return;
        }
        for (section, members) in at.entries().filter(|(section, _)| !section.starts_with("x-")) {
            for (name, member) in members.entries() {
                let is_legal = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
                if name.is_empty() || !name.chars().all(is_legal) {
                    self.diagnostics
                        .report(
                            Code::IllegalName,
                            &member.origin,
                            format!("`{name}` is no name for one of the `{section}`"),
                        )
                        .taken_as("the name as it stands")
                        .help("names have letters, digits, `.`, `_` and `-`")
                        .at_key();
                }
            }
        }
    }

    fn path_names(&mut self, at: &At<'_>) {
        for (path, member) in at.entries() {
            if !path.starts_with('/') && !path.starts_with("x-") {
                self.diagnostics
                    .report(Code::InvalidPath, &member.origin, format!("the path `{path}` does not start with `/`"))
                    .taken_as(format!("`/{path}`"))
                    .at_key();
            }
        }
    }

    fn parameter(&mut self, at: &At<'_>) {
        self.schema_or_content(at);
        self.exclusive(at, "example", "examples", MORE_EXAMPLES);
        if at.string("in").is_some_and(|location| location != "query") {
            for (name, field) in OF_QUERIES.iter().filter_map(|name| Some((name, at.field(name)?))) {
                let message = format!("`{name}` has no effect: it is for query parameters");
                self.diagnostics.report(Code::IgnoredField, &field.origin, message).at_key();
            }
        }
        if at.string("in") == Some("path") {
            self.required_in_path(at);
        }
        let (Some(location), Some(style)) = (at.string("in"), at.field("style")) else { return };
        if self.version == Version::V20 {
            return;
        }
        let allowed: &[&str] = match location {
            "path" => &["matrix", "label", "simple"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            "cookie" if self.version == Version::V32 => &["form", "cookie"],
            "cookie" => &["form"],
            _ => return,
        };
        let is_known = |name: &str| is_known_style(name) || (name == "cookie" && self.version == Version::V32);
        let is_style = |name: &str| is_known(name) && !allowed.contains(&name);
        if let Some(name) = style.value.as_str().filter(|name| is_style(name)) {
            let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
            self.diagnostics
                .report(Code::InvalidField, &style.origin, format!("a {location} parameter has no style `{name}`"))
                .help(format!("its styles: {}", names.join(", ")));
        }
    }

    fn required_in_path(&mut self, at: &At<'_>) {
        let message = "a path parameter is `required: true`: there is no path without it";
        let (key, finding) = match at.field("required") {
            Some(it) if *it.value == Value::Bool(false) => {
                (it.origin.clone(), self.diagnostics.report(Code::RepairedField, &it.origin, message))
            }
            Some(_) => return,
            None => (at.origin.key("required"), self.diagnostics.report(Code::RepairedField, &at.origin, message)),
        };
        finding.taken_as("`true`");
        self.found.repairs.insert(key, Some(Value::Bool(true)));
    }

    fn header(&mut self, at: &At<'_>) {
        self.schema_or_content(at);
        self.exclusive(at, "example", "examples", MORE_EXAMPLES);
    }

    /// A parameter or a header says what it is in one of two ways.
    fn schema_or_content(&mut self, at: &At<'_>) {
        self.exclusive(at, "schema", "content", "`schema` alone");
        let Some(content) = at.field("content") else {
            if at.value.get("schema").is_none() {
                self.diagnostics
                    .report(Code::RepairedField, &at.origin, "neither `schema` nor `content` says what the value is")
                    .taken_as("any text")
                    .at_key();
            }
            return;
        };
        if content.value.as_object().is_some_and(|types| types.len() != 1) {
            let first = content.entries().next().map(|(name, _)| format!("`{name}` alone"));
            self.diagnostics
                .report(Code::InvalidField, &content.origin, "`content` must have exactly one media type here")
                .taken_as(first.unwrap_or_else(|| "any text".to_owned()))
                .at_key();
        }
    }

    fn statuses(&mut self, at: &At<'_>) {
        for (status, response) in at.entries().filter(|(status, _)| !status.starts_with("x-")) {
            if is_status(status) {
                continue;
            }
            let diagnostic = self
                .diagnostics
                .report(Code::InvalidStatus, &response.origin, format!("`{status}` is not a status"))
                .at_key();
            let capital = status.to_ascii_uppercase();
            if is_status(&capital) {
                diagnostic.taken_as(format!("`{capital}`"));
            } else {
                diagnostic.help("a status is a number from 100 to 599, a range such as `4XX`, or `default`");
            }
        }
        if at.entries().all(|(status, _)| status.starts_with("x-")) {
            self.diagnostics
                .report(Code::RepairedField, &at.origin, "`responses` has no response")
                .taken_as("any status without a body")
                .at_key();
        }
    }

    fn link(&mut self, at: &At<'_>) {
        self.exclusive(at, "operationRef", "operationId", "neither: links are not generated");
        if at.value.get("operationRef").is_none() && at.value.get("operationId").is_none() {
            self.require(at, "operationId", "this link leads to no operation");
        }
    }

    fn security_scheme(&mut self, at: &At<'_>) {
        match at.string("type") {
            Some("apiKey") => {
                self.require(at, "name", "`type: apiKey` needs it");
                self.require(at, "in", "`type: apiKey` needs it");
            }
            Some("http") => self.require(at, "scheme", "`type: http` needs it"),
            Some("oauth2") => self.require(at, "flows", "`type: oauth2` needs it"),
            Some("openIdConnect") => self.require(at, "openIdConnectUrl", "`type: openIdConnect` needs it"),
            _ => {}
        }
    }

    fn flow(&mut self, at: &At<'_>) {
        let name = at.origin.pointer.last().unwrap_or_default();
        if matches!(name.as_str(), "implicit" | "authorizationCode") {
            self.require(at, "authorizationUrl", "this flow needs it");
        }
        if matches!(name.as_str(), "password" | "clientCredentials" | "authorizationCode") {
            self.require(at, "tokenUrl", "this flow needs it");
        }
    }
}

/// Fields of a Parameter Object that are about queries.
const OF_QUERIES: [&str; 2] = ["allowReserved", "allowEmptyValue"];
const MORE_EXAMPLES: &str = "examples all of them";

/// Whether a style is one of OpenAPI's at all; the ledger has reported the others.
fn is_known_style(name: &str) -> bool {
    ["matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject"].contains(&name)
}

/// `100` to `599`, `1XX` to `5XX`, or `default`.
fn is_status(status: &str) -> bool {
    match status.as_bytes() {
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
        _ => status == "default",
    }
}
