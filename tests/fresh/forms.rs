//! The form of a document does not matter: YAML or JSON, either kind of line ends, any order of its mappings.

use acceptance::{fixtures, pipeline};
use specwright::document::{self, NoFiles};
use specwright::output::Files;
use specwright::plan::Naming;
use specwright::source::Value;

/// The crate of a document whose file keeps its name whatever form it has.
fn generate(text: &str) -> Files {
    let naming = Naming { name: "sample".to_owned(), source: "sample.yaml".to_owned() };
    let compiled = specwright::compile(&naming, text.to_owned(), &NoFiles);
    let listing = pipeline::print(&compiled);
    pipeline::render(&[compiled.plan.unwrap_or_else(|| panic!("{listing}\n{text}"))])
}

/// Asserts that two crates are the same; of those that are not, the first file that differs is shown.
fn same(one: &Files, other: &Files) {
    let paths = |files: &Files| files.iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    for (path, text) in one.iter() {
        assert_eq!(Some(text), other.get(path), "{path} differs");
    }
}

/// Every accepted fixture and every document of the workspace; but for Swagger 2.0, whose tree is that of the document
/// that it is lifted to, and so none to write the same document with.
fn documents() -> Vec<String> {
    let fixtures = fixtures::accepted().into_iter().map(|it| it.document()).filter(|it| !it.contains("\nswagger:"));
    fixtures.chain(fixtures::specs().into_iter().map(|(_, _, text)| text)).collect()
}

/// The document as JSON, each mapping in the order that `order` puts it in.
fn json(text: &str, order: fn(&mut Vec<(&str, &Value)>)) -> String {
    let mut diagnostics = specwright::diagnostics::Diagnostics::new();
    let Ok(document) = document::read("sample.yaml", text.to_owned(), &NoFiles, &mut diagnostics) else {
        panic!("a document that can be read")
    };
    let mut out = String::new();
    print(document.root().value, order, &mut out);
    out
}

fn print(value: &Value, order: fn(&mut Vec<(&str, &Value)>), out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().map(|(key, member)| (key.as_str(), member)).collect();
            order(&mut members);
            out.push('{');
            for (idx, (key, member)) in members.into_iter().enumerate() {
                out.push_str(if idx == 0 { "" } else { "," });
                out.push_str(&serde_json::Value::from(key).to_string());
                out.push(':');
                print(member, order, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (idx, item) in items.iter().enumerate() {
                out.push_str(if idx == 0 { "" } else { "," });
                print(item, order, out);
            }
            out.push(']');
        }
        Value::Number(number) => out.push_str(number.as_str()),
        Value::Null | Value::Bool(_) | Value::String(_) => {
            // A break of lines that YAML knows and JSON does not must be spelled out to stand in both.
            let escaped = |it: char| match it {
                '\u{85}' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(it)),
                it => it.into(),
            };
            out.extend(value.to_json().to_string().chars().map(escaped));
        }
    }
}

#[test]
fn json_and_yaml_give_the_same_bytes() {
    for text in documents() {
        same(&generate(&text), &generate(&json(&text, |_| ())));
    }
}

#[test]
fn line_ends_do_not_matter() {
    for text in documents() {
        same(&generate(&text), &generate(&text.replace('\n', "\r\n")));
    }
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    let text = fixtures::accepted().remove(0).document();
    same(&generate(&text), &generate(&format!("\u{feff}{text}")));
}

/// The order of a mapping shows in the order of fields, variants, modules and methods, and in nothing else.
#[test]
fn the_order_of_mappings_decides_nothing_but_order() {
    for text in documents() {
        let (given, reversed) = (generate(&text), generate(&json(&text, |members| members.reverse())));
        for (path, text) in given.iter() {
            assert_eq!(words(text), words(reversed.get(path).unwrap_or_default()), "{path} differs");
        }
        assert_eq!(given.len(), reversed.len());
    }
}

/// The words of a file, sorted: what is left when order does not count.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    words.sort_unstable();
    words
}
