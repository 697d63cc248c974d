//! The parts of an operation that have contents: bodies and responses, media types, encodings and headers.

use super::operations::{Both, Sender, form};
use super::rules::{self, Rule, Travel};
use super::written;
use crate::ir::{Body, Content, Header, Operation, Response, ResponseKey};

pub(super) fn body(both: &mut Both<'_, '_, '_>) {
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
    direction: Travel,
    rules: MediaRules,
) {
    let is_same = |a: &Content, b: &Content| spelled(a) == spelled(b);
    // A request may be of every type of a range, and a response is of one of them.
    let is_within = |it: &Content, range: &Content| {
        spelled(range).strip_suffix('*').is_some_and(|start| start == "*/" || spelled(it).starts_with(start))
    };
    let covers = |range: &Content, it: &Content| direction == Travel::Request && is_within(it, range);
    let was_covered = |it: &Content| {
        old.iter().find(|range| direction == Travel::Response && !is_same(range, it) && is_within(it, range))
    };
    for before in old {
        let media = before.media_type.as_str();
        let after = new.iter().find(|it| is_same(before, it)).or_else(|| new.iter().find(|it| covers(it, before)));
        let inside = format!("{path} {media}");
        if let Some(after) = after {
            both.schemas(&format!("{inside}: "), before.schema, after.schema, direction);
            encodings(both, &inside, before, after);
        } else if direction == Travel::Response && new.iter().any(|it| is_within(it, before)) {
            let message = format!("`{media}` is some of its types only");
            both.only_old(&rules::MEDIA_TYPES_NARROWED, &inside, message, &before.origin);
        } else {
            let message = format!("`{media}` is gone");
            both.only_old(rules.0, &inside, message, &before.origin);
        }
    }
    for after in new.iter().filter(|it| !old.iter().any(|before| is_same(before, it))) {
        let media = after.media_type.as_str();
        let inside = format!("{path} {media}");
        if let Some(before) = was_covered(after) {
            both.schemas(&format!("{inside}: "), before.schema, after.schema, direction);
        } else {
            both.only_new(rules.1, &inside, format!("`{media}` is new"), &after.origin);
        }
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
    let (shapes, others) = both.walk.shapes();
    let (before, after) = (written::encodings(shapes, old), written::encodings(others, new));
    for name in before.keys().chain(after.keys().filter(|it| !before.contains_key(*it))) {
        if before.get(name) != after.get(name) {
            let message = format!("the property `{name}` of the form is written another way");
            both.report(&rules::ENCODING_CHANGED, path, message, (&old.origin, &new.origin));
        }
    }
}

pub(super) fn responses(both: &mut Both<'_, '_, '_>) {
    let (old, new) = (both.old, both.new);
    for before in &old.responses {
        let same = find(&new.responses, before.key);
        let within = || new.responses.iter().any(|it| it.key.range() == Some(before.key));
        // A range has the status still, beside others, which are reported as new.
        if let Some(after) = same.or_else(|| find(&new.responses, before.key.range()?)) {
            response(both, before, after);
        } else if within() {
            let message = format!("answers {} only by the statuses that have their own response now", before.key);
            both.only_old(
                &rules::RESPONSE_STATUS_NARROWED,
                &format!("response {}", before.key),
                message,
                &before.origin,
            );
        } else if let Some(after) = left_to_default(new, before.key) {
            let message = format!("answers {} by `default` now", before.key);
            let path = format!("response {}", before.key);
            both.report(&rules::RESPONSE_LEFT_TO_DEFAULT, &path, message, (&before.origin, &after.origin));
            response(both, before, after);
        } else {
            let success = matches!(before.key, ResponseKey::Status(200..=299) | ResponseKey::Range(2));
            let rule = if success { &rules::RESPONSE_REMOVED } else { &rules::ERROR_RESPONSE_REMOVED };
            let message = format!("does not answer {} any more", before.key);
            both.only_old(rule, &format!("response {}", before.key), message, &before.origin);
        }
    }
    for after in new.responses.iter().filter(|it| !old.responses.iter().any(|before| before.key == it.key)) {
        let path = format!("response {}", after.key);
        // What a range or `default` promised holds for a status of its own, too.
        let range = after.key.range().and_then(|it| find(&old.responses, it));
        let promise = range.or_else(|| find(&old.responses, ResponseKey::Default));
        let failure = matches!(after.key, ResponseKey::Status(400..) | ResponseKey::Range(4..) | ResponseKey::Default);
        let rule = if failure { &rules::ERROR_RESPONSE_ADDED } else { &rules::RESPONSE_ADDED };
        let rule = both.sender.pick(rule, &rules::ERROR_RESPONSE_ADDED);
        // Clients of a range know its statuses, and those of `default` one that it stood for.
        if range.is_none() && left_to_default(old, after.key).is_none() {
            both.only_new(rule, &path, format!("may answer {} now", after.key), &after.origin);
        }
        if let Some(promise) = promise {
            response(both, promise, after);
        }
    }
}

/// The `default` of an operation, where it stands for a status or a range: for every failure, and for a success where
/// no other response is one.
fn left_to_default(operation: &Operation, key: ResponseKey) -> Option<&Response> {
    let is_success = |key: ResponseKey| matches!(key, ResponseKey::Status(200..=299) | ResponseKey::Range(2));
    let is_failure = matches!(key, ResponseKey::Status(400..) | ResponseKey::Range(4..));
    let has_no_success = || !operation.responses.iter().any(|it| is_success(it.key));
    let default = find(&operation.responses, ResponseKey::Default)?;
    (is_failure || is_success(key) && has_no_success()).then_some(default)
}

fn find(responses: &[Response], key: ResponseKey) -> Option<&Response> {
    responses.iter().find(|it| it.key == key)
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
        if let Some(after) = new.headers.iter().find(|it| is_same(before, it)) {
            header(both, &inside, before, after);
        } else {
            let message = format!("the header `{}` is gone", before.name);
            both.only_old(&rules::RESPONSE_HEADER_REMOVED, &inside, message, &before.origin);
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
    if !both.is_written_alike((&old.form, old.schema), (&new.form, new.schema)) {
        let (before, after) = (form(&old.form), form(&new.form));
        let message = format!("is written as {after} now, not as {before}");
        both.report(&rules::RESPONSE_HEADER_FORM_CHANGED, path, message, at).values(before, after);
    }
    if old.description != new.description {
        both.report(&rules::DESCRIPTION_CHANGED, path, "is described in other words", at);
    }
    both.schemas(&format!("{path}: "), Some(old.schema), Some(new.schema), both.sender.answers());
}
