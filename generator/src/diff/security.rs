//! Who may call: whether the credentials of before still open the door.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Drafts};
use super::facts::{Members, facts};
use super::operations::{Sender, subject};
use super::rules::{self, Rule};
use crate::ir::{Api, Operation, SecurityScheme};
use crate::source::{At, FileId, Origin, Pointer, Sources};

/// One way in: schemes with their scopes.
type Way = BTreeMap<String, BTreeSet<String>>;

/// Compares the ways in before and now, as the documents say them.
pub(super) fn compare(
    (old_api, new_api): (&Api, &Api),
    (old, old_operation): (&Sources, &Origin),
    (new, new_operation): (&Sources, &Origin),
    sender: Sender,
) -> Vec<(&'static Rule, String)> {
    let names = renamed((old_api, old), (new_api, new));
    let before = ways(old, old_operation, &names);
    let after = ways(new, new_operation, &BTreeMap::new());
    // A way is still open where another one asks for no more.
    let opens = |ways: &[Way], held: &Way| {
        let enough =
            |way: &Way| way.iter().all(|(scheme, scopes)| held.get(scheme).is_some_and(|it| scopes.is_subset(it)));
        ways.iter().any(enough)
    };
    let shut: Vec<_> = before.iter().filter(|way| !opens(&after, way)).map(words).collect();
    let open: Vec<_> = after.iter().filter(|way| !opens(&before, way)).map(words).collect();
    let all = |ways: &[Way]| ways.iter().map(words).collect::<Vec<_>>().join(" or ");
    let mut changes = Vec::new();
    if !shut.is_empty() {
        let message = format!("{} is not enough any more; asked for is {}", shut.join(" or "), all(&after));
        changes.push((sender.pick(&rules::SECURITY_TIGHTENED, &rules::WEBHOOK_SECURITY_TIGHTENED), message));
    }
    if !open.is_empty() {
        let rule = sender.pick(&rules::SECURITY_RELAXED, &rules::WEBHOOK_SECURITY_RELAXED);
        changes.push((rule, format!("{} is enough now", open.join(" or "))));
    }
    changes
}

/// The new names of schemes that are the same under another name.
fn renamed((old, old_sources): (&Api, &Sources), (new, new_sources): (&Api, &Sources)) -> BTreeMap<String, String> {
    let known = |api: &Api, name: &str| api.security_schemes.iter().any(|it| it.name == name);
    let gone = old.security_schemes.iter().filter(|it| !known(new, &it.name));
    let mut left: Vec<_> = new.security_schemes.iter().filter(|it| !known(old, &it.name)).collect();
    let mut names = BTreeMap::new();
    for scheme in gone {
        // One kind of credential may be had in several ways.
        let said = definition(old_sources, &scheme.name);
        if said.is_empty() {
            continue;
        }
        let is_same = |it: &&SecurityScheme| it.kind == scheme.kind && definition(new_sources, &it.name) == said;
        if let Some(idx) = left.iter().position(is_same) {
            names.insert(scheme.name.clone(), left.remove(idx).name.clone());
        }
    }
    names
}

/// What a document says about a scheme; nothing where it does not define it.
fn definition(sources: &Sources, name: &str) -> BTreeSet<String> {
    let all = Origin::root(FileId(0)).key("components").key("securitySchemes");
    let scheme = sources.at(&all.key(name));
    let mut all = scheme.map(|it| facts(it.value, Members::Fields, &sources.file(FileId(0)).root)).unwrap_or_default();
    // What a token looks like is said to readers, and a scheme that is deprecated lets callers in as before.
    all.retain(|it| !["/bearerFormat: ", "/deprecated: "].iter().any(|field| it.starts_with(field)));
    all
}

/// The operations that ask for a scheme.
fn users(api: &Api, name: &str) -> Vec<String> {
    let is_asked = |operation: &Operation| {
        let mut schemes = operation.security.iter().flat_map(|it| &it.schemes);
        schemes.any(|(idx, _)| api.security_schemes.get(*idx).is_some_and(|it| it.name == name))
    };
    let all = [(Sender::Client, &api.operations), (Sender::Owner, &api.webhooks)];
    let all = all.into_iter().flat_map(|(sender, all)| all.iter().map(move |it| (sender, it)));
    all.filter(|(_, it)| is_asked(it)).map(|(sender, it)| subject(it, sender)).collect()
}

