//! Draws the findings as listings, as rustc does, and gives them to tools as JSON.
//!
//! The text of a document is untrusted: control characters, escape sequences and invisible marks never reach a terminal.

mod folded;
mod mistakes;

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin as Header, Renderer, Snippet};

use crate::diagnostics::{Consequence, Diagnostic, Diagnostics, Severity, Target};
use crate::source::{Origin, SourceFile, Sources};

use folded::{Folded, grouped};
pub use mistakes::{Mistake, draw};

/// So many listings show a reader what is wrong.
const MOST: usize = 1_000;

/// Beyond this column drawing would cost more than the listing is worth: minified JSON.
const FARTHEST: usize = 20_000;

/// How listings look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text.
    Plain,
    /// Text with the escape sequences of a terminal.
    Color,
}

/// Where a finding is, in the text.
struct Spot<'s> {
    file: &'s SourceFile,
    bytes: Range<usize>,
    line: usize,
    column: usize,
}

/// Every finding as a listing, in the order of files and positions, and a line that counts them.
///
/// Notes that say the same are drawn once, with the number of places, and so are warnings and notes that differ in what
/// they quote only, where there are many.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Color => Renderer::styled(),
    };
    let mut text = String::new();
    let groups = grouped(sorted(diagnostics, sources));
    for group in groups.iter().take(MOST) {
        text.push_str(&renderer.render(&[listing(group, sources)]));
        text.push_str("\n\n");
    }
    if groups.len() > MOST {
        let _ = write!(text, "{} more are not shown\n\n", groups.len() - MOST);
    }
    if let Some(count) = count(diagnostics) {
        text.push_str(&count);
        text.push('\n');
    }
    text
}

/// Every finding as a JSON array of objects: `code`, `severity`, `message`, `path`, `line`, `column`, `pointer`; where
/// there is one `consequence` (`repaired`, `left-out` or `refused`), with `taken_as`, or `left_out` and `felt_by`; and
/// where there is one `help`.
pub fn to_json(diagnostics: &Diagnostics, sources: &Sources) -> serde_json::Value {
    let object = |(spot, diagnostic): (Spot<'_>, &Diagnostic)| {
        let mut object = serde_json::json!({
            "code": diagnostic.code.as_str(),
            "severity": severity(diagnostic.severity),
            "message": diagnostic.message,
            "path": spot.file.path,
            "line": spot.line,
            "column": spot.column,
            "pointer": written(diagnostic, &diagnostic.origin, sources).pointer.to_string(),
        });
        if let Some(consequence) = diagnostic.consequence.name() {
            object["consequence"] = consequence.into();
        }
        match &diagnostic.consequence {
            Consequence::Repaired { taken_as } => object["taken_as"] = taken_as.as_str().into(),
            Consequence::LeftOut(left) => {
                object["left_out"] = left.what.as_str().into();
                object["felt_by"] = left.felt.to_string().into();
            }
            Consequence::Nothing | Consequence::Refused => {}
        }
        if let Some(help) = &diagnostic.help {
            object["help"] = help.as_str().into();
        }
        object
    };
    sorted(diagnostics, sources).into_iter().map(object).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// `3 errors, 1 warning`; nothing where nothing was found.
fn count(diagnostics: &Diagnostics) -> Option<String> {
    let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = kinds.iter().filter_map(|(severity, name)| {
        let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity == *severity).count();
        (count > 0).then(|| format!("{count} {name}{}", if count == 1 { "" } else { "s" }))
    });
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

fn sorted<'s>(diagnostics: &'s Diagnostics, sources: &'s Sources) -> Vec<(Spot<'s>, &'s Diagnostic)> {
    let mut all: Vec<_> = diagnostics.iter().map(|diagnostic| (spot(diagnostic, sources), diagnostic)).collect();
    all.sort_by_cached_key(|(spot, diagnostic)| {
        (written(diagnostic, &diagnostic.origin, sources).file, spot.bytes.start, diagnostic.code)
    });
    // What was written once may stand in several places of the shape that the document was put into.
    let place = |it: &Diagnostic| written(it, &it.origin, sources);
    let said = |it: &Diagnostic| (it.code, it.target, it.message.clone(), it.span.clone());
    all.dedup_by(|(_, left), (_, right)| said(left) == said(right) && place(left) == place(right));
    all
}

/// Where one of the places of a finding was written.
fn written(diagnostic: &Diagnostic, origin: &Origin, sources: &Sources) -> Origin {
    match diagnostic.rebuilt {
        None => sources.written(origin),
        Some(times) => sources.written_after(origin, times),
    }
}

