//! Forms: the properties of an object as named texts.
//!
//! `{"name": "Jo", "tags": ["a", "b"]}` is `name=Jo&tags=a&tags=b` in `application/x-www-form-urlencoded`; in
//! `multipart/form-data` each of these texts is a part. How a property becomes text is what its Encoding Object says:
//! a style of parameters where it names one, else text for primitives, one text an item for arrays, JSON for objects.
//! What may be several of these is written as it is, and read as what its text can be: JSON where that is an object or
//! a list that the schema allows, else text. What would be read as something else is not sent.

use std::collections::BTreeMap;

use http::HeaderMap;
use serde_json::{Map, Value};

use super::written::Written;
use crate::support::params::{self, EncodeError, Location, Parameter, RawRequest, Shape, Siblings, Style};
use crate::support::{Violation, Violations};

/// A comma within an item, while a form is one text; those between items stand as they are.
const COMMA: &str = "%2C";

/// The fields of a form.
#[derive(Debug)]
pub struct Form {
    /// The properties that the schema names.
    pub fields: &'static [Field],
    /// The shape of all others; `None` where there are no others.
    pub further: Option<&'static Shape>,
}

/// A property as a field of a form.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, and how its text is made.
    parameter: Parameter,
    /// What its texts are.
    kind: FieldKind,
    /// The media types of its parts, separated by commas; empty where the document has none.
    media_types: &'static str,
}

/// What the texts of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FieldKind {
    /// What the style makes of the value.
    Styled,
    /// The value as JSON.
    Json,
    /// Each item as JSON; readers take the whole list in one text, too, which no item can be.
    JsonItems,
    /// Each item as JSON, where an item may be a list itself.
    JsonLists,
    /// Text where the value is a scalar, JSON where it is an object, a text an item where it is a list.
    Either,
    /// Bytes, which only a part can hold.
    File,
}

