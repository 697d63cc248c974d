//! URI templates (RFC 6570) and JSON Pointers (RFC 6901).

/// `/pets/{id}{?limit,tags*}`.
pub(super) fn is_template(text: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find(['{', '}']) {
        let (literal, expression) = rest.split_at(start);
        let Some((expression, after)) = expression.strip_prefix('{').and_then(|it| it.split_once('}')) else {
            return false;
        };
        if !is_literal(literal) || !is_expression(expression) {
            return false;
        }
        rest = after;
    }
    is_literal(rest)
}

fn is_literal(text: &str) -> bool {
    let is_allowed = |c: char| !c.is_control() && !" \"<>\\^`|".contains(c);
    text.chars().all(is_allowed) && is_percent_encoded(text)
}

/// Whether two hexadecimal digits follow each percent sign.
fn is_percent_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|it| it.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2)
}

fn is_expression(text: &str) -> bool {
    let variables = text.strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|']).unwrap_or(text);
    variables.split(',').all(|variable| {
        let name = variable.strip_suffix('*').unwrap_or(variable);
        match name.split_once(':') {
            Some((name, length)) => {
                name.len() + 1 + length.len() == variable.len() && is_name(name) && is_length(length)
            }
            None => is_name(name),
        }
    })
}

fn is_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'%')
            && is_percent_encoded(part)
    };
    name.split('.').all(is_part)
}

/// A number from 1 to 9999.
fn is_length(text: &str) -> bool {
    text.len() <= 4 && !text.starts_with('0') && !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// Empty, or tokens that each follow a slash.
pub(super) fn is_json_pointer(text: &str) -> bool {
    (text.is_empty() || text.starts_with('/')) && text.split('~').skip(1).all(|it| it.starts_with(['0', '1']))
}

/// `1/name`, `0#` or `2+1/name`.
pub(super) fn is_relative_json_pointer(text: &str) -> bool {
    let Some(rest) = strip_number(text) else { return false };
    let rest = match rest.strip_prefix(['+', '-']) {
        Some(index) if !index.starts_with('0') => strip_number(index),
        Some(_) => None,
        None => Some(rest),
    };
    rest.is_some_and(|it| it == "#" || is_json_pointer(it))
}

/// What follows an integer without leading zeros.
fn strip_number(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits == "0" || (!digits.is_empty() && !digits.starts_with('0'))).then_some(rest)
}
