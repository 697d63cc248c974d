//! Parameters in paths, queries and headers, and the headers of responses: what they say about their value becomes a
//! schema, and `collectionFormat` a style.

use super::Lift;
use super::fields::{HEADER, PARAMETER, VALUE};
use crate::source::{Origin, Placed};

/// How the items of a list are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    Commas,
    Spaces,
    Tabs,
    Pipes,
    Repeated,
}

impl Collection {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "csv" => Self::Commas,
            "ssv" => Self::Spaces,
            "tsv" => Self::Tabs,
            "pipes" => Self::Pipes,
            "multi" => Self::Repeated,
            _ => return None,
        })
    }

    /// `style`; `tabDelimited` is a style that no later version has.
    pub(super) fn style(self, commas: &'static str) -> &'static str {
        match self {
            Self::Commas => commas,
            Self::Repeated => "form",
            Self::Spaces => "spaceDelimited",
            Self::Tabs => "tabDelimited",
            Self::Pipes => "pipeDelimited",
        }
    }
}

impl Lift<'_, '_> {
    /// A parameter that is no part of a body, or a reference to one.
    pub(super) fn plain_parameter(&mut self, tree: Placed) -> Placed {
        let origin = tree.origin.clone();
        if tree.members().is_none() || tree.get("$ref").is_some() {
            return tree;
        }
        let location = tree.text_of("in").unwrap_or_default().to_owned();
        let collection = self.collection(&tree, &location);
        self.type_of_plain(&tree);
        let schema = self.value(&tree);
        let mut lifted = Vec::new();
        for (key, member) in tree.into_members() {
            let is_value = VALUE.contains(&key.as_str()) || is_of_schema(&key);
            if key == "schema" || key == "collectionFormat" || is_value {
                continue;
            }
            if key == "example" || self.knows(&PARAMETER, &key, &member) {
                lifted.push((key, member));
            }
        }
        if let Some((collection, place)) = collection {
            let commas = if location == "query" { "form" } else { "simple" };
            lifted.push(("style".to_owned(), Placed::string(&place, collection.style(commas))));
            lifted.push(("explode".to_owned(), Placed::flag(&place, collection == Collection::Repeated)));
        }
        let schema = schema.unwrap_or_else(|| self.any_text(&origin));
        lifted.push(("schema".to_owned(), schema));
        Placed::object(&origin, lifted)
    }

    /// Outside of bodies there are no files and no objects.
    fn type_of_plain(&mut self, tree: &Placed) {
        let Some(ty) = tree.get("type") else { return };
        match ty.as_str() {
            Some("file") => self.repaired(&ty.origin, "`file` is for fields of forms and for responses", "text"),
            Some("object") => {
                self.repaired(&ty.origin, "an object is for bodies", "an object that is written as later versions do");
            }
            _ => {}
        }
    }

    /// The schema of a value about which nothing is said.
    fn any_text(&mut self, origin: &Origin) -> Placed {
        self.repaired(origin, "`type` is missing, which says what the value is", "any text");
        Placed::object(origin, [("type", Placed::string(origin, "string"))])
    }

    /// A header of a response.
    pub(super) fn header(&mut self, tree: Placed) -> Placed {
        let origin = tree.origin.clone();
        if tree.members().is_none() || tree.get("$ref").is_some() {
            return tree;
        }
        let collection = self.collection(&tree, "header");
        let mut schema = self.value(&tree);
        if let Some((Collection::Spaces | Collection::Tabs | Collection::Pipes, place)) = &collection {
            self.note(place, "a list in a header of a response that has no commas is passed on as text");
            schema = Some(Placed::object(&origin, [("type", Placed::string(place, "string"))]));
        }
        let mut lifted = Vec::new();
        for (key, member) in tree.into_members() {
            let is_value = VALUE.contains(&key.as_str()) || is_of_schema(&key);
            if key != "collectionFormat" && key != "schema" && !is_value && self.knows(&HEADER, &key, &member) {
                lifted.push((key, member));
            }
        }
        let schema = schema.unwrap_or_else(|| self.any_text(&origin));
        lifted.push(("schema".to_owned(), schema));
        Placed::object(&origin, lifted)
    }

    /// The schema of a parameter, a header, or a field of a form; none where nothing is said.
    pub(super) fn value(&mut self, tree: &Placed) -> Option<Placed> {
        if let Some(schema) = tree.get("schema") {
            let message = "`schema` is for bodies: here `type` and what belongs to it stand in the parameter itself";
            self.repaired(&schema.origin, message, "what the schema says");
            return Some(self.schema(schema.clone()));
        }
        let members = tree.members()?;
        let said = members.iter().filter(|(key, _)| VALUE.contains(&key.as_str()) || is_of_schema(key));
        let said: Vec<_> = said.map(|(key, it)| (key.clone(), it.clone())).collect();
        let says_nothing = said.iter().all(|(key, _)| key.starts_with("x-"));
        let mut schema = Placed::object(&tree.origin, said);
        self.nested_collections(&mut schema);
        (!says_nothing).then(|| self.schema(schema))
    }

    /// `collectionFormat`, and its place; `csv` where a list has none.
    pub(super) fn collection(&mut self, tree: &Placed, location: &str) -> Option<(Collection, Origin)> {
        let is_list = tree.text_of("type") == Some("array");
        let Some(member) = tree.get("collectionFormat") else {
            return is_list.then(|| (Collection::Commas, tree.origin.clone()));
        };
        if !is_list {
            self.note(&member.origin, "`collectionFormat` has no effect without `type: array`");
            return None;
        }
        let place = member.origin.clone();
        let collection = member.as_str().and_then(Collection::parse);
        let Some(collection) = collection else {
            let message = "`collectionFormat` must be one of `csv`, `ssv`, `tsv`, `pipes`, `multi`";
            self.repaired(&place, message, "`csv`");
            return Some((Collection::Commas, place));
        };
        if collection == Collection::Repeated && !matches!(location, "query" | "formData") {
            self.repaired(&place, "`multi` is for queries and forms only", "`csv`");
            return Some((Collection::Commas, place));
        }
        Some((collection, place))
    }

    /// Lists in lists have no form from 3.0 on.
    fn nested_collections(&mut self, schema: &mut Placed) {
        let Some(items) = schema.members_mut().and_then(|it| it.get_mut("items")) else { return };
        if let Some(format) = items.members_mut().and_then(|it| it.shift_remove("collectionFormat")) {
            self.note(&format.origin, "`collectionFormat` has no effect for the items of a list");
        }
        self.nested_collections(items);
    }
}

/// Extensions that say something about the value.
fn is_of_schema(key: &str) -> bool {
    key == "x-nullable" || key == "x-extensible-enum" || key.starts_with("x-enum") || key == "x-ms-enum"
}
