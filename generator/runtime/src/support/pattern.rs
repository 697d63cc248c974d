//! Regular expressions of ECMA-262, as `pattern` and `patternProperties` use them.
//!
//! A pattern is translated, with the meaning that it has under the `u` flag, into the syntax of `regex`, which takes
//! linear time. Only look-around and back-references go to `fancy-regex`, which backtracks within a limit;
//! a text on which the limit is reached does not match.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::OnceLock;

/// How many groups may lie in one another.
const MAX_NESTING: usize = 100;
/// How large a compiled pattern may become, in bytes: `.{1,5000}` takes some megabytes.
const MAX_SIZE: usize = 64 << 20;
/// How often the backtracking engine may go back before it gives up, on short texts.
const MAX_BACKTRACKS: usize = 100_000;
/// The same times the length of the text: between two steps back it may read the whole of it.
const MAX_BACKTRACKING_WORK: usize = 200_000_000;

/// What `.` matches: everything but line terminators.
const DOT: &str = r"[^\n\r\x{2028}\x{2029}]";
/// What `\s` matches, as the items of a class.
const SPACE: &str = r"\t-\r\x{20}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
/// What `\w` matches, as the items of a class.
const WORD: &str = "0-9A-Z_a-z";
/// What `\b` and `\B` assert, for the engine that does not know the boundaries of ASCII words.
const BOUNDARY: &str = "(?:(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z]))";
const NO_BOUNDARY: &str = "(?:(?<=[0-9A-Z_a-z])(?=[0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?![0-9A-Z_a-z]))";

/// A regular expression of ECMA-262, compiled on first use.
#[derive(Debug)]
pub struct Pattern {
    source: Cow<'static, str>,
    engine: OnceLock<Option<Engine>>,
}

impl Pattern {
    /// A pattern that is known to compile; one that does not matches nothing.
    pub const fn new(source: &'static str) -> Self {
        Self { source: Cow::Borrowed(source), engine: OnceLock::new() }
    }

    /// The same for a text that is read at run time.
    pub const fn owned(source: String) -> Self {
        Self { source: Cow::Owned(source), engine: OnceLock::new() }
    }

    /// The pattern as the document writes it.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether the pattern is found anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        let engine = self.engine.get_or_init(|| compile(&self.source).ok());
        engine.as_ref().is_some_and(|it| it.is_match(text))
    }
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub enum Engine {
    /// Takes linear time.
    Linear(regex::Regex),
    /// Knows look-around and back-references, and gives up at a limit.
    Backtracking(Box<fancy_regex::Regex>),
}

/// The backtracking engine for texts of up to `length` bytes.
fn backtracking(translated: &str, length: usize, size: usize) -> Result<fancy_regex::Regex, String> {
    fancy_regex::RegexBuilder::new(translated)
        .backtrack_limit(MAX_BACKTRACKS.min(MAX_BACKTRACKING_WORK / length.max(1)))
        .delegate_size_limit(size)
        .build()
        .map_err(|error| match &error {
            fancy_regex::Error::CompileError(inner) => match &**inner {
                fancy_regex::CompileError::InnerError(error) if error.size_limit().is_some() => {
                    REPEATS_TOO_MUCH.to_owned()
                }
                inner => inner.to_string(),
            },
            error => error.to_string(),
        })
}

impl Engine {
    /// Whether the pattern is found anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Linear(regex) => regex.is_match(text),
            Self::Backtracking(regex) if text.len() <= MAX_BACKTRACKING_WORK / MAX_BACKTRACKS => {
                regex.is_match(text).unwrap_or(false)
            }
            // The limit belongs to a compiled pattern, and compiling is quick beside reading a long text.
            Self::Backtracking(regex) => {
                let regex = backtracking(regex.as_str(), text.len(), MAX_SIZE);
                regex.is_ok_and(|it| it.is_match(text).unwrap_or(false))
            }
        }
    }
}

/// What is wrong with a pattern whose engine would be too large.
pub const REPEATS_TOO_MUCH: &str = "the pattern repeats too much";

/// Compiles a pattern; the error says what is wrong with it.
pub fn compile(ecma: &str) -> Result<Engine, String> {
    compile_within(ecma, MAX_SIZE)
}

