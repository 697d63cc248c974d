//! Who may call: whether the credentials of before still open the door.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Drafts};
use super::facts::{Members, facts};
use super::rules::{self, Rule};
use crate::ir::Api;
use crate::source::{At, FileId, Origin, Sources};

/// One way in: schemes with their scopes.
type Way = BTreeMap<String, BTreeSet<String>>;

/// Compares the ways in before and now, as the documents say them.
pub(super) fn compare(
    (old_api, new_api): (&Api, &Api),
    (old, old_operation): (&Sources, &Origin),
    (new, new_operation): (&Sources, &Origin),
) -> Vec<(&'static Rule, String)> {
    let names = renamed(old_api, new_api);
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
        changes.push((&rules::SECURITY_TIGHTENED, message));
    }
    if !open.is_empty() {
        changes.push((&rules::SECURITY_RELAXED, format!("{} is enough now", open.join(" or "))));
    }
    changes
}

/// The new names of schemes that are the same under another name.
fn renamed(old: &Api, new: &Api) -> BTreeMap<String, String> {
    let known = |api: &Api, name: &str| api.security_schemes.iter().any(|it| it.name == name);
    let gone = old.security_schemes.iter().filter(|it| !known(new, &it.name));
    let mut left: Vec<_> = new.security_schemes.iter().filter(|it| !known(old, &it.name)).collect();
    let mut names = BTreeMap::new();
    for scheme in gone {
        if let Some(idx) = left.iter().position(|it| it.kind == scheme.kind) {
            names.insert(scheme.name.clone(), left.remove(idx).name.clone());
        }
    }
    names
}

fn ways(sources: &Sources, operation: &Origin, names: &BTreeMap<String, String>) -> Vec<Way> {
    let root = Origin::root(FileId(0)).key("security");
    let given = sources.at(&operation.key("security")).or_else(|| sources.at(&root));
    let way = |requirement: At<'_>| -> Way {
        let scheme = |(name, scopes): (&str, At<'_>)| {
            let scopes = scopes.items().filter_map(|it| it.value.as_str().map(str::to_owned)).collect();
            (names.get(name).cloned().unwrap_or_else(|| name.to_owned()), scopes)
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
pub(super) fn schemes(old: &Sources, new: &Sources, out: &mut Drafts) {
    let all = Origin::root(FileId(0)).key("components").key("securitySchemes");
    let (before, after) = (old.at(&all), new.at(&all));
    let (old_root, new_root) = (&old.file(FileId(0)).root, &new.file(FileId(0)).root);
    for (name, was) in before.iter().flat_map(At::entries) {
        let subject = format!("security scheme `{name}`");
        let Some(is) = after.as_ref().and_then(|it| it.field(name)) else {
            out.add(Draft::new(&rules::SECURITY_SCHEME_REMOVED, subject, format!("`{name}` is gone")).old(&was.origin));
            continue;
        };
        let (said, says) = (facts(was.value, Members::Fields, old_root), facts(is.value, Members::Fields, new_root));
        let gone = said.difference(&says).cloned().collect::<Vec<_>>();
        let come = says.difference(&said).cloned().collect::<Vec<_>>();
        let scopes_only = gone.is_empty() && come.iter().all(|it| it.contains("/scopes/"));
        if !(gone.is_empty() && come.is_empty()) {
            let rule = if scopes_only { &rules::SECURITY_SCOPES_ADDED } else { &rules::SECURITY_SCHEME_CHANGED };
            let message = if scopes_only { "knows more scopes" } else { "is defined another way" };
            let draft = Draft::new(rule, subject, message).old(&was.origin).new_at(&is.origin);
            out.add(draft).values(gone.join(", "), come.join(", "));
        }
    }
    let is_new = |name: &str| before.as_ref().is_none_or(|it| it.field(name).is_none());
    for (name, is) in after.iter().flat_map(At::entries).filter(|(name, _)| is_new(name)) {
        let subject = format!("security scheme `{name}`");
        out.add(Draft::new(&rules::SECURITY_SCHEME_ADDED, subject, format!("`{name}` is new")).new_at(&is.origin));
    }
}
