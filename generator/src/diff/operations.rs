//! Operations and webhooks: which is which, and what changed in the parts of each.

use std::collections::BTreeMap;

use super::draft::{Draft, Drafts};
use super::rules::{self, Direction, Rule};
use super::security;
use super::shape::Shapes;
use super::walk::{Trail, Walk};
use crate::ir::{
    Api, Body, Content, Header, Location, Operation, Parameter, ParameterForm, Response, ResponseKey, SchemaId, Segment,
};
use crate::source::{Origin, Sources};

/// Which side sends the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// Clients: an operation.
    Client,
    /// The API's owner: a webhook.
    Owner,
}

impl Sender {
    fn asks(self) -> Direction {
        match self {
            Self::Client => Direction::Request,
            Self::Owner => Direction::Response,
        }
    }

    fn answers(self) -> Direction {
        match self {
            Self::Client => Direction::Response,
            Self::Owner => Direction::Request,
        }
    }

    /// The rule where clients send; where the owner does, another one.
    fn pick(self, client: &'static Rule, owner: &'static Rule) -> &'static Rule {
        match self {
            Self::Client => client,
            Self::Owner => owner,
        }
    }
}

/// One operation in both documents.
struct Both<'a, 'w, 's> {
    old: &'a Operation,
    new: &'a Operation,
    sender: Sender,
    subject: String,
    sources: (&'w Sources, &'w Sources),
    walk: &'w mut Walk<'a, 's>,
    out: &'w mut Drafts,
}

/// Compares all operations of one kind.
pub(super) fn compare<'a>(
    (old, new): (&'a Api, &'a Api),
    sources: (&Sources, &Sources),
    sender: Sender,
    walk: &mut Walk<'a, '_>,
    out: &mut Drafts,
) {
    let all = |api: &'a Api| match sender {
        Sender::Client => &api.operations,
        Sender::Owner => &api.webhooks,
    };
    let mut known: BTreeMap<_, &'a Operation> = all(new).iter().map(|it| (key(it), it)).collect();
    for before in all(old) {
        let subject = subject(before, sender);
        match known.remove(&key(before)) {
            Some(after) => {
                let subject = self::subject(after, sender);
                let both = Both { old: before, new: after, sender, subject, sources, walk, out };
                operation(both, (old, new));
            }
            None => {
                let message = format!("{subject} is gone");
                let mut draft = Draft::new(&rules::OPERATION_REMOVED, subject.clone(), message);
                draft.operations.push(subject);
                draft.deprecated = before.deprecated;
                out.add(draft.old(&before.origin));
            }
        }
    }
    for after in all(new).iter().filter(|it| known.contains_key(&key(it))) {
        let subject = subject(after, sender);
        let mut draft = Draft::new(&rules::OPERATION_ADDED, subject.clone(), format!("{subject} is new"));
        draft.operations.push(subject);
        out.add(draft.new_at(&after.origin));
    }
}

/// Method and path, whatever its parameters are called.
fn key(operation: &Operation) -> (crate::ir::Method, Vec<String>) {
    let segments = operation.path.segments().iter().map(|segment| match segment {
        Segment::Literal(text) => text.replace('{', "{{"),
        Segment::Parameter(_) => "{}".to_owned(),
        Segment::Mixed(parts) => {
            parts.iter().enumerate().map(|(idx, part)| if idx % 2 == 0 { part.as_str() } else { "{}" }).collect()
        }
    });
    (operation.method, segments.collect())
}

fn subject(operation: &Operation, sender: Sender) -> String {
    match sender {
        Sender::Client => format!("{} {}", operation.method, operation.path.as_str()),
        Sender::Owner => format!("webhook {} {}", operation.method, operation.path.as_str()),
    }
}

