//! Parameters between JSON values and the text of a request: every `in`, `style` and `explode` of the specification.
//!
//! The array `["blue", "black"]` of the query parameter `color` is `color=blue&color=black` as `form` with `explode`,
//! `color=blue,black` without it, and `color=blue%7Cblack` as `pipeDelimited`.
//!
//! - What [`encode`] writes, [`decode`] reads back, except where the style itself is ambiguous.
//! - Text is split at the delimiters of its style before it is percent-decoded, so `%2C` is part of an item.
//! - Text that is not what its [`Shape`] wants stays a JSON string: the schema then reports the wrong type.
//! - Cookies are written as their style says, `cookie` as they are, `form` with the percent-encoding of RFC 6570, and read with whatever RFC
//!   6265 lets a cookie carry. API keys in cookies are no parameters: their text is whatever was issued, which nobody
//!   escapes or decodes.
//! - No value can end a header line, leave its path segment, or start another parameter.

mod decode;
mod encode;
mod expand;
mod further;
mod raw;
mod read;
mod segment;
mod siblings;
mod text;

use std::fmt;

use super::reading::Reading;
use super::violation::pointer_token;
use super::{Direction, Json, Schemas, Violation, Violations, decode_value, json_text};

pub use decode::decode;
pub use encode::encode;
pub use expand::expand;
#[cfg(feature = "server")]
pub(crate) use expand::literal_text;
pub(crate) use further::{form_pair, form_pairs, further, is_structure, is_utf8, write_further};
pub use raw::{Captures, RawRequest};
pub(crate) use read::value_of;
#[cfg(feature = "server")]
pub(crate) use segment::{Pattern, capture, parse};
pub use siblings::Siblings;
#[cfg(feature = "client")]
pub(crate) use text::{header_fault, is_cookie};
pub(crate) use text::{header_text, spelled};

/// Where a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In a segment of the path.
    Path,
    /// After the `?` of the URL.
    Query,
    /// A header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

impl Location {
    /// The value of `in`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a value becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `blue,black` in a path or a header.
    Simple,
    /// `.blue.black` in a path.
    Label,
    /// `;color=blue;color=black` in a path.
    Matrix,
    /// `color=blue&color=black` in a query or a cookie.
    Form,
    /// `color=blue%20black` in a query.
    SpaceDelimited,
    /// `color=blue%7Cblack` in a query.
    PipeDelimited,
    /// `color=blue%09black` in a query: a habit of Swagger 2.0.
    TabDelimited,
    /// `color%5BR%5D=100` in a query.
    DeepObject,
    /// `color=blue; color=black` in a cookie, without any escapes: a style of OpenAPI 3.2.
    Cookie,
}

/// Which JSON a text stands for, as far as the text itself cannot tell.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Whatever it is, it stays a string.
    Any,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without fraction or exponent.
    Integer,
    /// A JSON number.
    Number,
    /// Any text.
    String,
    /// A list of items of one shape.
    Array(&'static Shape),
    /// The named properties, and the shape of all others; `None` where there are no others.
    Object(&'static [(&'static str, Shape)], Option<&'static Shape>),
    /// The first of these that the text fits.
    OneOf(&'static [Shape]),
}

impl Shape {
    /// The properties that it names, where it may be an object.
    fn properties(&self) -> Option<&'static [(&'static str, Self)]> {
        match self {
            Self::Object(properties, _) => Some(properties),
            Self::OneOf(shapes) => shapes.iter().find_map(Self::properties),
            _ => None,
        }
    }

    /// The shape of items, where it may be a list.
    fn items(&self) -> Option<&Self> {
        match self {
            Self::Any => Some(self),
            Self::Array(item) => Some(item),
            Self::OneOf(shapes) => shapes.iter().find_map(Self::items),
            _ => None,
        }
    }

    /// Whether it may be an object with properties that it does not name; one of none is no shape.
    fn is_open(&self) -> bool {
        match self {
            Self::Object(_, further) => further.is_some_and(|it| !matches!(it, Self::OneOf([]))),
            Self::OneOf(shapes) => shapes.iter().any(Self::is_open),
            _ => false,
        }
    }
}

/// One parameter of an operation, or one header of a response.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the Parameter Object")]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it is.
    pub location: Location,
    /// How its value is written.
    pub style: Style,
    /// Whether items and properties are parameters of their own.
    pub explode: bool,
    /// Whether a query value may hold reserved characters as they are.
    pub allow_reserved: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Whether an empty text that is no value of it stands for none (`allowEmptyValue`), where it need not be there.
    pub allow_empty: bool,
    /// Whether the value is JSON text (`content: application/json`), to which no style applies.
    pub content: bool,
    /// Whether it is the whole query (`in: querystring`), so that its name is not on the wire.
    pub whole: bool,
    /// The JSON Pointer of its schema.
    pub schema: &'static str,
    /// Which JSON its text stands for.
    pub shape: Shape,
    /// Whether its Rust type says all that the schema does, so that the schema is asked only for what is wrong.
    pub typed: bool,
}

/// Descriptions of parameters whose Rust type says all that the schema does.
macro_rules! typed {
    ($($typed:ident = $kind:ident: $what:literal)*) => {
        impl Parameter {$(
            #[doc = concat!($what, " in its default style, whose Rust type says all that its schema does.")]
            pub const fn $typed(name: &'static str, schema: &'static str, shape: Shape) -> Self {
                Self { typed: true, ..Self::$kind(name, schema, shape) }
            }
        )*}
    };
}

