//! The same question inside: a schema as property, item, value of a map, further property and branch of a union, inline
//! where it can be, and behind a reference. An object full of an instance is valid exactly if the instance is.

use specwright::source::{Object, Value};

use super::suite::{Group, Test};

/// Makes the schema's component a part of a new `Root`.
pub(super) fn components(components: &mut Vec<(String, Value)>) {
    let Some((name, inner)) = components.first_mut() else { return };
    let inner = inner.clone();
    "Inner".clone_into(name);
    for (_, component) in components.iter_mut() {
        rename(component);
    }
    let mut inline = inner;
    rename(&mut inline);
    let reference = object([("$ref", string("#/components/schemas/Inner"))]);
    // A name stands for one schema only.
    let inline = if names(&inline) { reference.clone() } else { inline };
    let list = object([("type", string("array")), ("items", inline.clone())]);
    let map = object([("type", string("object")), ("additionalProperties", schema_or_empty(&inline))]);
    let never = object([("enum", Value::Array(vec![string("no instance of any group")]))]);
    let branches = Value::Array(vec![inline.clone(), never]);
    let anything = object([("description", string("Anything."))]);
    let properties = [
        ("must", inline.clone()),
        ("list", list),
        ("map", map),
        ("one", object([("oneOf", branches.clone())])),
        ("any", object([("anyOf", branches)])),
        ("all", object([("allOf", Value::Array(vec![inline.clone(), anything]))])),
        ("may", inline),
        ("other", reference.clone()),
    ];
    let root = object([
        ("type", string("object")),
        ("required", Value::Array(vec![string("must")])),
        ("properties", object(properties)),
        ("additionalProperties", reference),
    ]);
    components.insert(0, ("Root".to_owned(), root));
}

/// Puts a valid instance everywhere at once, and an invalid one into each place in turn.
pub(super) fn instances(group: &mut Group) {
    let valid = group.tests.iter().find(|it| it.valid).map(|it| it.instance.clone());
    let tests = std::mem::take(&mut group.tests);
    group.tests = tests.iter().flat_map(|test| spread(test, valid.as_deref())).collect();
}

fn spread(test: &Test, valid: Option<&str>) -> Vec<Test> {
    let it = &test.instance;
    let places = [
        ("may", format!(r#""may":{it}"#)),
        ("list", format!(r#""list":[{it}]"#)),
        ("map", format!(r#""map":{{"key":{it}}}"#)),
        ("one", format!(r#""one":{it}"#)),
        ("any", format!(r#""any":{it}"#)),
        ("all", format!(r#""all":{it}"#)),
        ("other", format!(r#""other":{it}"#)),
        ("more", format!(r#""more":{it}"#)),
    ];
    let stand = |place: &str, instance: String| Test {
        description: format!("{} ({place})", test.description),
        instance,
        valid: test.valid,
    };
    if test.valid {
        let places: Vec<_> = places.iter().map(|(_, text)| text.as_str()).collect();
        return vec![stand("everywhere", format!(r#"{{"must":{it},{}}}"#, places.join(",")))];
    }
    // Without a valid instance, nothing can stand where one must.
    let others = valid.into_iter().flat_map(|valid| places.iter().map(move |(place, text)| (place, text, valid)));
    let others = others.map(|(place, text, valid)| stand(place, format!(r#"{{"must":{valid},{text}}}"#)));
    [stand("must", format!(r#"{{"must":{it}}}"#))].into_iter().chain(others).collect()
}

fn string(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::object(members.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())
}

fn schema_or_empty(schema: &Value) -> Value {
    if schema.as_bool() == Some(true) { Value::object(Object::default()) } else { schema.clone() }
}

/// References to `Root` lead to `Inner` now.
fn rename(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in &mut **members {
                match value {
                    Value::String(target) if name == "$ref" || name == "$dynamicRef" => {
                        if let Some(rest) = target.strip_prefix("#/components/schemas/Root") {
                            *target = format!("#/components/schemas/Inner{rest}");
                        }
                    }
                    _ => rename(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rename),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a schema gives names that may stand once only.
fn names(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(name, it)| matches!(name.as_str(), "$id" | "$anchor" | "$dynamicAnchor") || names(it))
        }
        Value::Array(items) => items.iter().any(names),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
