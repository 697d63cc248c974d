//! From schemas as JSON to the arena.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

#[cfg(feature = "pattern")]
use super::super::pattern::Pattern;
use super::super::violation::unescape;
use super::schema::{
    Arena, Contains, Discriminator, Enumeration, Id, If, Items, Keyword, Openness, Properties, Required, Schema,
    TagKind, Types, Union,
};
use super::{equal, number};

/// Compiles an object from pointer to schema.
pub(super) fn compile(roots: &Map<String, Value>) -> Arena {
    let mut compiler = Compiler { arena: Arena::default(), names: roots.keys().map(|it| own_name(it)).collect() };
    for pointer in roots.keys() {
        let id = compiler.reserve();
        compiler.arena.roots.insert(pointer.clone(), id);
    }
    for (index, (pointer, schema)) in roots.iter().enumerate() {
        compiler.fill(Id(index), schema);
        let refusal = schema.get("x-refusal").map(|it| (pointer.clone(), it.clone()));
        compiler.arena.refusals.extend(refusal);
    }
    for (schema, name) in compiler.arena.schemas.iter_mut().zip(compiler.names) {
        schema.name = name.map(Into::into).or(schema.name.take());
    }
    super::direction::settle(&mut compiler.arena);
    compiler.arena
}

/// The name that the last token of a JSON Pointer stands for; the position in a list is none.
fn own_name(pointer: &str) -> Option<String> {
    let (above, last) = pointer.rsplit_once('/')?;
    let is_list = ["/oneOf", "/anyOf", "/allOf", "/prefixItems"].iter().any(|it| above.ends_with(it));
    (!is_list).then(|| unescape(last).into_owned())
}

struct Compiler {
    arena: Arena,
    /// The names of the schemas that have a pointer, where it ends in one: those with the first numbers.
    names: Vec<Option<String>>,
}

impl Compiler {
    fn reserve(&mut self) -> Id {
        self.arena.schemas.push(Schema::new());
        Id(self.arena.schemas.len() - 1)
    }

    fn fill(&mut self, id: Id, schema: &Value) {
        let schema = self.schema(schema);
        if let Some(place) = self.arena.schemas.get_mut(id.0) {
            *place = schema;
        }
    }

    fn add(&mut self, schema: &Value) -> Id {
        let id = self.reserve();
        self.fill(id, schema);
        id
    }

    fn schema(&mut self, schema: &Value) -> Schema {
        let mut compiled = Schema::new();
        match schema {
            Value::Bool(true) => {}
            Value::Bool(false) => compiled.keywords.push(Keyword::Never),
            Value::Object(fields) => self.keywords(Fields(fields), &mut compiled),
            _ => compiled.keywords.push(Keyword::Broken("a schema is neither an object nor a boolean".to_owned())),
        }
        compiled
    }

    fn keywords(&mut self, fields: Fields<'_>, compiled: &mut Schema) {
        let keywords = &mut compiled.keywords;
        keywords.extend(fields.string("$ref").map(|it| self.reference(it)));
        compile_values(fields, keywords);
        compile_numbers(fields, keywords);
        compile_strings(fields, keywords);
        self.arrays(fields, keywords);
        self.objects(fields, keywords);
        self.composition(fields, keywords);
        // These look at what all the others have evaluated.
        let before = keywords.len();
        keywords.extend(self.child(fields, "unevaluatedItems").map(Keyword::UnevaluatedItems));
        keywords.extend(self.child(fields, "unevaluatedProperties").map(Keyword::UnevaluatedProperties));
        compiled.collects = keywords.len() > before;
        compiled.name = fields.string("title").map(Into::into);
        compiled.read_only = fields.flag("readOnly");
        compiled.write_only = fields.flag("writeOnly");
    }

    fn reference(&self, reference: &str) -> Keyword {
        match self.target(reference) {
            Some(id) => Keyword::Ref(id),
            None => Keyword::Broken(format!("`{reference}` is not defined")),
        }
    }

    fn target(&self, reference: &str) -> Option<Id> {
        self.arena.root(reference.strip_prefix('#')?)
    }

    fn child(&mut self, fields: Fields<'_>, keyword: &str) -> Option<Id> {
        fields.0.get(keyword).map(|it| self.add(it))
    }