/// The same, where no part of the engine may take more than so many bytes.
pub fn compile_within(ecma: &str, size: usize) -> Result<Engine, String> {
    let groups = Groups::scan(ecma);
    let translated = Translator::new(ecma, &groups).translate()?;
    if groups.backtracking {
        return backtracking(&translated, 0, size).map(|it| Engine::Backtracking(Box::new(it)));
    }
    match regex::RegexBuilder::new(&translated).size_limit(size).build() {
        Ok(regex) => Ok(Engine::Linear(regex)),
        Err(regex::Error::CompiledTooBig(_)) => Err(REPEATS_TOO_MUCH.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// What must be known of a whole pattern before its first character is translated.
#[derive(Default)]
struct Groups<'a> {
    /// The capturing groups in the order of their parentheses, with their names.
    captures: Vec<Option<&'a str>>,
    /// Whether any look-around or back-reference occurs.
    backtracking: bool,
}

impl<'a> Groups<'a> {
    fn scan(pattern: &'a str) -> Self {
        let mut groups = Self::default();
        let mut in_class = false;
        let mut chars = pattern.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => {
                    let reference = matches!(chars.next(), Some((_, '1'..='9' | 'k')));
                    groups.backtracking |= reference && !in_class;
                }
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => groups.open(pattern.get(at + 1..).unwrap_or_default()),
                _ => {}
            }
        }
        groups
    }

    fn open(&mut self, rest: &'a str) {
        let Some(kind) = rest.strip_prefix('?') else { return self.captures.push(None) };
        match kind.strip_prefix('<') {
            Some(name) if !name.starts_with(['=', '!']) => self.captures.push(name.split('>').next()),
            Some(_) => self.backtracking = true,
            None => self.backtracking |= kind.starts_with(['=', '!']),
        }
    }
}

/// What a quantifier would apply to.
#[derive(Clone, Copy, PartialEq)]
enum Previous {
    /// Nothing, an assertion or another quantifier: it cannot be repeated.
    Fixed,
    Atom,
}

/// An item of a character class.
enum ClassItem {
    /// One code point; a lone surrogate is one too.
    Char(u32),
    /// Several, in the syntax of the target.
    Set(String),
}

struct Translator<'a> {
    rest: &'a str,
    groups: &'a Groups<'a>,
    out: String,
    /// For each open group, whether it can be repeated and how it is closed.
    open: Vec<(Previous, &'static str)>,
    previous: Previous,
}

impl<'a> Translator<'a> {
    fn new(pattern: &'a str, groups: &'a Groups<'a>) -> Self {
        Self { rest: pattern, groups, out: String::new(), open: Vec::new(), previous: Previous::Fixed }
    }

    fn translate(mut self) -> Result<String, String> {
        while let Some(c) = self.next() {
            match c {
                '^' => self.assertion(r"\A"),
                '$' => self.assertion(r"\z"),
                '.' => self.atom(DOT),
                '|' => self.assertion("|"),
                '\\' => self.escape()?,
                '[' => self.class()?,
                '(' => self.open_group()?,
                ')' => self.close_group()?,
                '*' | '+' | '?' => self.quantifier(c.encode_utf8(&mut [0; 4]))?,
                '{' => match self.braces()? {
                    Some(braces) => self.quantifier(&braces)?,
                    None => self.literal(u32::from(c)),
                },
                c => self.literal(u32::from(c)),
            }
        }
        if self.open.is_empty() { Ok(self.out) } else { Err("a group is not closed".to_owned()) }
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(text) else { return false };
        self.rest = rest;
        true
    }

