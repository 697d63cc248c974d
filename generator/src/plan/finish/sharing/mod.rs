//! Sharing: inline schemas that are equal have one type, and each place keeps its own name as an alias of it.
//!
//! ```text
//! models::SimpleUser                                the component that all of them are equal to,
//! shared::Verification                              or a type of no component's, named by what it is,
//! operations::get_commit::OkBodyVerification        and the names of the places, which are aliases
//! ```
//!
//! A type that only one other type holds stays beside that one and carries its name.

mod groups;
mod naming;

use std::collections::{BTreeMap, BTreeSet};

use crate::parallel;
use crate::plan::names;
use crate::plan::operations::OperationDraft;
use crate::plan::schemas::{Classes, Draft, KindDraft};
use crate::plan::words::{Home, ModelFile, ModelId, ModelKind, RustType};
use groups::{Groups, groups, most};
use naming::Naming;

/// The models of an API, each once.
pub(in crate::plan) struct Shared {
    /// The models: those from before, of which some are now names of others, and the types of several places.
    pub(in crate::plan) drafts: Vec<Draft>,
    /// The files of those that belong to no component and to no single operation.
    pub(in crate::plan) files: Vec<ModelFile>,
    /// The type of each model from before.
    pub(in crate::plan) types: Representatives,
}

/// What stands for each model from before equal ones were shared.
pub(in crate::plan) struct Representatives(Vec<ModelId>);

impl Representatives {
    /// The model that stands for one from before; others stand for themselves.
    pub(in crate::plan) fn model(&self, id: ModelId) -> ModelId {
        self.0.get(id.0).copied().unwrap_or(id)
    }
}

impl Shared {
    /// Gives equal models one type.
    pub(in crate::plan) fn new(drafts: Vec<Draft>, operations: &[OperationDraft], classes: &Classes) -> Self {
        let groups = groups(&drafts, classes);
        let mut sharing = Sharing::new(drafts, operations, groups);
        sharing.place_all();
        let Sharing { drafts, real, files, groups, .. } = sharing;
        let types = Representatives(groups.of.iter().map(|group| ModelId(real[*group])).collect());
        let mut replaced = Vec::new();
        let shared = |(idx, draft): (usize, Draft)| {
            let real = types.model(ModelId(idx));
            let mut kind = draft.kind;
            if real.0 != idx {
                replaced.push(std::mem::replace(&mut kind, KindDraft::Alias(real)));
            }
            kind.types_mut().into_iter().for_each(|ty| ty.each_model(&mut |id| *id = types.model(*id)));
            Draft { kind, ..draft }
        };
        let drafts = drafts.into_iter().enumerate().map(shared).collect();
        parallel::discard(replaced);
        Self { drafts, files, types }
    }
}

/// Who holds a type by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum User {
    Model(usize),
    Operation(usize),
}

struct Sharing<'a> {
    drafts: Vec<Draft>,
    operations: &'a [OperationDraft],
    groups: Groups,
    users: BTreeMap<usize, BTreeSet<User>>,
    /// The model that is the type of each group.
    real: Vec<usize>,
    files: Vec<ModelFile>,
    /// The names that each file has, in lower case.
    taken: BTreeMap<Home, BTreeSet<String>>,
}

impl<'a> Sharing<'a> {
    fn new(drafts: Vec<Draft>, operations: &'a [OperationDraft], groups: Groups) -> Self {
        let taken = || {
            let mut taken: BTreeMap<Home, BTreeSet<String>> = BTreeMap::new();
            for draft in &drafts {
                taken.entry(draft.home.clone()).or_default().insert(draft.name.to_lowercase());
            }
            taken
        };
        let (taken, users) = parallel::both(taken, || users(&drafts, operations, &groups));
        let real = (0..drafts.len()).collect();
        Self { drafts, operations, groups, users, real, files: Vec::new(), taken }
    }

    /// Decides for each group where its type lives and what it is called, outer types first.
    fn place_all(&mut self) {
        let groups = (0..self.groups.of.len()).filter(|idx| self.groups.of[*idx] == *idx);
        let holders: Vec<(usize, Option<usize>)> = groups.map(|group| (group, self.holder(group))).collect();
        let roots: Vec<usize> =
            holders.iter().filter(|(_, holder)| holder.is_none()).map(|(group, _)| *group).collect();
        let mut pending: BTreeMap<usize, usize> =
            holders.into_iter().filter_map(|(group, holder)| Some((group, holder?))).collect();
        self.place_roots(&roots);
        while !pending.is_empty() {
            let is_ready = |(_, holder): &(&usize, &usize)| !pending.contains_key(holder);
            let ready: Vec<(usize, usize)> =
                pending.iter().filter(is_ready).map(|(group, holder)| (*group, *holder)).collect();
            if ready.is_empty() {
                break;
            }
            for (group, holder) in ready {
                pending.remove(&group);
                self.place_inside(group, holder);
            }
        }
        self.document();
    }

    /// The only type that holds a group's, where nothing else does.
    fn holder(&self, group: usize) -> Option<usize> {
        if self.drafts[group].is_component {
            return None;
        }
        let users = self.users.get(&group)?;
        match users.iter().next()? {
            User::Model(holder) if users.len() == 1 && *holder != group => Some(*holder),
            _ => None,
        }
    }

