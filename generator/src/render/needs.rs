//! What some APIs need of the run time: which of its features, and which of those everything needs.

use std::collections::BTreeSet;
use std::iter::Peekable;

use crate::config::Side;
use crate::plan::{ApiPlan, FEATURES, Feature, Need, On, OperationKind};

/// What a condition starts with that holds without a feature.
const NOT: &str = "#[cfg(not(";

/// What some APIs need of the run time.
pub(super) struct Needs {
    /// The sides of HTTP; none where there is no operation.
    pub(super) sides: Vec<Side>,
    /// The features that their crate has, in the order of the table.
    pub(super) features: Vec<&'static Feature>,
    /// What the documents need of libraries.
    pub(super) libraries: BTreeSet<Need>,
    /// Whether the features that there are cannot be turned off.
    are_on: bool,
}

impl Needs {
    pub(super) fn new(plans: &[ApiPlan]) -> Self {
        let has = |side: &Side| plans.iter().any(|plan| !plan.operations.is_empty() && plan.has(*side));
        let sides: Vec<_> = Side::ALL.into_iter().filter(has).collect();
        let is_there = |it: &&Feature| match it.name {
            "stand-in" => plans.iter().any(is_served),
            "contract" => plans.iter().any(|it| is_served(it) && it.requests.is_some()),
            _ => sides.contains(&it.side),
        };
        let features = FEATURES.iter().filter(is_there).collect();
        let libraries = plans.iter().flat_map(|it| it.needs.iter().copied()).collect();
        Self { sides, features, libraries, are_on: false }
    }

    /// The same for a module of somebody's crate, which has no features of its own: all are on but those that stand for
    /// something else.
    pub(super) fn of_module(mut self) -> Self {
        self.features.retain(|it| it.on != On::Instead);
        Self { are_on: true, ..self }
    }

    /// Whether there is a feature.
    pub(super) fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|it| it.name == feature)
    }

    /// The features of the run time that are always on.
    fn is_on(&self, feature: &str) -> bool {
        self.libraries.iter().any(|it| it.feature() == feature) || (self.are_on && self.has(feature))
    }

    /// Whether nothing has a feature: what no document needs, or a side that is not there.
    pub(super) fn is_off(&self, feature: &str) -> bool {
        let is_need = Need::ALL.iter().any(|it| it.feature() == feature);
        let is_feature = FEATURES.iter().any(|it| it.name == feature);
        (is_need && !self.is_on(feature)) || (is_feature && !self.has(feature))
    }

    /// A file of the run time without what is off, and without conditions for what is on. Each condition is about one
    /// feature or any of several, or about none of them, and stands before one item with its other attributes, whose later
    /// lines are indented or close it; what is said of an item stands above its condition, and goes with it.
    pub(super) fn settled(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut about = String::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if line.trim_start().starts_with("///") {
                about.extend([line, "\n"]);
                continue;
            }
            let features = features(line);
            let left: Vec<_> = features.iter().copied().filter(|it| !self.is_off(it)).collect();
            let is_on = features.iter().any(|it| self.is_on(it));
            let is_off = !is_on && left.is_empty();
            let is_negative = line.trim_start().starts_with(NOT);
            let (stays, goes) = if is_negative { (is_off, is_on) } else { (is_on, is_off) };
            if !features.is_empty() && goes {
                about.clear();
                skip_item(&mut lines);
                continue;
            }
            out.push_str(&about);
            about.clear();
            if !features.is_empty() && stays {
                continue;
            }
            if left.len() == features.len() {
                out.push_str(line);
            } else {
                let indent = line.len() - line.trim_start().len();
                out.push_str(&line[..indent]);
                out.push_str(&condition(is_negative, &left));
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

/// The condition about one feature, any of several, or none of them.
fn condition(is_negative: bool, names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|it| format!("feature = \"{it}\"")).collect();
    let one = match names.as_slice() {
        [only] => only.clone(),
        several => format!("any({})", several.join(", ")),
    };
    if is_negative { format!("{NOT}{one}))]") } else { format!("#[cfg({one})]") }
}

/// Goes behind the item that follows: its attributes, its first line, what is indented below it, and the line that closes it.
fn skip_item<'t>(lines: &mut Peekable<impl Iterator<Item = &'t str>>) {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let Some(mut last) = lines.find(|line| !line.trim_start().starts_with("#[")) else { return };
    let start = indent(last);
    loop {
        while lines.next_if(|line| line.is_empty() || indent(line) > start).is_some() {}
        let is_open = last.ends_with(['{', '(', '[']);
        let closes = |line: &&str| indent(line) == start && line.trim_start().starts_with(['}', ')', ']']);
        let Some(line) = lines.next_if(|line| is_open && closes(line)) else { return };
        last = line;
    }
}
