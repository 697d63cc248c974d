//! Names are stable: what is added renames nothing that existed, and order decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::pipeline;
use proptest::prelude::*;
use proptest::sample::Index;
use specwright::plan::ModelKind;

/// The names that things get: of a schema its type and file, of an operation its function.
type Names = BTreeMap<String, String>;

fn schemas(names: &[String]) -> Names {
    let members: Vec<_> = names.iter().map(|name| format!("  {name:?}: {{ type: object }}\n")).collect();
    let plan = pipeline::plan("sample", &format!("schemas:\n{}", members.concat()));
    let files = plan.model_files.iter();
    files.map(|it| (it.component.clone(), format!("{} in {}", plan.models[it.main.0].name, it.module))).collect()
}

fn operations(ids: &[String]) -> Names {
    let path = |(idx, id): (usize, &String)| {
        format!("  /p{idx}: {{ get: {{ operationId: {id:?}, responses: {{ '204': {{ description: Done. }} }} }} }}\n")
    };
    let paths: Vec<_> = ids.iter().enumerate().map(path).collect();
    let plan = pipeline::plan("sample", &format!("paths:\n{}", paths.concat()));
    plan.operations.into_iter().map(|it| (it.id, it.function)).collect()
}

/// Few letters, so that names come close to each other.
fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::btree_set("[abAB][ab_A.-]{0,3}[ab1]?", 2..7).prop_map(|it| it.into_iter().collect())
}

/// Whether a name would be spelled like another one: then one of the two must give way.
fn clash(plan: fn(&[String]) -> Names, one: &str, other: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        let all = plan(&[name.to_owned()]).into_values().collect::<Vec<_>>().join(" ");
        all.to_lowercase().split(" in ").map(str::to_owned).collect()
    };
    !words(one).is_disjoint(&words(other))
}

fn additions_rename_nothing(plan: fn(&[String]) -> Names) {
    super::runner::check(60, &(names(), any::<Index>(), any::<Index>()), |(all, added, place)| {
        let mut before = all.clone();
        let added = before.remove(added.index(all.len()));
        let mut after = before.clone();
        after.insert(place.index(before.len() + 1), added.clone());
        let (old, new) = (plan(&before), plan(&after));
        for (name, given) in old.iter().filter(|(name, _)| !clash(plan, name, &added)) {
            prop_assert_eq!(given, &new[name], "`{}` is renamed by `{}` beside {:?}", name, added, before);
        }
        Ok(())
    });
}

fn order_decides_nothing(plan: fn(&[String]) -> Names) {
    let shuffled = names().prop_flat_map(|names| (Just(names.clone()), Just(names).prop_shuffle()));
    super::runner::check(60, &shuffled, |(one, other)| {
        let (one, other) = (plan(&one), plan(&other));
        prop_assert_eq!(&one, &other);
        let distinct: BTreeSet<_> = one.values().map(|it| it.to_lowercase()).collect();
        prop_assert_eq!(distinct.len(), one.len());
        Ok(())
    });
}

/// The type that each place has, where places of two kinds stand in different operations.
fn places(kinds: &[(String, bool)]) -> Names {
    let path = |(idx, (name, is_point)): (usize, &(String, bool))| {
        let member = if *is_point { "x" } else { "text" };
        let schema = format!(
            "{{ type: object, properties: {{ {name:?}: {{ type: object, properties: {{ {member}: {{}} }} }}, only{idx}: {{}} }} }}"
        );
        let ok = format!("{{ description: It., content: {{ application/json: {{ schema: {schema} }} }} }}");
        format!("  /p{idx}: {{ get: {{ operationId: o{idx}, responses: {{ '200': {ok} }} }} }}\n")
    };
    let paths: Vec<_> = kinds.iter().enumerate().map(path).collect();
    let plan = pipeline::plan("sample", &format!("paths:\n{}", paths.concat()));
    let aliases = plan.models.iter().filter_map(|model| match model.kind {
        ModelKind::Alias(target) => {
            Some((format!("{:?} {}", model.home, model.name), plan.models[target.0].name.clone()))
        }
        _ => None,
    });
    aliases.collect()
}

