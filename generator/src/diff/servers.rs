//! Base URLs: those of the document, with their variables, and those that operations have for themselves.

use super::draft::{Draft, Drafts};
use super::operations::{Both, Sender};
use super::rules;
use crate::ir::{Api, Operation, Server};

/// The base URLs of both documents, as far as operations use them.
pub(super) fn compare(old: &Api, new: &Api, out: &mut Drafts) {
    let uses = |api: &Api| api.operations.iter().any(|it| it.servers.is_empty());
    // What operations have in the place of those of the document now, or had, is compared with each of them.
    let (is_told_gone, is_told_new) = (uses(old) && !uses(new), uses(new) && !uses(old));
    let find = |api: &'_ Api, server: &Server| api.servers.iter().position(|it| is_same_url(&it.url, &server.url));
    for before in &old.servers {
        let lost = match find(new, before).map(|idx| &new.servers[idx]) {
            Some(after) => {
                let message =
                    format!("the variables of the base URL `{}` allow less, or mean something else", before.url);
                lacks(after, before).then_some((message, Some(&after.origin)))
            }
            None => (!is_told_gone).then(|| (format!("the base URL `{}` is gone", before.url), None)),
        };
        if let Some((message, after)) = lost {
            let draft = Draft::new(&rules::SERVER_REMOVED, "servers", message).old(&before.origin);
            out.add(after.map_or(draft.clone(), |it| draft.new_at(it)));
        }
    }
    for after in &new.servers {
        let won = match find(old, after).map(|idx| &old.servers[idx]) {
            Some(before) => {
                let is_wider = lacks(before, after) && !lacks(after, before);
                let message = format!("the variables of the base URL `{}` allow more", after.url);
                is_wider.then_some((message, Some(&before.origin)))
            }
            None => (!is_told_new).then(|| (format!("the base URL `{}` is new", after.url), None)),
        };
        if let Some((message, before)) = won {
            let draft = Draft::new(&rules::SERVER_ADDED, "servers", message).new_at(&after.origin);
            out.add(before.map_or(draft.clone(), |it| draft.old(it)));
        }
    }
}

/// Whether a server has no URL that the other one has, or another one where nobody chooses.
fn lacks(server: &Server, other: &Server) -> bool {
    other.variables.iter().any(|wanted| {
        server.variables.iter().find(|it| it.name == wanted.name).is_none_or(|it| {
            let allows_all = it.allowed.is_empty()
                || !wanted.allowed.is_empty() && wanted.allowed.iter().all(|value| it.allowed.contains(value));
            it.default != wanted.default || !allows_all
        })
    })
}

fn is_same_url(a: &str, b: &str) -> bool {
    a.trim_end_matches('/') == b.trim_end_matches('/')
}

/// The base URLs of an operation, where it has its own in either document; those of a document are compared once.
pub(super) fn of_operation(both: &mut Both<'_, '_, '_>, (old, new): (&Api, &Api)) {
    let is_own = !(both.old.servers.is_empty() && both.new.servers.is_empty());
    // Owners send webhooks to URLs that no document knows.
    if both.sender == Sender::Owner || !is_own {
        return;
    }
    let urls = |operation: &Operation, api: &Api| -> Vec<String> {
        let own = operation.servers.iter().map(String::as_str);
        let shared = api.servers.iter().map(|it| it.url.as_str()).filter(|_| operation.servers.is_empty());
        own.chain(shared).map(|it| it.trim_end_matches('/').to_owned()).collect()
    };
    let (before, after) = (urls(both.old, old), urls(both.new, new));
    let at = (&both.old.origin.key("servers"), &both.new.origin.key("servers"));
    for url in before.iter().filter(|it| !after.contains(it)) {
        both.report(&rules::SERVER_REMOVED, "servers", format!("the base URL `{url}` is gone"), at);
    }
    for url in after.iter().filter(|it| !before.contains(it)) {
        both.report(&rules::SERVER_ADDED, "servers", format!("the base URL `{url}` is new"), at);
    }
}
