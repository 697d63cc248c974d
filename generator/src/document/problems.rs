//! What can be wrong with a reference or a value, in words.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{Origin, Value};

/// Where a reference leads.
pub(super) enum Located {
    Found(Origin),
    /// It names an anchor or an `$id` that may yet be met.
    Unknown(Problem),
}

/// What is wrong with a reference.
pub(super) struct Problem {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Problem {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says it of a place.
    pub(super) fn report<'d>(self, origin: &Origin, diagnostics: &'d mut Diagnostics) -> &'d mut Diagnostic {
        let finding = diagnostics.report(self.code, origin, self.message);
        match self.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    }
}

pub(super) fn outside(text: &str) -> Problem {
    let problem = Problem::new(Code::ReferenceOutside, format!("`{text}` leaves the folder of the document"));
    if text.starts_with('/') {
        let name = text.rsplit('/').next().unwrap_or_default();
        return problem.help(format!("a reference starts from its own file: `./{name}` is a file beside that"));
    }
    problem.help("only files in that folder and below it are read; `--root` names another folder")
}

/// Of a URL nobody took a copy; where the caller has a place for copies, a command takes one.
pub(super) fn not_copied(text: &str, command: Option<String>) -> Problem {
    let message = format!("`{text}` leads to a URL, and nothing is ever fetched");
    let command = command.map(|it| format!("`{it}` takes a copy of a file that you have"));
    let by_hand = || "keep a copy of the file in the folder of the document, and refer to that".to_owned();
    Problem::new(Code::ReferenceOutside, message).help(command.unwrap_or_else(by_hand))
}

/// Whether a `~` is followed by something other than `0` and `1`.
pub(super) fn has_bad_escape(pointer: &str) -> bool {
    pointer.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1']))
}

/// A scalar as a message shows it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("`{}`", number.as_str()),
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
