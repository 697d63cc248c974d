//! Bodies and responses whose `content` was forgotten, and media types whose `schema` was.

use super::super::bodies::JSON;
use super::{Mender, signs};
use crate::document::ledger::{ObjectKind, fields};
use crate::ordered::IndexMap;
use crate::source::{Origin, Placed};

impl Mender<'_, '_> {
    /// A schema in the place of a media type is its `schema`; what is of media types alone stays beside it.
    pub(super) fn media_type(&mut self, node: &mut Placed) {
        if !signs::is_schema(node.text_of("$ref"), |key| node.get(key).is_some()) {
            return;
        }
        self.repaired(&node.origin, "this is a schema, and not a Media Type Object that has one", "its `schema`");
        let rows = fields(ObjectKind::MediaType, self.version);
        let stays = |key: &str| key != "$ref" && (rows.named(key).is_some() || key.starts_with("x-"));
        let origin = node.origin.clone();
        let Some(members) = node.members_mut() else { return };
        let (beside, schema): (Vec<_>, Vec<_>) = std::mem::take(members).into_iter().partition(|(key, _)| stays(key));
        members.insert("schema".to_owned(), Placed::object(&origin, schema));
        members.extend(beside);
    }

    /// A body or a response in the words of 2.0, or one that is a schema.
    pub(super) fn body_or_response(&mut self, node: &mut Placed, kind: ObjectKind) {
        if let Some(reference) = node.text_of("$ref").filter(|it| signs::is_to_schema(it)) {
            let message = format!("`{reference}` is a schema, and not {}", kind.with_article());
            let origin = node.get("$ref").map_or_else(|| node.origin.clone(), |it| it.origin.clone());
            self.repaired(&origin, message, &format!("the schema of its content, `{JSON}`"));
            *node = around_schema(node, kind);
            return;
        }
        self.without_media_type(node);
        if node.get("content").is_none() && node.get("$ref").is_none() {
            self.without_content(node, kind);
        }
    }

    /// `schema` where `content` must be.
    fn without_content(&mut self, node: &mut Placed, kind: ObjectKind) {
        let origin = node.origin.clone();
        let is_response = kind == ObjectKind::Response;
        let Some(members) = node.members_mut() else { return };
        let Some(schema) = members.shift_remove("schema") else { return };
        let is_by_type = |it: &mut Placed| it.members().is_some_and(|it| it.keys().any(|key| key.contains('/')));
        let examples = members.get_mut("examples").is_some_and(|it| is_response && is_by_type(it));
        let examples = examples.then(|| members.shift_remove("examples")).flatten();
        let types = self.types(&schema, is_response);
        let names: Vec<_> = types.iter().filter_map(Placed::as_str).map(|it| format!("`{it}`")).collect();
        let names = if names.is_empty() { "bytes".to_owned() } else { names.join(", ") };
        self.older(&schema.origin, &format!("`schema` in {}", kind.with_article()), &format!("its content, {names}"));
        let content = if is_response {
            self.lift.answer(&origin, schema, types, examples)
        } else {
            let schema = self.lift.schema(schema);
            self.lift.content(&origin, Some(schema), types, "consumes")
        };
        if let Some(members) = node.members_mut() {
            members.insert("content".to_owned(), content);
        }
    }

    /// The media types that 2.0 gives a body here: JSON where nothing is said and it is no file.
    fn types(&self, schema: &Placed, is_response: bool) -> Vec<Placed> {
        let (own, all) = if is_response {
            (&self.produces, &self.lift.defaults.produces)
        } else {
            (&self.consumes, &self.lift.defaults.consumes)
        };
        let mut types = own.clone().unwrap_or_else(|| all.clone());
        if types.is_empty() && !(is_response && schema.text_of("type") == Some("file")) {
            types.push(Placed::string(&schema.origin, JSON));
        }
        types
    }

    /// `content: { schema: … }`: the level of the media type is missing.
    pub(super) fn without_media_type(&mut self, node: &mut Placed) {
        let Some(content) = node.members_mut().and_then(|it| it.get_mut("content")) else { return };
        let Some(schema) = content.get("schema").filter(|it| it.members().is_some()) else { return };
        if content.members().is_some_and(|it| it.keys().any(|key| key.contains('/'))) {
            return;
        }
        let place = schema.origin.clone();
        let rows = fields(ObjectKind::MediaType, self.version);
        let origin = content.origin.clone();
        let members: IndexMap<String, Placed> =
            std::mem::replace(content, Placed::object::<String>(&origin, [])).into_members();
        let (inner, mut outer): (Vec<_>, Vec<_>) = members.into_iter().partition(|(key, _)| rows.named(key).is_some());
        outer.push((JSON.to_owned(), Placed::object(&place, inner)));
        *content = Placed::object(&origin, outer);
        self.repaired(
            &place,
            "`content` has media types, and this is a field of one",
            &format!("the content `{JSON}`"),
        );
    }
}

/// A body or a response with a schema in it.
fn around_schema(schema: &Placed, kind: ObjectKind) -> Placed {
    let origin: &Origin = &schema.origin;
    let media_type = Placed::object(origin, [("schema", schema.clone())]);
    let content = Placed::object(origin, [(JSON, media_type)]);
    let description = (kind == ObjectKind::Response).then(|| ("description", Placed::string(origin, "")));
    Placed::object(origin, description.into_iter().chain([("content", content)]))
}
