//! `deepObject`: `color[R]=100&color[G]=200`, with brackets raw or escaped.
//!
//! The specification leaves deeper values open; here each level is one more bracket, and a list repeats its key, has
//! empty brackets, or the places of its items.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Found, Place, REPEATED, Read, Shape, read};
use crate::support::Violation;

/// How many brackets a key may have.
const MAX_DEPTH: usize = 32;

/// The values of one key, or what its brackets lead to.
enum Node {
    Leaf(Vec<String>),
    Branch(BTreeMap<String, Node>),
}

pub(super) fn object(place: &Place<'_>, shape: &Shape) -> Found<Read> {
    let members = members(place)?;
    members.map(|members| value(place, shape, Node::Branch(members))).transpose()
}

/// `color[]=blue&color[]=black`, for which the style has no form.
pub(super) fn list_of(place: &Place<'_>, item: &'static Shape) -> Found<Read> {
    members(place)?.map(|members| list(place, item, members)).transpose()
}

/// What the brackets behind the parameter's name lead to; `None` where there are none.
fn members(place: &Place<'_>) -> Found<BTreeMap<String, Node>> {
    let mut root = BTreeMap::new();
    for (key, value) in place.request.query_pairs() {
        let Some(brackets) = key.strip_prefix(place.parameter.name).filter(|it| it.starts_with('[')) else { continue };
        let path = path(brackets).ok_or_else(|| place.malformed())?;
        insert(&mut root, &path, place.unescape(value)?).ok_or_else(|| place.malformed())?;
    }
    Ok((!root.is_empty()).then_some(root))
}

/// `[a][b]` as `a`, `b`.
fn path(brackets: &str) -> Option<Vec<&str>> {
    let inner = brackets.strip_prefix('[')?.strip_suffix(']')?;
    let names: Vec<_> = inner.split("][").collect();
    (names.len() <= MAX_DEPTH).then_some(names)
}

/// Puts a text at its path; `None` where a value stands in the way.
fn insert(members: &mut BTreeMap<String, Node>, path: &[&str], text: String) -> Option<()> {
    let (first, rest) = path.split_first()?;
    let empty = if rest.is_empty() { Node::Leaf(Vec::new()) } else { Node::Branch(BTreeMap::new()) };
    match members.entry((*first).to_owned()).or_insert(empty) {
        Node::Leaf(texts) if rest.is_empty() => texts.push(text),
        Node::Branch(members) if !rest.is_empty() => return insert(members, rest, text),
        _ => return None,
    }
    Some(())
}

fn value(place: &Place<'_>, shape: &Shape, node: Node) -> Result<Read, Violation> {
    match node {
        Node::Leaf(texts) => leaf(place, shape, texts),
        Node::Branch(members) => match shape.items() {
            Some(item) if matches!(shape, Shape::Array(_)) || are_places(&members) => list(place, item, members),
            _ => branch(place, shape, members),
        },
    }
}

/// Several texts are a list, and so is one that can be nothing else.
fn leaf(place: &Place<'_>, shape: &Shape, texts: Vec<String>) -> Result<Read, Violation> {
    if !matches!(shape, Shape::Array(_))
        && let [text] = &*texts
    {
        let read = read::scalar(shape, text.as_str());
        if read.fits || shape.items().is_none() {
            return Ok(read);
        }
    }
    let item = shape.items().ok_or_else(|| place.parameter.violation("style", REPEATED))?;
    Ok(gathered(texts.into_iter().map(|text| read::scalar(item, text))))
}

fn gathered(items: impl Iterator<Item = Read>) -> Read {
    let (items, fits): (Vec<_>, Vec<_>) = items.map(|it| (it.value, it.fits)).unzip();
    Read { value: Value::Array(items), fits: fits.into_iter().all(|it| it) }
}

fn branch(place: &Place<'_>, shape: &Shape, members: BTreeMap<String, Node>) -> Result<Read, Violation> {
    let (mut object, mut fits) = (Map::new(), true);
    for (name, node) in members {
        let read = value(place, property(shape, &name), node)?;
        fits &= read.fits;
        object.insert(name, read.value);
    }
    Ok(Read { value: Value::Object(object), fits })
}

/// Whether these are the brackets of a list: `[]`, or all of `[0]`, `[1]` and so on.
fn are_places(members: &BTreeMap<String, Node>) -> bool {
    let is_all = || (0..members.len()).all(|idx| members.contains_key(&idx.to_string()));
    members.keys().all(String::is_empty) || is_all()
}

/// `tags[]=a&tags[]=b` and `tags[0]=a&tags[1]=b`, which other writers use for lists.
fn list(place: &Place<'_>, item: &Shape, members: BTreeMap<String, Node>) -> Result<Read, Violation> {
    let mut numbered = Vec::new();
    for (index, node) in members {
        match (index.parse::<usize>(), node) {
            (Ok(index), node) => numbered.push((index, value(place, item, node)?)),
            (Err(_), Node::Leaf(texts)) if index.is_empty() => {
                return Ok(gathered(texts.into_iter().map(|text| read::scalar(item, text))));
            }
            (Err(_), _) => return Err(place.malformed()),
        }
    }
    numbered.sort_by_key(|(index, _)| *index);
    Ok(gathered(numbered.into_iter().map(|(_, it)| it)))
}

/// The shape of a property; what no shape describes stays text.
fn property<'a>(shape: &'a Shape, name: &str) -> &'a Shape {
    match shape {
        Shape::Object(properties, further) => {
            let named = properties.iter().find(|(it, _)| *it == name).map(|(_, shape)| shape);
            named.or(*further).unwrap_or(&Shape::Any)
        }
        // Of several shapes the first object is as good a guess as any.
        Shape::OneOf(shapes) => {
            let object = shapes.iter().find(|it| matches!(it, Shape::Object(..)));
            object.map_or(&Shape::Any, |it| property(it, name))
        }
        _ => &Shape::Any,
    }
}
