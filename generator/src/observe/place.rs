//! Where in the document something is said about what was seen, and which change makes that true.

use serde_json::Value as Json;

use super::change::Change;
use super::evidence::Answer;
use super::record::Finding;
use crate::document::Document;
use crate::ir::{Api, MediaType, Operation, Response, ResponseKey};
use crate::source::{At, FileId, Origin, Pointer, Value};

/// The places of a document.
pub(super) struct Places<'d> {
    pub(super) document: &'d Document,
    pub(super) api: &'d Api,
    /// How often the document was rebuilt by overlays.
    pub(super) overlaid: usize,
}

/// The schemas that say something about a place, as they stand where they are used, and the place without names that
/// the document does not have.
struct Spot<'d> {
    schemas: Vec<At<'d>>,
    shown: String,
}

/// Why something is left to a person.
const NO_OPERATION: &str = "the document has no such operation";
const NO_PLACE: &str = "no schema of the document says anything about this place";
const BY_HAND: &str = "no single change makes the document true here";
const ELSEWHERE: &str = "what says so stands in another file, which no overlay changes";

/// Where the pointers of headers begin.
const HEADER: &str = "/header/";

type Found<T> = Result<T, &'static str>;

/// Keywords whose limit can be as far as what was seen.
const LIMITS: [&str; 10] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
];

/// Keywords without which a schema takes what was seen.
const ASSERTIONS: [&str; 9] = [
    "contains",
    "dependentRequired",
    "format",
    "maxContains",
    "minContains",
    "multipleOf",
    "pattern",
    "propertyNames",
    "uniqueItems",
];

impl<'d> Places<'d> {
    /// The changes that make the document say what was seen.
    ///
    /// # Errors
    /// Why that is left to a person.
    pub(super) fn answer(&self, finding: &Finding) -> Found<Vec<Answer>> {
        let operation = self.api.operations.iter().find(|it| it.id == finding.operation).ok_or(NO_OPERATION)?;
        let keyword = finding.keyword.as_str();
        if matches!(keyword, "responses" | "status") {
            return self.status(operation, finding);
        }
        let response = response(operation, finding.status).ok_or(NO_PLACE)?;
        if keyword == "content" {
            return self.media_type(operation, response, finding);
        }
        if finding.pointer.starts_with(HEADER) {
            return self.header(operation, response, finding);
        }
        let pointer = finding.pointer.strip_prefix("/body").ok_or(NO_PLACE)?;
        let roots: Vec<_> = response.content.iter().filter(|it| fits(&it.media_type, finding)).collect();
        let schemas = roots.iter().filter_map(|it| self.document.at(&it.origin.key("schema"))).collect();
        self.schema(operation, schemas, pointer, finding)
    }

    /// Where something was seen, for people: names that the document does not have are left out.
    pub(super) fn shown(&self, finding: &Finding) -> String {
        let Finding { operation, status, pointer, keyword, .. } = finding;
        let operation = self.api.operations.iter().find(|it| it.id == *operation);
        let Some(operation) = operation else { return format!("`{keyword}` of an unknown operation") };
        let rest = pointer.strip_prefix("/body").unwrap_or_default();
        let schemas: Vec<_> = response(operation, *status)
            .into_iter()
            .flat_map(|it| &it.content)
            .filter_map(|it| self.document.at(&it.origin.key("schema")))
            .collect();
        let shown = match pointer.strip_prefix("/body") {
            Some(_) => format!("/body{}", self.walk(schemas, rest).shown),
            None => pointer.clone(),
        };
        format!("`{keyword}` {}", place(operation, *status, &shown))
    }

    fn status(&self, operation: &'d Operation, finding: &Finding) -> Found<Vec<Answer>> {
        let responses = self.document.at(&operation.origin.key("responses")).ok_or(NO_PLACE)?;
        let sent = sent(finding);
        let kind = sent.as_ref().and_then(|it| body_kind(it, finding));
        let change = Change::Response { status: finding.status, kind, media_type: sent.map(|it| it.essence()) };
        self.one(&responses.origin, change, place(operation, finding.status, ""))
    }

    fn media_type(&self, operation: &Operation, response: &'d Response, finding: &Finding) -> Found<Vec<Answer>> {
        let sent = sent(finding).ok_or(BY_HAND)?;
        if self.document.version == crate::document::Version::V20 {
            return Err("the media types of Swagger 2.0 stand beside the operation: add it to `produces`");
        }
        let change = Change::Media { kind: body_kind(&sent, finding), media_type: sent.essence() };
        self.one(&response.origin, change, place(operation, finding.status, ""))
    }

    fn header(&self, operation: &Operation, response: &'d Response, finding: &Finding) -> Found<Vec<Answer>> {
        let name = finding.pointer.strip_prefix(HEADER).ok_or(NO_PLACE)?;
        let (name, rest) = name.find('/').map_or((name, ""), |at| name.split_at(at));
        let header = response.headers.iter().find(|it| it.name.eq_ignore_ascii_case(name)).ok_or(NO_PLACE)?;
        if finding.keyword == "required" && rest.is_empty() {
            let shown = place(operation, finding.status, &format!("/header/{}", header.name));
            return self.one(&header.origin, Change::OptionalHeader, shown);
        }
        let schema = self.document.at(&header.origin.key("schema"));
        // Headers of Swagger 2.0 are their own schemas.
        let schema = schema.or_else(|| self.document.at(&header.origin)).ok_or(NO_PLACE)?;
        self.schema(operation, vec![schema], rest, finding)
    }