    /// Takes the longest run of characters that satisfy `accept`.
    fn eat_while(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !accept(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn assertion(&mut self, text: &str) {
        self.out.push_str(text);
        self.previous = Previous::Fixed;
    }

    fn atom(&mut self, text: &str) {
        self.out.push_str(text);
        self.previous = Previous::Atom;
    }

    fn literal(&mut self, code: u32) {
        match char::from_u32(code) {
            Some(c) if c.is_ascii_alphanumeric() || (!c.is_ascii() && !c.is_whitespace()) => self.out.push(c),
            Some(_) => push_code(&mut self.out, code),
            // A lone surrogate: no text has one.
            None => self.out.push_str(r"[^\s\S]"),
        }
        self.previous = Previous::Atom;
    }

    fn quantifier(&mut self, text: &str) -> Result<(), String> {
        if self.previous == Previous::Fixed {
            return Err(format!("there is nothing that `{text}` could repeat"));
        }
        self.assertion(text);
        if self.eat("?") {
            self.out.push('?');
        }
        Ok(())
    }

    /// `{2}`, `{2,}` or `{2,3}`; any other brace is a literal.
    fn braces(&mut self) -> Result<Option<String>, String> {
        let Some((inside, rest)) = self.rest.split_once('}') else { return Ok(None) };
        let (min, max) = inside.split_once(',').unwrap_or((inside, inside));
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        if min.is_empty() || !digits(min) || !digits(max) {
            return Ok(None);
        }
        self.rest = rest;
        let number = |it: &str| it.parse::<u32>().unwrap_or(u32::MAX);
        if max.is_empty() {
            return Ok(Some(format!("{{{},}}", number(min))));
        }
        let (min, max) = (number(min), number(max));
        if min > max { Err(format!("`{{{min},{max}}}` is out of order")) } else { Ok(Some(format!("{{{min},{max}}}"))) }
    }

    fn open_group(&mut self) -> Result<(), String> {
        if self.open.len() >= MAX_NESTING {
            return Err(format!("more than {MAX_NESTING} groups lie in one another"));
        }
        let capture = if self.groups.backtracking { "(" } else { "(?:" };
        // ECMA-262 lets a look-ahead be repeated, the engine does not: hence the second pair.
        let (text, previous, close) = if self.eat("?:") {
            ("(?:", Previous::Atom, ")")
        } else if self.eat("?=") {
            ("(?:(?=", Previous::Atom, "))")
        } else if self.eat("?!") {
            ("(?:(?!", Previous::Atom, "))")
        } else if self.eat("?<=") {
            ("(?<=", Previous::Fixed, ")")
        } else if self.eat("?<!") {
            ("(?<!", Previous::Fixed, ")")
        } else if self.eat("?<") {
            let name = self.eat_while(|c| c.is_alphanumeric() || c == '_' || c == '$');
            if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) || !self.eat(">") {
                return Err("a group has a malformed name".to_owned());
            }
            (capture, Previous::Atom, ")")
        } else if self.eat("?") {
            return Err("a group is of an unknown kind; inline flags are not part of ECMA-262".to_owned());
        } else {
            (capture, Previous::Atom, ")")
        };
        self.open.push((previous, close));
        self.assertion(text);
        Ok(())
    }

    fn close_group(&mut self) -> Result<(), String> {
        let (previous, close) = self.open.pop().ok_or("a group is closed that was not opened")?;
        self.out.push_str(close);
        self.previous = previous;
        Ok(())
    }

    /// What follows a backslash outside of a class.
    fn escape(&mut self) -> Result<(), String> {
        match self.rest.chars().next() {
            Some('b') => self.boundary(r"(?-u:\b)", BOUNDARY),
            Some('B') => self.boundary(r"(?-u:\B)", NO_BOUNDARY),
            Some('1'..='9') => {
                let digits = self.eat_while(|c| c.is_ascii_digit());
                let number = digits.parse().ok().filter(|it| *it <= self.groups.captures.len());
                self.reference(number.ok_or_else(|| format!("there is no group {digits}"))?);
            }
            Some('k') => {
                self.next();
                let name = if self.eat("<") { self.eat_while(|c| c != '>') } else { "" };
                let index =
                    self.groups.captures.iter().position(|it| *it == Some(name)).filter(|_| self.rest.starts_with('>'));
                self.next();
                self.reference(index.ok_or_else(|| format!("there is no group `{name}`"))? + 1);
            }
            _ => match self.class_escape()? {
                ClassItem::Char(code) => self.literal(code),
                ClassItem::Set(set) => self.atom(&format!("[{set}]")),
            },
        }
        Ok(())
    }

    /// Word boundaries are those of ASCII, and the backtracking engine has none of that kind.
    fn boundary(&mut self, linear: &str, backtracking: &str) {
        self.next();
        self.assertion(if self.groups.backtracking { backtracking } else { linear });
    }

    /// A reference to a group that has not matched yet matches the empty text.
    fn reference(&mut self, group: usize) {
        self.atom(&format!(r"(?({group})\{group}|)"));
    }

    fn class(&mut self) -> Result<(), String> {
        let negated = self.eat("^");
        let mut items = String::new();
        while !self.eat("]") {
            let first = self.class_item()?;
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            if !is_range {
                push_item(&mut items, &first);
                continue;
            }
            self.next();
            match (first, self.class_item()?) {
                (ClassItem::Char(low), ClassItem::Char(high)) if low <= high => push_range(&mut items, low, high),
                (ClassItem::Char(_), ClassItem::Char(_)) => return Err("a range is out of order".to_owned()),
                (first, second) => {
                    push_item(&mut items, &first);
                    push_code(&mut items, u32::from('-'));
                    push_item(&mut items, &second);
                }
            }
        }
        match (negated, items.is_empty()) {
            (true, true) => self.atom(r"[\s\S]"),
            (false, true) => self.atom(r"[^\s\S]"),
            (true, false) => self.atom(&format!("[^{items}]")),
            (false, false) => self.atom(&format!("[{items}]")),
        }
        Ok(())
    }

    fn class_item(&mut self) -> Result<ClassItem, String> {
        match self.next() {
            None => Err("a character class is not closed".to_owned()),
            Some('\\') if self.eat("b") => Ok(ClassItem::Char(8)),
            Some('\\') => self.class_escape(),
            Some(c) => Ok(ClassItem::Char(u32::from(c))),
        }
    }

    /// The escapes that stand for characters, in a class and outside of it.
    fn class_escape(&mut self) -> Result<ClassItem, String> {
        let c = self.next().ok_or("the pattern ends with a backslash")?;
        let code = match c {
            'd' => return Ok(ClassItem::Set("0-9".to_owned())),
            'D' => return Ok(ClassItem::Set("[^0-9]".to_owned())),
            'w' => return Ok(ClassItem::Set(WORD.to_owned())),
            'W' => return Ok(ClassItem::Set(format!("[^{WORD}]"))),
            's' => return Ok(ClassItem::Set(SPACE.to_owned())),
            'S' => return Ok(ClassItem::Set(format!("[^{SPACE}]"))),
            'p' => return Ok(ClassItem::Set(self.property()?)),
            'P' => return Ok(ClassItem::Set(format!("[^{}]", self.property()?))),
            't' => 0x09,
            'n' => 0x0A,
            'v' => 0x0B,
            'f' => 0x0C,
            'r' => 0x0D,
            '0' if !self.rest.starts_with(|c: char| c.is_ascii_digit()) => 0,
            'c' => self.control()?,
            'x' => self.hex(2)?,
            'u' => self.unicode()?,
            c if !c.is_ascii_alphanumeric() => u32::from(c),
            c => return Err(format!(r"`\{c}` is not an escape of ECMA-262")),
        };
        Ok(ClassItem::Char(code))
    }

    /// `{Letter}` or `{Script=Greek}` after `\p`.
    fn property(&mut self) -> Result<String, String> {
        let name = if self.eat("{") { self.eat_while(|c| c.is_ascii_alphanumeric() || "_=".contains(c)) } else { "" };
        if name.is_empty() || !self.eat("}") {
            return Err(r"`\p` needs the name of a property in braces".to_owned());
        }
        Ok(format!(r"\p{{{name}}}"))
    }

    fn control(&mut self) -> Result<u32, String> {
        let letter = self.next().filter(char::is_ascii_alphabetic).ok_or(r"`\c` needs a letter")?;
        Ok(u32::from(letter) % 32)
    }

    fn hex(&mut self, digits: usize) -> Result<u32, String> {
        let text = self.rest.get(..digits).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        let code = text.and_then(|it| u32::from_str_radix(it, 16).ok());
        self.rest = self.rest.get(digits..).unwrap_or_default();
        code.ok_or_else(|| format!("an escape needs {digits} hexadecimal digits"))
    }

    /// `\u0041`, `\u{41}`, or two escapes that are one character.
    fn unicode(&mut self) -> Result<u32, String> {
        if self.eat("{") {
            let digits = self.eat_while(|c| c.is_ascii_hexdigit());
            let code = u32::from_str_radix(digits, 16).ok().filter(|it| *it <= u32::from(char::MAX));
            return code.filter(|_| self.eat("}")).ok_or_else(|| r"`\u{` needs a code point".to_owned());
        }
        let high = self.hex(4)?;
        let after = self.rest;
        if (0xD800..0xDC00).contains(&high) && self.eat(r"\u") {
            match self.hex(4) {
                Ok(low @ 0xDC00..0xE000) => return Ok(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)),
                _ => self.rest = after,
            }
        }
        Ok(high)
    }
}

fn push_item(out: &mut String, item: &ClassItem) {
    match item {
        ClassItem::Char(code) => push_range(out, *code, *code),
        ClassItem::Set(set) => out.push_str(set),
    }
}

/// A range of a class, without the surrogates in it: no text has one.
fn push_range(out: &mut String, low: u32, high: u32) {
    for (low, high) in [(low, high.min(0xD7FF)), (low.max(0xE000), high)] {
        if low <= high {
            push_code(out, low);
            out.push('-');
            push_code(out, high);
        }
    }
}

fn push_code(out: &mut String, code: u32) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, r"\x{{{code:X}}}");
}
