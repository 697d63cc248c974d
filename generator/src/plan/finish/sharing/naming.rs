//! Names of shared types: by what they are.
//!
//! The title comes first, then the name of the property that most of the places are, then that with what is around it.
//! Who uses a type first decides nothing, and a new place renames nothing as long as most places call it the same.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::{Groups, most};
use crate::plan::names;
use crate::plan::operations::OperationDraft;
use crate::plan::schemas::{Draft, KindDraft};
use crate::plan::words::{Home, ModelKind, Presence, RustType};

/// What a body is called in names of places.
const BODY: &str = "body";

/// Words that say where a schema stands in another one, and not what it is.
const PLACES: [&str; 4] = ["item", "value", BODY, "data"];

/// What decides about names.
pub(super) struct Naming<'a> {
    pub(super) drafts: &'a [Draft],
    pub(super) operations: &'a [OperationDraft],
    pub(super) groups: &'a Groups,
}

impl Naming<'_> {
    /// The names of some groups in one scope, which also has those that are taken.
    pub(super) fn settle(&self, groups: &[usize], reserved: &BTreeSet<String>) -> Vec<String> {
        let wishes: Vec<String> = groups.iter().map(|group| self.plain(*group)).collect();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, wish) in wishes.iter().enumerate() {
            by_name.entry(wish.to_lowercase()).or_default().push(position);
        }
        let mut taken: BTreeSet<String> = reserved.iter().cloned().chain(by_name.keys().cloned()).collect();
        let mut settled: BTreeMap<usize, String> = BTreeMap::new();
        for positions in by_name.values() {
            // The type that most places have keeps the plain name, so that a new one does not take it away.
            let rank = |position: &usize| {
                let group = groups[*position];
                (std::cmp::Reverse(self.groups.members[group].len()), self.groups.content[group])
            };
            let mut positions = positions.clone();
            positions.sort_by_key(rank);
            for (order, position) in positions.into_iter().enumerate() {
                let (group, wish) = (groups[position], &wishes[position]);
                let name = if order == 0 && !reserved.contains(&wish.to_lowercase()) {
                    wish.clone()
                } else {
                    free(self.within(group, wish, &taken), self.groups.content[group], &taken)
                };
                taken.insert(name.to_lowercase());
                settled.insert(position, name);
            }
        }
        settled.into_values().collect()
    }

    /// The name that a group would have if it were alone.
    pub(super) fn plain(&self, group: usize) -> String {
        let members = self.groups.members[group].iter().map(|idx| &self.drafts[*idx]);
        let kind = &self.drafts[group].kind;
        if let Some(name) = &self.drafts[group].rust_name {
            return name.clone();
        }
        let titles: Vec<&str> = members.clone().filter_map(|draft| draft.title.as_deref()).collect();
        if !titles.is_empty() {
            return names::pascal(most(titles.into_iter()));
        }
        if let Some(name) = self.list_of(kind) {
            return name;
        }
        let mut tails: Vec<String> = members.clone().map(|draft| tail(&draft.words)).collect();
        if !agree(&tails, most(tails.iter().map(String::as_str))) && tails.iter().all(|it| it.ends_with(BODY)) {
            tails = vec![BODY.to_owned(); tails.len()];
        }
        let tail = most(tails.iter().map(String::as_str));
        if let Some(value) = only_value(kind) {
            return names::pascal(&format!("{value} {tail}"));
        }
        if !agree(&tails, tail) {
            return names::pascal(telling_parts(kind).as_deref().unwrap_or(tail));
        }
        let name = names::pascal(tail);
        // A body says more with what its operations are about.
        let around: Vec<String> =
            members.map(|draft| self.around(draft).into_iter().next().unwrap_or_default()).collect();
        let most_around = most(around.iter().map(String::as_str));
        match agree(&around, most_around) {
            true if tail.ends_with(BODY) => prefixed(most_around, &name),
            false if tail == BODY => telling_parts(kind).map_or(name, |parts| names::pascal(&parts)),
            _ => name,
        }
    }

    /// What a list of a component's instances is called.
    fn list_of(&self, kind: &KindDraft) -> Option<String> {
        let ModelKind::Newtype(RustType::Vec(item), _) = kind else { return None };
        let RustType::Model(id) = **item else { return None };
        let draft = &self.drafts[self.groups.of[id.0]];
        draft.is_component.then(|| names::pascal(&format!("{} list", draft.name)))
    }

    /// The name with what is around most of the places, as far out as it takes.
    fn within(&self, group: usize, name: &str, taken: &BTreeSet<String>) -> String {
        let members = self.groups.members[group].iter().map(|idx| &self.drafts[*idx]);
        let around: Vec<Vec<String>> = members.map(|draft| self.around(draft)).collect();
        let furthest = around.iter().map(Vec::len).max().unwrap_or_default();
        let mut name = name.to_owned();
        for distance in 0..furthest {
            name = prefixed(most(around.iter().filter_map(|it| Some(it.get(distance)?.as_str()))), &name);
            if !taken.contains(&name.to_lowercase()) {
                break;
            }
        }
        name
    }

    /// The words around a place that say what it belongs to, the closest first.
    fn around(&self, draft: &Draft) -> Vec<String> {
        let outer = &draft.words[..draft.words.len().saturating_sub(tail_length(&draft.words))];
        // The first words in the file of an operation say which of its bodies it is.
        let told = usize::from(matches!(draft.home, Home::Operation(_)));
        let outer = outer.get(told..).unwrap_or_default();
        let telling = outer.iter().rev().filter(|word| !PLACES.contains(&word.as_str())).cloned();
        let home = match &draft.home {
            Home::Component(idx) => self.drafts.get(*idx).map(|it| it.name.clone()),
            Home::Operation(idx) => {
                let path = self.operations.get(*idx).map(|it| it.path.as_str()).unwrap_or_default();
                let fixed = path.rsplit('/').find(|part| !part.is_empty() && !part.contains('{'));
                fixed.map(str::to_owned)
            }
            Home::Shared | Home::Content(_) => draft.words.first().cloned(),
        };
        telling.chain(home).collect()
    }
}