    fn children(&mut self, fields: Fields<'_>, keyword: &str) -> Option<Vec<Id>> {
        let Value::Array(schemas) = fields.0.get(keyword)? else { return None };
        Some(schemas.iter().map(|it| self.add(it)).collect())
    }

    fn named_children(&mut self, fields: Fields<'_>, keyword: &str) -> Option<BTreeMap<String, Id>> {
        let Value::Object(schemas) = fields.0.get(keyword)? else { return None };
        Some(schemas.iter().map(|(name, schema)| (name.clone(), self.add(schema))).collect())
    }

    fn arrays(&mut self, fields: Fields<'_>, keywords: &mut Vec<Keyword>) {
        keywords.extend(fields.count("minItems").map(Keyword::MinItems));
        keywords.extend(fields.count("maxItems").map(Keyword::MaxItems));
        keywords.extend(fields.flag("uniqueItems").then_some(Keyword::UniqueItems));
        let prefix = self.children(fields, "prefixItems");
        let skip = prefix.as_ref().map_or(0, Vec::len);
        keywords.extend(prefix.map(Keyword::PrefixItems));
        keywords.extend(self.child(fields, "items").map(|schema| Keyword::Items(Items { skip, schema })));
        let (min, max) = (fields.count("minContains"), fields.count("maxContains"));
        keywords.extend(self.child(fields, "contains").map(|schema| Keyword::Contains(Contains { schema, min, max })));
    }

    fn objects(&mut self, fields: Fields<'_>, keywords: &mut Vec<Keyword>) {
        keywords.extend(fields.count("minProperties").map(Keyword::MinProperties));
        keywords.extend(fields.count("maxProperties").map(Keyword::MaxProperties));
        let required: Vec<_> = fields.texts("required").map(|it| Required { name: it.into(), except: None }).collect();
        keywords.extend((!required.is_empty()).then_some(Keyword::Required(required)));
        let properties = Properties {
            named: self.named_children(fields, "properties").unwrap_or_default(),
            #[cfg(feature = "pattern")]
            patterns: self.patterns(fields),
            additional: self.child(fields, "additionalProperties"),
        };
        let any =
            ["properties", "patternProperties", "additionalProperties"].iter().any(|it| fields.0.contains_key(*it));
        keywords.extend(any.then_some(Keyword::Properties(properties)));
        keywords.extend(self.child(fields, "propertyNames").map(Keyword::PropertyNames));
        if let Some(Value::Object(dependent)) = fields.0.get("dependentRequired") {
            let names =
                |it: &Value| it.as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect();
            let dependent = dependent.iter().map(|(name, needed)| (name.clone(), names(needed))).collect();
            keywords.push(Keyword::DependentRequired(dependent));
        }
        keywords.extend(self.named_children(fields, "dependentSchemas").map(Keyword::DependentSchemas));
    }

    #[cfg(feature = "pattern")]
    fn patterns(&mut self, fields: Fields<'_>) -> Vec<(Pattern, Id)> {
        let schemas = self.named_children(fields, "patternProperties").unwrap_or_default();
        schemas.into_iter().map(|(pattern, id)| (Pattern::owned(pattern), id)).collect()
    }

    fn composition(&mut self, fields: Fields<'_>, keywords: &mut Vec<Keyword>) {
        keywords.extend(self.children(fields, "allOf").map(Keyword::AllOf));
        for (keyword, make) in [("anyOf", Keyword::AnyOf as fn(Union) -> Keyword), ("oneOf", Keyword::OneOf)] {
            if let Some(branches) = self.children(fields, keyword) {
                let discriminator = self.discriminator(fields, &branches);
                keywords.push(make(Union { branches, discriminator }));
            }
        }
        keywords.extend(self.child(fields, "not").map(Keyword::Not));
        if let Some(condition) = self.child(fields, "if") {
            let (then, otherwise) = (self.child(fields, "then"), self.child(fields, "else"));
            keywords.push(Keyword::If(If { condition, then, otherwise }));
        }
    }