fn operation(mut both: Both<'_, '_, '_>, apis: (&Api, &Api)) {
    let (old, new) = (both.old, both.new);
    // An operation without an `operationId` is called after its method and path, which is nobody's choice.
    let is_given = |sources: &Sources, it: &Operation| sources.at(&it.origin.key("operationId")).is_some();
    if old.id != new.id && (is_given(both.sources.0, old) || is_given(both.sources.1, new)) {
        let message = format!("the `operationId` went from `{}` to `{}`", old.id, new.id);
        both.report(&rules::OPERATION_ID_CHANGED, "", message, (&old.origin, &new.origin)).values(&old.id, &new.id);
    }
    match (old.deprecated, new.deprecated) {
        (false, true) => {
            drop(both.report(&rules::OPERATION_DEPRECATED, "", "is deprecated now", (&old.origin, &new.origin)))
        }
        (true, false) => {
            both.report(&rules::OPERATION_UNDEPRECATED, "", "is not deprecated any more", (&old.origin, &new.origin));
        }
        _ => {}
    }
    if old.tags != new.tags {
        let message = format!("the tags went from {:?} to {:?}", old.tags, new.tags);
        both.report(&rules::OPERATION_TAGS_CHANGED, "", message, (&old.origin, &new.origin));
    }
    if (&old.summary, &old.description) != (&new.summary, &new.description) {
        both.report(&rules::DESCRIPTION_CHANGED, "", "is described in other words", (&old.origin, &new.origin));
    }
    parameters(&mut both);
    body(&mut both);
    responses(&mut both);
    let change = security::compare(apis, (both.sources.0, &old.origin), (both.sources.1, &new.origin));
    for (rule, message) in change {
        both.report(rule, "security", message, (&old.origin.key("security"), &new.origin.key("security")));
    }
}

impl Both<'_, '_, '_> {
    fn report(
        &mut self,
        rule: &'static Rule,
        path: &str,
        message: impl Into<String>,
        at: (&Origin, &Origin),
    ) -> &mut Draft {
        let mut draft = Draft::new(rule, self.subject.clone(), message).at(path).old(at.0).new_at(at.1);
        draft.operations.push(self.subject.clone());
        self.out.add(draft)
    }

    fn only_old(&mut self, rule: &'static Rule, path: &str, message: impl Into<String>, at: &Origin) {
        let new = self.new.origin.clone();
        self.report(rule, path, message, (at, &new));
    }

    fn only_new(&mut self, rule: &'static Rule, path: &str, message: impl Into<String>, at: &Origin) {
        let old = self.old.origin.clone();
        self.report(rule, path, message, (&old, at));
    }

    fn schemas(&mut self, path: &str, old: Option<SchemaId>, new: Option<SchemaId>, direction: Direction) {
        let (old, new): (Vec<_>, Vec<_>) = (old.into_iter().collect(), new.into_iter().collect());
        if !(old.is_empty() && new.is_empty()) {
            let trail = Trail::new(self.subject.clone(), path);
            self.walk.root(&old, &new, direction, trail, Some(&self.subject));
        }
    }
}

fn parameters(both: &mut Both<'_, '_, '_>) {
    let renamed: BTreeMap<&str, &str> = both.old.path.parameters().zip(both.new.path.parameters()).collect();
    let (old, new) = (both.old, both.new);
    let is_same = |a: &Parameter, b: &Parameter| match (a.location, b.location) {
        (Location::Path, Location::Path) => renamed.get(a.name.as_str()) == Some(&b.name.as_str()),
        (Location::Header, Location::Header) => a.name.eq_ignore_ascii_case(&b.name),
        (x, y) => x == y && a.name == b.name,
    };
    for before in &old.parameters {
        let path = format!("{} parameter {}", before.location.as_str(), before.name);
        match new.parameters.iter().find(|it| is_same(before, it)) {
            Some(after) => parameter(both, before, after),
            None => {
                let message = format!("no longer takes the {} parameter `{}`", before.location.as_str(), before.name);
                both.only_old(&rules::PARAMETER_REMOVED, &path, message, &before.origin);
            }
        }
    }
    for after in new.parameters.iter().filter(|it| !old.parameters.iter().any(|before| is_same(before, it))) {
        let path = format!("{} parameter {}", after.location.as_str(), after.name);
        let word = if after.required { "required" } else { "optional" };
        let message = format!("takes a new {word} {} parameter `{}`", after.location.as_str(), after.name);
        let required = both.sender.pick(&rules::PARAMETER_ADDED_REQUIRED, &rules::PARAMETER_ADDED);
        both.only_new(if after.required { required } else { &rules::PARAMETER_ADDED }, &path, message, &after.origin);
    }
}

