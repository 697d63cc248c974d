//! Keys of maps: what `propertyNames` says about them, as a type where there is one.

use super::open::Open;
use super::place::Place;
use super::planner::Planner;
use crate::ir::{SchemaId, Type};
use crate::plan::words::{Format, Openness, RustType};
use crate::schemas::{Category, View};

/// Formats whose values have several spellings that are no two names of anything: their names stay texts.
const MANY_SPELLINGS: [&str; 6] = ["byte", "date-time", "decimal", "time", "uri", "uri-reference"];

impl Planner<'_> {
    /// The type of the keys of a map; what it does not say is left to the tables.
    pub(super) fn key_of_map(&mut self, view: &View<'_>, open: &mut Open, place: &Place) -> RustType {
        let said: Vec<SchemaId> = view.schemas().filter_map(|it| it.objects.property_names).collect();
        let [only] = said.as_slice() else { return RustType::String };
        let names = View::new(self.api, *only);
        let place = place.inner("key");
        let planned = match (names.category, names.single()) {
            (Category::StringEnum, _) => self.value(*only, &place),
            (Category::Plain, Some(Type::String)) if is_plain(&names) => self.value(*only, &place),
            // A name is a text, whether its schema says so or not.
            (Category::Plain, None) if is_plain(&names) => self.typed(&names, Type::String, &place),
            _ => return RustType::String,
        };
        let (key, says_all) = match planned.ty {
            RustType::Formatted(Format::Uuid | Format::Date(_) | Format::Ipv4 | Format::Ipv6) => {
                (planned.ty, planned.checks.is_empty() && !planned.residue)
            }
            RustType::Model(_) => (planned.ty, is_closed(&names)),
            _ => return RustType::String,
        };
        if says_all {
            open.each().for_each(|it| it.objects.property_names = None);
        }
        key
    }
}

/// Whether names are out of a list, and no other one can be held.
fn is_closed(names: &View<'_>) -> bool {
    let is_answered = names.schemas().any(|it| it.usage.response) && names.schemas().all(|it| it.constant.is_none());
    let is_listed = names.category == Category::StringEnum && names.values.is_some();
    is_listed && !is_answered && super::categories::values(names, Type::String, Openness::Closed).is_empty()
}

/// Whether equal values of a text are equal texts, and nothing about it is hidden.
fn is_plain(names: &View<'_>) -> bool {
    let has_one_spelling = |format: &str| !MANY_SPELLINGS.contains(&format);
    names.schemas().all(|it| it.format.as_deref().is_none_or(has_one_spelling) && !it.extensions.secret)
}
