//! `anyOf`, `oneOf`, `not` and `if`: keywords that try schemas without committing to them.

use std::borrow::Cow;

use serde_json::Value;

use super::super::tagged::tags;
use super::super::tolerance::mend::is_mendable;
use super::super::violation::{Violation, Violations};
use super::run::{Evaluated, Notes, Place, Run};
use super::schema::{Discriminator, Id, If, Keyword, TagKind, Types, Union};

/// How many branches a message explains, and with how many violations each.
const MAX_BRANCHES: usize = 8;
const MAX_REASONS: usize = 2;
/// How deep reports of unions may lie in one another before they stop explaining their branches.
const MAX_EXPLAINING: usize = 2;
/// How long a pointer may be within a message.
const MAX_POINTER: usize = 120;
/// How many violations of each branch are weighed against those of the others.
const MAX_WEIGHED: usize = 50;

/// How many branches must accept a value.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Count {
    Any,
    One,
}

impl Count {
    fn keyword(self) -> &'static str {
        match self {
            Self::Any => "anyOf",
            Self::One => "oneOf",
        }
    }
}

impl Run<'_> {
    pub(super) fn union<'i>(
        &mut self,
        union: &Union,
        count: Count,
        place: Place<'i, '_>,
        mut notes: Notes<'_, 'i>,
    ) -> bool {
        if let Some(discriminator) = &union.discriminator {
            let selected = selector(discriminator, place.instance);
            if let Some(value) = selected {
                return self.discriminated(discriminator, &value, place, notes);
            }
            // `null` may have a branch of its own.
            if let Some(default) = discriminator.default.filter(|_| !place.instance.is_null()) {
                return self.follow(default, place, notes);
            }
        }
        let matching = self.matching(union, count, place, notes.as_deref_mut());
        let valid = if count == Count::Any { !matching.is_empty() } else { matching.len() == 1 };
        if !valid {
            if let Some(notes) = notes {
                notes.incomplete = true;
            }
            if self.report.is_some() {
                self.explain(union, count, &matching, place);
            }
        }
        valid
    }

    /// The branches that accept a value: those that know it, else the first that keeps what it does not know.
    fn matching<'i>(
        &mut self,
        union: &Union,
        count: Count,
        place: Place<'i, '_>,
        mut notes: Notes<'_, 'i>,
    ) -> Vec<usize> {
        let matching = self.by_letter(|run| {
            let mut matching = Vec::new();
            for (index, branch) in union.branches.iter().enumerate() {
                if run.attempt(*branch, place, notes.as_deref_mut()) {
                    matching.push(index);
                    let is_decided = count == Count::Any || (matching.len() > 1 && run.report.is_none());
                    if is_decided && notes.is_none() {
                        break;
                    }
                }
            }
            matching
        });
        if !matching.is_empty() || !self.is_lenient() {
            return matching;
        }
        let branches = union.branches.iter().enumerate();
        let mut keeping = branches.filter(|(_, branch)| self.attempt(**branch, place, notes.as_deref_mut()));
        keeping.next().map(|(index, _)| index).into_iter().collect()
    }

    /// Applies a schema without a report; `notes` learns what it evaluated only if it accepts.
    fn attempt<'i>(&mut self, schema: Id, place: Place<'i, '_>, notes: Notes<'_, 'i>) -> bool {
        let Some(notes) = notes else { return self.quietly(|run| run.eval(schema, place, None)) };
        let mut evaluated = Evaluated::default();
        let valid = self.quietly(|run| run.eval(schema, place, Some(&mut evaluated)));
        if valid {
            notes.absorb(evaluated);
        }
        valid
    }

    /// Applies the one branch that the discriminator selects.
    fn discriminated<'i>(
        &mut self,
        discriminator: &Discriminator,
        value: &str,
        place: Place<'i, '_>,
        notes: Notes<'_, 'i>,
    ) -> bool {
        if let Some(branch) = discriminator.mapping.get(value).copied().or(discriminator.default) {
            return self.follow(branch, place, notes);
        }
        if let Some(notes) = notes {
            notes.everything();
        }
        if discriminator.open && self.is_lenient() {
            return true;
        }
        self.fail(&place.at.property(&discriminator.property), |pointer| {
            let values: Vec<_> = discriminator.mapping.keys().take(MAX_BRANCHES).map(|it| format!("`{it}`")).collect();
            let others = discriminator.mapping.len() - values.len();
            let others = if others == 0 { String::new() } else { format!(" and {others} others") };
            Violation::new(pointer, "discriminator", format!("must be one of {}{others}", values.join(", ")))
        })
    }

    fn explain(&mut self, union: &Union, count: Count, matching: &[usize], place: Place<'_, '_>) {
        let keyword = count.keyword();
        if !matching.is_empty() {
            let names: Vec<_> = matching.iter().take(MAX_BRANCHES).map(|it| self.branch_name(union, *it)).collect();
            let all = union.branches.len();
            let message = format!(
                "must match exactly one of {all} schemas, but matches {}: {}",
                matching.len(),
                names.join(", ")
            );
            self.fail(place.at, |it| Violation::new(it, keyword, message));
            return;
        }
        if let Some(discriminator) = &union.discriminator
            && place.instance.is_object()
        {
            let at = place.at.property(&discriminator.property);
            let is_there = place.instance.get(&discriminator.property).is_some();
            let message = match (is_there, discriminator.kind) {
                (false, _) => "is missing",
                (true, TagKind::String) => "must be a string",
                (true, TagKind::Integer) => "must be an integer",
                (true, TagKind::Boolean) => "must be a boolean",
            };
            self.fail(&at, |it| Violation::new(it, "discriminator", message));
            return;
        }
        if self.closely
            && let Some(branch) = self.closest(&union.branches, place).and_then(|it| union.branches.get(it))
        {
            self.eval(*branch, place, None);
            return;
        }
        // In `anyOf: [Pet, {type: 'null'}]` only the first branch has something to say.
        let mut worthwhile = union.branches.iter().filter(|it| !self.is_null(**it));
        if let (Some(only), None, true) = (worthwhile.next(), worthwhile.next(), union.branches.len() > 1) {
            self.eval(*only, place, None);
            return;
        }
        let message = self.explain_branches(union, count, place);
        self.fail(place.at, |it| Violation::new(it, keyword, message));
    }

    /// The branch whose schema has the least to say against a value, as far as a type of it could still hold the value.
    pub(super) fn closest(&mut self, branches: &[Id], place: Place<'_, '_>) -> Option<usize> {
        let here = place.at.pointer();
        let closely = std::mem::replace(&mut self.closely, false);
        let weights = branches.iter().enumerate().map(|(index, branch)| {
            let reasons = self.apart(MAX_WEIGHED, |run| {
                run.eval(*branch, place, None);
            });
            (reasons.iter().map(|it| weight(it, &here, place.instance)).sum::<u32>(), index)
        });
        let closest = weights.min().map(|(_, index)| index);
        self.closely = closely;
        closest
    }

    /// `must match one of 2 schemas; branch 1 (Cat): /name is missing; branch 2 (Dog): …`.
    fn explain_branches(&mut self, union: &Union, count: Count, place: Place<'_, '_>) -> String {
        let words = if count == Count::Any { "at least" } else { "exactly" };
        let message = match union.branches.len() {
            0 => "is not allowed: the union has no schemas".to_owned(),
            1 => "must match the only schema of the union".to_owned(),
            all => format!("must match {words} one of {all} schemas"),
        };
        if self.explaining >= MAX_EXPLAINING {
            return message;
        }
        let here = place.at.pointer();
        let mut parts = vec![message];
        for (index, branch) in union.branches.iter().enumerate().take(MAX_BRANCHES) {
            let reasons = self.apart(MAX_REASONS, |run| {
                run.eval(*branch, place, None);
            });
            parts.push(format!("{}: {}", self.branch_name(union, index), within(&reasons, &here)));
        }
        match union.branches.len().saturating_sub(MAX_BRANCHES) {
            0 => {}
            others => parts.push(format!("and {others} others")),
        }
        parts.join("; ")
    }

    /// `branch 1 (Cat)`.
    fn branch_name(&self, union: &Union, index: usize) -> String {
        let number = index + 1;
        let schema = union.branches.get(index).map(|it| self.arena.get(*it));
        let name = schema.and_then(|it| match it.keywords.as_slice() {
            [Keyword::Ref(target)] => self.arena.get(*target).name.as_deref(),
            _ => it.name.as_deref(),
        });
        name.map_or_else(|| format!("branch {number}"), |name| format!("branch {number} ({name})"))
    }

    fn is_null(&self, schema: Id) -> bool {
        matches!(self.arena.get(schema).keywords.as_slice(), [Keyword::Type(types)] if *types == Types::NULL)
    }

    pub(super) fn not(&mut self, schema: Id, place: Place<'_, '_>) -> bool {
        !self.by_letter(|run| run.quietly(|run| run.eval(schema, place, None)))
            || self.fail(place.at, |it| Violation::new(it, "not", "must not match the schema of `not`"))
    }

    pub(super) fn condition<'i>(&mut self, condition: &If, place: Place<'i, '_>, mut notes: Notes<'_, 'i>) -> bool {
        let holds = self.by_letter(|run| run.attempt(condition.condition, place, notes.as_deref_mut()));
        let consequence = if holds { condition.then } else { condition.otherwise };
        consequence.is_none_or(|it| self.eval(it, place, notes))
    }
}

