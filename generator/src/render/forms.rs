//! Forms as `form!` wants them: one line for each field, and for each property where an object is long.

use std::fmt::Write as _;

use super::fragment::quoted;
use super::parameters::style_name;
use crate::ir::Style;
use crate::plan::{FieldKind, FieldPlan, FormPlan, Shape};

/// How wide a line may become before it is broken.
const WIDEST: usize = 100;

/// A form of a kind, such as `form` or `multipart`, whose first line has `level` steps of indentation.
pub(super) fn form(kind: &str, pointer: &str, plan: &FormPlan, level: usize) -> String {
    let (indent, pointer) = ("    ".repeat(level), quoted(pointer));
    let is_long = indent.len() + pointer.len() + 20 > WIDEST;
    let before = if is_long { format!("\n{indent}    ") } else { " ".to_owned() };
    let mut out = format!("http::form! {{ {kind}{before}{pointer} {{\n");
    for it in &plan.fields {
        let _ = writeln!(out, "{indent}    {},", field(it, level + 1));
    }
    if let Some(further) = &plan.further {
        let _ = writeln!(out, "{indent}    ..{}", shape(further, level + 1, 0));
    }
    out + &format!("{indent}}} }}")
}

fn field(it: &FieldPlan, level: usize) -> String {
    let mut tail = String::new();
    if let Some((style, explode, reserved)) = it.style {
        match (style, explode) {
            (Style::Form, true) => {}
            (Style::DeepObject, true) => tail.push_str(".deep()"),
            _ => tail = format!(".styled(params::Style::{}, {explode})", style_name(style)),
        }
        tail.push_str(if reserved { ".reserved()" } else { "" });
    }
    if let Some(media_types) = &it.media_types {
        let _ = write!(tail, ".of({})", quoted(media_types));
    }
    let name = quoted(&it.wire);
    let kind = match &it.kind {
        FieldKind::Text(text) => format!("text({})", shape(text, level, name.chars().count() + tail.len() + 10)),
        FieldKind::Either(it) => format!("either({})", shape(it, level, name.chars().count() + tail.len() + 12)),
        FieldKind::Json => "json".to_owned(),
        FieldKind::JsonItems => "json_items".to_owned(),
        FieldKind::JsonLists => "json_lists".to_owned(),
        FieldKind::File => "file".to_owned(),
        FieldKind::FileOrText => "file_or_text".to_owned(),
    };
    format!("{name}: {kind}{tail}")
}

/// A shape on one line where it fits behind and before what else stands there, else a line for each property.
fn shape(it: &Shape, level: usize, beside: usize) -> String {
    let line = on_a_line(it);
    if level * 4 + beside + line.chars().count() <= WIDEST {
        return line;
    }
    let indent = "    ".repeat(level);
    match it {
        Shape::Array(items) => format!("[{}]", shape(items, level, beside + 2)),
        Shape::Object(members, rest) => {
            let member = |(name, it): &(String, Shape)| {
                let name = quoted(name);
                format!("{indent}    {name}: {},\n", shape(it, level + 1, name.chars().count() + 3))
            };
            let members: String = members.iter().map(member).collect();
            format!("{{\n{members}{indent}    ..{}\n{indent}}}", shape(rest, level + 1, 2))
        }
        Shape::OneOf(all) => {
            let all: Vec<_> = all.iter().map(|it| shape(it, level, beside + 2)).collect();
            format!("({})", all.join(" | "))
        }
        _ => line,
    }
}

fn on_a_line(it: &Shape) -> String {
    match it {
        Shape::Any => "Any".to_owned(),
        Shape::Null => "Null".to_owned(),
        Shape::Boolean => "Boolean".to_owned(),
        Shape::Integer => "Integer".to_owned(),
        Shape::Number => "Number".to_owned(),
        Shape::String => "String".to_owned(),
        Shape::Array(items) => format!("[{}]", on_a_line(items)),
        Shape::Object(members, rest) => {
            let members = members.iter().map(|(name, it)| format!("{}: {}, ", quoted(name), on_a_line(it)));
            format!("{{ {}..{} }}", members.collect::<String>(), on_a_line(rest))
        }
        Shape::OneOf(all) => format!("({})", all.iter().map(on_a_line).collect::<Vec<_>>().join(" | ")),
    }
}
