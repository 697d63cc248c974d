//! Entries of a configuration that have no effect: files that are not there, and names that nothing answers to.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use super::codegen::{Codegen, Prepared};
use super::project::Project;
use super::settings::UnusedSelection;
use crate::config::{self, Problem, Spot, Step};
use crate::diagnostics::similar;
use crate::lower::{Near, Unpaged};

impl Project {
    /// The documents and overlays that cannot be read, all of them, each where it is named.
    pub(super) fn unreadable(&self, jobs: &[Codegen]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (idx, (output, job)) in self.config.output.iter().zip(jobs).enumerate() {
            let wanted = output.api.iter().enumerate().filter(|(_, api)| job.wants(&api.api_name()));
            for (nth, api) in wanted {
                let above = [Step::Key("output"), Step::Item(idx), Step::Key("api"), Step::Item(nth)];
                let mut check = |shown: &str, spot: &[Step]| {
                    if let Some((message, help)) = job.unreadable(&self.folder.join(shown), shown) {
                        problems.push(config::problem(&self.text, &[&above, spot].concat(), message, &help));
                    }
                };
                check(&api.document, &[Step::Key("document")]);
                for (position, overlay) in api.overlays.iter().enumerate() {
                    check(overlay, &[Step::Key("overlays"), Step::Item(position)]);
                }
            }
        }
        problems
    }

    /// The entries that nothing in any document answers to: most likely misspelled, or out of date.
    pub(super) fn unanswered(&self, prepared: &[Prepared]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (idx, it) in prepared.iter().enumerate() {
            let output = &self.config.output[idx];
            let place = |api: &str| output.api.iter().position(|it| it.api_name() == api).unwrap_or_default();
            for UnusedSelection { api, spot, text, similar } in it.unused_selections() {
                let above = [Step::Key("output"), Step::Item(idx), Step::Key("api"), Step::Item(place(api))];
                let message = format!("no operation of `{}` answers to `{text}`", output.api[place(api)].document);
                let help = similar.map(|it| format!("`{it}` is similar")).unwrap_or_default();
                problems.push(config::problem(&self.text, &[&above, spot.as_slice()].concat(), message, &help));
            }
        }
        let used: BTreeSet<&Spot> = prepared.iter().flat_map(|it| &it.used).collect();
        let operations: BTreeSet<&str> = prepared.iter().flat_map(Prepared::operations).collect();
        let nears = |spot: &Spot| prepared.iter().find_map(|it| it.near.get(spot)).cloned();
        let types: BTreeSet<&str> =
            prepared.iter().flat_map(|it| &it.plans).flat_map(|it| &it.models).map(|it| it.name.as_str()).collect();
        let mut check = |spot: Spot, message: String, near: Option<Near>| {
            if used.contains(&spot) {
                return;
            }
            let (spot, help) = match near {
                // An item of a list is the name itself.
                Some((key, near)) if spot.contains(&Step::Key(key)) => (spot, format!("`{near}` is similar")),
                Some((key, near)) => ([spot, vec![Step::Key(key)]].concat(), format!("`{near}` is similar")),
                None => (spot, "remove it, or correct it".to_owned()),
            };
            problems.push(config::problem(&self.text, &spot, message, &help));
        };
        for (idx, rule) in self.config.attribute.iter().enumerate() {
            let spot = vec![Step::Key("attribute"), Step::Item(idx)];
            if rule.names.is_empty() {
                check(spot.clone(), "no generated type answers to this entry".to_owned(), None);
            }
            for (nth, name) in rule.names.iter().enumerate() {
                let spot = [spot.as_slice(), &[Step::Key("names"), Step::Item(nth)]].concat();
                let near = similar(name, types.iter().copied()).map(|it| ("names", it.to_owned()));
                check(spot, format!("no generated type of that kind is called `{name}`"), near);
            }
        }
        for (idx, entry) in self.config.replace.iter().enumerate() {
            let spot = vec![Step::Key("replace"), Step::Item(idx)];
            let near = nears(&spot);
            check(spot, format!("no schema answers to this entry: nothing becomes `{}`", entry.with), near);
        }
        for (idx, entry) in self.config.rename.iter().enumerate() {
            let spot = vec![Step::Key("rename"), Step::Item(idx)];
            let near = nears(&spot);
            check(spot, format!("there is no {}", entry.target()), near);
        }
        for (idx, entry) in self.config.pagination.iter().enumerate() {
            let spot = vec![Step::Key("pagination"), Step::Item(idx)];
            let near = similar(&entry.operation, operations.iter().copied());
            let near = near.map(|it| ("operation", it.to_owned()));
            check(spot, format!("there is no operation `{}`", entry.operation), near);
        }
        for (idx, entry) in self.config.finding.iter().enumerate() {
            let spot = vec![Step::Key("finding"), Step::Item(idx)];
            let near = nears(&spot);
            let message = format!("no finding answers to this entry: there is no `{}` that it is about", entry.code);
            check(spot, message, near);
        }
        for (idx, message) in prepared.iter().flat_map(|it| &it.misnamed) {
            let spot = [Step::Key("rename"), Step::Item(*idx), Step::Key("to")];
            problems.push(config::problem(&self.text, &spot, message.clone(), "choose another name"));
        }
        for (idx, Unpaged { key, message, similar }) in prepared.iter().flat_map(|it| &it.unpaged) {
            let spot = [Step::Key("pagination"), Step::Item(*idx), Step::Key(key)];
            let near = similar.as_ref().map(|it| format!("`{it}` is similar"));
            let help = near.as_deref().unwrap_or("name one of its query parameters");
            problems.push(config::problem(&self.text, &spot, message.clone(), help));
        }
        problems.sort_by_key(|it| it.span.start);
        problems.dedup();
        problems
    }
}

impl Codegen {
    /// Whether the job is about an API of its output.
    fn wants(&self, api: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == api)
    }

    /// Why a file cannot be read, and what to do about it; none where it can be.
    fn unreadable(&self, path: &Path, shown: &str) -> Option<(String, String)> {
        if path.is_file() {
            return None;
        }
        let shown_path = shown.escape_debug();
        // Whoever watches waits for the file to come.
        let error = self.inputs.read(path).err()?;
        if error.kind() != ErrorKind::NotFound {
            return Some((format!("cannot read `{shown_path}`: {error}"), String::new()));
        }
        let message = format!("cannot read `{shown_path}`: there is no such file");
        if shown.starts_with("http://") || shown.starts_with("https://") {
            return Some((message, "nothing is fetched: save it in a file, and name that".to_owned()));
        }
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let names: Vec<String> = entries.filter_map(|it| it.file_name().into_string().ok()).collect();
        let name = path.file_name()?.to_string_lossy();
        let near = similar(&name, names.iter().map(String::as_str)).map(|near| format!("`{near}` is similar"));
        Some((message, near.unwrap_or_default()))
    }
}
