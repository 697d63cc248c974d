//! How refusals of the run time look in the forms that documents have for them.
//!
//! A form starts as a sample of the schema. Members that people recognize (`message`, `errors`, `code` and their kin) then
//! get placeholders, each only where the result satisfies the schema whatever stands in it, which the checker of the run
//! time decides; what nobody recognizes and nobody requires goes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};
use specwright_runtime::form::{PROBLEM, Report, names_violations};
use specwright_runtime::{Direction, Schemas, Violation, Violations};

use super::Sampler;
use crate::ir::{Api, Content, Operation, ResponseKey, SchemaId, Type};
use crate::schemas::{View, tables};
use crate::source::Pointer;

/// The forms of an API, by schema.
pub(crate) type Refusals = BTreeMap<SchemaId, Json>;

/// Below this depth of objects in objects nobody looks for a message.
const DEEPEST: usize = 4;

/// Makes a form for every schema that a response has which may be a refusal.
pub(crate) fn all(api: &Api) -> Refusals {
    let ids: BTreeSet<_> = api.operations.iter().flat_map(|it| schemas(it, |_| true)).collect();
    let problems: BTreeSet<_> = api.operations.iter().flat_map(|it| schemas(it, is_problem)).collect();
    let tables = tables::checked(api, &ids);
    let form = |id: SchemaId| {
        let maker = Maker::new(api, &tables, id);
        let form = maker.form()?;
        Some(if problems.contains(&id) { maker.problem(form) } else { form })
    };
    ids.into_iter().filter_map(|id| Some((id, form(id)?))).collect()
}

/// Whether a refusal may have the status: one of the run time's own, or of a failure of the application.
fn is_refused_with(key: ResponseKey) -> bool {
    match key {
        ResponseKey::Status(code) => (400..=599).contains(&code),
        ResponseKey::Range(digit) => matches!(digit, 4 | 5),
        ResponseKey::Default => true,
    }
}

fn schemas(operation: &Operation, of: fn(&Content) -> bool) -> Vec<SchemaId> {
    let responses = operation.responses.iter().filter(|it| is_refused_with(it.key));
    responses.flat_map(|it| &it.content).filter(|it| of(it)).filter_map(|it| it.schema).collect()
}

/// Whether a body has the members of RFC 9457, whatever its schema says of them.
fn is_problem(content: &Content) -> bool {
    content.media_type.essence() == PROBLEM
}

/// Whether everything that a form becomes is an instance of a schema.
pub(crate) fn holds(api: &Api, id: SchemaId, form: &Json) -> bool {
    let tables = tables::checked(api, &BTreeSet::from([id]));
    Maker::new(api, &tables, id).holds(form)
}

/// An object in a form.
struct Object {
    /// Its pointer.
    at: String,
    depth: usize,
    /// What its members are called, spellings aside.
    names: Vec<String>,
}

struct Maker<'a> {
    api: &'a Api,
    tables: &'a Schemas,
    key: String,
    root: SchemaId,
    /// A violation for each property that a form may have: a parameter may be called as one that is no list of messages.
    namesakes: Violations,
}

impl<'a> Maker<'a> {
    fn new(api: &'a Api, tables: &'a Schemas, root: SchemaId) -> Self {
        let key = tables::key(&api.schemas[root].origin);
        Self { api, tables, key, root, namesakes: namesakes(api, root) }
    }

    /// A form whose every filling is valid; none where no sample of the schema is.
    fn form(&self) -> Option<Json> {
        let sample = Sampler::new(self.api, Direction::Response).least(self.root);
        let sample = [sample, json!("$summary")].into_iter().find(|it| self.holds(it))?;
        if sample.is_string() {
            let summary = json!("$summary");
            return Some(if self.holds(&summary) { summary } else { sample });
        }
        let mut form = sample;
        self.object(&mut form, "", self.root, 0);
        Some(form)
    }

