//! The keywords of arrays.

use serde_json::Value;

use super::super::violation::Violation;
use super::equal;
use super::run::{Notes, Place, Run};
use super::scalar::size_violation;
use super::schema::{Contains, Id, Keyword};

const ITEMS: [&str; 2] = ["item", "items"];

impl Run<'_> {
    pub(super) fn array<'i>(
        &mut self,
        keyword: &Keyword,
        items: &'i [Value],
        place: Place<'i, '_>,
        notes: Notes<'_, 'i>,
    ) -> bool {
        let size = items.len() as u64;
        match keyword {
            Keyword::MinItems(min) => {
                size >= *min || self.fail(place.at, |it| size_violation(it, "minItems", "have at least", *min, ITEMS))
            }
            Keyword::MaxItems(max) => {
                size <= *max || self.fail(place.at, |it| size_violation(it, "maxItems", "have at most", *max, ITEMS))
            }
            Keyword::UniqueItems => {
                !equal::has_duplicates(items)
                    || self.fail(place.at, |it| {
                        Violation::new(it, "uniqueItems", "must not have equal items").with_limit(true)
                    })
            }
            Keyword::PrefixItems(schemas) => {
                if let Some(notes) = notes {
                    notes.items_before = notes.items_before.max(schemas.len());
                }
                self.items(items.iter().zip(schemas.iter().copied()).enumerate(), place)
            }
            Keyword::Items(rest) => {
                if let Some(notes) = notes {
                    notes.items_before = usize::MAX;
                }
                self.items(items.iter().map(|it| (it, rest.schema)).enumerate().skip(rest.skip), place)
            }
            Keyword::Contains(contains) => self.contains(contains, items, place, notes),
            Keyword::UnevaluatedItems(schema) => self.unevaluated_items(*schema, items, place, notes),
            _ => self.scalar(keyword, place),
        }
    }

    /// Applies to each item its schema.
    fn items<'v>(&mut self, items: impl Iterator<Item = (usize, (&'v Value, Id))>, place: Place<'_, '_>) -> bool {
        let mut valid = true;
        for (index, (item, schema)) in items {
            valid &= self.descend(schema, item, &place.at.item(index));
            if !valid && self.is_done() {
                return false;
            }
        }
        valid
    }

    fn contains<'i>(
        &mut self,
        contains: &Contains,
        items: &'i [Value],
        place: Place<'i, '_>,
        mut notes: Notes<'_, 'i>,
    ) -> bool {
        let min = contains.min.unwrap_or(1);
        // Nobody needs to know of the matches after those that decide.
        let enough = contains.max.map_or(min, |max| max.saturating_add(1));
        let mut matches = 0;
        for (index, item) in items.iter().enumerate() {
            if matches >= enough && notes.is_none() {
                break;
            }
            if self.quietly(|run| run.descend(contains.schema, item, &place.at.item(index))) {
                matches += 1;
                if let Some(notes) = notes.as_deref_mut() {
                    notes.items.insert(index);
                }
            }
        }
        if matches < min {
            let keyword = if contains.min.is_some() { "minContains" } else { "contains" };
            let matching = ["item that matches the schema of `contains`", "items that match the schema of `contains`"];
            return self.fail(place.at, |it| size_violation(it, keyword, "have at least", min, matching));
        }
        contains.max.is_none_or(|max| matches <= max) || {
            let max = contains.max.unwrap_or_default();
            let matching = ["item that matches the schema of `contains`", "items that match the schema of `contains`"];
            self.fail(place.at, |it| size_violation(it, "maxContains", "have at most", max, matching))
        }
    }

    fn unevaluated_items<'i>(
        &mut self,
        schema: Id,
        items: &'i [Value],
        place: Place<'i, '_>,
        notes: Notes<'_, 'i>,
    ) -> bool {
        let Some(notes) = notes else { return true };
        let before = notes.items_before;
        if std::mem::replace(&mut notes.items_before, usize::MAX) == usize::MAX || notes.incomplete {
            return true;
        }
        let rest = items.iter().map(|it| (it, schema)).enumerate().skip(before);
        let unevaluated = rest.filter(|(index, _)| !notes.items.contains(index));
        self.items(unevaluated, place)
    }
}