    /// What a schema says about a place below it.
    fn schema(
        &self,
        operation: &Operation,
        roots: Vec<At<'d>>,
        pointer: &str,
        finding: &Finding,
    ) -> Found<Vec<Answer>> {
        let (around, last) = pointer.rsplit_once('/').unwrap_or_default();
        let name = Pointer::unescape(last);
        let about_member =
            matches!(finding.keyword.as_str(), "required" | "additionalProperties" | "unevaluatedProperties");
        let spot = self.walk(roots, if about_member { around } else { pointer });
        if spot.schemas.is_empty() {
            return Err(NO_PLACE);
        }
        let changes = self.changes(&spot, &name, finding);
        if changes.is_empty() {
            return Err(BY_HAND);
        }
        let header = finding.pointer.strip_prefix(HEADER).and_then(|it| it.split('/').next());
        let below = header.map_or_else(|| "/body".to_owned(), |it| format!("/header/{it}"));
        let shown = place(operation, finding.status, &format!("{below}{}", spot.shown));
        let mut answers = Vec::new();
        for (origin, change) in changes {
            answers.extend(self.one(&origin, change, shown.clone())?);
        }
        Ok(answers)
    }

    /// Which schemas change, and how.
    fn changes(&self, spot: &Spot<'d>, name: &str, finding: &Finding) -> Vec<(Origin, Change)> {
        let all: Vec<_> = spot.schemas.iter().flat_map(|it| self.together(it)).collect();
        let with = |keyword: &str| all.iter().filter(|it| it.value.get(keyword).is_some()).cloned().collect::<Vec<_>>();
        let each = |of: Vec<At<'d>>, change: &Change| of.into_iter().map(|it| (it.origin, change.clone())).collect();
        match finding.keyword.as_str() {
            "type" => {
                // What is in a header is text, if it is nothing else.
                let text = finding.pointer.starts_with(HEADER).then(|| "string".to_owned());
                let Some(kind) = &finding.found.clone().or(text) else { return Vec::new() };
                let change = if kind == "null" { Change::Null } else { Change::Type(kind.clone()) };
                each(spot.schemas.iter().filter(|it| !self.takes(it, kind, 0)).cloned().collect(), &change)
            }
            "required" => {
                let requires = |it: &At<'d>| {
                    it.field("required").is_some_and(|it| it.items().any(|it| it.value.as_str() == Some(name)))
                };
                each(all.iter().filter(|it| requires(it)).cloned().collect(), &Change::Optional(name.to_owned()))
            }
            "additionalProperties" | "unevaluatedProperties" => {
                let closed = with(&finding.keyword);
                let closed = closed.into_iter().filter(|it| it.flag(&finding.keyword) == Some(false)).collect();
                each(closed, &Change::Property { name: name.to_owned(), kind: finding.found.clone() })
            }
            "enum" | "const" => {
                let nodes: Vec<_> = with("enum").into_iter().chain(with("const")).collect();
                match &finding.value {
                    Some(value) => each(nodes, &Change::Value(value.to_string())),
                    // Findings hold no values, so nobody knows which one is missing.
                    None => nodes.into_iter().map(|it| (it.origin.clone(), Change::Drop(listing(&it)))).collect(),
                }
            }
            "oneOf" if finding.message.starts_with("must match exactly one") => each(with("oneOf"), &Change::AnyOf),
            keyword if LIMITS.contains(&keyword) => {
                let change = match finding.value.as_ref().and_then(|it| reach(keyword, it)) {
                    Some(limit) => Change::Limit { keyword: keyword.to_owned(), limit },
                    None => Change::Drop(keyword.to_owned()),
                };
                each(with(keyword), &change)
            }
            keyword if ASSERTIONS.contains(&keyword) => each(with(keyword), &Change::Drop(keyword.to_owned())),
            _ => Vec::new(),
        }
    }

    /// Follows a place of an instance through the schemas.
    fn walk(&self, roots: Vec<At<'d>>, pointer: &str) -> Spot<'d> {
        let mut spot = Spot { schemas: roots, shown: String::new() };
        for token in pointer.split('/').skip(1).map(Pointer::unescape) {
            let all: Vec<_> = spot.schemas.iter().flat_map(|it| self.together(it)).collect();
            let named: Vec<_> = all.iter().filter_map(|it| it.field("properties")?.field(&token)).collect();
            let index = token.parse::<usize>().ok();
            let is_named = !named.is_empty();
            spot.shown.push('/');
            spot.shown.push_str(if is_named { &token } else { "*" });
            spot.schemas = if is_named { named } else { all.iter().flat_map(|it| further(it, index)).collect() };
        }
        let mut seen = std::collections::BTreeSet::new();
        spot.schemas.retain(|it| seen.insert(it.origin.clone()));
        spot
    }

    /// A schema with all that holds, or may hold, for the same instance.
    fn together(&self, at: &At<'d>) -> Vec<At<'d>> {
        let mut found: Vec<At<'d>> = Vec::new();
        let mut pending = vec![at.clone()];
        while let Some(at) = pending.pop() {
            if found.iter().any(|it| it.origin == at.origin) {
                continue;
            }
            if at.value.get("$ref").is_some() {
                pending.extend(self.document.target(&at.origin).and_then(|it| self.document.at(it)));
            }
            let parts = ["allOf", "anyOf", "oneOf"].iter().filter_map(|it| at.field(it));
            pending.extend(parts.flat_map(|it| it.items().collect::<Vec<_>>()));
            found.push(at);
        }
        found
    }

    /// Whether the types of a schema have one.
    fn takes(&self, at: &At<'d>, kind: &str, depth: usize) -> bool {
        /// Deeper ones lead in a circle.
        const DEEPEST: usize = 32;
        if depth > DEEPEST {
            return true;
        }
        let takes = |it: &At<'d>| self.takes(it, kind, depth + 1);
        if kind == "null" && (at.flag("nullable") == Some(true) || at.flag("x-nullable") == Some(true)) {
            return true;
        }
        let names = |it: &Value| it.as_str() == Some(kind) || (kind == "integer" && it.as_str() == Some("number"));
        let of_type = at.field("type").is_none_or(|ty| names(ty.value) || ty.items().any(|it| names(it.value)));
        let target = at.value.get("$ref").and(self.document.target(&at.origin)).and_then(|it| self.document.at(it));
        let all = at.field("allOf").is_none_or(|it| it.items().all(|it| takes(&it)));
        let any = ["anyOf", "oneOf"].iter().filter_map(|it| at.field(it)).all(|it| it.items().any(|it| takes(&it)));
        // Without any word about types, `null` is what 3.0 has a word of its own for.
        of_type && target.is_none_or(|it| takes(&it)) && all && any
    }

    /// The answer that changes one node, in the document as overlays leave it.
    fn one(&self, origin: &Origin, change: Change, place: String) -> Found<Vec<Answer>> {
        let stood = self.document.sources.stood_after(origin, self.overlaid);
        if stood.file != FileId(0) {
            return Err(ELSEWHERE);
        }
        Ok(vec![Answer { target: stood.pointer, change, place }])
    }
}

/// The response of a status.
fn response(operation: &Operation, status: u16) -> Option<&Response> {
    let of = |key: ResponseKey| operation.responses.iter().find(|it| it.key == key);
    of(ResponseKey::Status(status))
        .or_else(|| of(ResponseKey::Range(status / 100)))
        .or_else(|| of(ResponseKey::Default))
}

/// The schemas of what no property is: of items by their place, else of what is further.
fn further<'d>(at: &At<'d>, index: Option<usize>) -> Vec<At<'d>> {
    let placed = index.and_then(|index| at.field("prefixItems")?.items().nth(index));
    let items = index.and_then(|_| at.field("items")).filter(|it| it.value.as_object().is_some());
    let rest = at.field("additionalProperties").filter(|it| it.value.as_object().is_some());
    placed.or(items).or(rest).into_iter().collect()
}

