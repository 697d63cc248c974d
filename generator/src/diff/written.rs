//! How values are written: what changes nothing of a text is no change of its form.
//!
//! ```text
//! explode: true  ->  explode: false             of a text: the same
//! encoding: { name: { contentType: text/plain } }    of a text, in a form of parts: what it is anyway
//! ```

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::shape::{Merged, Shapes};
use crate::ir::{Content, Encoding, ParameterForm, SchemaId, Style, Type};

/// Types whose values are one text.
const SCALARS: [Type; 4] = [Type::Boolean, Type::Integer, Type::Number, Type::String];

/// Characters that `allowReserved` leaves as they are, with that of what is escaped already.
const RESERVED: &str = ":/?#[]@!$&'()*+,;=%";

/// Whether values of either schema, each in its document, are written the same way in both forms.
pub(super) fn is_same_form(
    (old, new): (&ParameterForm, &ParameterForm),
    (before, after): ((&Shapes<'_>, SchemaId), (&Shapes<'_>, SchemaId)),
) -> bool {
    let (
        ParameterForm::Style { style, explode, allow_reserved },
        ParameterForm::Style { style: other, explode: explodes, allow_reserved: allows },
    ) = (old, new)
    else {
        return old == new;
    };
    let both = [before, after].map(|(shapes, schema)| (shapes, shapes.shape(&[schema])));
    let any = |wanted: Type| both.iter().any(|(_, it)| it.types.contains(&wanted));
    // `simple` has a comma between items, whether they are exploded or not.
    let depends = any(Type::Object) || any(Type::Array) && *style != Style::Simple;
    let is_reserved_alike =
        || allow_reserved == allows || both.iter().all(|(shapes, it)| is_without_reserved(shapes, it));
    style == other && (explode == explodes || !depends) && is_reserved_alike()
}

/// Types whose values have none of them: a number may have the plus of an exponent.
const PLAIN: [Type; 2] = [Type::Boolean, Type::Integer];

/// Whether no value of a shape, or of its items, has a reserved character.
fn is_without_reserved(shapes: &Shapes<'_>, shape: &Merged) -> bool {
    let is_plain = |shape: &Merged, types: &[Type]| {
        let is_free = |it: &Json| it.as_str().is_none_or(|it| !it.contains(|it| RESERVED.contains(it)));
        match &shape.values {
            Some(values) => values.iter().all(|it| !it.is_array() && !it.is_object() && is_free(it)),
            None => !shape.types.is_empty() && shape.types.iter().all(|it| types.contains(it)),
        }
    };
    is_plain(shape, &PLAIN)
        || is_plain(shape, &[Type::Boolean, Type::Integer, Type::Array])
            && shape.prefix == 0
            && is_plain(&shapes.shape(&shapes.item(shape, 0)), &PLAIN)
}

/// How the properties of a form are written, by name, where that is another way than the usual one.
pub(super) fn encodings(shapes: &Shapes<'_>, content: &Content) -> BTreeMap<String, String> {
    let facts = content.encoding.iter().filter_map(|it| Some((it.property.clone(), encoding(shapes, content, it)?)));
    facts.collect()
}

fn encoding(shapes: &Shapes<'_>, content: &Content, encoding: &Encoding) -> Option<String> {
    let Encoding { property, content_type, style, explode, allow_reserved, .. } = encoding;
    let (style, explode, reserved) = (*style, *explode, allow_reserved.unwrap_or_default());
    let usual = content.schema.and_then(|id| usual(shapes, id, property));
    let is_form = content.media_type.is_form();
    let is_usual = |it: &&String| {
        usual.as_ref().is_some_and(|usual| is_same(it, usual.media_type) && (usual.is_scalar || !is_form))
    };
    let content_type = content_type.as_ref().filter(|it| !is_usual(it));
    let reserved = reserved && !(is_form && is_free_of_reserved(shapes, content, property));
    // A text is written the same, whatever is said about lists, and each text of a list is a pair unless told otherwise.
    let is_pairs = |it: &Usual| it.is_scalar || it.is_list && explode != Some(false);
    let is_said = is_form && style.is_none_or(|it| it == Style::Form) && usual.as_ref().is_some_and(is_pairs);
    let (style, explode) = if is_said { (None, None) } else { (style, explode) };
    let is_usual = content_type.is_none() && style.is_none() && explode.is_none() && !reserved;
    (!is_usual).then(|| format!("{content_type:?} {style:?} {explode:?} {reserved}"))
}

/// Whether no value of a property has a reserved character.
fn is_free_of_reserved(shapes: &Shapes<'_>, content: &Content, property: &str) -> bool {
    content.schema.is_some_and(|id| {
        let shape = shapes.shape(&shapes.property(&shapes.shape(&[id]), property));
        is_without_reserved(shapes, &shape)
    })
}

/// What a property is written as where nothing is said about it.
struct Usual {
    media_type: &'static str,
    is_scalar: bool,
    /// Whether it is a list of texts, of which each is a part or a pair.
    is_list: bool,
}

/// What a property is written as where nothing is said about it; nothing where that takes more than its type.
fn usual(shapes: &Shapes<'_>, schema: SchemaId, property: &str) -> Option<Usual> {
    let shape = shapes.shape(&shapes.property(&shapes.shape(&[schema]), property));
    if !is_text(&shape) {
        return None;
    }
    let only = |all: &[Type]| !shape.types.is_empty() && shape.types.iter().all(|it| all.contains(it));
    if only(&SCALARS) {
        Some(Usual { media_type: "text/plain", is_scalar: true, is_list: false })
    } else if only(&[Type::Object]) {
        Some(Usual { media_type: "application/json", is_scalar: false, is_list: false })
    } else if only(&[Type::Array]) && shape.prefix == 0 {
        let items = shapes.shape(&shapes.item(&shape, 0));
        let is_list = !items.types.is_empty() && items.types.iter().all(|it| SCALARS.contains(it));
        (is_list && is_text(&items)).then_some(Usual { media_type: "text/plain", is_scalar: false, is_list })
    } else {
        None
    }
}

/// Whether texts of a shape are no bytes, encoded or not.
fn is_text(shape: &Merged) -> bool {
    let is_bytes = |it: &String| matches!(it.as_str(), "binary" | "byte" | "base64" | "base64url");
    shape.content.is_empty() && !shape.formats.iter().any(is_bytes)
}

/// Whether a text names this media type and no other, with nothing but the usual charset.
fn is_same(text: &str, media_type: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let rest = text.strip_prefix(media_type).map(|it| it.replace([' ', '"'], ""));
    rest.is_some_and(|it| it.is_empty() || it == ";charset=utf-8")
}