    fn discriminator(&self, fields: Fields<'_>, branches: &[Id]) -> Option<Discriminator> {
        let Value::Object(object) = fields.0.get("discriminator")? else { return None };
        let object = Fields(object);
        let mut mapping = BTreeMap::new();
        if let Some(Value::Object(entries)) = object.0.get("mapping") {
            let entries =
                entries.iter().filter_map(|(value, target)| Some((value.clone(), self.target(target.as_str()?)?)));
            mapping.extend(entries);
        }
        for target in branches.iter().filter_map(|it| self.arena.get(*it).reference()) {
            // A branch that the mapping does not name goes by the name of its schema.
            let is_mapped = mapping.values().any(|it| *it == target);
            if let Some(Some(name)) = self.names.get(target.0).filter(|_| !is_mapped) {
                mapping.entry(name.clone()).or_insert(target);
            }
        }
        let property = object.string("propertyName")?.to_owned();
        let kind = match object.string("x-type") {
            Some("integer") => TagKind::Integer,
            Some("boolean") => TagKind::Boolean,
            _ => TagKind::String,
        };
        let default = object.string("defaultMapping").and_then(|it| self.target(it));
        Some(Discriminator { property, kind, mapping, default, open: fields.flag("x-open") })
    }
}

impl Schema {
    /// The target, if the schema is nothing but a reference.
    fn reference(&self) -> Option<Id> {
        match self.keywords.as_slice() {
            [Keyword::Ref(id)] => Some(*id),
            _ => None,
        }
    }
}

/// Typed access to the keywords of a schema object.
#[derive(Clone, Copy)]
struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    fn string(self, keyword: &str) -> Option<&'a str> {
        self.0.get(keyword)?.as_str()
    }

    fn texts(self, keyword: &str) -> impl Iterator<Item = &'a str> {
        self.0.get(keyword).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    fn flag(self, keyword: &str) -> bool {
        self.0.get(keyword) == Some(&Value::Bool(true))
    }

    fn number(self, keyword: &str) -> Option<Number> {
        match self.0.get(keyword)? {
            Value::Number(number) => Some(number.clone()),
            _ => None,
        }
    }

    fn count(self, keyword: &str) -> Option<u64> {
        number::count(&self.number(keyword)?)
    }
}

fn compile_values(fields: Fields<'_>, keywords: &mut Vec<Keyword>) {
    let types = match fields.0.get("type") {
        Some(Value::String(name)) => Some(Types::new([name.as_str()])),
        Some(Value::Array(_)) => Some(Types::new(fields.texts("type"))),
        _ => None,
    };
    let unknown = || Keyword::Broken("`type` is unknown".to_owned());
    keywords.extend(types.map(|it| it.map_or_else(unknown, Keyword::Type)));
    if let Some(Value::Array(values)) = fields.0.get("enum") {
        let mut sorted = values.clone();
        sorted.sort_by(equal::order);
        let limit = Value::Array(values.clone());
        // Where `type` has no room for values of other kinds, it is what speaks about them.
        let is_typed = matches!(fields.string("type"), Some("string" | "integer"));
        let openness = match (fields.flag("x-open"), is_typed) {
            (false, _) => Openness::Closed,
            (true, false) => Openness::Alike,
            (true, true) => Openness::Open,
        };
        keywords.push(Keyword::Enum(Enumeration { sorted, limit, openness }));
    }
    keywords.extend(fields.0.get("const").cloned().map(Keyword::Const));
}

fn compile_numbers(fields: Fields<'_>, keywords: &mut Vec<Keyword>) {
    keywords.extend(fields.number("multipleOf").map(Keyword::MultipleOf));
    keywords.extend(fields.number("minimum").map(Keyword::Minimum));
    keywords.extend(fields.number("maximum").map(Keyword::Maximum));
    keywords.extend(fields.number("exclusiveMinimum").map(Keyword::ExclusiveMinimum));
    keywords.extend(fields.number("exclusiveMaximum").map(Keyword::ExclusiveMaximum));
}

fn compile_strings(fields: Fields<'_>, keywords: &mut Vec<Keyword>) {
    keywords.extend(fields.count("minLength").map(Keyword::MinLength));
    keywords.extend(fields.count("maxLength").map(Keyword::MaxLength));
    #[cfg(feature = "pattern")]
    keywords.extend(fields.string("pattern").map(|it| Keyword::Pattern(Pattern::owned(it.to_owned()))));
    keywords.extend(fields.string("format").map(|it| Keyword::Format(it.into())));
}
