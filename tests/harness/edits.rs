//! Random edits of a document, and whether instances tell the two versions apart.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use specwright::diff::{Judgement, Level, Side, diff};
use specwright_runtime::Schemas;
use specwright_runtime::check::Direction;

use crate::instances::{Instances, Random};
use crate::json_schema::Tables;
use crate::pipeline;

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The edited document has errors.
    Refused,
    /// A change of the wire is reported.
    Reported,
    /// None is reported, and so many instances have the same verdict before and after.
    Silent(usize),
    /// None is reported, and an instance has another verdict.
    Missed(String),
}

/// Changes one thing in one schema of the components: what it was, and the document after it.
pub fn edit(document: &Value, random: &mut Random) -> Option<(String, Value)> {
    let mut places = Vec::new();
    for name in document["components"]["schemas"].as_object()?.keys() {
        let name = name.replace('~', "~0").replace('/', "~1");
        schemas(document, &format!("/components/schemas/{name}"), &mut places);
    }
    let place = random.pick(&places).clone();
    let mut edited = document.clone();
    let schema = edited.pointer_mut(&place)?;
    let what = change(schema, document, random)?;
    Some((format!("{place}: {what}"), edited))
}

/// The pointers of a schema and of those in it.
fn schemas(document: &Value, pointer: &str, out: &mut Vec<String>) {
    let Some(schema) = document.pointer(pointer).and_then(Value::as_object) else { return };
    out.push(pointer.to_owned());
    for (key, value) in schema {
        let below = format!("{pointer}/{key}");
        match key.as_str() {
            "items" | "additionalProperties" | "not" => schemas(document, &below, out),
            "properties" => value.as_object().into_iter().flatten().for_each(|(name, _)| {
                schemas(document, &format!("{below}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }),
            "allOf" | "anyOf" | "oneOf" => {
                let count = value.as_array().map_or(0, Vec::len);
                (0..count).for_each(|idx| schemas(document, &format!("{below}/{idx}"), out));
            }
            _ => {}
        }
    }
}

/// Changes a schema: half of the edits say the same in another way.
fn change(schema: &mut Value, document: &Value, random: &mut Random) -> Option<&'static str> {
    if random.chance(50) {
        return respell(schema, document, random);
    }
    let small = u64::try_from(random.below(4)).unwrap_or_default();
    let keywords = schema.as_object_mut()?;
    Some(match random.below(14) {
        0 => bound(keywords, "minimum", small.into()),
        1 => bound(keywords, "maximum", (small + 10).into()),
        2 => bound(keywords, "minLength", small.into()),
        3 => bound(keywords, "maxLength", (small + 3).into()),
        4 => bound(keywords, "pattern", "^[a-z]+$".into()),
        5 => bound(keywords, "format", ["date", "uuid", "email", "int32"][random.below(4)].into()),
        6 => bound(keywords, "minItems", small.into()),
        7 => bound(keywords, "uniqueItems", true.into()),
        8 => bound(keywords, "additionalProperties", random.chance(50).into()),
        9 => bound(keywords, "type", ["string", "integer", "object", "boolean", "array"][random.below(5)].into()),
        10 => listed(keywords.get_mut("enum")?.as_array_mut()?, random),
        11 => listed(keywords.get_mut("required")?.as_array_mut()?, random),
        12 => {
            let properties = keywords.get_mut("properties")?.as_object_mut()?;
            let names: Vec<_> = properties.keys().cloned().collect();
            properties.remove(random.pick(names.get(..).filter(|it| !it.is_empty())?))?;
            "a property is gone"
        }
        _ => {
            let properties = keywords.get_mut("properties")?.as_object_mut()?;
            properties.insert("added".to_owned(), json!({ "type": "string" }));
            "a property is new"
        }
    })
}

/// Sets a keyword, or takes it out where it is there.
fn bound(keywords: &mut Map<String, Value>, key: &'static str, value: Value) -> &'static str {
    if keywords.get(key) == Some(&value) || (keywords.contains_key(key) && key != "type") {
        keywords.remove(key);
    } else {
        keywords.insert(key.to_owned(), value);
    }
    key
}

fn listed(list: &mut Vec<Value>, random: &mut Random) -> &'static str {
    if random.chance(50) && list.len() > 1 {
        list.remove(random.below(list.len()));
        "one is not listed any more"
    } else {
        list.push("added".into());
        "one more is listed"
    }
}

/// Says the same in another way.
fn respell(schema: &mut Value, document: &Value, random: &mut Random) -> Option<&'static str> {
    let old = schema.clone();
    let keywords = schema.as_object_mut()?;
    Some(match random.below(8) {
        0 => {
            *schema = json!({ "allOf": [old] });
            "within `allOf`"
        }
        1 => {
            *schema = json!({ "anyOf": [old] });
            "within `anyOf`"
        }
        2 => {
            let target = old["$ref"].as_str()?.strip_prefix('#')?;
            *schema = document.pointer(target)?.clone();
            "inline"
        }
        3 => {
            keywords.get_mut("required")?.as_array_mut()?.reverse();
            "another order of what is required"
        }
        4 => {
            keywords.get_mut("enum")?.as_array_mut()?.reverse();
            "another order of values"
        }
        5 => {
            let values = keywords.remove("enum")?;
            let branches = values.as_array()?.iter().map(|it| json!({ "enum": [it] })).collect::<Vec<_>>();
            keywords.insert("oneOf".to_owned(), branches.into());
            "values by branches"
        }
        6 => {
            let types = keywords.get("type")?.as_array()?.clone();
            keywords.remove("type");
            let branches = types.iter().map(|it| json!({ "type": it })).collect::<Vec<_>>();
            keywords.insert("anyOf".to_owned(), branches.into());
            "types by branches"
        }
        _ => {
            keywords.insert("description".to_owned(), "In other words.".into());
            "other words"
        }
    })
}

/// Compares two versions, and where no change of the wire is reported, the verdicts about instances.
pub fn judge(old: &Value, new: &Value, samples: usize, seed: u64) -> Outcome {
    let compiled = [old, new].map(|it| pipeline::compile("api", &it.to_string()));
    let [Some(before), Some(after)] = [&compiled[0].plan, &compiled[1].plan] else { return Outcome::Refused };
    let side = |name: &str, idx: usize| Side { name: name.to_owned(), compiled: &compiled[idx], items: None };
    let Some(report) = diff("api", &side("old", 0), &side("new", 1)) else { return Outcome::Refused };
    // What no operation uses is not sent.
    let weighs = report
        .findings
        .iter()
        .any(|it| it.levels.of(Judgement::Wire) != Level::None || it.rule.id.starts_with("unused-"));
    if weighs {
        return Outcome::Reported;
    }
    // Where a direction decides, only that in which a schema travels counts.
    let text = old.to_string() + &new.to_string();
    let both = text.contains("\"readOnly\"") || text.contains("\"writeOnly\"");
    let mut verdicts = Verdicts { old: &before.tables, new: &after.tables, both, seed, count: 0 };
    match verdicts.differ(samples) {
        Some(instance) => Outcome::Missed(instance),
        None => Outcome::Silent(verdicts.count),
    }
}

struct Verdicts<'a> {
    old: &'a str,
    new: &'a str,
    /// Whether an instance tells the versions apart only where both directions do.
    both: bool,
    seed: u64,
    count: usize,
}

impl Verdicts<'_> {
    /// An instance of which one version says something else than the other.
    fn differ(&mut self, samples: usize) -> Option<String> {
        let checkers = [self.old, self.new].map(|it| Schemas::owned(it.to_owned()));
        let tables = [self.old, self.new].map(Tables::new);
        let keys = |it: &Tables| it.keys().into_iter().filter(|it| is_component(it)).collect::<BTreeSet<_>>();
        let (old, new) = (keys(&tables[0]), keys(&tables[1]));
        let keys: Vec<_> = old.intersection(&new).cloned().collect();
        let each = samples.div_ceil(keys.len().max(1) * 2);
        for key in &keys {
            for (idx, tables) in tables.iter().enumerate() {
                let root = tables.root(key);
                let mut instances = Instances::new(&root, self.seed + idx as u64);
                for nth in 0..each {
                    let Some(instance) = instances.make() else { break };
                    let instance = if nth % 2 == 0 { instance } else { instances.mutated(&instance) };
                    self.count += 1;
                    let differs =
                        |way| checkers[0].is_valid(key, &instance, way) != checkers[1].is_valid(key, &instance, way);
                    let found = [Direction::Request, Direction::Response].map(differs);
                    if found == [true, true] || (!self.both && found != [false, false]) {
                        return Some(format!("{key}: {instance}"));
                    }
                }
            }
        }
        None
    }
}

fn is_component(key: &str) -> bool {
    key.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
}
