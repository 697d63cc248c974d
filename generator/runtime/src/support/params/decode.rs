//! From the text of a request to the JSON value of a parameter.

use serde_json::{Map, Value};

use super::raw::RawRequest;
use super::read::{self, Read};
use super::{Location, Parameter, Shape, Siblings, Style};
use crate::support::Violation;

mod deep;
mod split;

/// The result of looking for a parameter: what was found, if anything was.
type Found<T> = Result<Option<T>, Violation>;

const MALFORMED: &str = "does not have the form of its style";
const REPEATED: &str = "is given more than once";

/// Reads a parameter from a request; `None` where it is absent.
///
/// `siblings` are what else is read from the request: an exploded object leaves their names alone.
///
/// # Errors
/// One violation with the parameter's pointer: the parameter is missing, repeated, or not in the form of its style.
pub fn decode(parameter: &Parameter, request: &RawRequest<'_>, siblings: Siblings<'_>) -> Found<Value> {
    let place = Place { parameter, request, siblings };
    let value = if parameter.content { place.json()? } else { place.shaped(&parameter.shape)?.map(|it| it.value) };
    match value {
        None if parameter.required && parameter.may_be_unsaid() => Ok(Some(Value::Object(Map::new()))),
        None if parameter.required => Err(parameter.violation("required", "is missing")),
        value => Ok(value),
    }
}

/// Where a parameter is looked for.
struct Place<'a> {
    parameter: &'a Parameter,
    request: &'a RawRequest<'a>,
    siblings: Siblings<'a>,
}

impl Place<'_> {
    fn malformed(&self) -> Violation {
        self.parameter.violation("style", MALFORMED)
    }

    /// `content: application/json`.
    fn json(&self) -> Found<Value> {
        let Some(text) = self.scalar()? else { return Ok(None) };
        self.parameter.json(&text).map(Some)
    }

    fn shaped(&self, shape: &Shape) -> Found<Read> {
        match shape {
            Shape::OneOf(shapes) => self.one_of(shapes),
            Shape::Array(item) if self.parameter.style == Style::DeepObject => match deep::list_of(self, item)? {
                Some(read) => Ok(Some(read)),
                None => self.array(item),
            },
            Shape::Array(item) => self.array(item),
            Shape::Object(..) if self.parameter.style == Style::DeepObject => deep::object(self, shape),
            Shape::Object(properties, further) => self.object(properties, *further),
            Shape::Any | Shape::Null | Shape::Boolean | Shape::Integer | Shape::Number | Shape::String => {
                Ok(self.scalar()?.map(|text| read::scalar(shape, text)))
            }
        }
    }

    /// The first shape that the text fits, else what the first shape makes of it.
    fn one_of(&self, shapes: &[Shape]) -> Found<Read> {
        // Scalars first and together, so that text is the last resort among them.
        let scalar = |shape: &&Shape| !matches!(shape, Shape::Array(_) | Shape::Object(..));
        let mut best = Ok(None);
        let scalars = shapes.iter().any(|shape| scalar(&shape)).then(|| self.scalar());
        if let Some(text) = scalars {
            best = text.map(|text| text.map(|text| read::scalar(&Shape::Any, text)));
            if let Ok(Some(Read { value: Value::String(text), .. })) = &best {
                let read = shapes.iter().filter(scalar).map(|shape| read::scalar(shape, text.clone()));
                let mut reads: Vec<_> = read.filter(|read| read.fits).collect();
                reads.sort_by_key(|read| read.value.is_string());
                match reads.into_iter().next() {
                    Some(read) => return Ok(Some(read)),
                    None => best = Ok(Some(Read { value: Value::String(text.clone()), fits: false })),
                }
            }
        }
        for shape in shapes.iter().filter(|shape| !scalar(shape)) {
            match self.shaped(shape) {
                Ok(Some(read)) if read.fits => return Ok(Some(read)),
                Ok(None) => {}
                other if matches!(best, Ok(None)) => best = other,
                _ => {}
            }
        }
        best
    }

    fn array(&self, item: &Shape) -> Found<Read> {
        let Some(texts) = self.items()? else { return Ok(None) };
        // `color=` is how an empty list is written, where it is written at all.
        let empty = matches!(&*texts, [only] if only.is_empty());
        let items: Vec<_> = texts.into_iter().filter(|_| !empty).map(|text| read::scalar(item, text)).collect();
        let fits = items.iter().all(|it| it.fits);
        Ok(Some(Read { value: items.into_iter().map(|it| it.value).collect(), fits }))
    }

    fn object(&self, properties: &[(&str, Shape)], further: Option<&Shape>) -> Found<Read> {
        let Some(pairs) = self.pairs(properties, further.is_some())? else { return Ok(None) };
        let (mut members, mut fits) = (Map::new(), true);
        for (name, text) in pairs {
            let named = properties.iter().find(|(it, _)| *it == name).map(|(_, shape)| shape);
            let shape = named.or(further).unwrap_or(&Shape::Any);
            if let Some(item) = list_item(shape).filter(|_| self.parameter.repeats_names()) {
                let read = read::scalar(item, text);
                fits &= read.fits;
                if let Value::Array(items) = members.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
                    items.push(read.value);
                }
                continue;
            }
            let read = read::scalar(shape, text);
            fits &= read.fits;
            if members.insert(name, read.value).is_some() {
                return Err(self.parameter.violation("style", "has a property more than once"));
            }
        }
        Ok(Some(Read { value: Value::Object(members), fits }))
    }
}

/// The items of a shape that is a list wherever it is anything.
pub(super) fn list_item(shape: &Shape) -> Option<&'static Shape> {
    match shape {
        Shape::Array(item) => Some(item),
        Shape::OneOf([shape, Shape::Null] | [Shape::Null, shape]) => list_item(shape),
        _ => None,
    }
}