/// Whether more than half of some texts are this one.
fn agree(texts: &[String], text: &str) -> bool {
    texts.iter().filter(|it| *it == text).count() * 2 > texts.len()
}

fn prefixed(word: &str, name: &str) -> String {
    let word = if word.is_empty() { String::new() } else { names::pascal(word) };
    if name.starts_with(&word) { name.to_owned() } else { format!("{word}{name}") }
}

/// The last word that says what a thing is, with those behind it that say where in it.
fn tail(words: &[String]) -> String {
    words[words.len() - tail_length(words)..].join(" ")
}

fn tail_length(words: &[String]) -> usize {
    let places = words.iter().rev().take_while(|word| PLACES.contains(&word.as_str())).count();
    (places + 1).min(words.len())
}

/// The value of an enumeration that has one only: it tells more than the property does.
fn only_value(kind: &KindDraft) -> Option<String> {
    match kind {
        ModelKind::StringEnum(_, variants) if variants.len() == 1 => variants.first().map(|it| it.wire.clone()),
        ModelKind::IntegerEnum(_, variants) if variants.len() == 1 => variants.first().map(|it| it.wire.to_string()),
        _ => None,
    }
}

/// The words of what is inside a type, for one that each place calls something else.
fn telling_parts(kind: &KindDraft) -> Option<String> {
    const MOST: usize = 3;
    let (parts, between): (Vec<&str>, &str) = match kind {
        ModelKind::Struct(it) => {
            // The order of properties means nothing.
            let mut all: Vec<_> =
                it.fields.iter().map(|field| (field.presence != Presence::Required, field.wire.as_str())).collect();
            all.sort_unstable();
            (all.into_iter().map(|(_, wire)| wire).collect(), " and ")
        }
        ModelKind::StringEnum(_, variants) => (variants.iter().map(|it| it.name.as_str()).collect(), " or "),
        ModelKind::IntegerEnum(_, variants) => (variants.iter().map(|it| it.name.as_str()).collect(), " or "),
        ModelKind::TaggedUnion(it) => (it.variants.iter().map(|it| it.name.as_str()).collect(), " or "),
        ModelKind::UntaggedUnion(it) => (it.variants.iter().map(|it| it.name.as_str()).collect(), " or "),
        ModelKind::TypeUnion(variants) => (variants.iter().map(|it| it.name.as_str()).collect(), " or "),
        ModelKind::Newtype(..) | ModelKind::Alias(_) | ModelKind::Own(_) => return None,
    };
    let more = if parts.len() > MOST { format!("{between}more") } else { String::new() };
    let shown: Vec<_> = parts.into_iter().take(MOST).collect();
    (!shown.is_empty()).then(|| shown.join(between) + &more)
}

/// The name, or the same with a hash of the content where something else has it.
pub(super) fn free(name: String, content: u64, taken: &BTreeSet<String>) -> String {
    let is_free = |name: &String| !taken.contains(&name.to_lowercase());
    if is_free(&name) {
        return name;
    }
    let hashed = format!("{name}x{:06x}", content & 0x00ff_ffff);
    let longer = std::iter::successors(Some(hashed), |it| Some(format!("{it}_")));
    longer.into_iter().find(is_free).unwrap_or(name)
}

/// The modules of some types.
pub(super) fn modules(types: &[String]) -> Vec<String> {
    let wishes: Vec<_> =
        types.iter().map(|name| names::Wish { name: names::module(name), origin: name, first: false }).collect();
    names::settle(&wishes, &["shared"])
}