    /// The form with what every problem has and its schema leaves open (RFC 9457, section 3.1).
    fn problem(&self, mut form: Json) -> Json {
        let says = |form: &Json, what: &str| form.as_object().is_some_and(|it| it.values().any(|it| it == what));
        for (name, what) in [("title", "$title"), ("status", "$status"), ("detail", "$summary")] {
            if form.get(name).is_none() && !says(&form, what) {
                self.set(&mut form, "", name, Some(json!(what)));
            }
        }
        form
    }

    /// Whether everything that a form becomes is an instance, values of open sets left out.
    fn holds(&self, form: &Json) -> bool {
        let long = "a ü ".repeat(64);
        let one = |pointer: &str, keyword: &'static str, message: &str| Violation::new(pointer, keyword, message);
        let mut many = Violations::new();
        many.push(one("/body", "json", &long));
        many.push(one("/body/roles/0/name", "additionalProperties", "is not known"));
        many.push(one("/query/page", "type", "x"));
        let missing = one("/header/If-Match", "required", "is missing").into();
        let several = [&Violations::new(), &missing, &many, &self.namesakes];
        let probes = [
            (400, "Bad Request", "x", 0),
            (422, "Unprocessable Entity", "/x: is wrong (and 2 more)", 2),
            (503, "Service Unavailable", &*long, 1),
            (400, "Bad Request", "x", 3),
        ];
        probes.iter().all(|(status, title, summary, count)| {
            let report = Report { status: *status, title, summary, violations: several[*count] };
            self.tables.knows(&self.key, &report.fill(form), Direction::Response)
        })
    }

    /// Puts placeholders into the members of an object, and leaves out what nobody needs.
    fn object(&self, form: &mut Json, at: &str, id: SchemaId, depth: usize) {
        let view = View::new(self.api, id);
        let Some(Json::Object(members)) = form.pointer(at) else { return };
        let required = view.required();
        let known: Vec<String> = members.keys().cloned().collect();
        let mut properties: Vec<(String, Option<SchemaId>)> =
            view.properties().iter().map(|(name, ids)| ((*name).to_owned(), ids.first().copied())).collect();
        let others: Vec<_> =
            known.iter().filter(|name| !properties.iter().any(|(it, _)| it == *name)).cloned().collect();
        properties.extend(others.into_iter().map(|name| (name, None)));
        let names = properties.iter().map(|(name, _)| bare(name)).collect();
        let object = Object { at: at.to_owned(), depth, names };
        for (name, schema) in properties {
            let is_filled = depth < DEEPEST && self.member(form, &object, &name, schema);
            if !is_filled && !required.contains(name.as_str()) {
                self.set(form, at, &name, None);
            }
        }
    }

    /// Fills one member, where its name says with what.
    fn member(&self, form: &mut Json, object: &Object, name: &str, schema: Option<SchemaId>) -> bool {
        let at = &object.at;
        let place = format!("{at}/{}", Pointer::escape(name));
        if candidates(name, &object.names).into_iter().any(|it| self.set(form, at, name, Some(it))) {
            return true;
        }
        let Some(id) = schema else { return false };
        let view = View::new(self.api, id);
        if speaks_of_errors(name) && view.types.contains(Type::Array) && self.list(form, at, name, &view) {
            return true;
        }
        if !speaks_of_errors(name) || !view.types.contains(Type::Object) {
            return false;
        }
        if form.pointer(&place).is_none_or(|it| !it.is_object()) {
            let sample = Sampler::new(self.api, Direction::Response).least(id);
            if !self.set(form, at, name, Some(sample)) {
                return false;
            }
        }
        self.object(form, &place, id, object.depth + 1);
        true
    }

