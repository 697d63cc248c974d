//! No text makes the pipeline panic, hang or render what does not parse: fixtures, damaged at random.

use acceptance::instances::Random;
use acceptance::mutants::mutate;
use acceptance::{fixtures, pipeline};
use proptest::prelude::*;
use proptest::sample::Index;

/// A way to damage a text.
#[derive(Debug, Clone)]
enum Damage {
    DropLine(Index),
    RepeatLine(Index, Index),
    Indent(Index, usize),
    Insert(Index, Index),
    Replace(Index, Index),
    Truncate(Index),
}

/// What gets into texts by mistake, or on purpose.
const PIECES: &[&str] = &[
    "null",
    "{}",
    "[]",
    "true",
    "-1",
    "1e400",
    "99999999999999999999999",
    "''",
    "' '",
    "\"\\u202e\"",
    "'*/ pub mod x {'",
    "{ $ref: '#/components/schemas/Pet' }",
    "{ $ref: '#' }",
    "{ $ref: '#/paths' }",
    "{ type: object }",
    "{ not: {} }",
    "{ oneOf: [] }",
    "{ allOf: [{ type: string }, { type: integer }] }",
    "{ type: [] }",
    "{ enum: [] }",
    "{ const: null }",
    "{ enum: [null] }",
    "{ anyOf: [{ type: 'null' }] }",
    "false",
    "&a",
    "*a",
    "<<: *a",
    "? :",
    "- -",
    "x-rust-name: Self",
    "type: string",
    "format: date",
    "nullable: true",
    "readOnly: true",
    "additionalProperties: false",
    "required: [a, a]",
    "discriminator: { propertyName: '' }",
    "$id: 'http://x/'",
    "default: 1",
    "'200': {}",
    "\t",
    "\u{feff}",
    "\r",
    "#",
    "'",
    "\"",
    ":",
    ": ",
];

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<Index>().prop_map(Damage::DropLine),
        any::<(Index, Index)>().prop_map(|(from, to)| Damage::RepeatLine(from, to)),
        (any::<Index>(), 0_usize..12).prop_map(|(line, by)| Damage::Indent(line, by)),
        any::<(Index, Index)>().prop_map(|(at, piece)| Damage::Insert(at, piece)),
        any::<(Index, Index)>().prop_map(|(at, piece)| Damage::Replace(at, piece)),
        any::<Index>().prop_map(Damage::Truncate),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    damages.iter().fold(text.to_owned(), |text, damage| one(&text, damage))
}

fn one(text: &str, damage: &Damage) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    match damage {
        Damage::DropLine(at) => {
            lines.remove(at.index(lines.len()));
        }
        Damage::RepeatLine(from, to) => lines.insert(to.index(lines.len()), lines[from.index(lines.len())].clone()),
        Damage::Indent(at, by) => {
            let line = at.index(lines.len());
            lines[line] = format!("{}{}", " ".repeat(*by), lines[line].trim_start());
        }
        Damage::Insert(at, piece) => {
            let line = at.index(lines.len());
            lines[line].push_str(PIECES[piece.index(PIECES.len())]);
        }
        Damage::Replace(at, piece) => {
            let line = at.index(lines.len());
            if let Some((key, _)) = lines[line].split_once(": ") {
                lines[line] = format!("{key}: {}", PIECES[piece.index(PIECES.len())]);
            }
        }
        Damage::Truncate(at) => {
            let end = at.index(text.len());
            return text.char_indices().take_while(|(idx, _)| *idx < end).map(|(_, it)| it).collect();
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn no_text_panics() {
    let fixtures: Vec<_> = fixtures::accepted().into_iter().chain(fixtures::rejected()).collect();
    let inputs = (any::<Index>(), prop::collection::vec(damage(), 1..5));
    super::runner::check(300, &inputs, |(fixture, damages)| {
        let text = damaged(&fixture.get(&fixtures).document(), &damages);
        let compiled = pipeline::compile("sample", &text);
        let _ = pipeline::print(&compiled);
        if let Some(plan) = compiled.plan {
            let rendered = pipeline::try_render(&[plan]);
            prop_assert!(rendered.is_ok(), "{}\n{text}", rendered.err().map(|it| it.to_string()).unwrap_or_default());
        }
        Ok(())
    });
}

#[test]
fn no_tree_panics() {
    let fixtures = fixtures::accepted();
    let inputs = (any::<Index>(), any::<u64>(), 1_usize..6);
    super::runner::check(300, &inputs, |(fixture, seed, changes)| {
        let mut document = pipeline::json("sample.yaml", &fixture.get(&fixtures).document());
        let mut random = Random::new(seed);
        for _ in 0..changes {
            mutate(&mut document, &mut random);
        }
        let text = document.to_string();
        let compiled = pipeline::compile("sample", &text);
        let _ = pipeline::print(&compiled);
        if let Some(plan) = compiled.plan {
            let rendered = pipeline::try_render(&[plan]);
            prop_assert!(rendered.is_ok(), "{}\n{text}", rendered.err().map(|it| it.to_string()).unwrap_or_default());
        }
        Ok(())
    });
}