fn parameter(both: &mut Both<'_, '_, '_>, old: &Parameter, new: &Parameter) {
    let path = format!("{} parameter {}", new.location.as_str(), new.name);
    let at = (&old.origin, &new.origin);
    if old.name != new.name && old.location == Location::Path {
        let message = format!("the path parameter `{}` is called `{}` now", old.name, new.name);
        both.report(&rules::PATH_PARAMETER_RENAMED, &path, message, at).values(&old.name, &new.name);
    }
    match (old.required, new.required) {
        (false, true) => {
            let rule = both.sender.pick(&rules::PARAMETER_BECAME_REQUIRED, &rules::PARAMETER_BECAME_OPTIONAL);
            both.report(rule, &path, "is required now", at).values("optional", "required");
        }
        (true, false) => {
            let rule = both.sender.pick(&rules::PARAMETER_BECAME_OPTIONAL, &rules::WEBHOOK_BECAME_OPTIONAL);
            both.report(rule, &path, "is optional now", at).values("required", "optional");
        }
        _ => {}
    }
    let empty = |sources: &Sources, it: &Parameter| {
        sources.at(&it.origin).is_some_and(|it| it.flag("allowEmptyValue") == Some(true))
    };
    if empty(both.sources.0, old) && !empty(both.sources.1, new) {
        both.report(&rules::PARAMETER_FORM_CHANGED, &path, "may not be sent without a value any more", at);
    }
    if old.form != new.form {
        let (before, after) = (form(&old.form), form(&new.form));
        let message = format!("is written as {after} now, not as {before}");
        both.report(&rules::PARAMETER_FORM_CHANGED, &path, message, at).values(before, after);
    }
    if new.deprecated && !old.deprecated {
        both.report(&rules::PARAMETER_DEPRECATED, &path, "is deprecated now", at);
    }
    if old.description != new.description {
        both.report(&rules::DESCRIPTION_CHANGED, &path, "is described in other words", at);
    }
    both.schemas(&format!("{path}: "), Some(old.schema), Some(new.schema), both.sender.asks());
}

fn form(form: &ParameterForm) -> String {
    match form {
        ParameterForm::Style { style, explode, allow_reserved } => {
            let explode = if *explode { ", exploded" } else { "" };
            let reserved = if *allow_reserved { ", reserved characters as they are" } else { "" };
            format!("{}{explode}{reserved}", style.as_str())
        }
        ParameterForm::Content(media_type) => format!("`{media_type}`"),
    }
}

fn body(both: &mut Both<'_, '_, '_>) {
    let path = "body";
    match (&both.old.body, &both.new.body) {
        (Some(old), Some(new)) => changed_body(both, old, new),
        (Some(old), None) => both.only_old(&rules::BODY_REMOVED, path, "takes no body any more", &old.origin),
        (None, Some(new)) if new.required => {
            let rule = both.sender.pick(&rules::BODY_ADDED_REQUIRED, &rules::BODY_ADDED);
            both.only_new(rule, path, "takes a required body now", &new.origin);
        }
        (None, Some(new)) => both.only_new(&rules::BODY_ADDED, path, "takes an optional body now", &new.origin),
        (None, None) => {}
    }
}

fn changed_body(both: &mut Both<'_, '_, '_>, old: &Body, new: &Body) {
    let at = (&old.origin, &new.origin);
    match (old.required, new.required) {
        (false, true) => {
            let rule = both.sender.pick(&rules::BODY_BECAME_REQUIRED, &rules::BODY_BECAME_OPTIONAL);
            both.report(rule, "body", "the body is required now", at).values("optional", "required");
        }
        (true, false) => {
            let rule = both.sender.pick(&rules::BODY_BECAME_OPTIONAL, &rules::WEBHOOK_BECAME_OPTIONAL);
            both.report(rule, "body", "the body is optional now", at).values("required", "optional");
        }
        _ => {}
    }
    if old.description != new.description {
        both.report(&rules::DESCRIPTION_CHANGED, "body", "is described in other words", at);
    }
    let rules: MediaRules = match both.sender {
        Sender::Client => (&rules::REQUEST_MEDIA_TYPE_REMOVED, &rules::REQUEST_MEDIA_TYPE_ADDED),
        Sender::Owner => (&rules::RESPONSE_MEDIA_TYPE_REMOVED, &rules::RESPONSE_MEDIA_TYPE_ADDED),
    };
    contents(both, "body", (&old.content, &new.content), both.sender.asks(), rules);
}

/// The rules of a media type that is gone, and of one that is new.
type MediaRules = (&'static Rule, &'static Rule);