    /// A list with an element for each violation.
    fn list(&self, form: &mut Json, at: &str, name: &str, view: &View<'_>) -> bool {
        let Some(items) = view.schemas().find_map(|it| it.arrays.items) else { return false };
        let element = View::new(self.api, items);
        let Json::Object(mut members) = Sampler::new(self.api, Direction::Response).least(items) else { return false };
        let whole = |members: &Map<String, Json>| Some(Json::Array(vec![Json::Object(members.clone())]));
        let before = form.clone();
        for property in element.properties().keys() {
            let inner = (*property == "source").then(|| json!({ "pointer": "$pointer" }));
            for choice in of_one(property).map(Json::from).into_iter().chain(inner) {
                let mut tried = members.clone();
                tried.insert((*property).to_owned(), choice);
                if self.set(form, at, name, whole(&tried)) {
                    members = tried;
                    break;
                }
            }
        }
        let is_telling = names_violations(&json!([members]));
        if !is_telling {
            *form = before;
        }
        is_telling
    }

    /// Sets or removes a member of the object at a place, if what comes of it holds.
    fn set(&self, form: &mut Json, at: &str, name: &str, value: Option<Json>) -> bool {
        let Some(Json::Object(members)) = form.pointer_mut(at) else { return false };
        let before = match value {
            Some(value) => members.insert(name.to_owned(), value),
            None => members.remove(name),
        };
        if self.holds(form) {
            return true;
        }
        if let Some(Json::Object(members)) = form.pointer_mut(at) {
            match before {
                Some(before) => members.insert(name.to_owned(), before),
                None => members.remove(name),
            };
        }
        false
    }
}

/// Violations of what is called as the properties of an object are, and as those of objects in it that speak of errors.
fn namesakes(api: &Api, root: SchemaId) -> Violations {
    let (mut names, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![root]);
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        for (name, schemas) in View::new(api, id).properties() {
            names.insert(name);
            open.extend(schemas.into_iter().filter(|_| speaks_of_errors(name)));
        }
    }
    let mut violations = Violations::with_capacity(names.len());
    for name in names {
        violations.push(Violation::new(format!("/query/{}", Pointer::escape(name)), "type", "x"));
    }
    violations
}

/// A name without what spellings differ in.
fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// What a member may hold by its name, the most telling first.
fn candidates(name: &str, all: &[String]) -> Vec<Json> {
    let beside = |other: &str| all.iter().any(|it| it == other);
    match bare(name).as_str() {
        "error" if beside("errordescription") => vec![json!("$code")],
        "error" if beside("message") || beside("detail") => vec![json!("$title")],
        "message" | "msg" | "errormessage" | "error" | "errordescription" | "detail" | "details" | "description"
        | "summary" | "reason" | "fault" | "text" => vec![json!("$summary"), json!("$messages"), json!("$fields")],
        "title" => vec![json!("$title")],
        "errors" | "messages" | "errormessages" | "violations" | "validationerrors" | "fielderrors" => {
            vec![json!("$fields"), json!("$messages")]
        }
        "status" | "statuscode" | "httpstatus" | "httpcode" | "httpstatuscode" => vec![json!("$status")],
        "code" | "errorcode" => vec![json!("$status"), json!("$code")],
        "success" | "ok" | "successful" | "issuccess" | "wassuccessful" => vec![json!(false)],
        _ => Vec::new(),
    }
}

/// Whether a list or an object of this name is about what is wrong.
fn speaks_of_errors(name: &str) -> bool {
    let name = bare(name);
    ["error", "violation", "detail", "message", "fault", "problem", "issue", "reason"]
        .iter()
        .any(|it| name.contains(it))
}

/// What a property of one error may hold by its name.
fn of_one(name: &str) -> Option<&'static str> {
    Some(match bare(name).as_str() {
        "message" | "msg" | "detail" | "description" | "reason" | "error" | "errormessage" | "text" => "$message",
        "field" | "property" | "propertyname" | "name" | "path" | "param" | "parameter" | "fieldname" | "attribute"
        | "target" | "location" | "loc" | "key" => "$field",
        "pointer" | "instancepath" | "instance" => "$pointer",
        "code" | "keyword" | "rule" | "type" | "errorcode" | "constraint" | "kind" => "$keyword",
        "title" => "$title",
        "status" => "$status",
        _ => return None,
    })
}
