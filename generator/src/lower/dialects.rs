//! Patterns in the words of other engines, which ECMA-262 reads as something else.
//!
//! | written | by | read as |
//! | --- | --- | --- |
//! | `a{,3}` | Python, Ruby | `a{0,3}` |
//! | `\A`, `\z`, `\Z` | Python, Ruby, PCRE | `^`, `$` |
//! | `(?P<year>\d+)` | Python, Go | `(?<year>\d+)` |
//! | `\p{Alnum}` | Java | `[0-9A-Za-z]` |
//! | `[[:digit:]_]` | POSIX, PCRE, Go | `[0-9_]` |
//! | `[]a]` | POSIX, Python | `[\]a]` |
//! | `[a-z&&[^q]]` | Java | nothing: there is no such class |

use std::iter::Peekable;
use std::str::CharIndices;

/// The classes of POSIX in brackets, as what stands within brackets in ECMA-262.
const CLASSES: [(&str, &str); 13] = [
    ("alnum", "0-9A-Za-z"),
    ("alpha", "A-Za-z"),
    ("ascii", r"\x00-\x7f"),
    ("blank", r" \t"),
    ("cntrl", r"\x00-\x1f\x7f"),
    ("digit", "0-9"),
    ("graph", "!-~"),
    ("lower", "a-z"),
    ("print", " -~"),
    ("punct", r"!-\/:-@\[-`\{-~"),
    ("space", r" \t\n\r\f\v"),
    ("upper", "A-Z"),
    ("xdigit", "0-9A-Fa-f"),
];

/// Those of them that Java writes as properties, where Unicode has none of the name.
const PROPERTIES: [&str; 8] = ["Alnum", "Blank", "Cntrl", "Digit", "Graph", "Print", "Punct", "XDigit"];

/// What a pattern of another engine is in ECMA-262.
#[derive(Debug, PartialEq)]
pub(super) enum Dialect {
    /// Nothing shows that it is one.
    None,
    /// The same, in words that both know.
    Translated(String),
    /// It has what ECMA-262 has no words for.
    Foreign(&'static str),
}

/// Looks for the words of other engines.
pub(super) fn translated(pattern: &str) -> Dialect {
    let mut reader = Reader { pattern, chars: pattern.char_indices().peekable(), out: String::new(), found: false };
    match reader.read() {
        Err(foreign) => Dialect::Foreign(foreign),
        Ok(()) if reader.found => Dialect::Translated(reader.out),
        Ok(()) => Dialect::None,
    }
}

struct Reader<'p> {
    pattern: &'p str,
    chars: Peekable<CharIndices<'p>>,
    out: String,
    found: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), &'static str> {
        while let Some((at, char)) = self.chars.next() {
            self.out.push(char);
            match char {
                '\\' => self.escape(),
                '[' => self.class()?,
                '(' if self.pattern[at..].starts_with("(?P<") => {
                    self.out.push('?');
                    self.chars.nth(1);
                    self.found = true;
                }
                '{' if self.is_count_without_least(at) => {
                    self.out.push('0');
                    self.found = true;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// An anchor of other engines, or a character that stays.
    fn escape(&mut self) {
        let anchor = match self.chars.peek() {
            Some((_, 'A')) => '^',
            Some((_, 'z' | 'Z')) => '$',
            _ => return self.copy(false),
        };
        self.chars.next();
        self.out.pop();
        self.out.push(anchor);
        self.found = true;
    }

    /// What stands in brackets.
    fn class(&mut self) -> Result<(), &'static str> {
        let is_negated = self.chars.next_if(|(_, char)| *char == '^').is_some();
        if is_negated {
            self.out.push('^');
        }
        // `[^]` is everything in ECMA-262, and people use it; `[]` is nothing, and nobody does.
        if !is_negated && let Some((at, _)) = self.chars.next_if(|(_, char)| *char == ']') {
            let closes_later = self.pattern[at + 1..].contains(']');
            self.out.push_str(if closes_later { r"\]" } else { "]" });
            self.found |= closes_later;
            if !closes_later {
                return Ok(());
            }
        }
        while let Some((at, char)) = self.chars.next() {
            match char {
                '[' if self.named(at) => continue,
                '&' if self.pattern[at..].starts_with("&&[") => {
                    return Err("classes of ECMA-262 have no intersections (`&&`)");
                }
                _ => self.out.push(char),
            }
            match char {
                '\\' => self.copy(true),
                ']' => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    /// `[:alpha:]` within brackets.
    fn named(&mut self, at: usize) -> bool {
        let Some(rest) = self.pattern[at..].strip_prefix("[:") else { return false };
        let Some((name, _)) = rest.split_once(":]") else { return false };
        let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == name) else { return false };
        self.out.push_str(class);
        let end = at + name.len() + "[::]".len();
        while self.chars.next_if(|(at, _)| *at < end).is_some() {}
        self.found = true;
        true
    }

    /// `{,3}` behind what can be repeated.
    fn is_count_without_least(&self, at: usize) -> bool {
        let rest = self.pattern[at..].strip_prefix("{,");
        let most = rest.and_then(|it| it.split_once('}')).map(|(most, _)| most);
        let repeats = self.pattern[..at].ends_with(|char: char| !matches!(char, '(' | '|' | '^' | '*' | '+' | '?'));
        repeats && most.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    }

    /// What stands behind a backslash, which is there already.
    fn copy(&mut self, in_class: bool) {
        let Some((at, char)) = self.chars.next() else { return };
        let rest = &self.pattern[at..];
        let others = rest.strip_prefix("P{").filter(|_| !in_class);
        let name = rest.strip_prefix("p{").or(others).and_then(|it| it.split_once('}')).map(|(name, _)| name);
        let known = name.filter(|name| PROPERTIES.contains(name)).map(str::to_ascii_lowercase);
        let Some((name, class)) = known.and_then(|name| CLASSES.iter().find(|(known, _)| *known == name)) else {
            return self.out.push(char);
        };
        self.out.pop();
        let (before, behind) = match (in_class, others) {
            (true, _) => ("", ""),
            (false, None) => ("[", "]"),
            (false, Some(_)) => ("[^", "]"),
        };
        self.out.extend([before, class, behind]);
        let end = at + name.len() + "p{}".len();
        while self.chars.next_if(|(at, _)| *at < end).is_some() {}
        self.found = true;
    }
}
