//! The names of models, and of the files that they live in.

use std::collections::{BTreeMap, BTreeSet};

use specwright_runtime::Direction;

use crate::ir::Api;
use crate::plan::names::{self, Scope, Wish, settle};
use crate::plan::operations::{BodyDraft, OperationDraft};
use crate::plan::schemas::{Draft, Root};
use crate::plan::words::{Home, ModelFile, ModelId};

/// The files of schemas; whose type keeps its name keeps that of the file, too.
pub(in crate::plan) fn model_files(roots: &[Root], drafts: &[Draft]) -> Vec<ModelFile> {
    let keeps = |(root, draft): (&Root, &Draft)| draft.name == names::pascal(&root.name);
    let kept = roots.iter().zip(drafts).map(keeps);
    let wishes: Vec<_> = roots
        .iter()
        .zip(kept)
        .map(|(root, first)| Wish { name: names::module(&root.name), origin: &root.place, first })
        .collect();
    // The folder has that name.
    let modules = settle(&wishes, &["models"]);
    let answered: BTreeSet<usize> = roots.iter().filter_map(|root| root.form_of).collect();
    let file = |(idx, (root, module)): (usize, (&Root, String))| {
        let direction = match root.form_of {
            Some(_) => Some(Direction::Request),
            None => answered.contains(&idx).then_some(Direction::Response),
        };
        // What requests send is of the same component.
        let owner = root.form_of.and_then(|idx| roots.get(idx)).unwrap_or(root);
        ModelFile { module, component: owner.name.clone(), main: ModelId(idx), direction }
    };
    roots.iter().zip(modules).enumerate().map(file).collect()
}

/// Settles the names of all models: those of components among each other, every other one within its file.
pub(in crate::plan) fn named(
    api: &Api,
    roots: &[Root],
    drafts: Vec<Draft>,
    operations: &[OperationDraft],
) -> Vec<Draft> {
    let file = |draft: &Draft| api.files.get(usize::from(draft.origin.file.0)).filter(|_| draft.origin.file.0 != 0);
    let origin = |(idx, draft): (usize, &Draft)| match roots.get(idx) {
        Some(root) => root.place.clone(),
        None => format!("{}{}", file(draft).map(String::as_str).unwrap_or_default(), draft.origin.pointer),
    };
    let origins: Vec<String> = drafts.iter().enumerate().map(origin).collect();
    let components = drafts.iter().filter(|draft| draft.is_component).count();
    let scope_of = |idx: usize| (idx >= components).then(|| drafts[idx].home.clone());
    let mut scopes: BTreeMap<Option<Home>, Vec<usize>> = BTreeMap::new();
    for idx in 0..drafts.len() {
        scopes.entry(scope_of(idx)).or_default().push(idx);
    }
    let mut names: Vec<String> = drafts.iter().map(|draft| draft.name.clone()).collect();
    let main_name = |scopes: &Option<Home>, names: &[String]| match scopes {
        Some(Home::Component(idx)) => names.get(*idx).cloned(),
        _ => None,
    };
    let taken_by = |it: &BodyDraft| [it.name().to_owned(), names::required(it.name())];
    let bodies: Vec<Vec<String>> =
        operations.iter().map(|operation| operation.bodies.iter().flat_map(taken_by).collect()).collect();
    for (scope, members) in &scopes {
        let wish = |idx: &usize| Wish {
            name: drafts[*idx].name.clone(),
            origin: &origins[*idx],
            first: match roots.get(*idx) {
                Some(root) => root.is_component,
                None => drafts[*idx].rust_name.is_some(),
            },
        };
        let wishes: Vec<_> = members.iter().map(wish).collect();
        let main = main_name(scope, &names).map(|it| [names::required(&it), it]);
        let taken: Vec<&str> = match scope {
            Some(Home::Operation(idx)) => {
                let own = bodies[*idx].iter().map(String::as_str);
                Scope::Operation.reserved().iter().copied().chain(own).collect()
            }
            _ => main.iter().flatten().map(String::as_str).collect(),
        };
        for (idx, name) in members.iter().zip(settle(&wishes, &taken)) {
            names[*idx] = name;
        }
    }
    drafts.into_iter().zip(names).map(|(draft, name)| Draft { name, ..draft }).collect()
}