#[test]
fn a_new_place_of_a_shared_type_renames_nothing() {
    let kinds = prop::collection::vec(("(owner|spot|place)", any::<bool>()), 2..7);
    super::runner::check(40, &(kinds, any::<Index>()), |(before, which)| {
        let mut after = before.clone();
        after.push(before[which.index(before.len())].clone());
        let (old, new) = (places(&before), places(&after));
        // A second place gives an inline type another home, and then its own name leads there.
        let is_counted = |is_point: bool| before.iter().filter(|it| it.1 == is_point).count() > 1;
        let name_is_clear = |is_point: bool| {
            let names: Vec<_> = before.iter().filter(|it| it.1 == is_point).map(|it| &it.0).collect();
            names.iter().any(|name| names.iter().filter(|it| it == &name).count() * 2 > names.len() + 1)
        };
        prop_assume!([true, false].into_iter().all(|it| !is_counted(it) || name_is_clear(it)));
        for (place, given) in &old {
            prop_assert_eq!(Some(given), new.get(place), "`{}` is renamed beside {:?}", place, before);
        }
        Ok(())
    });
}

#[test]
fn a_new_schema_renames_nothing() {
    additions_rename_nothing(schemas);
}

#[test]
fn a_new_operation_renames_nothing() {
    additions_rename_nothing(operations);
}

#[test]
fn the_order_of_schemas_decides_no_name() {
    order_decides_nothing(schemas);
}

#[test]
fn the_order_of_operations_decides_no_name() {
    order_decides_nothing(operations);
}

/// Branches that differ in what they are.
const BRANCHES: &[&str] = &[
    "{ type: string }",
    "{ type: string, format: uuid }",
    "{ type: string, enum: [auto] }",
    "{ type: integer }",
    "{ type: boolean }",
    "{ type: array, items: { type: string } }",
    "{ type: array, items: { type: integer } }",
    "{ type: object, additionalProperties: { type: integer } }",
    "{ type: object, required: [kind], properties: { kind: { const: point } } }",
    "{ type: object, required: [left], properties: { left: { type: string } } }",
    "{ type: object, required: [left, right], properties: { left: { type: string } } }",
    "{ title: Long form, type: object, properties: { left: { type: string } } }",
    "{ $ref: '#/components/schemas/Named' }",
    "{ oneOf: [{ type: boolean }, { type: number }] }",
];

/// The name of each branch of a union.
fn branches(chosen: &[usize]) -> Names {
    let list: Vec<&str> = chosen.iter().map(|it| BRANCHES[*it]).collect();
    let plan = pipeline::plan(
        "sample",
        &format!("schemas:\n  U: {{ anyOf: [{}] }}\n  Named: {{ type: object }}\n", list.join(", ")),
    );
    let union = plan.models.iter().find(|it| it.name == "U").expect("the union");
    let ModelKind::UntaggedUnion(union) = &union.kind else { panic!("{:?}", union.kind) };
    let branch = |pointer: &str| {
        let position = pointer.strip_prefix("/components/schemas/U/anyOf/").and_then(|it| it.parse::<usize>().ok());
        position.map_or("{ $ref: '#/components/schemas/Named' }", |it| list[it]).to_owned()
    };
    union.variants.iter().map(|it| (branch(&it.pointer), it.name.clone())).collect()
}

fn some_branches() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0..BRANCHES.len(), 3..8)
        .prop_map(|it| it.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

#[test]
fn a_new_branch_renames_nothing() {
    super::runner::check(60, &(some_branches(), any::<Index>()), |(all, which)| {
        let after = branches(&all);
        let mut fewer = all.clone();
        fewer.remove(which.index(all.len()));
        for (branch, name) in branches(&fewer) {
            prop_assert_eq!(Some(&name), after.get(&branch), "`{}` is renamed among {:?}", branch, all);
        }
        let distinct: BTreeSet<_> = after.values().map(|it| it.to_lowercase()).collect();
        prop_assert_eq!(distinct.len(), after.len());
        Ok(())
    });
}

#[test]
fn the_order_of_branches_decides_no_name() {
    let shuffled = some_branches().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()));
    super::runner::check(60, &shuffled, |(one, other)| {
        prop_assert_eq!(branches(&one), branches(&other));
        Ok(())
    });
}
