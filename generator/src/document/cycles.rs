//! Cycles that have no end: objects that refer to themselves, and schemas that are made of themselves.
//!
//! A schema may come back to itself through a property or an item, because an instance is finite. Through `$ref`,
//! `allOf`, `anyOf`, `oneOf`, `not`, `if`, `then`, `else` and `dependentSchemas` alone it may not: those apply to the
//! same instance, and no answer would ever be found.

use super::ledger::ObjectKind;
use super::references::{Found, Seen};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ordered::{IndexMap, IndexSet};
use crate::source::{Origin, Sources};

/// Reports each cycle once.
pub(super) fn report(
    found: &mut Found,
    targets: &IndexMap<Origin, Origin>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let mut opened = IndexSet::default();
    loop {
        let graph = schemas(found, targets, &opened);
        let before = opened.len();
        for cycle in graph.cycles() {
            let message = format!("a schema is made of itself: {}", path(&cycle, sources));
            let diagnostic = diagnose(&cycle, message, "a property or an item must come in between", diagnostics);
            if let (Some(diagnostic), Some((link, instead))) = (diagnostic, link(&cycle, targets)) {
                diagnostic.taken_as(instead);
                opened.insert(link);
            }
        }
        // Opening one cycle may leave another that ran through the same schemas.
        if opened.len() == before {
            break;
        }
    }
    for cycle in objects(found, targets).cycles() {
        let message = format!("a reference leads back to itself: {}", path(&cycle, sources));
        diagnose(&cycle, message, "only schemas may refer to themselves", diagnostics);
    }
    found.repairs.extend(opened.into_iter().map(|link| (link, None)));
}

/// What applies to the same instance as what, without the links that are opened.
fn schemas(found: &Found, targets: &IndexMap<Origin, Origin>, opened: &IndexSet<Origin>) -> Graph {
    let mut graph = Graph::default();
    for (outer, inner) in found.in_place.iter().filter(|(_, inner)| !opened.contains(inner)) {
        graph.edge(outer, inner);
    }
    for (member, target) in targets.iter().filter(|(member, _)| !opened.contains(*member)) {
        let is_keyword = matches!(member.pointer.last().as_deref(), Some("$ref" | "$dynamicRef" | "$recursiveRef"));
        if let (true, Some(holder), Some(Seen::Object(ObjectKind::Schema))) =
            (is_keyword, parent(member), found.seen.get(target))
        {
            graph.edge(&holder, target);
        }
    }
    graph
}

/// Which object refers to which, schemas apart.
fn objects(found: &Found, targets: &IndexMap<Origin, Origin>) -> Graph {
    let mut graph = Graph::default();
    let held: IndexSet<&Origin> = targets.values().collect();
    for (member, target) in targets {
        let Some(holder) = parent(member) else { continue };
        match found.seen.get(target) {
            Some(Seen::Object(ObjectKind::Schema)) | None => {}
            // A callback may well lead back to the operation that it belongs to, and is not generated.
            Some(_) if member.pointer.as_str().contains("/callbacks/") => {}
            Some(_) => graph.edge_from_holders(&holder, target, &held),
        }
    }
    graph
}

/// The link of a cycle that says nothing about an instance, and what the cycle is without it.
///
/// A schema that is one of its own branches allows what the other branches allow; one that is only itself allows
/// everything.
fn link(cycle: &[&Origin], targets: &IndexMap<Origin, Origin>) -> Option<(Origin, &'static str)> {
    let parts = |origin: &Origin| Some((origin.pointer.last()?, origin.pointer.parent()?.last()?));
    for keyword in ["anyOf", "oneOf", "allOf"] {
        let is_branch = |origin: &&&Origin| {
            parts(origin).is_some_and(|(index, list)| list == keyword && index.bytes().all(|it| it.is_ascii_digit()))
        };
        if let Some(origin) = cycle.iter().find(is_branch) {
            return Some(((*origin).clone(), "the same schema without this branch"));
        }
    }
    let is_condition = |origin: &&&Origin| {
        parts(origin).is_some_and(|(last, outer)| {
            matches!(last.as_str(), "not" | "if" | "then" | "else")
                || matches!(outer.as_str(), "dependentSchemas" | "dependencies")
        })
    };
    if let Some(origin) = cycle.iter().find(is_condition) {
        return Some(((*origin).clone(), "the same schema without this keyword"));
    }
    let member = |origin: &&&Origin| {
        let keywords = ["$ref", "$dynamicRef", "$recursiveRef"].map(|keyword| origin.key(keyword));
        keywords.into_iter().find(|member| targets.contains_key(member))
    };
    let first = cycle.iter().find_map(|origin| member(&origin))?;
    Some((first, "any JSON value"))
}