impl Field {
    /// A property whose value is text, or a list of such values.
    pub const fn text(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, FieldKind::Styled)
    }

    /// A property whose value is JSON.
    pub const fn json(name: &'static str) -> Self {
        Self::new(name, Shape::Any, FieldKind::Json)
    }

    /// A list whose items are JSON.
    pub const fn json_items(name: &'static str) -> Self {
        Self::new(name, Shape::Any, FieldKind::JsonItems)
    }

    /// A list whose items are JSON, and may be lists.
    pub const fn json_lists(name: &'static str) -> Self {
        Self::new(name, Shape::Any, FieldKind::JsonLists)
    }

    /// A property whose value is text or JSON, as what it is.
    pub const fn either(name: &'static str, shape: Shape) -> Self {
        Self::new(name, shape, FieldKind::Either)
    }

    /// A property whose value is a file, or a list of files.
    pub const fn file(name: &'static str) -> Self {
        Self::new(name, Shape::Any, FieldKind::File)
    }

    /// A property whose value is a file or a text in its place, which has no file name; or a list of them.
    pub const fn file_or_text(name: &'static str) -> Self {
        Self::new(name, Shape::String, FieldKind::File)
    }

    /// The same field in the style `deepObject`.
    #[must_use]
    pub const fn deep(self) -> Self {
        self.styled(Style::DeepObject, true)
    }

    /// The same property in a style.
    #[must_use]
    pub const fn styled(self, style: Style, explode: bool) -> Self {
        Self { parameter: Parameter { style, explode, ..self.parameter }, ..self }
    }

    /// The same property with reserved characters as they are.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { parameter: Parameter { allow_reserved: true, ..self.parameter }, ..self }
    }

    /// The same property in parts of some media types, separated by commas.
    #[must_use]
    pub const fn of(self, media_types: &'static str) -> Self {
        Self { media_types, ..self }
    }

    const fn new(name: &'static str, shape: Shape, kind: FieldKind) -> Self {
        Self { parameter: Parameter::query(name, "", shape), kind, media_types: "" }
    }

    /// The name on the wire.
    pub(crate) fn name(&self) -> &'static str {
        self.parameter.name
    }

    pub(crate) fn is_file(&self) -> bool {
        self.kind == FieldKind::File
    }

    /// Whether a text may stand in the place of a file.
    pub(crate) fn takes_text(&self) -> bool {
        self.is_file() && matches!(self.parameter.shape, Shape::String)
    }

    /// Whether one of its texts is JSON.
    pub(crate) fn is_json(&self, text: &str) -> bool {
        match self.kind {
            FieldKind::Json | FieldKind::JsonItems | FieldKind::JsonLists => true,
            FieldKind::Either => params::is_structure(&self.parameter.shape, text),
            FieldKind::Styled | FieldKind::File => false,
        }
    }

    /// Whether its text has commas between items.
    fn has_commas(&self) -> bool {
        let Parameter { style, explode, shape, .. } = &self.parameter;
        let is_list = matches!(shape, Shape::Array(_) | Shape::Object(..));
        self.kind == FieldKind::Styled && matches!(style, Style::Form | Style::Simple) && !explode && is_list
    }

    /// The pair of a text that stood by itself, where nothing escapes the commas between items.
    pub(crate) fn separated(&self, pair: String) -> String {
        if self.has_commas() { pair.replace(COMMA, ",") } else { pair }
    }

    pub(crate) fn media_types(&self) -> &'static str {
        self.media_types
    }

    /// Whether a text of this name belongs to the property.
    pub(crate) fn claims(&self, name: &str) -> bool {
        let Parameter { name: own, style, explode, shape, .. } = &self.parameter;
        let bracketed = || name.strip_prefix(own).is_some_and(|rest| rest.starts_with('['));
        match (self.kind, style, shape) {
            (FieldKind::Styled, Style::DeepObject, _) => bracketed(),
            (FieldKind::Styled, Style::Form, Shape::Object(members, _)) if *explode => {
                members.iter().any(|(it, _)| *it == name)
            }
            _ => *own == name,
        }
    }

    /// The value that a form has for the property.
    fn read(&self, request: &RawRequest<'_>, siblings: Siblings<'_>) -> Result<Option<Value>, Violation> {
        let json = Parameter { content: true, ..self.parameter };
        match self.kind {
            FieldKind::File => Ok(None),
            FieldKind::Styled => params::decode(&self.parameter, request, siblings),
            FieldKind::Json => params::decode(&json, request, siblings),
            FieldKind::Either => {
                let named = request.query_pairs().filter(|(name, _)| name == self.name());
                let texts: Vec<_> = named.map(|(_, text)| text).collect();
                let read = |texts: &Vec<_>| params::further(self.name(), &self.parameter.shape, texts);
                Some(texts).filter(|it| !it.is_empty()).as_ref().map(read).transpose()
            }
            FieldKind::JsonItems | FieldKind::JsonLists => {
                let texts = Parameter { shape: Shape::Array(&Shape::String), ..self.parameter };
                let Some(Value::Array(texts)) = params::decode(&texts, request, siblings)? else { return Ok(None) };
                let item = |text: Value| self.parameter.json(text.as_str().unwrap_or_default());
                let mut items = texts.into_iter().map(item).collect::<Result<Vec<Value>, _>>()?;
                let is_whole = self.kind == FieldKind::JsonItems && matches!(&*items, [Value::Array(_)]);
                Ok(if is_whole { items.pop() } else { Some(Value::Array(items)) })
            }
        }
    }

    /// The pairs of the property's value, such as `tags=a&tags=b`.
    fn write(&self, value: &Value) -> Result<Option<String>, EncodeError> {
        let as_json = Parameter { content: true, ..self.parameter };
        let text = match (self.kind, value) {
            (FieldKind::File, _) => Ok(None),
            (FieldKind::Either, _) => params::write_further(self.name(), &self.parameter.shape, value),
            // Leaving it out would say something else.
            (FieldKind::Styled, Value::Null) => {
                Err(EncodeError::new(&self.parameter, "is null, for which a form has no text"))
            }
            (FieldKind::Styled, _) => params::encode(&self.parameter, value),
            (FieldKind::JsonItems | FieldKind::JsonLists, Value::Array(items)) => {
                let items: Result<Vec<_>, _> = items.iter().map(|item| json_pair(&as_json, item)).collect();
                items.map(|items| (!items.is_empty()).then(|| items.join("&")))
            }
            (FieldKind::Json | FieldKind::JsonItems | FieldKind::JsonLists, _) => json_pair(&as_json, value).map(Some),
        };
        text.map_err(|error| error.in_form(self.parameter.name))
    }
}

fn json_pair(parameter: &Parameter, value: &Value) -> Result<String, EncodeError> {
    let required = Parameter { required: true, shape: Shape::Null, ..*parameter };
    params::encode(&required, value).map(Option::unwrap_or_default)
}

