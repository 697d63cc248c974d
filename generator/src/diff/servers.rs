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
            Some(after) => lacks(after, before).then(|| (less(before), Some(&after.origin))),
            None => (!is_told_gone).then(|| (gone(&before.url), None)),
        };
        if let Some((message, after)) = lost {
            let draft = Draft::new(&rules::SERVER_REMOVED, "servers", message).old(&before.origin);
            out.add(after.map_or(draft.clone(), |it| draft.new_at(it)));
        }
    }
    for after in &new.servers {
        let won = match find(old, after).map(|idx| &old.servers[idx]) {
            Some(before) => is_wider(before, after).then(|| (more(after), Some(&before.origin))),
            None => (!is_told_new).then(|| (come(&after.url), None)),
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
    let at = (&both.old.origin.key("servers"), &both.new.origin.key("servers"));
    for before in own(both.old, old) {
        let lost = match own(both.new, new).iter().find(|it| is_same_url(&it.url, &before.url)) {
            Some(after) => lacks(after, before).then(|| less(before)),
            None => Some(gone(before.url.trim_end_matches('/'))),
        };
        if let Some(message) = lost {
            both.report(&rules::SERVER_REMOVED, "servers", message, at);
        }
    }
    for after in own(both.new, new) {
        let won = match own(both.old, old).iter().find(|it| is_same_url(&it.url, &after.url)) {
            Some(before) => is_wider(before, after).then(|| more(after)),
            None => Some(come(after.url.trim_end_matches('/'))),
        };
        if let Some(message) = won {
            both.report(&rules::SERVER_ADDED, "servers", message, at);
        }
    }
}

/// The servers of an operation: its own, or those of its document.
fn own<'a>(operation: &'a Operation, api: &'a Api) -> &'a [Server] {
    if operation.servers.is_empty() { &api.servers } else { &operation.servers }
}

fn gone(url: &str) -> String {
    format!("the base URL `{url}` is gone")
}

fn come(url: &str) -> String {
    format!("the base URL `{url}` is new")
}

fn less(server: &Server) -> String {
    format!("the variables of the base URL `{}` allow less, or mean something else", server.url)
}

fn more(server: &Server) -> String {
    format!("the variables of the base URL `{}` allow more", server.url)
}

/// Whether a server has all URLs of another one, and more.
fn is_wider(before: &Server, after: &Server) -> bool {
    lacks(before, after) && !lacks(after, before)
}
