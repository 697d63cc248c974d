//! What the branches of a union are called: as what they are, not as where they stand.
//!
//! A branch has the name of its component or its title; else it is called after its one value, its format, the type of
//! its items, or the properties that it must have. So a branch that is put in, or moved, renames no other one. Only
//! where two branches come to the same name is the difference between them looked for, and at last a hash of content.

use std::collections::{BTreeMap, BTreeSet};

use super::planner::Planner;
use crate::ir::{SchemaId, Type};
use crate::plan::names::{self, Wish, settle};
use crate::schemas::{Category, View, alias, is_null, whole};

/// How deep items and branches within a branch are looked at.
const DEEPEST: usize = 3;
/// So many properties or branches make a name.
const MOST: usize = 3;
/// So long is what the names of branches make, and no longer.
const LONGEST: usize = 60;

impl Planner<'_> {
    /// The names of the branches of a union without a tag.
    pub(super) fn branch_names(&self, branches: &[SchemaId]) -> Vec<String> {
        let mut spelled: Vec<String> = branches.iter().map(|id| names::pascal(&self.branch_name(*id, 0))).collect();
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (idx, name) in spelled.iter().enumerate() {
            groups.entry(name.to_lowercase()).or_default().push(idx);
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            let ids: Vec<SchemaId> = group.iter().map(|idx| branches[*idx]).collect();
            for (idx, difference) in group.iter().zip(self.differences(&ids)) {
                if let Some(difference) = difference {
                    spelled[*idx] = names::pascal(&difference);
                }
            }
        }
        let contents: Vec<String> = branches.iter().map(|id| self.contents.line(*id)).collect();
        let wishes = spelled.into_iter().zip(&contents);
        let wishes: Vec<_> = wishes.map(|(name, origin)| Wish { name, origin, first: false }).collect();
        settle(&wishes, &[])
    }

    /// The name of a branch's component, or its title; that of the component that it adds something to.
    pub(super) fn own_name(&self, id: SchemaId) -> Option<String> {
        let target = alias(&self.api.schemas, id).unwrap_or(id);
        let component = |id: SchemaId| {
            let id = self.directions.schema(id);
            self.api.components.iter().find(|(_, component)| *component == id)
        };
        let schema = &self.api.schemas[target];
        let added_to = schema.reference.and_then(component);
        component(target)
            .map(|(name, _)| name.clone())
            .or_else(|| schema.annotations.title.clone())
            .or_else(|| added_to.map(|(name, _)| name.clone()))
    }

    fn branch_name(&self, id: SchemaId, depth: usize) -> String {
        if let Some(name) = self.own_name(id) {
            return name;
        }
        let view = View::new(self.api, alias(&self.api.schemas, id).unwrap_or(id));
        if let Some([only]) = view.values.as_deref() {
            match (only.as_str(), whole(only)) {
                (Some(text), _) if text.chars().any(char::is_alphanumeric) => return text.to_owned(),
                (None, Some(number)) => return format!("value {number}"),
                _ => {}
            }
        }
        match view.category {
            Category::StringEnum => "string".to_owned(),
            Category::IntegerEnum => "integer".to_owned(),
            Category::Struct => self.object_name(&view),
            Category::Union => self.nested_name(&view, depth),
            Category::Types => view.types.iter().map(Type::as_str).collect::<Vec<_>>().join(" or "),
            Category::Plain => self.plain_name(&view, depth),
        }
    }

    /// An object is called after the one value of a property, else after what it must have: rather what it says itself
    /// than what stands beside its union, which all branches have.
    fn object_name(&self, view: &View<'_>) -> String {
        let (required, properties) = (view.required(), view.properties());
        let pinned = required.iter().filter_map(|name| properties.get(name)).find_map(|ids| {
            let pin = ids.iter().find_map(|id| View::new(self.api, *id).values.filter(|it| it.len() == 1));
            pin.and_then(|values| values[0].as_str().map(str::to_owned))
        });
        match pinned {
            Some(value) if value.chars().any(char::is_alphanumeric) => value,
            _ if required.is_empty() => "object".to_owned(),
            _ => {
                let own = view.schemas().next().map(|it| &it.objects.required).into_iter().flatten();
                let own: BTreeSet<&str> = own.map(String::as_str).collect();
                format!("with {}", listed(if own.is_empty() { required } else { own }.into_iter()))
            }
        }
    }

    fn nested_name(&self, view: &View<'_>, depth: usize) -> String {
        let branches = view.union().map(|it| if it.one_of.is_empty() { &it.any_of } else { &it.one_of });
        let branches = branches.into_iter().flatten().filter(|id| !is_null(&self.api.schemas, **id));
        if depth >= DEEPEST {
            return "other".to_owned();
        }
        let names: BTreeSet<String> = branches.map(|id| self.branch_name(*id, depth + 1)).collect();
        let is_name = names.len() <= MOST;
        let name = names.into_iter().collect::<Vec<_>>().join(" or ");
        if is_name && name.len() <= LONGEST { name } else { "other".to_owned() }
    }

    fn plain_name(&self, view: &View<'_>, depth: usize) -> String {
        let Some(ty) = view.single() else { return "other".to_owned() };
        let of = |inner: Option<SchemaId>, word: &str| match inner.filter(|_| depth < DEEPEST) {
            Some(inner) => match self.branch_name(inner, depth + 1).as_str() {
                "other" => word.to_owned(),
                name => format!("{name} {word}"),
            },
            None => word.to_owned(),
        };
        match ty {
            Type::String => view.schemas().find_map(|it| it.format.clone()).unwrap_or_else(|| ty.as_str().to_owned()),
            Type::Array => of(view.schemas().find_map(|it| it.arrays.items), "array"),
            Type::Object => match view.schemas().find_map(|it| it.objects.additional) {
                Some(value) => of(Some(value), "map"),
                None => self.object_name(view),
            },
            Type::Null | Type::Boolean | Type::Integer | Type::Number => ty.as_str().to_owned(),
        }
    }

    /// What tells branches of one name apart: a property that only one has, or the type of one that all must have.
    fn differences(&self, branches: &[SchemaId]) -> Vec<Option<String>> {
        let views: Vec<View<'_>> = branches.iter().map(|id| View::new(self.api, *id)).collect();
        let members: Vec<_> = views.iter().map(View::properties).collect();
        let difference = |idx: usize| {
            let is_alone = |name: &&str| members.iter().filter(|it| it.contains_key(*name)).count() == 1;
            let own: BTreeSet<&str> = members[idx].keys().copied().filter(is_alone).collect();
            if !own.is_empty() {
                let base = self.object_name(&views[idx]);
                let joint = if base == "object" { "with" } else { "and" };
                return Some(format!("{base} {joint} {}", listed(own.into_iter().take(1))));
            }
            let typed = views[idx].required().into_iter().find_map(|name| {
                let name_of = |it: &Members<'_>| Some(self.branch_name(*it.get(name)?.first()?, 1));
                let types: BTreeSet<_> = members.iter().map(name_of).collect();
                (types.len() == branches.len()).then(|| (name, name_of(&members[idx])))
            });
            typed.and_then(|(name, ty)| Some(format!("with {} {name}", ty?)))
        };
        (0..branches.len()).map(difference).collect()
    }
}

/// The properties of a branch.
type Members<'a> = crate::ordered::IndexMap<&'a str, Vec<SchemaId>>;

/// `a`, `a and b`, `a, b and more`.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.take(MOST).collect();
    if names.len() == MOST { format!("{} and {} and more", names[0], names[1]) } else { names.join(" and ") }
}