    /// The types that are not inside another one: where they have several homes, they get one of their own.
    fn place_roots(&mut self, roots: &[usize]) {
        let several = roots
            .iter()
            .copied()
            .filter(|group| !self.drafts[*group].is_component && self.groups.members[*group].len() > 1);
        let homes = |group: &usize| -> BTreeSet<&Home> {
            self.groups.members[*group].iter().map(|idx| &self.drafts[*idx].home).collect()
        };
        let (shared, beside): (Vec<usize>, Vec<usize>) = several.partition(|group| homes(group).len() > 1);
        let names = self.naming().settle(&shared, self.names_in(&Home::Shared));
        let modules = naming::modules(&names);
        let mut files: Vec<_> = modules.into_iter().zip(names).zip(shared).collect();
        files.sort();
        for ((module, name), group) in files {
            let home = Home::Content(self.files.len());
            let real = self.add(group, home, name.clone());
            self.files.push(ModelFile { module, component: name, main: ModelId(real), direction: None });
        }
        for group in beside {
            let members = self.groups.members[group].clone();
            self.place_beside(group, &members, &[]);
        }
    }

    /// A type whose places stand in one file: it has the name of what it is, which may be that of one of them.
    fn place_beside(&mut self, group: usize, places: &[usize], outer: &[String]) {
        let plain = self.naming().plain(group);
        let name = if outer.is_empty() { plain } else { names::joined(&outer.join(" "), &[plain]) };
        if let Some(place) = places.iter().copied().find(|idx| self.drafts[*idx].name == name) {
            self.real[group] = place;
            return;
        }
        let Some(home) = places.first().map(|idx| self.drafts[*idx].home.clone()) else { return };
        let name = naming::free(name, self.groups.content[group], self.names_in(&home));
        self.add(group, home, name);
    }

    fn naming(&self) -> Naming<'_> {
        Naming { drafts: &self.drafts, operations: self.operations, groups: &self.groups }
    }

    fn names_in(&self, home: &Home) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        self.taken.get(home).unwrap_or(&NONE)
    }

    /// A type that one other type holds: its name is that of the place inside the other one.
    fn place_inside(&mut self, group: usize, holder: usize) {
        let real = self.real[holder];
        let home = self.drafts[real].home.clone();
        let within = |idx: &usize| {
            let draft = &self.drafts[*idx];
            let outer = &self.drafts[holder];
            draft.home == outer.home && draft.words.starts_with(&outer.words)
        };
        let places: Vec<usize> = self.groups.members[group].iter().copied().filter(within).collect();
        let first = |idx: &usize| (self.drafts[*idx].words.len(), &self.drafts[*idx].origin, *idx);
        let Some(place) = places.iter().copied().min_by_key(first) else { return };
        if real == holder {
            match places.as_slice() {
                [only] => self.real[group] = *only,
                _ => self.place_beside(group, &places, &self.drafts[holder].words.clone()),
            }
            return;
        }
        let words = &self.drafts[place].words[self.drafts[holder].words.len()..];
        let wish = names::joined(&self.drafts[real].name, words);
        let name = naming::free(wish, self.groups.content[group], self.names_in(&home));
        self.add(group, home, name);
    }

    /// Adds the type of a group under a name of its own.
    fn add(&mut self, group: usize, home: Home, name: String) -> usize {
        self.taken.entry(home.clone()).or_default().insert(name.to_lowercase());
        let mut draft = self.drafts[group].clone();
        draft.home = home;
        draft.name = name;
        self.drafts.push(draft);
        self.real[group] = self.drafts.len() - 1;
        self.real[group]
    }

    /// Documents each shared type by what most of its places say, and each other place by what only it says.
    fn document(&mut self) {
        for group in 0..self.groups.members.len() {
            let members = &self.groups.members[group];
            let real = self.real[group];
            if members.len() < 2 && real == group {
                continue;
            }
            if !self.drafts[real].is_component {
                let about = most(members.iter().map(|idx| self.drafts[*idx].about.as_str())).to_owned();
                let fields = fields(members.iter().map(|idx| &self.drafts[*idx]));
                let is_deprecated = members.iter().all(|idx| self.drafts[*idx].deprecated);
                let draft = &mut self.drafts[real];
                draft.about = about;
                draft.deprecated = is_deprecated;
                if let ModelKind::Struct(it) = &mut draft.kind {
                    it.fields.iter_mut().zip(fields).for_each(|(field, docs)| field.docs = docs);
                }
            }
            let about = self.drafts[real].about.clone();
            for idx in self.groups.members[group].clone().into_iter().filter(|idx| *idx != real) {
                let draft = &mut self.drafts[idx];
                if draft.about == about {
                    draft.about.clear();
                }
            }
        }
    }
}

/// Who holds the type of each group.
fn users(drafts: &[Draft], operations: &[OperationDraft], groups: &Groups) -> BTreeMap<usize, BTreeSet<User>> {
    let mut users: BTreeMap<usize, BTreeSet<User>> = BTreeMap::new();
    let mut add = |ty: &RustType, user: User| {
        for id in ty.models() {
            users.entry(groups.of[id.0]).or_default().insert(user);
        }
    };
    for (idx, draft) in drafts.iter().enumerate().filter(|(idx, _)| groups.of[*idx] == *idx) {
        draft.kind.types().into_iter().for_each(|ty| add(ty, User::Model(idx)));
    }
    for (idx, operation) in operations.iter().enumerate() {
        operation.types().into_iter().for_each(|ty| add(ty, User::Operation(idx)));
    }
    users
}

/// What most of some equal structs say about each of their fields.
fn fields<'m>(drafts: impl Iterator<Item = &'m Draft>) -> Vec<String> {
    let structs = drafts.filter_map(|draft| if let ModelKind::Struct(it) = &draft.kind { Some(it) } else { None });
    let structs: Vec<_> = structs.collect();
    let count = structs.first().map_or(0, |it| it.fields.len());
    (0..count)
        .map(|at| most(structs.iter().filter_map(|it| Some(it.fields.get(at)?.docs.as_str()))).to_owned())
        .collect()
}