impl Form {
    /// The object that the text of a form stands for.
    ///
    /// # Errors
    /// Every field that is not in the form of its encoding, as `/name`.
    pub(crate) fn decode(&self, text: &str) -> Result<Map<String, Value>, Violations> {
        let headers = HeaderMap::new();
        let request = RawRequest { path: &[], query: text, headers: &headers };
        let parameters: Vec<_> = self.fields.iter().map(|it| &it.parameter).collect();
        let siblings = Siblings { parameters: &parameters, keys: &[] };
        let (mut object, mut violations) = (Map::new(), Violations::default());
        if !text.split(['&', '=']).all(params::is_utf8) {
            violations.push(Violation::new("", "form", "is not UTF-8"));
        }
        for field in self.fields {
            match field.read(&request, siblings) {
                Ok(Some(value)) => drop(object.insert(field.name().to_owned(), value)),
                Ok(None) => {}
                Err(violation) => violations.push(in_body(violation)),
            }
        }
        let mut others = BTreeMap::<_, Vec<_>>::new();
        for (name, text) in request.query_pairs() {
            if !object.contains_key(&*name) && !self.fields.iter().any(|it| it.claims(&name)) {
                others.entry(name).or_default().push(text);
            }
        }
        for (name, texts) in others {
            match params::further(&name, self.rest(), &texts) {
                Ok(value) => drop(object.insert(name.into_owned(), value)),
                Err(violation) => violations.push(in_body(violation)),
            }
        }
        if violations.is_empty() { Ok(object) } else { Err(violations) }
    }

    /// Why parts of the text of a form, each by itself and without escapes, would be read as something else.
    pub(crate) fn ambiguity(&self, text: &str) -> Option<EncodeError> {
        let ambiguous = |name: &String| self.fields.iter().any(|it| it.claims(name) && it.has_commas());
        let mut names =
            text.split('&').filter(|it| it.contains(COMMA)).flat_map(params::form_pairs).map(|(name, _)| name);
        let name = names.find(ambiguous)?;
        let reason = "has an item that holds a comma, which is what separates items";
        Some(EncodeError::about(format!("form field `{name}`"), reason))
    }

    /// The shape of what no field has.
    pub(crate) fn rest(&self) -> &'static Shape {
        self.further.unwrap_or(&Shape::Any)
    }

    /// The text of an object.
    ///
    /// # Errors
    /// Where a value has no form in its encoding, or one that would be read as another value.
    pub(crate) fn encode(&self, object: &Map<String, Value>) -> Result<Written, EncodeError> {
        let mut pairs = Vec::new();
        for field in self.fields {
            let value = object.get(field.name());
            pairs.extend(value.map(|value| field.write(value)).transpose()?.flatten());
        }
        let named = |name: &str| self.fields.iter().any(|it| it.name() == name);
        for (name, value) in object.iter().filter(|(name, _)| !named(name)) {
            pairs.extend(params::write_further(name, self.rest(), value)?);
        }
        Written::new(self, object, pairs.join("&"))
    }
}

/// Fields are read as parameters of a query, and reported as properties of the body.
fn in_body(mut violation: Violation) -> Violation {
    if let Some(pointer) = violation.pointer.strip_prefix(&format!("/{}", Location::Query.name())) {
        violation.pointer = pointer.to_owned();
    }
    violation
}

/// A body that is a form: one line for each field, with the shape of its text.
///
/// ```text
/// http::form! { form "/components/schemas/Login" {
///     "user": text(String),
///     "scopes": text([String]).deep(),
///     "meta": text({ "source": String, ..Any }).deep(),
///     "hint": either((String | { ..Any })),
///     "photo": file.of("image/png"),
///     ..Any
/// } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __form {
    (
        $kind:ident $schema:literal {
            $($name:literal: $field:ident $(($shape:tt))? $(.$method:ident($($argument:expr),*))*,)*
            $(..$further:tt)?
        }
    ) => {
        $crate::support::http::Content::$kind($schema, &$crate::support::http::Form {
            fields: &[$(
                $crate::support::http::Field::$field($name $(, $crate::support::http::form! { @shape $shape })?)
                    $(.$method($($argument),*))*,
            )*],
            further: $crate::support::http::form! { @further $($further)? },
        })
    };
    (@further) => { ::core::option::Option::None };
    (@further $shape:tt) => { ::core::option::Option::Some(&$crate::support::http::form! { @shape $shape }) };
    (@shape [$items:tt]) => { $crate::support::params::Shape::Array(&$crate::support::http::form! { @shape $items }) };
    (@shape ($($one:tt)|*)) => {
        $crate::support::params::Shape::OneOf(&[$($crate::support::http::form! { @shape $one }),*])
    };
    (@shape { $($name:literal: $member:tt,)* ..$further:tt }) => {
        $crate::support::params::Shape::Object(
            &[$(($name, $crate::support::http::form! { @shape $member })),*],
            ::core::option::Option::Some(&$crate::support::http::form! { @shape $further }),
        )
    };
    (@shape $shape:ident) => { $crate::support::params::Shape::$shape };
}

#[doc(hidden)]
pub use __form as form;
