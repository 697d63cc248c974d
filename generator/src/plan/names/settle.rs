//! Which of those that want one name gets it, and what the others are called.

use std::collections::{BTreeMap, BTreeSet};

use super::hash::hash;

/// Something that wants a name in a scope.
pub(in crate::plan) struct Wish<'a> {
    /// The name it would get if it were alone.
    pub(in crate::plan) name: String,
    /// Its own spelling, or any other text that is its alone.
    pub(in crate::plan) origin: &'a str,
    /// Whether its author or its rank settles it: `x-rust-name`, or the main item of a file.
    pub(in crate::plan) first: bool,
}

/// Settles the names of things that stand in different places, such as parameters: where two have one name, the one in
/// the first place keeps it, and each other one says where it stands.
pub(in crate::plan) fn settle_placed(wishes: &[Wish<'_>], places: &[&str], taken: &[&str]) -> Vec<String> {
    const ORDER: [&str; 4] = ["path", "query", "header", "cookie"];
    let order = |place: &str| ORDER.iter().position(|it| *it == place);
    let mut keepers: BTreeMap<String, usize> = BTreeMap::new();
    for (idx, wish) in wishes.iter().enumerate() {
        let rank = |idx: usize| (!wishes[idx].first, order(places[idx]), wishes[idx].origin);
        let keeper = keepers.entry(wish.name.to_lowercase()).or_insert(idx);
        if rank(idx) < rank(*keeper) {
            *keeper = idx;
        }
    }
    let mut telling = Vec::new();
    for (idx, wish) in wishes.iter().enumerate() {
        let is_taken = taken.iter().any(|it| it.eq_ignore_ascii_case(&wish.name));
        let keeper = keepers.get(&wish.name.to_lowercase()).copied().unwrap_or(idx);
        let tells = is_taken || places[idx] != places[keeper];
        let plain = wish.name.trim_start_matches("r#").trim_end_matches('_');
        let name = if tells && !wish.first { format!("{plain}_in_{}", places[idx]) } else { wish.name.clone() };
        let name = if wish.name.chars().any(char::is_lowercase) { name } else { name.to_uppercase() };
        telling.push(Wish { name, origin: wish.origin, first: wish.first });
    }
    settle(&telling, taken)
}

/// Settles the names of one scope, in the order of the wishes; `taken` are names that the scope has anyway.
///
/// Names that differ in case alone clash too, since they may become files.
pub(in crate::plan) fn settle(wishes: &[Wish<'_>], taken: &[&str]) -> Vec<String> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, wish) in wishes.iter().enumerate() {
        groups.entry(wish.name.to_lowercase()).or_default().push(idx);
    }
    let mut names: Vec<String> = wishes.iter().map(|wish| wish.name.clone()).collect();
    let mut is_marked = false;
    for group in groups.values() {
        let reserved = taken.iter().any(|it| it.eq_ignore_ascii_case(&wishes[group[0]].name));
        let rank = |idx: &usize| {
            let wish = &wishes[*idx];
            (!wish.first, wish.name.trim_start_matches("r#") != wish.origin, wish.origin.len(), wish.origin)
        };
        let winner = group.iter().copied().min_by_key(rank).filter(|_| !reserved);
        for idx in group.iter().copied().filter(|idx| Some(*idx) != winner) {
            let wish = &wishes[idx];
            let name = wish.name.trim_start_matches("r#").trim_end_matches('_');
            names[idx] = format!("{name}{}", mark(wish));
            is_marked = true;
        }
    }
    if is_marked {
        number(&mut names);
    }
    names
}

/// Numbers what has one name still, since it has one origin, or since hashes are short.
fn number(names: &mut [String]) {
    let mut taken = BTreeSet::new();
    for name in names {
        let mut free = (2_u32..).map(|number| format!("{name}{number}"));
        if !taken.insert(name.to_lowercase())
            && let Some(other) = free.find(|it| !taken.contains(&it.to_lowercase()))
        {
            taken.insert(other.to_lowercase());
            *name = other;
        }
    }
}

/// The hash of a wish, told from its name: `_x0792b7`, `x0792b7` behind a type, `_X0792B7` behind a constant.
fn mark(wish: &Wish<'_>) -> String {
    let hash = hash(wish.origin);
    let is_constant = wish.name.contains('_') && !wish.name.chars().any(char::is_lowercase);
    if is_constant {
        format!("_X{}", hash.to_uppercase())
    } else if wish.name.starts_with(char::is_uppercase) {
        format!("x{hash}")
    } else {
        format!("_x{hash}")
    }
}
