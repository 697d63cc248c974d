//! `cargo xtask readme`: the tables that are made: the support matrix in `README.md`, the suites in `tests/README.md`,
//! the rooms in `generator/ARCHITECTURE.md`, the rules of `diff` in `generator/recipes/rules.md`. None of them depends
//! on the documents in `specs/`.

use std::fmt::Write as _;
use std::process::ExitCode;

use acceptance::house::between;
use specwright::document::ledger::{Level, ObjectKind, Row, Versions, table};

use crate::{failed, root, suites};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write nothing; exit with 1 if a table is stale
    #[arg(long)]
    check: bool,
}

const START: &str = "<!-- support matrix: `cargo xtask readme` writes it from the keyword ledger -->\n";
const END: &str = "<!-- end of the support matrix -->";
const SUITES_START: &str = "<!-- suites: `cargo xtask readme` writes them from the task that runs them -->\n";
const SUITES_END: &str = "<!-- end of the suites -->";

/// A page with tables that are made, by its path in the workspace.
struct Page {
    path: &'static str,
    /// The text with fresh tables.
    refresh: fn(&str) -> Result<String, String>,
}

const PAGES: &[Page] = &[
    Page { path: "README.md", refresh: with_matrix },
    Page { path: "tests/README.md", refresh: with_suites },
    Page { path: "generator/ARCHITECTURE.md", refresh: with_rooms },
    Page { path: "generator/recipes/rules.md", refresh: |_| Ok(specwright::diff::rules::page()) },
];

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for page in PAGES {
        if let Err(message) = bring_in_line(page, args.check) {
            code = failed(&message);
        }
    }
    code
}

/// Writes the tables of a page, or says that they are stale.
fn bring_in_line(page: &Page, check: bool) -> Result<(), String> {
    let Page { path: name, refresh } = page;
    let path = root().join(name);
    let old = std::fs::read_to_string(&path).map_err(|error| format!("cannot read `{name}`: {error}"))?;
    let new = refresh(&old)?;
    if new == old {
        println!("{name}: nothing changed");
        return Ok(());
    }
    if check {
        return Err(format!("a table of `{name}` is stale: run `cargo xtask readme`"));
    }
    std::fs::write(&path, new).map_err(|error| format!("cannot write `{name}`: {error}"))?;
    println!("{name}: written");
    Ok(())
}

fn with_matrix(readme: &str) -> Result<String, String> {
    between(readme, START, END, &matrix()).ok_or_else(|| "README.md has no place for the support matrix".to_owned())
}

fn with_suites(readme: &str) -> Result<String, String> {
    between(readme, SUITES_START, SUITES_END, &suites::table())
        .ok_or_else(|| "tests/README.md has no place for the suites".to_owned())
}

fn with_rooms(page: &str) -> Result<String, String> {
    acceptance::house::with_tables(page).ok_or_else(|| "ARCHITECTURE.md has no place for the rooms".to_owned())
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
        Versions::Both => "all",
        Versions::V20 => "2.0",
        Versions::V30 => "2.0, 3.0",
        Versions::V31 => "3.1, 3.2",
        Versions::V32 => "3.2",
        Versions::Only31 => "3.1",
        Versions::Before32 => "2.0 to 3.1",
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
    fn the_tables_of_every_page_are_fresh() {
        for Page { path, refresh } in PAGES {
            let text = std::fs::read_to_string(root().join(path)).unwrap();
            let fresh = refresh(&text).expect("the page has the marks of its tables");
            assert!(text == fresh, "{path}: run `cargo xtask readme`");
        }
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
        assert!(with_matrix("# A readme\n").is_err());
        assert!(with_matrix(&format!("{START} without an end")).is_err());
    }
}
