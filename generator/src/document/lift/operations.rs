//! Path items and operations.

use super::Lift;
use super::bodies::Field;
use super::fields::{OPERATION, PATH_ITEM};
use crate::ordered::IndexMap;
use crate::source::{Origin, Placed};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];

/// A parameter as 2.0 has it, and what it refers to.
#[derive(Clone)]
pub(super) struct Parameter {
    /// As it stands in the list.
    pub(super) own: Placed,
    /// What it is, behind any reference.
    pub(super) target: Placed,
    /// Whether that stands somewhere else.
    pub(super) is_reference: bool,
}

impl Parameter {
    pub(super) fn is_in(&self, location: &str) -> bool {
        self.target.text_of("in") == Some(location)
    }

    /// Parameters of one name and location are one.
    fn is_same(&self, other: &Self) -> bool {
        let name = |it: &Self| it.target.text_of("name").map(str::to_owned);
        let is_in = |it: &Self| it.target.text_of("in").map(str::to_owned);
        is_in(self) == is_in(other) && (self.is_in("body") || name(self) == name(other))
    }
}

impl Lift<'_, '_> {
    pub(super) fn path_item(&mut self, tree: Placed) -> Placed {
        let origin = tree.origin.clone();
        if tree.members().is_none() {
            return tree;
        }
        let mut members = tree.into_members();
        let list = members.shift_remove("parameters");
        let (shared, place, odd) = self.parameters(list);
        // What becomes a part of a body is handed to each operation; the others stay.
        let (bodies, plain): (Vec<_>, Vec<_>) =
            shared.into_iter().partition(|it| it.is_in("body") || it.is_in("formData"));
        let mut lifted = Vec::new();
        for (key, member) in members {
            if !self.knows(&PATH_ITEM, &key, &member) {
                continue;
            }
            let member = if METHODS.contains(&key.as_str()) { self.operation(member, &bodies) } else { member };
            lifted.push((key, member));
        }
        if let Some(place) = place {
            let plain = plain.into_iter().map(|it| self.plain_parameter(it.own)).collect::<Vec<_>>();
            lifted.push(("parameters".to_owned(), Placed::array(&place, plain)));
        }
        lifted.extend(odd.map(|it| ("parameters".to_owned(), it)));
        Placed::object(&origin, lifted)
    }

    /// An operation; `inherited` are the parts of a body that its path item has.
    pub(super) fn operation(&mut self, tree: Placed, inherited: &[Parameter]) -> Placed {
        let origin = tree.origin.clone();
        if tree.members().is_none() {
            return tree;
        }
        let mut members = tree.into_members();
        let consumes = members.shift_remove("consumes").map(|it| self.media_types(Some(&it), "consumes"));
        let produces = members.shift_remove("produces").map(|it| self.media_types(Some(&it), "produces"));
        let list = members.shift_remove("parameters");
        let (own, place, odd) = self.parameters(list);
        let missing = inherited.iter().filter(|it| !own.iter().any(|own| own.is_same(it))).cloned();
        let all: Vec<Parameter> = own.iter().cloned().chain(missing).collect();
        let mut lifted = IndexMap::default();
        for (key, member) in members {
            if !self.knows(&OPERATION, &key, &member) {
                continue;
            }
            match key.as_str() {
                "schemes" => self.note(
                    &member.origin,
                    "`schemes` has no effect: the application names the server of all operations",
                ),
                "responses" => {
                    let responses = self.each(member, |lift, key, it| {
                        if key.starts_with("x-") { it } else { lift.response(it, produces.as_deref(), key) }
                    });
                    lifted.insert(key, responses);
                }
                _ => {
                    lifted.insert(key, member);
                }
            }
        }
        if let Some(place) = &place {
            let plain = all.iter().filter(|it| !it.is_in("body") && !it.is_in("formData"));
            let plain: Vec<_> = plain.map(|it| it.own.clone()).collect();
            let plain = plain.into_iter().map(|it| self.plain_parameter(it)).collect();
            lifted.insert("parameters".to_owned(), Placed::array(place, plain));
        }
        lifted.extend(odd.map(|it| ("parameters".to_owned(), it)));
        if let Some(body) = self.request_body(&origin, &all, consumes.as_deref()) {
            lifted.insert("requestBody".to_owned(), body);
        }
        Placed::object(&origin, lifted)
    }

    /// The body of an operation, from its parameters.
    pub(super) fn request_body(
        &mut self,
        operation: &Origin,
        all: &[Parameter],
        consumes: Option<&[Placed]>,
    ) -> Option<Placed> {
        let bodies: Vec<&Parameter> = all.iter().filter(|it| it.is_in("body")).collect();
        let fields: Vec<&Parameter> = all.iter().filter(|it| it.is_in("formData")).collect();
        if let Some((body, others)) = bodies.split_first() {
            for other in others {
                self.left_out(&other.own.origin, "an operation has one body only");
            }
            for field in fields {
                self.left_out(&field.own.origin, "a body and fields of a form exclude each other");
            }
            return Some(self.referred_body(body, consumes));
        }
        if fields.is_empty() {
            return None;
        }
        let mut form: Vec<Field> = Vec::new();
        for field in fields {
            let Some(lifted) = self.field(&field.target) else { continue };
            if form.iter().any(|it| it.name == lifted.name) {
                self.left_out(&field.own.origin, format!("the form has two fields `{}`", lifted.name));
                continue;
            }
            form.push(lifted);
        }
        Some(self.form(operation, form, consumes))
    }

    /// The parameters of a list, and its place; anything else than a list comes back as it is.
    fn parameters(&mut self, list: Option<Placed>) -> (Vec<Parameter>, Option<Origin>, Option<Placed>) {
        let Some(list) = list else { return (Vec::new(), None, None) };
        let Some(items) = list.items() else { return (Vec::new(), None, Some(list)) };
        let all = items.iter().cloned().map(|own| {
            let target = self.behind(&own);
            Parameter { is_reference: target.is_some(), target: target.unwrap_or_else(|| own.clone()), own }
        });
        (all.collect(), Some(list.origin.clone()), None)
    }

    /// What a reference leads to, at its own place if that is in this file, else at that of the reference.
    pub(super) fn behind(&mut self, tree: &Placed) -> Option<Placed> {
        let reference = tree.text_of("$ref")?;
        let found = self.originals.find(self.base, reference)?;
        if found.base == *self.base {
            return Some(found.tree.map(&|it| Origin { file: tree.origin.file, ..it.clone() }));
        }
        Some(found.tree.map(&|_| tree.origin.clone()))
    }

    /// `in` of a parameter, behind any reference.
    pub(super) fn location(&mut self, tree: &Placed) -> Option<String> {
        let target = self.behind(tree);
        target.as_ref().unwrap_or(tree).text_of("in").map(str::to_owned)
    }
}
