//! Bodies: of requests, of forms, of responses.

use super::Lift;
use super::fields::{BODY, RESPONSE};
use super::operations::Parameter;
use super::parameters::Collection;
use super::schemas::bytes;
use crate::ordered::IndexMap;
use crate::source::{Origin, Placed, Pointer};

pub(super) const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";
/// The status of a response that several operations may have for several.
pub(super) const SHARED: &str = "default";

/// A parameter with `in: formData`.
pub(super) struct Field {
    pub(super) name: String,
    schema: Placed,
    required: Option<Origin>,
    is_file: bool,
    collection: Option<(Collection, Origin)>,
}

impl Lift<'_, '_> {
    /// A body, or a reference to a shared one, as far as the media types are those of the shared one.
    pub(super) fn referred_body(&mut self, body: &Parameter, consumes: Option<&[Placed]>) -> Placed {
        if !body.is_reference {
            return self.body(body.own.clone(), consumes);
        }
        if consumes.is_none() || is_same(consumes, &self.defaults.consumes) {
            return body.own.clone();
        }
        let mut target = body.target.clone();
        refer_to_schema(&mut target, &body.own);
        self.body(target, consumes)
    }

    /// A parameter with `in: body`.
    pub(super) fn body(&mut self, tree: Placed, consumes: Option<&[Placed]>) -> Placed {
        let origin = tree.origin.clone();
        if tree.get("$ref").is_some() {
            return tree;
        }
        let mut lifted = Vec::new();
        let mut schema = None;
        for (key, member) in tree.into_members() {
            if !self.knows(&BODY, &key, &member) {
                continue;
            }
            match key.as_str() {
                "name" | "in" => {}
                "schema" => schema = Some(self.schema(member)),
                _ => lifted.push((key, member)),
            }
        }
        if schema.is_none() {
            self.repaired(&origin, "`schema` is missing, which a parameter with `in: body` needs", "any value");
        }
        let types = consumes.map_or_else(|| self.defaults.consumes.clone(), <[Placed]>::to_vec);
        let content = self.content(&origin, schema, types, "consumes");
        lifted.push(("content".to_owned(), content));
        Placed::object(&origin, lifted)
    }

    /// One media type object for each media type, all with the same schema.
    pub(super) fn content(
        &mut self,
        origin: &Origin,
        schema: Option<Placed>,
        mut types: Vec<Placed>,
        field: &str,
    ) -> Placed {
        if types.is_empty() {
            self.note(origin, format!("without `{field}` a body is taken as `{JSON}`"));
            types.push(Placed::string(origin, JSON));
        }
        let mut content: IndexMap<String, Placed> = IndexMap::default();
        let mut schema = schema;
        for media_type in types {
            let name = media_type.as_str().unwrap_or_default().to_owned();
            let object = Placed::object(&media_type.origin, schema.clone().map(|it| ("schema", it)));
            // The other media types refer to the schema of the first, so that they have one type.
            schema = schema.map(once_more);
            content.insert(name, object);
        }
        Placed::object(origin, content)
    }

    /// A field of a form.
    pub(super) fn field(&mut self, tree: &Placed) -> Option<Field> {
        let Some(name) = tree.text_of("name").map(str::to_owned) else {
            self.left_out(&tree.origin, "`name` is missing, which a parameter needs");
            return None;
        };
        let collection = self.collection(tree, "formData");
        let is_file = |it: &Placed| it.text_of("type") == Some("file");
        let is_file = is_file(tree) || tree.get("items").is_some_and(is_file);
        let mut schema = self.value(tree).unwrap_or_else(|| Placed::object::<String>(&tree.origin, []));
        if let Some(members) = schema.members_mut() {
            members.extend(tree.get("description").map(|it| ("description".to_owned(), it.clone())));
        }
        for (key, member) in tree.members().into_iter().flatten() {
            if key == "allowEmptyValue" {
                self.note(&member.origin, "`allowEmptyValue` has no effect: an empty value is a value like any other");
            }
        }
        let required = tree.get("required").filter(|it| it.as_bool() == Some(true)).map(|it| it.origin.clone());
        Some(Field { name, schema, required, is_file, collection })
    }

