//! Random edits of a document, and whether instances tell the two versions apart.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use specwright::diff::{Judgement, Level, Side, diff};
use specwright::ir::{Api, Operation, SchemaId};
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
        .any(|it| it.levels.level(Judgement::Wire) != Level::None || it.rule.id.starts_with("unused-"));
    if weighs {
        return Outcome::Reported;
    }
    let [Some(older), Some(newer)] = [&compiled[0].api, &compiled[1].api] else { return Outcome::Refused };
    let ways = [Direction::Request, Direction::Response]
        .map(|way| (way, travelling(older, way).intersection(&travelling(newer, way)).cloned().collect()));
    let (before, after) = (closed(&before.tables), closed(&after.tables));
    let mut verdicts = Verdicts { old: &before, new: &after, ways, seed, count: 0 };
    match verdicts.differ(samples) {
        Some(instance) => Outcome::Missed(instance),
        None => Outcome::Silent(verdicts.count),
    }
}

/// The tables without what makes our own readers milder than the document: an enumeration that a response may go beyond.
pub fn closed(tables: &str) -> String {
    fn close(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.remove("x-open");
                members.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut tables: Value = serde_json::from_str(tables).expect("tables are JSON");
    close(&mut tables);
    tables.to_string()
}

/// The components whose instances travel in a direction: what is read-only is in no request, what is write-only in no
/// response. A verdict about an instance that is never sent is nobody's.
fn travelling(api: &Api, way: Direction) -> BTreeSet<String> {
    let asked = |it: &Operation| -> Vec<SchemaId> {
        let bodies = it.body.iter().flat_map(|it| &it.content).filter_map(|it| it.schema);
        it.parameters.iter().map(|it| it.schema).chain(bodies).collect()
    };
    let answered = |it: &Operation| -> Vec<SchemaId> {
        let bodies = it.responses.iter().flat_map(|it| &it.content).filter_map(|it| it.schema);
        it.responses.iter().flat_map(|it| &it.headers).map(|it| it.schema).chain(bodies).collect()
    };
    let roots = |calls: &[Operation], is_request: bool| -> Vec<SchemaId> {
        calls.iter().flat_map(|it| if is_request { asked(it) } else { answered(it) }).collect()
    };
    let is_request = way == Direction::Request;
    let mut pending = [roots(&api.operations, is_request), roots(&api.webhooks, !is_request)].concat();
    let mut seen = BTreeSet::new();
    while let Some(id) = pending.pop() {
        let annotations = &api.schemas[id].annotations;
        let hidden = if is_request { annotations.read_only } else { annotations.write_only };
        if !hidden && seen.insert(id) {
            pending.extend(api.schemas[id].children());
        }
    }
    let travels = api.components.iter().filter(|(_, id)| seen.contains(id));
    travels.map(|(_, id)| api.schemas[*id].origin.pointer.as_str().to_owned()).collect()
}

struct Verdicts<'a> {
    old: &'a str,
    new: &'a str,
    /// The components that travel in each direction, in both versions.
    ways: [(Direction, BTreeSet<String>); 2],
    seed: u64,
    count: usize,
}

impl Verdicts<'_> {
    /// An instance of which one version says something else than the other.
    fn differ(&mut self, samples: usize) -> Option<String> {
        let checkers = [self.old, self.new].map(|it| Schemas::owned(it.to_owned()));
        let tables = [self.old, self.new].map(Tables::new);
        let keys: BTreeSet<_> = self.ways.iter().flat_map(|(_, keys)| keys.iter().cloned()).collect();
        let each = samples.div_ceil(keys.len().max(1) * 2);
        for key in &keys {
            for (idx, tables) in tables.iter().enumerate() {
                let root = tables.root(key);
                let mut instances =
                    Instances::new(&root, root["$ref"].as_str().unwrap_or_default(), self.seed + idx as u64);
                for nth in 0..each {
                    let Some(instance) = instances.make() else { break };
                    let instance = if nth % 2 == 0 { instance } else { instances.mutated(&instance) };
                    self.count += 1;
                    let differs = |(way, keys): &(Direction, BTreeSet<String>)| {
                        keys.contains(key)
                            && checkers[0].is_valid(key, &instance, *way) != checkers[1].is_valid(key, &instance, *way)
                    };
                    if self.ways.iter().any(differs) {
                        return Some(format!("{key}: {instance}"));
                    }
                }
            }
        }
        None
    }
}