fn contents(
    both: &mut Both<'_, '_, '_>,
    path: &str,
    (old, new): (&[Content], &[Content]),
    direction: Direction,
    rules: MediaRules,
) {
    let is_same = |a: &Content, b: &Content| spelled(a) == spelled(b);
    // A range takes what each of its types was.
    let covers = |range: &Content, it: &Content| match (spelled(range).strip_suffix('*'), direction) {
        (Some(start), Direction::Request) => start == "*/" || spelled(it).starts_with(start),
        _ => false,
    };
    for before in old {
        let media = before.media_type.as_str();
        let after = new.iter().find(|it| is_same(before, it)).or_else(|| new.iter().find(|it| covers(it, before)));
        let inside = format!("{path} {media}");
        match after {
            Some(after) => {
                both.schemas(&format!("{inside}: "), before.schema, after.schema, direction);
                encodings(both, &inside, before, after);
            }
            None => {
                let message = format!("`{media}` is gone");
                both.only_old(rules.0, &inside, message, &before.origin);
            }
        }
    }
    for after in new.iter().filter(|it| !old.iter().any(|before| is_same(before, it))) {
        let media = after.media_type.as_str();
        both.only_new(rules.1, &format!("{path} {media}"), format!("`{media}` is new"), &after.origin);
    }
}

/// A media type without the ways to spell it.
fn spelled(content: &Content) -> String {
    let essence = content.media_type.essence();
    let rest = content.media_type.as_str().split(';').skip(1).map(|it| it.trim().to_ascii_lowercase());
    let rest: Vec<_> = rest.filter(|it| it != "charset=utf-8").collect();
    [vec![essence], rest].concat().join(";")
}

fn encodings(both: &mut Both<'_, '_, '_>, path: &str, old: &Content, new: &Content) {
    let facts = |content: &Content| -> BTreeMap<String, String> {
        let fact = |it: &crate::ir::Encoding| {
            let reserved = it.allow_reserved.unwrap_or_default();
            format!("{:?} {:?} {:?} {reserved}", it.content_type, it.style, it.explode)
        };
        content.encoding.iter().map(|it| (it.property.clone(), fact(it))).collect()
    };
    let (before, after) = (facts(old), facts(new));
    for name in before.keys().chain(after.keys().filter(|it| !before.contains_key(*it))) {
        if before.get(name) != after.get(name) {
            let message = format!("the property `{name}` of the form is written another way");
            both.report(&rules::ENCODING_CHANGED, path, message, (&old.origin, &new.origin));
        }
    }
}

fn responses(both: &mut Both<'_, '_, '_>) {
    let (old, new) = (both.old, both.new);
    for before in &old.responses {
        match new.responses.iter().find(|it| it.key == before.key) {
            Some(after) => response(both, before, after),
            None => {
                let success = matches!(before.key, ResponseKey::Status(200..=299) | ResponseKey::Range(2));
                let rule = if success { &rules::RESPONSE_REMOVED } else { &rules::ERROR_RESPONSE_REMOVED };
                let message = format!("does not answer {} any more", before.key);
                both.only_old(rule, &format!("response {}", before.key), message, &before.origin);
            }
        }
    }
    for after in new.responses.iter().filter(|it| !old.responses.iter().any(|before| before.key == it.key)) {
        let path = format!("response {}", after.key);
        // What a range or `default` promised holds for a status of its own, too.
        let promise = match after.key {
            ResponseKey::Status(code) => {
                let range = old.responses.iter().find(|it| it.key == ResponseKey::Range(code / 100));
                range.or_else(|| old.responses.iter().find(|it| it.key == ResponseKey::Default))
            }
            ResponseKey::Range(_) => old.responses.iter().find(|it| it.key == ResponseKey::Default),
            ResponseKey::Default => None,
        };
        let failure = matches!(after.key, ResponseKey::Status(400..) | ResponseKey::Range(4..) | ResponseKey::Default);
        let rule = if failure { &rules::ERROR_RESPONSE_ADDED } else { &rules::RESPONSE_ADDED };
        let rule = both.sender.pick(rule, &rules::ERROR_RESPONSE_ADDED);
        both.only_new(rule, &path, format!("may answer {} now", after.key), &after.origin);
        if let Some(promise) = promise {
            response(both, promise, after);
        }
    }
}

