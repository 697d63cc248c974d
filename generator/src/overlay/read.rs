//! The text of an overlay: its version and its actions.

use crate::diagnostics::{Code, Diagnostics};
use crate::source::{At, Value};

/// The versions of overlays that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V10,
    V11,
}

/// One action.
pub(super) struct Action<'a> {
    /// `target`, a string.
    pub(super) target: At<'a>,
    pub(super) change: Change<'a>,
    /// Whether it may select nothing.
    pub(super) is_optional: bool,
}

/// What an action does.
pub(super) enum Change<'a> {
    Update(At<'a>),
    Copy(At<'a>),
    Remove(At<'a>),
}

impl<'a> Change<'a> {
    /// Where it is said.
    pub(super) fn at(&self) -> &At<'a> {
        match self {
            Self::Update(at) | Self::Copy(at) | Self::Remove(at) => at,
        }
    }
}

/// The actions of an overlay; what is wrong is reported and left out.
pub(super) fn actions<'a>(root: &At<'a>, diagnostics: &mut Diagnostics) -> (Version, Vec<Action<'a>>) {
    let none = (Version::V11, Vec::new());
    if root.value.as_object().is_none() {
        // A text that could not be read has said so.
        if *root.value != Value::Null {
            let message = format!("an overlay is a mapping, and this is of type {}", root.value.type_name());
            diagnostics.report(Code::InvalidOverlay, &root.origin, message);
        }
        return none;
    }
    let mut reader = Reader { diagnostics };
    let Some(version) = reader.version(root) else { return none };
    reader.known(root, &["overlay", "info", "extends", "actions"], "an Overlay Object");
    match root.field("info") {
        None => reader.missing(root, "info"),
        Some(info) => {
            let fields: &[&str] = match version {
                Version::V10 => &["title", "version"],
                Version::V11 => &["title", "version", "description"],
            };
            reader.known(&info, fields, "an Info Object of an overlay");
            for field in ["title", "version"] {
                reader.want_text(&info, field);
            }
        }
    }
    let Some(list) = root.field("actions") else {
        reader.missing(root, "actions");
        return none;
    };
    if list.value.as_array().is_none_or(<[_]>::is_empty) {
        reader.fault(&list, "`actions` must be a sequence with at least one action");
        return none;
    }
    (version, list.items().filter_map(|it| reader.action(&it, version)).collect())
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn fault(&mut self, at: &At<'_>, message: impl Into<String>) {
        self.diagnostics.report(Code::InvalidOverlay, &at.origin, message).at_key();
    }

    fn missing(&mut self, at: &At<'_>, field: &str) {
        self.fault(at, format!("`{field}` is missing"));
    }

    fn version(&mut self, root: &At<'_>) -> Option<Version> {
        const HELP: &str = "Specwright reads overlays 1.0 and 1.1";
        let Some(field) = root.field("overlay") else {
            self.missing(root, "overlay");
            return None;
        };
        let text = field.value.as_str().unwrap_or_default();
        let is = |version: &str| text == version || text.strip_prefix(version).is_some_and(|it| it.starts_with('.'));
        if is("1.0") {
            return Some(Version::V10);
        }
        if is("1.1") {
            return Some(Version::V11);
        }
        let message = "`overlay` must be the version of the overlay, in quotes, as in `'1.1.0'`";
        self.diagnostics.report(Code::InvalidOverlay, &field.origin, message).help(HELP);
        None
    }

    fn known(&mut self, at: &At<'_>, fields: &[&str], object: &str) {
        if at.value.as_object().is_none() {
            self.fault(at, format!("this must be {object}"));
        }
        for (key, member) in at.entries() {
            if !key.starts_with("x-") && !fields.contains(&key) {
                let message = format!("`{key}` is not a field of {object}");
                self.diagnostics.report(Code::UnknownField, &member.origin, message).at_key();
            }
        }
    }

    fn want_text(&mut self, at: &At<'_>, field: &str) {
        match at.field(field) {
            None => self.missing(at, field),
            Some(member) if member.value.as_str().is_none() => {
                self.fault(
                    &member,
                    format!("`{field}` must be a string, and this is of type {}", member.value.type_name()),
                );
            }
            Some(_) => {}
        }
    }

    fn action<'a>(&mut self, at: &At<'a>, version: Version) -> Option<Action<'a>> {
        let fields: &[&str] = match version {
            Version::V10 => &["target", "description", "update", "remove"],
            Version::V11 => &["target", "description", "update", "remove", "copy"],
        };
        self.known(at, fields, "an Action Object");
        let Some(target) = at.field("target") else {
            self.missing(at, "target");
            return None;
        };
        if target.value.as_str().is_none() {
            self.fault(&target, format!("`target` must be a string, and this is of type {}", target.value.type_name()));
            return None;
        }
        let copy = at.field("copy").filter(|_| version == Version::V11);
        let change = match (at.field("remove"), at.field("update"), copy) {
            (Some(remove), ..) if remove.value.as_bool().is_none() => {
                self.fault(&remove, "`remove` must be `true` or `false`");
                return None;
            }
            // The others have no effect beside it.
            (Some(remove), ..) if remove.value.as_bool() == Some(true) => Change::Remove(remove),
            (_, Some(_), Some(copy)) => {
                self.fault(&copy, "`update` and `copy` exclude each other");
                return None;
            }
            (_, _, Some(copy)) if copy.value.as_str().is_none() => {
                self.fault(&copy, format!("`copy` must be a string, and this is of type {}", copy.value.type_name()));
                return None;
            }
            (_, _, Some(copy)) => Change::Copy(copy),
            (_, Some(update), None) => Change::Update(update),
            (_, None, None) => {
                self.fault(at, "this action does nothing: it has neither `update`, `copy` nor `remove: true`");
                return None;
            }
        };
        Some(Action { target, change, is_optional: at.flag("x-optional") == Some(true) })
    }
}