fn ways(sources: &Sources, operation: &Origin, names: &BTreeMap<String, String>) -> Vec<Way> {
    let root = Origin::root(FileId(0)).key("security");
    let given = sources.at(&operation.key("security")).or_else(|| sources.at(&root));
    let way = |requirement: At<'_>| -> Way {
        let scheme = |(name, scopes): (&str, At<'_>)| {
            let scopes = scopes.items().filter_map(|it| it.value.as_str().map(str::to_owned)).collect();
            let address = name.strip_prefix("#/components/securitySchemes/").filter(|it| !it.contains('/'));
            let name = address.map_or_else(|| name.to_owned(), Pointer::unescape);
            (names.get(&name).cloned().unwrap_or(name), scopes)
        };
        requirement.entries().map(scheme).collect()
    };
    let ways: Vec<Way> = given.iter().flat_map(At::items).map(way).collect();
    if ways.is_empty() { vec![Way::new()] } else { ways }
}

fn words(way: &Way) -> String {
    if way.is_empty() {
        return "nothing".to_owned();
    }
    let scheme = |(name, scopes): (&String, &BTreeSet<String>)| {
        let scopes: Vec<_> = scopes.iter().cloned().collect();
        if scopes.is_empty() { format!("`{name}`") } else { format!("`{name}` with {}", scopes.join(", ")) }
    };
    way.iter().map(scheme).collect::<Vec<_>>().join(" and ")
}

/// Compares the definitions of the schemes, those with faults included.
pub(super) fn schemes((old_api, old): (&Api, &Sources), (new_api, new): (&Api, &Sources), out: &mut Drafts) {
    let all = Origin::root(FileId(0)).key("components").key("securitySchemes");
    let (before, after) = (old.at(&all), new.at(&all));
    for (name, was) in before.iter().flat_map(At::entries) {
        let subject = format!("security scheme `{name}`");
        let Some(is) = after.as_ref().and_then(|it| it.field(name)) else {
            let users = users(new_api, name);
            let (rule, message) = if users.is_empty() {
                (&rules::SECURITY_SCHEME_REMOVED, format!("`{name}` is gone"))
            } else {
                (&rules::SECURITY_SCHEME_LOST, format!("`{name}` is gone, and asked for still"))
            };
            out.add(Draft::new(rule, subject, message).old(&was.origin)).operations = users;
            continue;
        };
        let (said, says) = (definition(old, name), definition(new, name));
        let gone = said.difference(&says).cloned().collect::<Vec<_>>();
        let come = says.difference(&said).cloned().collect::<Vec<_>>();
        let scopes_only = gone.is_empty() && come.iter().all(|it| it.contains("/scopes/"));
        if !(gone.is_empty() && come.is_empty()) {
            let callers = [users(old_api, name), users(new_api, name)].concat();
            let callers: BTreeSet<String> = callers.into_iter().collect();
            let (rule, message) = match (scopes_only, callers.is_empty()) {
                (true, _) => (&rules::SECURITY_SCOPES_ADDED, "knows more scopes"),
                (false, true) => (&rules::SECURITY_SCHEME_UNUSED, "is defined another way, and asked for by nothing"),
                (false, false) => (&rules::SECURITY_SCHEME_CHANGED, "is defined another way"),
            };
            let mut draft = Draft::new(rule, subject, message).old(&was.origin).new_at(&is.origin);
            draft.operations = callers.into_iter().collect();
            out.add(draft).values(gone.join(", "), come.join(", "));
        }
    }
    let is_new = |name: &str| before.as_ref().is_none_or(|it| it.field(name).is_none());
    for (name, is) in after.iter().flat_map(At::entries).filter(|(name, _)| is_new(name)) {
        let subject = format!("security scheme `{name}`");
        let users = users(old_api, name);
        let (rule, message) = if users.is_empty() {
            (&rules::SECURITY_SCHEME_ADDED, format!("`{name}` is new"))
        } else {
            (&rules::SECURITY_SCHEME_FOUND, format!("`{name}` is defined now, and was asked for already"))
        };
        out.add(Draft::new(rule, subject, message).new_at(&is.origin)).operations = users;
    }
}
