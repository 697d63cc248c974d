//! Parameters and headers that say themselves what their `schema` should.

use super::super::fields::VALUE;
use super::super::parameters::Collection;
use super::Mender;
use crate::source::{Origin, Placed};

/// One of these says what a value is.
const TELLING: [&str; 3] = ["type", "enum", "items"];

impl Mender<'_, '_> {
    /// What a parameter or a header says about its value goes into its `schema`.
    pub(super) fn described(&mut self, node: &mut Placed) {
        self.without_media_type(node);
        if node.get("$ref").is_some() || node.get("content").is_some() {
            return;
        }
        let said: Vec<String> = VALUE.iter().copied().filter(|key| is_said(node, key)).map(str::to_owned).collect();
        let is_told = node.get("schema").is_some() || said.iter().any(|it| TELLING.contains(&it.as_str()));
        let Some(first) = said.first().and_then(|it| node.get(it)).filter(|_| is_told) else { return };
        let names: Vec<_> = said.iter().map(|it| format!("`{it}`")).collect();
        let (verb, place) = if names.len() == 1 { ("stands", &first.origin) } else { ("stand", &first.origin) };
        let message = format!("{} {verb} in `schema` from OpenAPI 3.0 on", names.join(", "));
        self.lift.repaired(&place.clone(), message, "what its `schema` says");
        self.collection(node);
        self.fill_schema(node, &said);
    }

    fn fill_schema(&mut self, node: &mut Placed, said: &[String]) {
        let origin = node.origin.clone();
        let Some(members) = node.members_mut() else { return };
        let mut schema = members.shift_remove("schema").unwrap_or_else(|| Placed::object::<String>(&origin, []));
        for key in said {
            if let Some((member, all)) = members.shift_remove(key).zip(schema.members_mut()) {
                all.insert(key.clone(), member);
            }
        }
        let schema = self.lift.schema(schema);
        if let Some(members) = node.members_mut() {
            members.insert("schema".to_owned(), schema);
        }
    }

    /// `collectionFormat` becomes a style; a list that has none has the style of OpenAPI 3.
    fn collection(&mut self, node: &mut Placed) {
        let Some(place) = node.get("collectionFormat").map(|it| it.origin.clone()) else { return };
        let location = node.text_of("in").unwrap_or("header").to_owned();
        let collection = self.lift.collection(node, &location);
        let Some(members) = node.members_mut() else { return };
        members.shift_remove("collectionFormat");
        if let Some((collection, _)) =
            collection.filter(|_| !members.contains_key("style") && !members.contains_key("explode"))
        {
            let style = collection.style(if location == "query" { "form" } else { "simple" });
            members.insert("style".to_owned(), Placed::string(&place, style));
            members.insert("explode".to_owned(), Placed::flag(&place, collection == Collection::Repeated));
        }
    }
}

/// A field of a form as 2.0 has it: what its schema says stands in the field itself.
pub(super) fn flat(field: &mut Placed) {
    let Some(members) = field.members_mut() else { return };
    let has_reference = |it: &Placed| it.get("$ref").is_some();
    let is_plain = members.get("schema").is_some_and(|it| it.members().is_some() && !has_reference(it));
    let schema = is_plain.then(|| members.shift_remove("schema")).flatten();
    members.extend(schema.map(Placed::into_members).into_iter().flatten());
    if field.text_of("type") == Some("string") && field.text_of("format") == Some("binary") {
        named(field, "type", "file");
    }
}

/// Gives a member another text.
pub(super) fn named(node: &mut Placed, key: &str, text: &str) {
    let origin: Option<Origin> = node.get(key).map(|it| it.origin.clone());
    if let Some((members, origin)) = node.members_mut().zip(origin) {
        members.insert(key.to_owned(), Placed::string(&origin, text));
    }
}

/// Whether a keyword stands in a parameter, and not in its schema.
fn is_said(node: &Placed, key: &str) -> bool {
    let schema = node.get("schema");
    let has_room =
        schema.is_none_or(|it| it.members().is_some_and(|it| !it.contains_key("$ref") && !it.contains_key(key)));
    node.get(key).is_some() && has_room
}