/// Whether a body in the media type of a finding is read by the schema of a documented one.
fn fits(documented: &MediaType, finding: &Finding) -> bool {
    let Some(sent) = sent(finding) else { return true };
    let (range, given) = (documented.essence(), sent.essence());
    let is_in_range = range.strip_suffix('*').is_some_and(|it| it == "*/" || given.starts_with(it));
    range == given || is_in_range || documented.is_json() || !sent.is_json()
}

/// The media type in which a body was sent, if it said one.
fn sent(finding: &Finding) -> Option<MediaType> {
    MediaType::parse(finding.media_type.as_deref()?.trim()).ok()
}

/// The type of a whole body: of JSON what was seen, everything else is text.
fn body_kind(media_type: &MediaType, finding: &Finding) -> Option<String> {
    if media_type.is_json() {
        return finding.value.as_ref().and(finding.found.clone());
    }
    media_type.essence().starts_with("text/").then(|| "string".to_owned())
}

/// The keyword by which a schema lists its values.
fn listing(at: &At<'_>) -> String {
    if at.value.get("enum").is_some() { "enum".to_owned() } else { "const".to_owned() }
}

/// How far a limit has to be so that it takes a value.
fn reach(keyword: &str, value: &Json) -> Option<String> {
    match keyword {
        "minimum" | "maximum" => value.is_number().then(|| value.to_string()),
        "minLength" | "maxLength" => value.as_str().map(|it| it.chars().count().to_string()),
        "minItems" | "maxItems" => value.as_array().map(|it| it.len().to_string()),
        "minProperties" | "maxProperties" => value.as_object().map(|it| it.len().to_string()),
        _ => None,
    }
}

fn place(operation: &Operation, status: u16, pointer: &str) -> String {
    let id = &operation.id;
    if pointer.is_empty() { format!("`{id}` {status}") } else { format!("`{pointer}` of `{id}` {status}") }
}