fn response(both: &mut Both<'_, '_, '_>, old: &Response, new: &Response) {
    let path = format!("response {}", new.key);
    if old.description != new.description && old.key == new.key {
        both.report(&rules::DESCRIPTION_CHANGED, &path, "is described in other words", (&old.origin, &new.origin));
    }
    let media: MediaRules = match both.sender {
        Sender::Client => (&rules::RESPONSE_MEDIA_TYPE_REMOVED, &rules::RESPONSE_MEDIA_TYPE_ADDED),
        Sender::Owner => (&rules::REQUEST_MEDIA_TYPE_REMOVED, &rules::REQUEST_MEDIA_TYPE_ADDED),
    };
    contents(both, &path, (&old.content, &new.content), both.sender.answers(), media);
    let is_same = |a: &Header, b: &Header| a.name.eq_ignore_ascii_case(&b.name);
    for before in &old.headers {
        let inside = format!("{path} header {}", before.name);
        match new.headers.iter().find(|it| is_same(before, it)) {
            Some(after) => header(both, &inside, before, after),
            None => {
                let message = format!("the header `{}` is gone", before.name);
                both.only_old(&rules::RESPONSE_HEADER_REMOVED, &inside, message, &before.origin);
            }
        }
    }
    for after in new.headers.iter().filter(|it| !old.headers.iter().any(|before| is_same(before, it))) {
        let inside = format!("{path} header {}", after.name);
        let message = format!("has a new header `{}`", after.name);
        both.only_new(&rules::RESPONSE_HEADER_ADDED, &inside, message, &after.origin);
    }
}

fn header(both: &mut Both<'_, '_, '_>, path: &str, old: &Header, new: &Header) {
    let at = (&old.origin, &new.origin);
    match (old.required, new.required) {
        (true, false) => {
            both.report(&rules::RESPONSE_HEADER_BECAME_OPTIONAL, path, "may be missing now", at)
                .values("required", "optional");
        }
        (false, true) => {
            both.report(&rules::RESPONSE_HEADER_BECAME_REQUIRED, path, "is always there now", at)
                .values("optional", "required");
        }
        _ => {}
    }
    if old.form != new.form {
        let (before, after) = (form(&old.form), form(&new.form));
        let message = format!("is written as {after} now, not as {before}");
        both.report(&rules::RESPONSE_HEADER_FORM_CHANGED, path, message, at).values(before, after);
    }
    if old.description != new.description {
        both.report(&rules::DESCRIPTION_CHANGED, path, "is described in other words", at);
    }
    both.schemas(&format!("{path}: "), Some(old.schema), Some(new.schema), both.sender.answers());
}

/// Schemas that no operation uses, and names that came and went.
pub(super) fn components<'a>(old: &Shapes<'a>, new: &Shapes<'a>, walk: &mut Walk<'a, '_>, out: &mut Drafts) {
    const LEVELS: usize = 6;
    let (before, after) = (old.api, new.api);
    let find = |api: &Api, name: &str| api.components.iter().find(|(it, _)| it == name).map(|(_, id)| *id);
    let mut left: Vec<_> = after.components.iter().filter(|(name, _)| find(before, name).is_none()).collect();
    for (name, id) in &before.components {
        if let Some(other) = find(after, name) {
            let used = |api: &Api, id: SchemaId| api.schemas[id].usage.request || api.schemas[id].usage.response;
            if !used(before, *id) || !used(after, other) {
                walk.root(&[*id], &[other], Direction::Unused, Trail::new(format!("schema `{name}`"), ""), None);
            }
            continue;
        }
        let same = left.iter().position(|(_, other)| old.hash(&[*id], LEVELS) == new.hash(&[*other], LEVELS));
        let origin = &before.schemas[*id].origin;
        match same.map(|idx| left.remove(idx)) {
            Some((renamed, other)) => {
                let message = format!("`{name}` is called `{renamed}` now");
                let draft = Draft::new(&rules::COMPONENT_RENAMED, format!("schema `{renamed}`"), message);
                out.add(draft.old(origin).new_at(&after.schemas[*other].origin)).values(name, renamed);
            }
            None => {
                let draft =
                    Draft::new(&rules::COMPONENT_REMOVED, format!("schema `{name}`"), format!("`{name}` is gone"));
                out.add(draft.old(origin));
            }
        }
    }
    for (name, id) in left {
        let draft = Draft::new(&rules::COMPONENT_ADDED, format!("schema `{name}`"), format!("`{name}` is new"));
        out.add(draft.new_at(&after.schemas[*id].origin));
    }
}
