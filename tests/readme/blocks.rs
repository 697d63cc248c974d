//! The fenced blocks of a Markdown text, and what the comment above each says about it.

/// A fenced block.
pub(crate) struct Block {
    /// The line of its fence.
    pub(crate) line: usize,
    /// The comment above it.
    pub(crate) mark: Option<Mark>,
    /// The language after the fence, without attributes such as `,ignore`.
    pub(crate) language: String,
    /// What is in it.
    pub(crate) text: String,
}

/// The comment above a block.
pub(crate) enum Mark {
    /// `<!-- file: PATH -->`: a file that the reader is asked to make.
    File(String),
    /// `<!-- from: PATH -->`: an excerpt.
    From(String),
    /// `<!-- program: PATH -->`: a program over the crate in that folder.
    Program(String),
}

pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut mark = None;
    let mut open: Option<Block> = None;
    for (idx, line) in markdown.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(block), None) => block.text.extend([line, "\n"]),
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(info)) => {
                let language = info.split(',').next().unwrap_or_default().to_owned();
                open = Some(Block { line: idx + 1, mark: mark.take(), language, text: String::new() });
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => mark = read_mark(line),
        }
    }
    found
}

fn read_mark(line: &str) -> Option<Mark> {
    let (kind, path) = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?.split_once(": ")?;
    match kind {
        "file" => Some(Mark::File(path.to_owned())),
        "from" => Some(Mark::From(path.to_owned())),
        "program" => Some(Mark::Program(path.to_owned())),
        _ => None,
    }
}

/// The first part of an excerpt that a text does not hold; a line with `...` stands for any lines left out.
pub(crate) fn missing_excerpt(excerpt: &str, text: &str) -> Option<String> {
    let is_gap = |line: &&str| matches!(line.trim(), "// ..." | "# ...");
    let lines: Vec<&str> = excerpt.trim_matches('\n').lines().collect();
    let mut rest = text;
    for part in lines.split(is_gap).filter(|part| !part.is_empty()) {
        let part = part.join("\n");
        let Some(at) = rest.find(&part) else { return Some(part) };
        rest = &rest[at + part.len()..];
    }
    None
}

/// The commands of a console, each with what it prints.
pub(crate) fn commands(console: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in console.lines() {
        match (line.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push((command.to_owned(), String::new())),
            (None, Some((_, output))) => output.extend([line, "\n"]),
            (None, None) => panic!("a console starts with a command, not with `{line}`"),
        }
    }
    found
}

#[test]
fn an_excerpt_is_found_with_gaps_and_in_order_only() {
    let text = "a\nb\nc\nd\n";
    assert_eq!(missing_excerpt("a\nb\n", text), None);
    assert_eq!(missing_excerpt("a\n// ...\nd\n", text), None);
    assert_eq!(missing_excerpt("d\n// ...\na\n", text).as_deref(), Some("a"));
    assert_eq!(missing_excerpt("a\nc\n", text).as_deref(), Some("a\nc"));
}
