//! Reading what a server sent although it is not as the document says, as far as the types can hold it.
//!
//! A value that its type can hold is taken as it is. For every other one the schemas say what does not fit, and what has
//! one meaning only is read by that: `null` for a property that may be absent, a number as text, a time without its
//! offset. Nothing is made up: where a required value is missing, or has no such meaning, the answer is the report.

use serde_json::Value;

use super::check::duplicates;
use super::json_text;
use super::reading::Reading;
use super::validate::{or_disagreement, valid};
use super::{Direction, Json, Model, Schemas, Violations, json};

pub(crate) mod mend;
mod spelling;

/// How many violations are looked at at once.
const MOST: usize = 10_000;
/// How often a value is looked at again after it was mended: what is mended can show what is wrong below it.
const ROUNDS: usize = 8;

/// Reads what a server sent: as `decode_response`, but with what was tolerated instead of an error.
///
/// # Errors
/// Every violation, where the type cannot hold the value.
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::tolerate_value;")]
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::Schemas;")]
/// let schemas = Schemas::new(r#"{ "/n": { "type": "integer", "maximum": 5 } }"#);
/// let (number, deviations) = tolerate_value::<i64>(&schemas, "/n", "7".into()).unwrap();
/// assert_eq!((number, deviations.len()), (7, 2));
/// assert!(tolerate_value::<i64>(&schemas, "/n", "seven".into()).is_err());
/// ```
pub fn tolerate<T: Model>(text: &[u8]) -> Result<(T, Violations), Violations> {
    if let Ok(value) = valid(text, Direction::Response) {
        return Ok((value, Violations::default()));
    }
    let value = json_text::tree(text)?;
    tolerated(T::SCHEMAS, T::POINTER, value, duplicates(text))
}

/// The same for a JSON tree, such as the value of a header.
///
/// # Errors
/// Every violation, where the type cannot hold the value.
pub fn tolerate_value<T: Json>(schemas: &Schemas, pointer: &str, value: Value) -> Result<(T, Violations), Violations> {
    if schemas.is_valid(pointer, &value, Direction::Response)
        && let Ok(value) = Reading::Exact(Direction::Response).within(|| json::from_value(value.clone()))
    {
        return Ok((value, Violations::default()));
    }
    tolerated(schemas, pointer, value, Violations::default())
}

/// Mends what has one meaning only, so that the parts of a value that was read with tolerance can be read, too.
#[cfg(feature = "client")]
pub(crate) fn mended(schemas: &Schemas, pointer: &str, value: &mut Value) {
    for _ in 0..ROUNDS {
        let found = schemas.check_closely(pointer, value, MOST);
        if found.is_empty() || !mend::mend(value, &found) {
            return;
        }
    }
}

/// Reads a part of such a value.
#[cfg(feature = "client")]
pub(crate) fn part<T: Json>(value: &Value, tolerant: bool) -> Result<T, serde_json::Error> {
    let reading = if tolerant { Reading::Tolerant } else { Reading::Exact(Direction::Response) };
    reading.within(|| T::read(value))
}

fn tolerated<T: Json>(
    schemas: &Schemas,
    pointer: &str,
    mut value: Value,
    duplicates: Violations,
) -> Result<(T, Violations), Violations> {
    let mut current = schemas.check_closely(pointer, &value, MOST);
    let mut found = current.clone();
    found.merge(duplicates);
    let first = found.clone();
    for _ in 0..ROUNDS {
        if let Ok(read) = Reading::Tolerant.within(|| T::read(&value)) {
            return Ok((read, or_disagreement(found, &value)));
        }
        if !mend::mend(&mut value, &current) {
            break;
        }
        current = schemas.check_closely(pointer, &value, MOST);
        found.merge(current.clone());
    }
    Err(or_disagreement(first, &value))
}
