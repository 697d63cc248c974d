//! Sample texts that follow patterns: made of the pattern itself, and then tried.

use std::ops::RangeInclusive;

use regex_syntax::hir::{Class, Hir, HirKind, Literal, Repetition};
use specwright_runtime::pattern::{Engine, compile};

/// No sample has more characters.
const LONGEST: usize = 4096;
/// Characters that read well, the best first.
const READABLE: &str = "a1AZ0-_ ./";

/// How a text is made where a pattern leaves a choice.
#[derive(Clone, Copy)]
struct Choice {
    /// How many more repetitions there are than there must be.
    more: u32,
    /// Which of the repetitions have more.
    place: Place,
    /// Which branch of each alternation is taken.
    branch: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    All,
    First,
    Last,
}

/// A text that follows all patterns and has a length within the range; `given` if that does.
pub(crate) fn sample(patterns: &[&str], lengths: RangeInclusive<usize>, given: &str) -> Option<String> {
    let engines: Vec<Engine> = patterns.iter().map(|it| compile(it)).collect::<Result<_, _>>().ok()?;
    let fits =
        |text: &str| lengths.contains(&text.chars().count()) && engines.iter().all(|engine| engine.is_match(text));
    if fits(given) {
        return Some(given.to_owned());
    }
    let words = ["example", "Example", "EXAMPLE", "1", "a", "a1", "2024-05-17", ""];
    let trees: Vec<Hir> = engines.iter().filter_map(tree).collect();
    let made = trees.iter().flat_map(|it| candidates(it, *lengths.start()));
    // Where no pattern binds the end, what is missing may stand there.
    let longer = |text: &str| {
        let missing = lengths.start().saturating_sub(text.chars().count()).min(LONGEST);
        format!("{text}{}", "x".repeat(missing))
    };
    let all = made.chain(words.map(str::to_owned));
    all.flat_map(|text| [longer(&text), text]).find(|text| fits(text))
}

/// The pattern without look-around, which is only tried.
fn tree(engine: &Engine) -> Option<Hir> {
    match engine {
        Engine::Linear(regex) => regex_syntax::parse(regex.as_str()).ok(),
        Engine::Backtracking(_) => None,
    }
}

fn candidates(tree: &Hir, least: usize) -> impl Iterator<Item = String> + '_ {
    let least = u32::try_from(least.min(LONGEST)).unwrap_or_default();
    let more = [1, 0].into_iter().chain(2..=40).chain((1..=8).map(move |it| least.div_ceil(it))).chain([least]);
    let places = [Place::All, Place::First, Place::Last];
    let choices = more.flat_map(move |more| places.map(|place| (more, place)));
    let choices = choices.flat_map(|(more, place)| (0..4).map(move |branch| Choice { more, place, branch }));
    choices.filter_map(|choice| {
        let mut text = String::new();
        let mut repetitions = (0, repetitions(tree));
        write(tree, choice, &mut repetitions, &mut text).then_some(text)
    })
}

/// How many repetitions a pattern has that may vary.
fn repetitions(tree: &Hir) -> usize {
    match tree.kind() {
        HirKind::Repetition(it) => usize::from(varies(it)),
        kind => kind.subs().iter().map(repetitions).sum(),
    }
}

fn varies(repetition: &Repetition) -> bool {
    repetition.max != Some(repetition.min)
}

/// Writes a text; false where it becomes too long. `met` counts the repetitions so far, beside how many there are.
fn write(tree: &Hir, choice: Choice, met: &mut (usize, usize), text: &mut String) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(Literal(bytes)) => {
            text.push_str(&String::from_utf8_lossy(bytes));
            true
        }
        HirKind::Class(class) => match readable(class) {
            Some(found) => {
                text.push(found);
                true
            }
            None => false,
        },
        HirKind::Capture(capture) => write(&capture.sub, choice, met, text),
        HirKind::Concat(all) => all.iter().all(|it| write(it, choice, met, text)),
        HirKind::Alternation(all) => {
            all.get(choice.branch % all.len().max(1)).is_some_and(|it| write(it, choice, met, text))
        }
        HirKind::Repetition(repetition) => {
            let is_meant = match choice.place {
                Place::All => true,
                Place::First => met.0 == 0,
                Place::Last => met.0 + 1 == met.1,
            };
            met.0 += usize::from(varies(repetition));
            let more = if is_meant { choice.more } else { 0 };
            let most = repetition.max.unwrap_or(u32::MAX);
            let count = repetition.min.saturating_add(more).min(most);
            for _ in 0..count {
                let before = text.len();
                let mut inside = (usize::MAX / 2, 0);
                if !write(&repetition.sub, Choice { more: 0, ..choice }, &mut inside, text) {
                    return false;
                }
                // What has no characters is not written over and over.
                if text.len() == before {
                    break;
                }
            }
            true
        }
    }
}

/// A character of a class that reads well, else its first one.
fn readable(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|it| (it.start(), it.end())).collect(),
        Class::Bytes(class) => class.ranges().iter().map(|it| (char::from(it.start()), char::from(it.end()))).collect(),
    };
    let has = |wanted: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&wanted));
    READABLE.chars().chain('!'..='~').find(has).or_else(|| ranges.first().map(|it| it.0))
}
