//! What a contract test has found, for people who read it in the log of their CI.

use std::collections::BTreeMap;
use std::fmt;

/// One thing that is not as documented.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breach {
    /// The operation's id; none where it is about the test as a whole.
    pub operation: Option<&'static str>,
    /// The request: method, path and query, and the name of the sample or example; none where nothing was sent.
    pub request: Option<String>,
    /// The status of the answer, where there was one.
    pub status: Option<u16>,
    /// Where it is, as a JSON Pointer below `/status`, `/header` or `/body`; empty for the answer as a whole.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
    /// How many further requests to the operation were answered with the same mistake.
    pub repeated: usize,
}

impl Breach {
    pub(super) fn general(message: impl Into<String>) -> Self {
        Self {
            operation: None,
            request: None,
            status: None,
            pointer: String::new(),
            message: message.into(),
            repeated: 0,
        }
    }

    pub(super) fn about(operation: &'static str, message: impl Into<String>) -> Self {
        Self { operation: Some(operation), ..Self::general(message) }
    }

    /// Whether it is the same mistake, in the answer to another request.
    fn is_like(&self, other: &Self) -> bool {
        (self.operation, self.status) == (other.operation, other.status)
            && (&self.pointer, &self.message) == (&other.pointer, &other.message)
    }
}

/// Adds what is not there yet, and counts what is.
pub(super) fn add(breaches: &mut Vec<Breach>, breach: Breach) {
    match breaches.iter_mut().find(|it| it.is_like(&breach)) {
        Some(known) if known.request != breach.request => known.repeated += 1,
        Some(_) => {}
        None => breaches.push(breach),
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, request, status, pointer, message, repeated } = self;
        let mut subject = operation.unwrap_or_default().to_owned();
        if let Some(request) = request {
            subject.extend([": ", request.as_str()]);
        }
        if let Some(status) = status {
            subject = format!("{subject}, {status}");
        }
        if !subject.is_empty() {
            write!(f, "{subject}: ")?;
        }
        let space = if pointer.is_empty() { "" } else { " " };
        write!(f, "{pointer}{space}{message}")?;
        match repeated {
            0 => Ok(()),
            count => write!(f, " (and in {count} more {})", plural(*count, "answer")),
        }
    }
}

/// What was asked, and with which statuses it was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    pub(super) operations: Vec<Covered>,
}

/// What an operation was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Covered {
    /// The operation's id.
    pub operation: &'static str,
    /// How many answers had which status.
    pub statuses: BTreeMap<u16, usize>,
}

impl Covered {
    /// Whether there was a success or a redirection.
    pub fn has_success(&self) -> bool {
        self.statuses.keys().any(|it| (200..400).contains(it))
    }
}

impl Coverage {
    /// The operations that were asked.
    pub fn operations(&self) -> &[Covered] {
        &self.operations
    }
}

/// One line for each operation.
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Covered { operation, statuses } in &self.operations {
            let statuses: Vec<_> = statuses.iter().map(|(status, count)| format!("{count} of {status}")).collect();
            let statuses = if statuses.is_empty() { "no answer".to_owned() } else { statuses.join(", ") };
            writeln!(f, "{operation}: {statuses}")?;
        }
        Ok(())
    }
}

/// A router that does not keep to its document.
#[derive(Clone, PartialEq, Eq)]
pub struct Broken {
    pub(super) breaches: Vec<Breach>,
    pub(super) coverage: Coverage,
}

impl Broken {
    /// Everything that is not as documented.
    pub fn breaches(&self) -> &[Breach] {
        &self.breaches
    }

    /// What was asked.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, asked) = (self.breaches.len(), self.coverage.operations.len());
        let (mistakes, operations) = (plural(found, "mistake"), plural(asked, "operation"));
        write!(f, "{found} {mistakes} in what {asked} {operations} answered")?;
        self.breaches.iter().try_for_each(|it| write!(f, "\n  {it}"))
    }
}

/// As it is displayed: what a test returns is printed so.
impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Broken {}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
