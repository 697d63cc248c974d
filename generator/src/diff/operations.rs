//! Operations and webhooks: which is which, and what changed in the parts of each.

use std::collections::BTreeMap;

use super::draft::{Draft, Drafts};
use super::pairs::{self, Pairs};
use super::parts;
use super::rules::{self, Rule, Travel};
use super::walk::{Trail, Walk};
use super::written;
use super::{security, servers};
use crate::ir::{Api, Location, Operation, Parameter, ParameterForm, SchemaId};
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
    pub(super) fn asks(self) -> Travel {
        match self {
            Self::Client => Travel::Request,
            Self::Owner => Travel::Response,
        }
    }

    pub(super) fn answers(self) -> Travel {
        match self {
            Self::Client => Travel::Response,
            Self::Owner => Travel::Request,
        }
    }

    /// The rule where clients send; where the owner does, another one.
    pub(super) fn pick(self, client: &'static Rule, owner: &'static Rule) -> &'static Rule {
        match self {
            Self::Client => client,
            Self::Owner => owner,
        }
    }
}

/// One operation in both documents.
pub(super) struct Both<'a, 'w, 's> {
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
    pub(super) sender: Sender,
    pub(super) subject: String,
    pub(super) sources: (&'w Sources, &'w Sources),
    pub(super) walk: &'w mut Walk<'a, 's>,
    pub(super) out: &'w mut Drafts,
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
    let pairs = Pairs::new(all(old), all(new));
    for (before, after) in pairs.old {
        let subject = subject(before, sender);
        if let Some(after) = after {
            let subject = self::subject(after, sender);
            let both = Both { old: before, new: after, sender, subject, sources, walk, out };
            operation(both, (old, new));
        } else {
            let message = format!("{subject}{} is gone", goal(before));
            let mut draft = Draft::new(&rules::OPERATION_REMOVED, subject.clone(), message);
            draft.operations.push(subject);
            draft.deprecated = before.deprecated;
            out.add(draft.old(&before.origin));
        }
    }
    for after in pairs.new {
        let subject = subject(after, sender);
        let message = format!("{subject}{} is new", goal(after));
        let mut draft = Draft::new(&rules::OPERATION_ADDED, subject.clone(), message);
        draft.operations.push(subject);
        out.add(draft.new_at(&after.origin));
    }
}

pub(super) fn subject(operation: &Operation, sender: Sender) -> String {
    match sender {
        Sender::Client => format!("{} {}", operation.method, operation.path.as_str()),
        Sender::Owner => format!("webhook {} {}", operation.method, operation.path.as_str()),
    }
}

/// Where a callback goes, of which one name tells nothing.
fn goal(operation: &Operation) -> String {
    pairs::expression(operation).map(|it| format!(" to `{it}`")).unwrap_or_default()
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
            both.report(&rules::OPERATION_DEPRECATED, "", "is deprecated now", (&old.origin, &new.origin));
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
    servers::of_operation(&mut both, apis);
    parameters(&mut both);
    parts::body(&mut both);
    parts::responses(&mut both);
    let change = security::compare(apis, (both.sources.0, &old.origin), (both.sources.1, &new.origin), both.sender);
    for (rule, message) in change {
        both.report(rule, "security", message, (&old.origin.key("security"), &new.origin.key("security")));
    }
}

impl Both<'_, '_, '_> {
    pub(super) fn report(
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

    pub(super) fn only_old(&mut self, rule: &'static Rule, path: &str, message: impl Into<String>, at: &Origin) {
        let new = self.new.origin.clone();
        self.report(rule, path, message, (at, &new));
    }

    pub(super) fn only_new(&mut self, rule: &'static Rule, path: &str, message: impl Into<String>, at: &Origin) {
        let old = self.old.origin.clone();
        self.report(rule, path, message, (&old, at));
    }

    /// Whether the forms of two parameters or headers write their values the same way.
    pub(super) fn is_written_alike(&self, old: (&ParameterForm, SchemaId), new: (&ParameterForm, SchemaId)) -> bool {
        let (shapes, others) = self.walk.shapes();
        written::is_same_form((old.0, new.0), ((shapes, old.1), (others, new.1)))
    }

    pub(super) fn schemas(&mut self, path: &str, old: Option<SchemaId>, new: Option<SchemaId>, direction: Travel) {
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
        if let Some(after) = new.parameters.iter().find(|it| is_same(before, it)) {
            parameter(both, before, after);
        } else {
            let message = format!("no longer takes the {} parameter `{}`", before.location.as_str(), before.name);
            both.only_old(&rules::PARAMETER_REMOVED, &path, message, &before.origin);
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
    if old.allow_empty && !new.allow_empty {
        both.report(&rules::PARAMETER_FORM_CHANGED, &path, "may not be sent without a value any more", at);
    }
    if !both.is_written_alike((&old.form, old.schema), (&new.form, new.schema)) {
        let (before, after) = (form(&old.form), form(&new.form));
        let message = format!("is written as {after} now, not as {before}");
        both.report(&rules::PARAMETER_FORM_CHANGED, &path, message, at).values(before, after);
    }
    let (was, is) = both.walk.defaults(old.schema, new.schema);
    if was != is && both.sender == Sender::Client {
        let text = |it: &Option<serde_json::Value>| it.as_ref().map_or("none".to_owned(), |it| format!("`{it}`"));
        let (before, after) = (text(&was), text(&is));
        let message = format!("the default went from {before} to {after}");
        both.report(&rules::PARAMETER_DEFAULT_CHANGED, &path, message, at).values(before, after);
    }
    if new.deprecated && !old.deprecated {
        both.report(&rules::PARAMETER_DEPRECATED, &path, "is deprecated now", at);
    }
    if old.description != new.description {
        both.report(&rules::DESCRIPTION_CHANGED, &path, "is described in other words", at);
    }
    both.schemas(&format!("{path}: "), Some(old.schema), Some(new.schema), both.sender.asks());
}

pub(super) fn form(form: &ParameterForm) -> String {
    match form {
        ParameterForm::Style { style, explode, allow_reserved } => {
            let explode = if *explode { ", exploded" } else { "" };
            let reserved = if *allow_reserved { ", reserved characters as they are" } else { "" };
            format!("{}{explode}{reserved}", style.as_str())
        }
        ParameterForm::Content(media_type) => format!("`{media_type}`"),
        ParameterForm::Whole(media_type) => format!("the whole query in `{media_type}`"),
    }
}
