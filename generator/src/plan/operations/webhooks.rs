//! Where a receiver takes webhooks: each at its name, as far as names tell them apart.
//!
//! | webhook | path |
//! | --- | --- |
//! | the webhook `ended` | `/ended` |
//! | the callback `ended` of `play` | `/ended-of-play` |
//! | another one, with `operationId: stopped` | `/stopped` |
//!
//! Two callbacks of one name are two requests, and one path would lead to one of them only. What a callback is taken at
//! does not depend on the order of a mapping.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::ir::{Method, Operation};

/// The path of a webhook.
#[derive(Debug, Clone)]
pub(super) struct WebhookPath {
    pub path: String,
    /// Whether its name is that of another one, too.
    pub is_own: bool,
}

/// The path of each webhook.
pub(super) fn paths(webhooks: &[Operation]) -> Vec<WebhookPath> {
    let mut order: Vec<_> = (0..webhooks.len()).collect();
    // Webhooks keep their names before callbacks do, and callbacks without another name before those that have one.
    order.sort_by_key(|idx| {
        let webhook = &webhooks[*idx];
        let is_callback = webhook.origin.pointer.tokens().next().is_none_or(|it| it != "webhooks");
        (is_callback, own_name(webhook) != webhook.path.as_str(), &webhook.origin)
    });
    let mut taken: BTreeSet<(Method, String)> = BTreeSet::new();
    let mut paths: Vec<_> = webhooks.iter().map(|it| path(it.path.as_str(), false)).collect();
    let mut others = Vec::new();
    for idx in order {
        if !taken.insert((webhooks[idx].method.clone(), webhooks[idx].path.as_str().to_owned())) {
            others.push(idx);
        }
    }
    for idx in others {
        let webhook = &webhooks[idx];
        let name = own_name(webhook);
        let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|it| taken.insert((webhook.method.clone(), it.clone())));
        paths[idx] = path(&free.unwrap_or_default(), true);
    }
    paths
}

fn path(name: &str, is_own: bool) -> WebhookPath {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    WebhookPath { path: format!("/{}", utf8_percent_encode(name, KEPT)), is_own }
}

/// A name of its id, without the method that an id of ours begins with: `post ended of play` is `ended-of-play`.
fn own_name(webhook: &Operation) -> String {
    let method = format!("{} ", webhook.method.field());
    let id = webhook.id.strip_prefix(&method).unwrap_or(&webhook.id);
    let words = id.split(|it: char| !it.is_alphanumeric() && !"-._~".contains(it));
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-")
}
