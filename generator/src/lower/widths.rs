//! Integers whose bounds are beyond their format.
//!
//! `format: int32` with `maximum: 4294967295` is a number without a sign to whoever wrote it, and by the letter half of its
//! values are refused.

use crate::diagnostics::{Code, Diagnostics};
use crate::ir::{Schema, Schemas};
use crate::source::Number;

/// The formats that hold fewer numbers than `int64`, with the least and the greatest of each.
const NARROW: [(&str, i128, i128); 6] = [
    ("int8", -0x80, 0x7f),
    ("int16", -0x8000, 0x7fff),
    ("int32", -0x8000_0000, 0x7fff_ffff),
    ("uint8", 0, 0xff),
    ("uint16", 0, 0xffff),
    ("uint32", 0, 0xffff_ffff),
];

/// Gives them the format that has room.
pub(super) fn settle(schemas: &mut Schemas, diagnostics: &mut Diagnostics) {
    let wider: Vec<_> = schemas.iter().filter_map(|(id, schema)| Some((id, beyond(schema)?))).collect();
    for (id, Beyond { keyword, bound, format }) in wider {
        let schema = &mut schemas[id];
        let message = format!("`{keyword}` is {bound}, which `{format}` does not hold");
        diagnostics
            .report(Code::ContradictorySchema, &schema.origin.key(keyword), message)
            .taken_as("`format: int64`")
            .help("name the format that has room for both bounds");
        schema.assertions.format = Some("int64".to_owned());
    }
}

struct Beyond {
    keyword: &'static str,
    bound: String,
    format: &'static str,
}

fn beyond(schema: &Schema) -> Option<Beyond> {
    let said = schema.format.as_deref()?;
    let (format, least, greatest) = NARROW.into_iter().find(|(format, ..)| *format == said)?;
    let numbers = &schema.numbers;
    let is_outside = |it: &Number| it.as_i128().is_some_and(|it| it < least || it > greatest);
    let bounds = [("minimum", &numbers.minimum), ("maximum", &numbers.maximum)];
    let found = bounds.into_iter().find_map(|(keyword, it)| Some((keyword, it.as_ref().filter(|it| is_outside(it))?)));
    found.map(|(keyword, bound)| Beyond { keyword, bound: bound.as_str().to_owned(), format })
}