fn diagnose<'d>(
    cycle: &[&Origin],
    message: String,
    help: &str,
    diagnostics: &'d mut Diagnostics,
) -> Option<&'d mut Diagnostic> {
    /// More would hide the listing.
    const RELATED: usize = 5;
    let (first, rest) = cycle.split_first()?;
    let diagnostic = diagnostics.report(Code::ReferenceCycle, first, message);
    diagnostic.help(help);
    for origin in rest.iter().take(RELATED) {
        diagnostic.related((*origin).clone(), "by way of this");
    }
    Some(diagnostic)
}

/// `A → B → A`, in pointers.
fn path(cycle: &[&Origin], sources: &Sources) -> String {
    /// A longer path is shown by its ends.
    const LONGEST: usize = 8;
    let name = |origin: &Origin| {
        let origin = sources.written(origin);
        let file = if origin.file.0 == 0 { "" } else { sources.file(origin.file).path.as_str() };
        format!("`{file}{}`", origin.pointer)
    };
    let mut names: Vec<String> = cycle.iter().take(LONGEST).map(|origin| name(origin)).collect();
    if cycle.len() > LONGEST {
        names.push("…".to_owned());
    }
    names.extend(cycle.first().map(|origin| name(origin)));
    names.join(" → ")
}

fn parent(origin: &Origin) -> Option<Origin> {
    origin.pointer.parent().map(|pointer| Origin { file: origin.file, pointer })
}

#[derive(Default)]
struct Graph {
    nodes: IndexMap<Origin, Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Color {
    White,
    Open,
    Done,
}

impl Graph {
    fn node(&mut self, origin: &Origin) -> usize {
        if let Some(index) = self.nodes.get_index_of(origin) {
            return index;
        }
        self.nodes.insert_full(origin.clone(), Vec::new()).0
    }

    fn edge(&mut self, from: &Origin, to: &Origin) {
        let (from, to) = (self.node(from), self.node(to));
        self.nodes[from].push(to);
    }

    /// Adds the edge from every referred object that the reference stands in, itself included.
    fn edge_from_holders(&mut self, holder: &Origin, target: &Origin, held: &IndexSet<&Origin>) {
        let mut around = Some(holder.clone());
        while let Some(origin) = around {
            if held.contains(&origin) || origin == *holder {
                self.edge(&origin, target);
            }
            around = parent(&origin);
        }
    }

    /// One cycle for each way back that a depth-first search meets; the stack is explicit, for chains of any length.
    fn cycles(&self) -> Vec<Vec<&Origin>> {
        /// Enough to see what is wrong.
        const MOST: usize = 50;
        let mut colors = vec![Color::White; self.nodes.len()];
        let mut cycles = Vec::new();
        for start in 0..self.nodes.len() {
            if colors[start] != Color::White {
                continue;
            }
            colors[start] = Color::Open;
            let mut stack = vec![(start, 0)];
            while let Some((node, next)) = stack.last_mut() {
                let Some(&child) = self.nodes[*node].get(*next) else {
                    colors[*node] = Color::Done;
                    stack.pop();
                    continue;
                };
                *next += 1;
                match colors[child] {
                    Color::White => {
                        colors[child] = Color::Open;
                        stack.push((child, 0));
                    }
                    Color::Open if cycles.len() >= MOST => return cycles,
                    Color::Open => {
                        let from = stack.iter().position(|(node, _)| *node == child).unwrap_or_default();
                        cycles.push(stack[from..].iter().filter_map(|(node, _)| self.origin(*node)).collect());
                    }
                    Color::Done => {}
                }
            }
        }
        cycles
    }

    fn origin(&self, node: usize) -> Option<&Origin> {
        self.nodes.get_index(node).map(|(origin, _)| origin)
    }
}
