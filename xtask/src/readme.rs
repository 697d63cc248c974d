//! `cargo xtask readme`: the tables of `README.md`: the support matrix and the provenance of the documents.

use std::fmt::Write as _;
use std::process::ExitCode;

use specwright::document::ledger::{Level, ObjectKind, Row, Versions, table};

use crate::{failed, provenance, root};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write nothing; exit with 1 if a table is stale
    #[arg(long)]
    check: bool,
}

const START: &str = "<!-- support matrix: `cargo xtask readme` writes it from the keyword ledger -->\n";
const END: &str = "<!-- end of the support matrix -->";
const PROVENANCE_START: &str = "<!-- provenance: `cargo xtask readme` writes it from the documents -->\n";
const PROVENANCE_END: &str = "<!-- end of the provenance -->";

pub(crate) fn run(args: &Args) -> ExitCode {
    let path = root().join("README.md");
    let old = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return failed(&format!("cannot read `{}`: {error}", path.display())),
    };
    let new = match with_tables(&old) {
        Ok(new) => new,
        Err(message) => return failed(&message),
    };
    if new == old {
        println!("README.md: nothing changed");
        return ExitCode::SUCCESS;
    }
    if args.check {
        return failed("a table of README.md is stale: run `cargo xtask readme`");
    }
    match std::fs::write(&path, new) {
        Ok(()) => {
            println!("README.md: written");
            ExitCode::SUCCESS
        }
        Err(error) => failed(&format!("cannot write `{}`: {error}", path.display())),
    }
}

/// The text with fresh tables, each between its marks.
fn with_tables(readme: &str) -> Result<String, String> {
    let none = |what: &str| format!("README.md has no place for {what}");
    let provenance = provenance::table_of_specs()?;
    let matrix = between(readme, START, END, &matrix()).ok_or_else(|| none("the support matrix"))?;
    between(&matrix, PROVENANCE_START, PROVENANCE_END, &format!("\n{provenance}\n"))
        .ok_or_else(|| none("the provenance"))
}

/// The text with another one between two marks.
fn between(text: &str, start: &str, end: &str, new: &str) -> Option<String> {
    let (head, rest) = text.split_once(start)?;
    let (_, tail) = rest.split_once(end)?;
    Some(format!("{head}{start}{new}{end}{tail}"))
}

/// One line for each object, and one for each field that is not honored in full.
fn matrix() -> String {
    let mut out = String::from("\n| object | honored | approximated | ignored | unsupported |\n");
    out.push_str("| --- | --- | --- | --- | --- |\n");
    let rows: Vec<&Row> = table().collect();
    let mut objects: Vec<ObjectKind> = Vec::new();
    for row in &rows {
        if !objects.contains(&row.object) {
            objects.push(row.object);
        }
    }
    for object in objects {
        let cell = |level| fields(&rows, object, level);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            object.name(),
            cell(Level::Honored),
            cell(Level::Approximated),
            cell(Level::Ignored),
            cell(Level::Unsupported),
        );
    }
    out.push_str("\nWhat is not honored in full:\n\n| field | versions | level | what that means |\n");
    out.push_str("| --- | --- | --- | --- |\n");
    for row in rows.iter().filter(|row| row.level != Level::Honored) {
        let Row { object, field, versions, note, level, .. } = row;
        let name = object.name().trim_end_matches(" Object");
        let _ = writeln!(out, "| {name} `{field}` | {} | {} | {note} |", version(*versions), word(*level));
    }
    out.push('\n');
    out
}

/// The fields of an object at one level; a field whose row differs between the versions is named once.
fn fields(rows: &[&Row], object: ObjectKind, level: Level) -> String {
    let of_object = || rows.iter().filter(|row| row.object == object);
    let mut names: Vec<String> = Vec::new();
    for row in of_object().filter(|row| row.level == level) {
        let same = |it: &&&Row| it.field == row.field && it.level == level;
        let everywhere = row.versions == Versions::Both || of_object().filter(same).count() > 1;
        let only = if everywhere { String::new() } else { format!(" ({})", version(row.versions)) };
        let name = format!("`{}`{only}", row.field);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn version(versions: Versions) -> &'static str {
    match versions {
        Versions::Both => "3.0, 3.1",
        Versions::V30 => "3.0",
        Versions::V31 => "3.1",
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Honored => "honored",
        Level::Approximated => "approximated",
        Level::Ignored => "ignored",
        Level::Unsupported => "unsupported",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_of_the_readme_are_fresh() {
        let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
        let fresh = with_tables(&readme).expect("README.md has the marks of the tables");
        assert!(readme == fresh, "run `cargo xtask readme`");
    }

    #[test]
    fn every_field_of_the_ledger_is_in_the_matrix() {
        let matrix = matrix();
        for row in table() {
            assert!(matrix.contains(&format!("`{}`", row.field)), "{row:?} is not in the matrix");
        }
    }

    #[test]
    fn a_readme_without_marks_is_left_alone() {
        assert!(with_tables("# A readme\n").is_err());
        assert!(with_tables(&format!("{START} without an end")).is_err());
    }
}