    /// Fields of a form as one body.
    pub(super) fn form(&mut self, operation: &Origin, fields: Vec<Field>, consumes: Option<&[Placed]>) -> Placed {
        let has_files = fields.iter().any(|it| it.is_file);
        let listed = consumes.unwrap_or(&self.defaults.consumes);
        let is_form = |it: &&Placed| it.as_str() == Some(MULTIPART) || (it.as_str() == Some(FORM) && !has_files);
        let mut types: Vec<Placed> = listed.iter().filter(is_form).cloned().collect();
        for other in consumes.into_iter().flatten().filter(|it| !is_form(it)) {
            let shown = other.as_str().unwrap_or_default().escape_debug();
            self.note(&other.origin, format!("the fields of a form are not sent as `{shown}`"));
        }
        let origin = fields.first().map_or(operation, |it| &it.schema.origin).clone();
        if types.is_empty() {
            types.push(Placed::string(&origin, if has_files { MULTIPART } else { FORM }));
        }
        let required = fields.iter().filter_map(|it| Some(Placed::string(it.required.as_ref()?, it.name.as_str())));
        let required: Vec<_> = required.collect();
        let encoding: Vec<_> =
            fields.iter().filter_map(|it| Some((it.name.clone(), encoding(it.collection.as_ref()?)))).collect();
        let properties = fields.into_iter().map(|it| (it.name, it.schema)).collect::<Vec<_>>();
        let mut schema =
            vec![("type", Placed::string(&origin, "object")), ("properties", Placed::object(&origin, properties))];
        let is_required = !required.is_empty();
        if is_required {
            schema.push(("required", Placed::array(&origin, required)));
        }
        // The fields are written apart: what is one schema now stands where it is put, and nowhere in the document.
        let schema = Placed::object(&origin, schema);
        let first = types.first().and_then(Placed::as_str).unwrap_or_default().to_owned();
        let place = operation.pointer.key("requestBody").key("content").key(&first).key("schema");
        let content = types.into_iter().map(|media_type| {
            let name = media_type.as_str().unwrap_or_default().to_owned();
            let schema = if name == first { schema.clone() } else { reference(&origin, &place) };
            (name, Placed::object(&media_type.origin, [("schema", schema)]))
        });
        let mut content = Placed::object(&origin, content.collect::<IndexMap<_, _>>());
        for (_, media_type) in content.members_mut().into_iter().flatten() {
            if let Some(members) = media_type.members_mut().filter(|_| !encoding.is_empty()) {
                members.insert("encoding".to_owned(), Placed::object(&origin, encoding.clone()));
            }
        }
        Placed::object(&origin, [("required", Placed::flag(&origin, is_required)), ("content", content)])
    }

    /// A response; a shared one whose media types differ here is taken in.
    pub(super) fn response(&mut self, tree: Placed, produces: Option<&[Placed]>, status: &str) -> Placed {
        let origin = tree.origin.clone();
        if tree.members().is_none() {
            return tree;
        }
        if tree.get("$ref").is_some() {
            let differs = produces.is_some() && !is_same(produces, &self.defaults.produces);
            let target = if differs { self.behind(&tree) } else { None };
            let Some(mut target) = target.filter(|it| it.get("schema").is_some()) else { return tree };
            refer_to_schema(&mut target, &tree);
            return self.response(target, produces, status);
        }
        let mut types = produces.map_or_else(|| self.defaults.produces.clone(), <[Placed]>::to_vec);
        let mut lifted = Vec::new();
        let mut examples = None;
        let mut schema = None;
        for (key, member) in tree.into_members() {
            if !self.knows(&RESPONSE, &key, &member) {
                continue;
            }
            match key.as_str() {
                "schema" => schema = Some(member),
                "examples" => examples = Some(member),
                "headers" => lifted.push((key, self.each(member, |lift, _, it| lift.header(it)))),
                _ => lifted.push((key, member)),
            }
        }
        if let Some(schema) = schema {
            if !status.starts_with('2') {
                self.types_of_failure(&schema, &mut types);
            }
            let content = self.answer(&origin, schema, types, examples);
            lifted.push(("content".to_owned(), content));
        } else if let Some(examples) = examples {
            self.note(&examples.origin, "`examples` has no effect: a response without `schema` has no body");
        }
        Placed::object(&origin, lifted)
    }

