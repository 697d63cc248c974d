//! What some APIs need of the run time: which sides of HTTP, and which libraries.

use crate::config::{Library, Side};
use crate::plan::{ApiPlan, OperationKind};

/// What some APIs need of the run time.
pub(super) struct Needs {
    /// The sides of HTTP; none where there is no operation.
    pub(super) sides: Vec<Side>,
    /// The libraries that the types come from.
    pub(super) libraries: Vec<Library>,
    /// Whether there are stand-ins, which have operations to serve.
    pub(super) stand_in: bool,
    /// Whether there are contract tests.
    pub(super) contract: bool,
    /// Whether there are clients that may be compiled for browsers.
    pub(super) browser: bool,
}

impl Needs {
    pub(super) fn new(plans: &[ApiPlan]) -> Self {
        let wanted: Vec<_> = plans.iter().flat_map(|plan| plan.types.libraries()).collect();
        let has = |side: &Side| plans.iter().any(|plan| !plan.operations.is_empty() && plan.has(*side));
        Self {
            browser: has(&Side::Client),
            sides: Side::ALL.into_iter().filter(has).collect(),
            libraries: Library::ALL.into_iter().filter(|it| wanted.contains(it)).collect(),
            stand_in: plans.iter().any(is_served),
            contract: plans.iter().any(|it| is_served(it) && it.requests.is_some()),
        }
    }

    /// The same for a module of somebody's crate, where all features are on: code that is not for browsers.
    pub(super) fn of_module(self) -> Self {
        Self { browser: false, ..self }
    }

    /// Whether there is a side at all.
    pub(super) fn has_sides(&self) -> bool {
        !self.sides.is_empty()
    }

    /// The features of the run time that are always on: those of libraries.
    fn is_on(&self, feature: &str) -> bool {
        self.libraries.iter().any(|it| it.name() == feature)
    }

    /// Whether nothing has a feature: an unwanted library, or a side that is not there.
    fn is_off(&self, feature: &str) -> bool {
        let is_library = Library::ALL.iter().any(|it| it.name() == feature);
        let side = Side::ALL.into_iter().find(|it| it.name() == feature);
        (is_library && !self.is_on(feature))
            || side.is_some_and(|it| !self.sides.contains(&it))
            || (feature == "stand-in" && !self.stand_in)
            || (feature == "contract" && !self.contract)
            || (feature == "browser" && !self.browser)
    }

    /// A file of the run time without what is off, and without conditions for what is on. Each condition is about one
    /// feature or any of several, and stands before one line, or before several that end as they begin.
    pub(super) fn settled(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let features = features(line);
            let left: Vec<_> = features.iter().copied().filter(|it| !self.is_off(it)).collect();
            if features.iter().any(|it| self.is_on(it)) {
                continue;
            }
            if left.len() == features.len() {
                out.push_str(line);
            } else if let [only] = left.as_slice() {
                let indent = line.len() - line.trim_start().len();
                out.push_str(&line[..indent]);
                out.extend(["#[cfg(feature = \"", only, "\")]"]);
            } else {
                skip_item(&mut lines);
                continue;
            }
            out.push('\n');
        }
        out
    }
}

/// Whether there is anything to serve: a document may be about schemas or webhooks alone.
pub(super) fn is_served(plan: &ApiPlan) -> bool {
    plan.has(Side::Server) && plan.of_kind(OperationKind::Operation).next().is_some()
}

/// The features that a condition names.
fn features(line: &str) -> Vec<&str> {
    let Some(condition) = line.trim_start().strip_prefix("#[cfg(") else { return Vec::new() };
    condition.split("feature = \"").skip(1).filter_map(|it| it.split('"').next()).collect()
}

/// Goes behind the item that follows.
fn skip_item<'t>(lines: &mut impl Iterator<Item = &'t str>) {
    let Some(first) = lines.next() else { return };
    if !first.ends_with(['{', '(']) {
        return;
    }
    let indent = &first[..first.len() - first.trim_start().len()];
    lines.find(|line| line.starts_with(indent) && line[indent.len()..].starts_with(['}', ')']));
}
