//! Changed nodes as actions of an overlay, and the overlay as text.

use super::change::{object, string};
use super::quoted;
use crate::source::{Object, Syntax, Value, to_text};

/// The actions that make of one object another; `said` is why.
pub(super) fn actions(path: &str, before: &Object, after: &Object, said: &str) -> Vec<Value> {
    let mut actions = Vec::new();
    let mut update = Object::default();
    let said = |actions: &[Value]| if actions.is_empty() { said } else { "as above" };
    for (name, was) in before {
        let target = format!("{path}[{}]", quoted(name));
        match after.get(name) {
            None => actions.push(remove(&target, said(&actions))),
            Some(is) if is == was => {}
            Some(is) => match merged(was, is) {
                Some(added) => drop(update.insert(name.clone(), added)),
                None if is_part(is, was) => {
                    let gone = was.as_array().into_iter().flatten().filter_map(Value::as_str);
                    let gone = gone.filter(|it| !is.as_array().is_some_and(|is| is.contains(&string(it))));
                    for it in gone {
                        actions.push(remove(&format!("{target}[?@ == {}]", quoted(it)), said(&actions)));
                    }
                }
                None => {
                    actions.push(remove(&target, said(&actions)));
                    update.insert(name.clone(), is.clone());
                }
            },
        }
    }
    let new = after.iter().filter(|(name, _)| !before.contains_key(*name));
    update.extend(new.map(|(name, it)| (name.clone(), it.clone())));
    if !update.is_empty() {
        let (target, said) = (("target", string(path)), ("description", string(said(&actions))));
        actions.push(Value::object(object([target, said, ("update", Value::object(update))])));
    }
    actions
}

fn remove(target: &str, said: &str) -> Value {
    Value::object(object([("target", string(target)), ("description", string(said)), ("remove", Value::Bool(true))]))
}

/// What has to be merged into one value so that it becomes another; `None` where merging cannot do that.
fn merged(was: &Value, is: &Value) -> Option<Value> {
    match (was, is) {
        (Value::Array(was), Value::Array(is)) => is.strip_prefix(was.as_slice()).map(|it| Value::Array(it.to_vec())),
        (Value::Object(was), Value::Object(is)) => {
            let mut added = Object::default();
            for (name, is) in &**is {
                match was.get(name) {
                    Some(was) if was == is => {}
                    Some(was) => drop(added.insert(name.clone(), merged(was, is)?)),
                    None => drop(added.insert(name.clone(), is.clone())),
                }
            }
            was.keys().all(|it| is.contains_key(it)).then_some(Value::object(added))
        }
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => None,
        _ => Some(is.clone()),
    }
}

/// Whether a list of texts is another one without some of them.
fn is_part(is: &Value, was: &Value) -> bool {
    let (Some(is), Some(was)) = (is.as_array(), was.as_array()) else { return false };
    was.iter().all(|it| it.as_str().is_some()) && is.iter().all(|it| was.contains(it))
}

/// The text of an overlay, YAML.
pub(super) fn overlay(name: &str, actions: &[Value], records: usize) -> String {
    let info =
        object([("title", string(&format!("What a server of {name} was seen to do"))), ("version", string("1"))]);
    let root = object([
        ("overlay", string("1.1.0")),
        ("info", Value::object(info)),
        ("actions", Value::Array(actions.to_vec())),
    ]);
    let records = if records == 1 { "one record".to_owned() } else { format!("{records} records") };
    let head = format!("# Written by `specwright observe` from {records}. Read each action before it is used.\n");
    to_text(&Value::object(root), Syntax::Yaml).map_or(head.clone(), |it| head + &it)
}