typed! {
    typed_path = path: "A path parameter"
    typed_query = query: "A query parameter"
    typed_header = header: "A header"
    typed_cookie = cookie: "A cookie"
}

impl Parameter {
    /// A path parameter in its default style.
    pub const fn path(name: &'static str, schema: &'static str, shape: Shape) -> Self {
        Self { required: true, ..Self::new(name, Location::Path, Style::Simple, schema, shape) }
    }

    /// A query parameter in its default style.
    pub const fn query(name: &'static str, schema: &'static str, shape: Shape) -> Self {
        Self { explode: true, ..Self::new(name, Location::Query, Style::Form, schema, shape) }
    }

    /// A header in its only style.
    pub const fn header(name: &'static str, schema: &'static str, shape: Shape) -> Self {
        Self::new(name, Location::Header, Style::Simple, schema, shape)
    }

    /// A cookie in its default style.
    pub const fn cookie(name: &'static str, schema: &'static str, shape: Shape) -> Self {
        Self { explode: true, ..Self::new(name, Location::Cookie, Style::Form, schema, shape) }
    }

    const fn new(name: &'static str, location: Location, style: Style, schema: &'static str, shape: Shape) -> Self {
        Self {
            name,
            location,
            style,
            explode: false,
            allow_reserved: false,
            required: false,
            allow_empty: false,
            content: false,
            whole: false,
            schema,
            shape,
            typed: false,
        }
    }

    /// Reads its value, which must satisfy its schema.
    ///
    /// # Errors
    /// Every violation, each with its place in the value.
    pub(crate) fn read<T: Json>(
        &self,
        schemas: &Schemas,
        value: serde_json::Value,
        direction: Direction,
    ) -> Result<T, Violations> {
        let typed = || Reading::Exact(direction).within(|| T::read(&value)).ok();
        match self.typed.then(typed).flatten() {
            Some(value) => Ok(value),
            None => decode_value(schemas, self.schema, value, direction),
        }
    }

    /// Whether a value that is not valid stands for none.
    #[cfg(feature = "server")]
    pub(crate) fn is_nothing(&self, value: &serde_json::Value) -> bool {
        let is_empty = |it: &serde_json::Value| it.as_str() == Some("");
        self.allow_empty
            && !self.required
            && match value {
                serde_json::Value::Array(items) => items.iter().all(is_empty),
                value => is_empty(value),
            }
    }

    /// Whether lists within its value repeat the name of their property: no other style has a form for them.
    pub(crate) fn repeats_names(&self) -> bool {
        self.location == Location::Query && self.style == Style::Form && self.explode
    }

    /// Whether the properties of an object stand side by side with other parameters, each under its own name.
    fn lays_out_names(&self) -> bool {
        let in_pairs = matches!(self.location, Location::Query | Location::Cookie);
        in_pairs && self.explode && !self.content && self.style != Style::DeepObject
    }

    /// Whether nothing at all is the text of an object without properties, whose name stands nowhere.
    pub(crate) fn may_be_unsaid(&self) -> bool {
        self.lays_out_names() && matches!(self.shape, Shape::Object(..))
    }

    /// Whether properties that the schema of an object does not name stand there, too.
    fn takes_any_name(&self) -> bool {
        self.lays_out_names() && self.shape.is_open()
    }

    /// Whether the schema of an object names a property.
    fn names_property(&self, name: &str) -> bool {
        self.shape.properties().is_some_and(|it| it.iter().any(|(it, _)| *it == name))
    }

    /// Where violations of the value are reported: `/query/page`.
    pub fn pointer(&self) -> String {
        format!("/{}/{}", self.location.name(), pointer_token(self.name))
    }

    /// Reads JSON that stands in its text.
    ///
    /// # Errors
    /// Where that is none, or a name stands twice in it.
    pub(crate) fn json(&self, text: &str) -> Result<serde_json::Value, Violation> {
        let malformed = |_| self.violation("json", "is not well-formed JSON");
        let (value, twice) = json_text::tree_and_duplicates(text.as_bytes()).map_err(malformed)?;
        match twice.iter().next() {
            Some(first) => Err(Violation { pointer: self.pointer() + &first.pointer, ..first.clone() }),
            None => Ok(value),
        }
    }

    /// A violation of the parameter as a whole.
    pub(crate) fn violation(&self, keyword: &'static str, message: &'static str) -> Violation {
        Violation::new(self.pointer(), keyword, message)
    }
}

/// Why a value cannot be sent as a parameter; it never shows the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    /// The parameter, such as query parameter `page`.
    subject: String,
    reason: &'static str,
}

impl EncodeError {
    /// An error about a parameter or a header.
    pub(crate) fn new(parameter: &Parameter, reason: &'static str) -> Self {
        Self { subject: format!("{} parameter `{}`", parameter.location.name(), parameter.name), reason }
    }

    /// The same error about a field of a form.
    pub(crate) fn in_form(self, name: &str) -> Self {
        Self { subject: format!("form field `{name}`"), ..self }
    }

    /// An error about another part of a message.
    pub(crate) fn about(subject: impl Into<String>, reason: &'static str) -> Self {
        Self { subject: subject.into(), reason }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.subject, self.reason)
    }
}

impl std::error::Error for EncodeError {}
