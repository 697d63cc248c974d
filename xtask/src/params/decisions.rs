//! The cases that the specification does not settle by itself: what is decided about them, and why.

/// Cases of RFC 6570 that HTTP overrules: RFC 6570 expands URIs and knows no headers.
pub(super) const OVERRULED: &[&str] =
    &["header/simple/noexplode/array-with-empty", "header/simple/explode/array-with-empty"];

/// Decisions by the beginning of a case's id; the longest beginning counts.
const DECISIONS: &[(&str, &str)] = &[
    ("query/spaceDelimited", "items are joined by `%20`; a server also splits at `+`"),
    ("query/spaceDelimited/noexplode/array-empty", "an empty list has no characters, so nothing is sent"),
    ("query/spaceDelimited/noexplode/object-empty", "an empty object has no characters, so nothing is sent"),
    ("query/spaceDelimited/noexplode/object-empty-value", "as for lists: names and values in turn, joined by `%20`"),
    (
        "query/spaceDelimited/noexplode/object-reserved",
        "refused by the client: an item holds what separates items, for which the style has no escape",
    ),
    (
        "query/spaceDelimited/noexplode/array-with-delims",
        "refused by the client: an item holds what separates items, for which the style has no escape",
    ),
    ("query/pipeDelimited", "items are joined by `%7C`, as since 3.0.4; a server also splits at a raw `|`"),
    (
        "query/pipeDelimited/noexplode/array-with-delims",
        "refused by the client: an item holds what separates items, for which the style has no escape",
    ),
    ("query/deepObject", "brackets are sent escaped, as since 3.0.4; a server takes them raw, too"),
    ("header/simple", "a header is sent and read as it is: nothing on its way decodes percent-encoding"),
    (
        "header/simple/noexplode/array-with-empty",
        "refused by the client: recipients of a header ignore empty items (RFC 9110, 5.6.1)",
    ),
    (
        "header/simple/explode/array-with-empty",
        "refused by the client: recipients of a header ignore empty items (RFC 9110, 5.6.1)",
    ),
    ("header/simple/noexplode/string-unicode", "refused by the client: no header carries it as it is"),
    ("header/simple/explode/string-unicode", "refused by the client: no header carries it as it is"),
    (
        "header/simple/noexplode/array-with-delims",
        "refused by the client: an item holds what separates items, for which a header has no escape",
    ),
    (
        "header/simple/noexplode/object-reserved",
        "refused by the client: an item holds what separates items, for which a header has no escape",
    ),
    (
        "header/simple/explode/object-reserved",
        "refused by the client: an item holds what separates items, for which a header has no escape",
    ),
    ("header/simple/noexplode/object-empty", "an empty object has no characters, so there is no header"),
    ("header/simple/explode/array-empty", "an empty list has no characters, so there is no header"),
    ("cookie/form", "a cookie without a value is left out"),
    ("names/", "the name is percent-encoded on the wire, and has a Rust identifier of its own"),
    ("decode/", "the value is split at the delimiters of its style, then decoded"),
    ("decode/03", "an empty value is a value, and no absence"),
    ("decode/15", "a path is split at its slashes before it is decoded"),
    ("decode/18", "`;color` is the empty text, as RFC 6570 writes it"),
    ("decode/19", "white space around the items of a header's list is no part of them (RFC 9110, 5.6.1)"),
    ("decode/21", "cookies are told apart by name; the others are none of the operation's business"),
    ("reject/", "text that is not what the schema wants is a violation, and 400"),
    ("reject/02", "a parameter that is no list is given once; whoever takes one of two guesses"),
    ("reject/03", "an integer beyond 64 bits is refused, not rounded"),
    ("reject/04", "the text of an integer has no fraction: one value, one text"),
    ("reject/06", "`true` and `false` are spelled as JSON spells them"),
    ("reject/09", "a required parameter is there"),
    ("security/00", "refused by the client: URL libraries remove dot segments, even escaped ones"),
    ("security/04", "refused by the client: an empty segment is another path"),
    ("security/05", "refused by the client: no value ends a header's line"),
    ("security/06", "escaped, so it stays one cookie"),
    ("security/07", "escaped, so it stays one parameter"),
    ("security/08", "escaped, so it stays one segment"),
];

/// What is decided about a case, if anything is.
pub(super) fn decision(id: &str) -> Option<&'static str> {
    let fitting = DECISIONS.iter().filter(|(begin, _)| id.starts_with(begin));
    fitting.max_by_key(|(begin, _)| begin.len()).map(|(_, decision)| *decision)
}