    /// The media types of a file: what `produces` says about everything is often said about JSON alone.
    fn types_of_file(&mut self, origin: &Origin, types: &mut Vec<Placed>) {
        if types.is_empty() {
            types.push(Placed::string(origin, "application/octet-stream"));
        }
        let names: Vec<_> = types.iter().filter(|it| is_data(it)).filter_map(Placed::as_str).collect();
        if !names.iter().any(|it| it.contains("json")) {
            return;
        }
        self.note(origin, format!("a file is none of {}: it has another media type", names.join(", ")));
        types.retain(|it| !is_data(it));
        if types.is_empty() {
            types.push(Placed::string(origin, "*/*"));
        }
    }

    /// The media types of a failure: what `produces` says about everything is often said about a success alone.
    fn types_of_failure(&mut self, schema: &Placed, types: &mut Vec<Placed>) {
        let names: Vec<_> = types.iter().filter_map(Placed::as_str).collect();
        if names.is_empty() || types.iter().any(is_data) || !self.is_structure(schema) {
            return;
        }
        self.note(&schema.origin, format!("a failure that is no text is none of {}: it is `{JSON}`", names.join(", ")));
        *types = vec![Placed::string(&schema.origin, JSON)];
    }

    /// Whether a schema is of objects or lists, as far as it says so itself, or what it refers to.
    fn is_structure(&mut self, schema: &Placed) -> bool {
        let says_so = |it: &Placed| {
            matches!(it.text_of("type"), Some("object" | "array"))
                || ["properties", "allOf", "additionalProperties"].iter().any(|key| it.get(key).is_some())
        };
        says_so(schema) || self.behind(schema).is_some_and(|it| says_so(&it))
    }

    pub(super) fn answer(
        &mut self,
        origin: &Origin,
        schema: Placed,
        mut types: Vec<Placed>,
        examples: Option<Placed>,
    ) -> Placed {
        let schema = if schema.text_of("type") == Some("file") {
            self.types_of_file(&schema.origin, &mut types);
            bytes(&schema)
        } else {
            self.schema(schema)
        };
        let mut content = self.content(origin, Some(schema), types, "produces");
        for (media_type, example) in examples.map(Placed::into_members).into_iter().flatten() {
            let object = content.members_mut().and_then(|it| it.get_mut(&media_type)).and_then(Placed::members_mut);
            match object {
                Some(members) => {
                    members.insert("example".to_owned(), example);
                }
                None if media_type.starts_with("x-") => {}
                None => self.note(
                    &example.origin,
                    format!("an example of `{media_type}` has no effect: `produces` does not name it"),
                ),
            }
        }
        content
    }
}

/// Whether a media type is that of data which documents describe, and no file is.
fn is_data(media_type: &Placed) -> bool {
    let text = media_type.as_str().unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    ["/json", "+json", "/xml", "+xml"].iter().any(|it| essence.ends_with(it))
}

/// How a list is written in a form.
fn encoding((collection, place): &(Collection, Origin)) -> Placed {
    let explode = Placed::flag(place, *collection == Collection::Repeated);
    Placed::object(place, [("style", Placed::string(place, collection.style("form"))), ("explode", explode)])
}

/// Whether media types are the same ones, in whatever order.
fn is_same(some: Option<&[Placed]>, others: &[Placed]) -> bool {
    let has = |list: &[Placed], it: &Placed| list.iter().any(|other| other.as_str() == it.as_str());
    some.is_some_and(|some| some.len() == others.len() && some.iter().all(|it| has(others, it)))
}

/// The same schema for another media type.
fn once_more(schema: Placed) -> Placed {
    if schema.get("$ref").is_some() {
        return schema;
    }
    reference(&schema.origin, &schema.origin.pointer)
}

/// A reference to a place of the same file.
fn reference(origin: &Origin, place: &Pointer) -> Placed {
    let text = place.to_string().replace('%', "%25");
    Placed::object(origin, [("$ref", Placed::string(origin, text))])
}

/// Puts a reference to the schema of something shared in the place of that schema.
fn refer_to_schema(target: &mut Placed, reference: &Placed) {
    let Some(text) = reference.text_of("$ref") else { return };
    let text = if text.contains('#') { format!("{text}/schema") } else { format!("{text}#/schema") };
    if let Some(schema) = target.members_mut().and_then(|it| it.get_mut("schema")).filter(|it| it.get("$ref").is_none())
    {
        *schema = Placed::object(&reference.origin, [("$ref", Placed::string(&reference.origin, text))]);
    }
}
