//! Names that are probably others, that nothing can carry, or that two things want.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::{Code, Diagnostics};
use crate::document::similar;
use crate::ir::{Api, Location, Schema, SchemaId};
use crate::schemas::{ASSERTED_FORMATS, NUMBER_FORMATS};
use crate::source::Origin;

/// Formats that assert nothing here and are no slips either: what the format registry of OpenAPI lists, and what is usual.
const OTHER_FORMATS: [&str; 24] = [
    "base64url",
    "binary",
    "char",
    "commonmark",
    "cuid",
    "date-time-local",
    "decimal128",
    "double-int",
    "html",
    "http-date",
    "int",
    "media-range",
    "password",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time-local",
    "timestamp",
    "ulid",
    "url",
    "urn",
];

/// Formats of other tools, and what they are called here.
const SAME_FORMATS: [(&str, &str); 5] =
    [("guid", "uuid"), ("datetime", "date-time"), ("long", "int64"), ("base64", "byte"), ("bytes", "byte")];

pub(super) fn report(api: &Api, diagnostics: &mut Diagnostics) {
    let components: BTreeSet<SchemaId> = api.components.iter().map(|(_, id)| *id).collect();
    let mut around = None;
    for (id, schema) in api.schemas.iter() {
        format(schema, diagnostics);
        required(api, &mut around, id, diagnostics);
        let properties = schema.objects.properties.values().copied().filter(|it| !components.contains(it));
        twice(api, properties, diagnostics);
    }
    twice(api, api.components.iter().map(|(_, id)| *id), diagnostics);
    for server in api.servers.iter().filter(|it| is_bare_host(&it.url)) {
        let url = server.url.escape_debug().to_string();
        diagnostics
            .report(Code::UnlikelyName, &server.origin.key("url"), format!("`{url}` is a path: it has no scheme"))
            .help(format!("did you mean `{}://{url}`?", if is_local(&url) { "http" } else { "https" }));
    }
    for operation in api.operations.iter().chain(&api.webhooks) {
        for parameter in &operation.parameters {
            if parameter.name.is_empty() && parameter.location == Location::Query {
                let message = "a query parameter has no name";
                diagnostics.report(Code::UnlikelyName, &parameter.origin.key("name"), message);
            }
            let is_token = |name: &str| !name.is_empty() && name.bytes().all(is_token_byte);
            let carrier = match parameter.location {
                Location::Header if !is_token(&parameter.name) => "header",
                Location::Cookie if !is_token(&parameter.name) => "cookie",
                _ => continue,
            };
            let message = format!("no {carrier} can have the name `{}`", parameter.name.escape_debug());
            diagnostics
                .report(Code::UnlikelyName, &parameter.origin.key("name"), message)
                .help("names have letters, digits and `!#$%&'*+-.^_`|~`");
        }
    }
}

fn is_local(host: &str) -> bool {
    host.starts_with("localhost")
}

/// What files are called that answer requests, and that describe them.
const FILES: [&str; 8] = ["asmx", "aspx", "cgi", "html", "json", "jsp", "php", "yaml"];

/// Whether a URL starts with a host, such as `api.example.com/v1` or `localhost:8080`.
fn is_bare_host(url: &str) -> bool {
    let head = url.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = head.split_once(':').map_or((head, None), |(host, port)| (host, Some(port)));
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    // A path may have a dot, too: of a version, or of a file.
    let is_domain = host.rsplit_once('.').is_some_and(|(first, last)| {
        let is_top = last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
        !first.is_empty() && !host.contains(['{', '}']) && (port.is_some() || (is_top && !FILES.contains(&last)))
    });
    (is_local(host) || is_domain) && port.is_none_or(is_number)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// A format that is nearly one of those that count.
fn format(schema: &Schema, diagnostics: &mut Diagnostics) {
    let Some(name) = schema.format.as_deref() else { return };
    let is_width = ["int", "uint", "float"].iter().any(|it| {
        name.strip_prefix(it).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit()))
    });
    if is_width || ASSERTED_FORMATS.contains(&name) || OTHER_FORMATS.contains(&name) {
        return;
    }
    let known = ASSERTED_FORMATS.iter().copied().filter(|it| !NUMBER_FORMATS.contains(it) || name.len() > 4);
    let same = SAME_FORMATS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, meant)| *meant);
    if let Some(meant) = same.or_else(|| similar(name, known)) {
        let message = format!("`{}` is no format that is known: it has no effect", name.escape_debug());
        let help = format!("did you mean `{meant}`?");
        diagnostics.report(Code::UnlikelyName, &schema.origin.key("format"), message).help(help);
    }
}

/// The schemas that apply a schema to their own instances: by `allOf`, as a branch, or by a reference.
type Around = BTreeMap<SchemaId, Vec<SchemaId>>;

fn around(api: &Api) -> Around {
    let mut around = Around::new();
    for (id, schema) in api.schemas.iter() {
        let lists = schema.all_of.iter().chain(&schema.any_of).chain(&schema.one_of);
        for within in lists.chain(&schema.reference) {
            around.entry(*within).or_default().push(id);
        }
    }
    around
}

/// What may hold for an instance of a schema beside it: what it brings along, and what those do that apply it.
fn together(api: &Api, around: &Around, id: SchemaId) -> BTreeSet<SchemaId> {
    let mut outer = vec![id];
    let mut seen = BTreeSet::from([id]);
    let mut next = 0;
    while let Some(id) = outer.get(next).copied() {
        next += 1;
        outer.extend(around.get(&id).into_iter().flatten().copied().filter(|id| seen.insert(*id)));
    }
    outer.into_iter().flat_map(|id| api.schemas.conjuncts(id)).collect()
}

/// A required property that nothing describes, beside one whose name is nearly the same.
fn required(api: &Api, known: &mut Option<Around>, id: SchemaId, diagnostics: &mut Diagnostics) {
    let schema = &api.schemas[id];
    let own = &schema.objects;
    for (idx, name) in own.required.iter().enumerate().filter(|(_, name)| !own.properties.contains_key(*name)) {
        let free = own.properties.keys().map(String::as_str);
        let free = free.filter(|it| !own.required.iter().any(|name| name == it));
        let Some(meant) = similar(name, free) else { continue };
        let is_described = |it: SchemaId| api.schemas[it].objects.properties.contains_key(name);
        let around = known.get_or_insert_with(|| around(api));
        if !together(api, around, id).into_iter().any(is_described) {
            let message = format!("`{}` is required, and is none of `properties`", name.escape_debug());
            let origin = schema.origin.key("required").key(&idx.to_string());
            let help = format!("did you mean `{}`?", meant.escape_debug());
            diagnostics.report(Code::UnlikelyName, &origin, message).help(help);
        }
    }
}

/// `x-rust-name` that two members of one scope have.
fn twice(api: &Api, members: impl Iterator<Item = SchemaId>, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Origin> = BTreeMap::new();
    for schema in members.map(|id| &api.schemas[id]) {
        let Some(name) = schema.extensions.rust_name.as_deref() else { continue };
        if let Some(first) = seen.get(name).filter(|first| ***first != schema.origin) {
            let message = format!("`{}` is the name of something else already", name.escape_debug());
            diagnostics
                .report(Code::NameClash, &schema.origin.key("x-rust-name"), message)
                .taken_as("this name with a suffix")
                .help("give one of the two another name")
                .related(first.key("x-rust-name"), "the other one");
        } else {
            seen.insert(name, &schema.origin);
        }
    }
}