fn spot<'s>(diagnostic: &Diagnostic, sources: &'s Sources) -> Spot<'s> {
    let file = sources.file(written(diagnostic, &diagnostic.origin, sources).file);
    match &diagnostic.span {
        Some(span) => on_one_line(file, span),
        None => spot_of(&written(diagnostic, &diagnostic.origin, sources), diagnostic.target, sources),
    }
}

/// The key, or the value; a value of many lines is shown by its key.
fn spot_of<'s>(origin: &Origin, target: Target, sources: &'s Sources) -> Spot<'s> {
    let file = sources.file(origin.file);
    let place = file.place(&origin.pointer);
    let last = place.value.end.saturating_sub(1).max(place.value.start);
    let is_long = file.line_column(place.value.start).0 != file.line_column(last).0;
    let bytes = match place.key {
        Some(key) if target == Target::Key || is_long || place.value.is_empty() => key,
        _ => place.value,
    };
    on_one_line(file, &bytes)
}

fn on_one_line<'s>(file: &'s SourceFile, bytes: &Range<usize>) -> Spot<'s> {
    let (line, column) = file.line_column(bytes.start);
    let end = bytes.end.min(file.line(line).end).max(bytes.start);
    Spot { file, bytes: bytes.start..end, line, column }
}

fn listing<'a>(folded: &Folded<'_, 'a>, sources: &Sources) -> Group<'a> {
    let Folded { spot, diagnostic, .. } = folded;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(clean(&diagnostic.message)).id(diagnostic.code.as_str()));
    group = excerpt(group, spot, AnnotationKind::Primary, diagnostic.label.as_deref());
    if spot.column > FARTHEST {
        group = group.element(
            Level::NOTE.message(clean(&format!("at `{}`", written(diagnostic, &diagnostic.origin, sources).pointer))),
        );
    }
    for (origin, label) in &diagnostic.related {
        let related = spot_of(&written(diagnostic, origin, sources), diagnostic.target, sources);
        group = excerpt(group, &related, AnnotationKind::Context, Some(label));
    }
    if let Some(text) = folded.others() {
        group = group.element(Level::NOTE.message(clean(&text)));
    }
    if let Some(text) = diagnostic.consequence.sentence() {
        group = group.element(Level::NOTE.message(clean(&text)));
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(clean(help))),
        None => group,
    }
}

/// The line of a spot with the spot marked, cut where it is long.
fn excerpt<'a>(group: Group<'a>, spot: &Spot<'_>, kind: AnnotationKind, label: Option<&str>) -> Group<'a> {
    /// A line of so many characters is shown whole, of a longer one so many before and after the start of the spot.
    const FITS: usize = 140;
    const BEFORE: usize = 60;
    const AFTER: usize = 160;
    let path = clean(&spot.file.path);
    if spot.column > FARTHEST {
        return group.element(Header::path(path).line(spot.line).char_column(spot.column));
    }
    let line = spot.file.line(spot.line);
    // What is wrong may be the end of the line.
    let (start, end) = (spot.bytes.start, line.end.max(spot.bytes.start));
    let (before, after) = (&spot.file.text[line.start..start], &spot.file.text[start..end]);
    // What is cut at the left becomes blanks, so that the column stays true.
    let is_long = spot.column > FITS || after.chars().nth(FITS - spot.column).is_some();
    let hidden = if is_long { (spot.column - 1).saturating_sub(BEFORE) } else { 0 };
    let mut source = if hidden > 0 { " ".repeat(hidden - 1) + "…" } else { String::new() };
    source.extend(before.chars().skip(hidden).map(visible));
    let start = source.len();
    let mut end = start;
    for (offset, char) in after.char_indices().take(AFTER) {
        source.push(visible(char));
        if offset < spot.bytes.len() {
            end = source.len();
        }
    }
    if after.chars().nth(AFTER).is_some() {
        source.push('…');
    }
    let annotation = kind.span(start..end).label(label.map(clean));
    group.element(Snippet::source(source).path(path).line_start(spot.line).annotation(annotation))
}

/// The text as one line that says nothing to a terminal, and not too much to a reader.
fn clean(text: &str) -> String {
    const LONGEST: usize = 600;
    let mut clean = String::new();
    for char in text.chars().take(LONGEST) {
        match char {
            '\n' => clean.push_str("\\n"),
            '\t' => clean.push_str("\\t"),
            char if is_hidden(char) => clean.extend(char.escape_unicode()),
            char => clean.push(char),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    clean
}

/// One character for one character, so that columns stay true.
fn visible(char: char) -> char {
    match char {
        '\t' => ' ',
        char if is_hidden(char) => char::REPLACEMENT_CHARACTER,
        char => char,
    }
}

/// Control characters, marks that turn the direction of text, and marks that take no room.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
