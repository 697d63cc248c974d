//! What is printed: a line for each file, the sums, what was not run, and every failure.

use std::collections::BTreeMap;
use std::fmt;

use super::compare;
use super::harness::Answer;
use super::suite::{Group, Test};

/// What became of a group.
pub(super) enum Outcome {
    /// Its tests ran.
    Ran(Vec<Verdict>),
    /// OpenAPI cannot express it, or it needs a remote document: why.
    NotRun(String),
    /// The generator refuses the document.
    Refused {
        /// Whether the suite asks for what no generated code can know.
        expected: bool,
        /// What the generator says.
        listing: String,
    },
}

/// What became of a test.
pub(super) enum Verdict {
    Right,
    /// A valid instance was rejected, for these violations.
    ValidRejected(String),
    /// A valid instance was rejected because it has an integer beyond 64 bits, which is what integers have.
    TooLarge,
    /// An invalid instance was accepted.
    InvalidAccepted,
    /// A valid instance came back as another one.
    Changed(String),
    /// The decoder did not answer.
    Crashed(String),
}

impl Verdict {
    pub(super) fn judge(test: &Test, answer: Answer) -> Self {
        match (answer, test.valid) {
            (Answer::Accepted(encoded), true) if compare::same(&test.instance, &encoded) => Self::Right,
            (Answer::Accepted(encoded), true) => Self::Changed(encoded),
            (Answer::Accepted(_), false) => Self::InvalidAccepted,
            (Answer::Rejected(violations), true)
                if violations.contains("is more than its type can hold")
                    && compare::has_large_integer(&test.instance) =>
            {
                Self::TooLarge
            }
            (Answer::Rejected(violations), true) => Self::ValidRejected(violations),
            (Answer::Rejected(_), false) => Self::Right,
            (Answer::Crashed(reason), _) => Self::Crashed(reason),
        }
    }
}

/// Everything that is to be said.
pub(super) struct Report {
    pub(super) groups: Vec<Group>,
    pub(super) outcomes: Vec<Outcome>,
}

impl Report {
    /// Whether each test that ran is right, and nothing was refused but for what no document can say.
    pub(super) fn is_clean(&self) -> bool {
        let mut all = Counts::default();
        self.rows().for_each(|(group, outcome)| all.add(group, outcome));
        all.wrong() == 0
    }

    fn rows(&self) -> impl Iterator<Item = (&Group, &Outcome)> {
        self.groups.iter().zip(&self.outcomes)
    }

    fn counts<K: Ord>(&self, key: impl Fn(&Group) -> K) -> BTreeMap<K, Counts> {
        let mut all: BTreeMap<K, Counts> = BTreeMap::new();
        for (group, outcome) in self.rows() {
            all.entry(key(group)).or_default().add(group, outcome);
        }
        all
    }
}

#[derive(Default)]
struct Counts {
    groups: usize,
    groups_right: usize,
    tests: usize,
    right: usize,
    valid_rejected: usize,
    invalid_accepted: usize,
    too_large: usize,
    changed: usize,
    crashed: usize,
    not_run: usize,
    refused: usize,
    refused_wrongly: usize,
}

impl Counts {
    fn add(&mut self, group: &Group, outcome: &Outcome) {
        self.groups += 1;
        self.tests += group.tests.len();
        let verdicts = match outcome {
            Outcome::NotRun(_) => {
                self.not_run += group.tests.len();
                return;
            }
            Outcome::Refused { expected, .. } => {
                self.refused += group.tests.len();
                self.refused_wrongly += if *expected { 0 } else { group.tests.len() };
                return;
            }
            Outcome::Ran(verdicts) => verdicts,
        };
        self.groups_right += usize::from(verdicts.iter().all(|it| matches!(it, Verdict::Right)));
        for verdict in verdicts {
            match verdict {
                Verdict::Right => self.right += 1,
                Verdict::ValidRejected(_) => self.valid_rejected += 1,
                Verdict::InvalidAccepted => self.invalid_accepted += 1,
                Verdict::TooLarge => self.too_large += 1,
                Verdict::Changed(_) => self.changed += 1,
                Verdict::Crashed(_) => self.crashed += 1,
            }
        }
    }

    fn wrong(&self) -> usize {
        self.valid_rejected + self.invalid_accepted + self.changed + self.crashed + self.refused_wrongly
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { groups, groups_right, tests, right, valid_rejected, invalid_accepted, .. } = self;
        let Self { too_large, changed, crashed, not_run, refused, refused_wrongly: _, .. } = self;
        write!(
            f,
            "{groups:>6} {groups_right:>6} {tests:>6} {right:>6} {valid_rejected:>9} {invalid_accepted:>9} \
             {too_large:>9} {changed:>8} {crashed:>8} {refused:>8} {not_run:>8}"
        )
    }
}

const HEAD: &str = "groups  right  tests  right  valid rej inval acc  > 64 bit  changed  crashed  refused  not run";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "formats: annotations in the required `format.json`, assertions everywhere else\n")?;
        writeln!(f, "{:<44} {HEAD}", "file")?;
        for ((draft, class, file), counts) in self.counts(|it| (it.draft, it.class, it.file.clone())) {
            writeln!(f, "{:<44} {counts}", format!("{} {} {file}", draft.name(), class.name()))?;
        }
        self.reasons(f)?;
        self.failures(f)?;
        writeln!(f, "\n{:<44} {HEAD}", "draft, class")?;
        for ((draft, class), counts) in self.counts(|it| (it.draft, it.class)) {
            writeln!(f, "{:<44} {counts}", format!("{} {}", draft.name(), class.name()))?;
        }
        for counts in self.counts(|_| ()).values() {
            writeln!(f, "{:<44} {counts}", "all")?;
        }
        Ok(())
    }
}

impl Report {
    fn reasons(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nnot run:")?;
        for (group, outcome) in self.rows() {
            if let Outcome::NotRun(reason) = outcome {
                writeln!(f, "  {} ({} tests): {reason}", group.id(), group.tests.len())?;
            }
        }
        Ok(())
    }

    fn failures(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nfailures and refusals:")?;
        for (group, outcome) in self.rows() {
            match outcome {
                Outcome::NotRun(_) => {}
                Outcome::Refused { listing, .. } => writeln!(f, "  {}: refused\n{}", group.id(), indented(listing))?,
                Outcome::Ran(verdicts) => {
                    for (test, verdict) in group.tests.iter().zip(verdicts) {
                        failure(f, group, test, verdict)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn failure(f: &mut fmt::Formatter<'_>, group: &Group, test: &Test, verdict: &Verdict) -> fmt::Result {
    let what = match verdict {
        Verdict::Right => return Ok(()),
        Verdict::ValidRejected(violations) => format!("valid, but rejected: {violations}"),
        Verdict::TooLarge => "valid, but an integer beyond 64 bits".to_owned(),
        Verdict::InvalidAccepted => "invalid, but accepted".to_owned(),
        Verdict::Changed(encoded) => format!("came back as {encoded}"),
        Verdict::Crashed(reason) => format!("no answer: {reason}"),
    };
    let schema = compare::to_text(&group.schema);
    writeln!(f, "  {}, {}: {what}", group.id(), test.description)?;
    writeln!(f, "    instance: {}\n    schema: {schema}", test.instance)
}

fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["    ", line, "\n"]).collect()
}