/// The value of the discriminator's property, if there is one that can select, as mappings spell it.
fn selector<'i>(discriminator: &Discriminator, instance: &'i Value) -> Option<Cow<'i, str>> {
    let tag = instance.get(&discriminator.property)?;
    match discriminator.kind {
        TagKind::String => tags::string(tag).map(Cow::from),
        TagKind::Integer => tags::integer(tag).map(|it| Cow::from(it.to_string())),
        TagKind::Boolean => tags::boolean(tag).map(|it| Cow::from(it.to_string())),
    }
}

/// How much a violation says against a branch: what a type can hold all the same, or what can be mended, says little.
fn weight(violation: &Violation, here: &str, instance: &Value) -> u32 {
    let pointer = violation.pointer.strip_prefix(here).unwrap_or_default();
    match &*violation.keyword {
        _ if instance.pointer(pointer).is_some_and(|it| is_mendable(it, violation)) => 2,
        "type" if pointer.is_empty() => 100,
        "type" | "required" | "enum" | "const" | "discriminator" | "false" => 10,
        _ => 1,
    }
}

/// The violations of a branch in one line, with pointers from the union on.
fn within(reasons: &Violations, here: &str) -> String {
    let reason = |violation: &Violation| {
        let pointer = violation.pointer.strip_prefix(here).unwrap_or(&violation.pointer);
        let end = pointer.char_indices().nth(MAX_POINTER).map_or(pointer.len(), |(end, _)| end);
        match pointer.get(..end) {
            None | Some("") => violation.message.clone(),
            Some(pointer) => format!("{pointer} {}", violation.message),
        }
    };
    let more = if reasons.truncated() { ", …" } else { "" };
    let reasons: Vec<_> = reasons.iter().map(reason).collect();
    if reasons.is_empty() { "does not match".to_owned() } else { format!("{}{more}", reasons.join(", ")) }
}
