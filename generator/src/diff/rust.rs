//! Whether code that calls the generated crate still compiles, and which change of the document each answer is due to.
//!
//! The two crates are compared as a caller sees them: public items, fields, variants, methods, traits. What moved is
//! put down to the change of the document that stands closest; what is due to none is a finding of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::finding::Finding;
use super::renamed;
use super::rules::{self, Level, Rule};
use crate::output::Files;
use crate::parallel;
use crate::plan::{ApiPlan, ModelKind};
use crate::render::{ItemKind, Member, PublicItem, items};

/// The public items of the files of two crates that differ in more than words, for [`Side::items`].
pub fn public_items(old: &Files, new: &Files) -> (Vec<PublicItem>, Vec<PublicItem>) {
    let rust = |path: &str| {
        path.strip_suffix(".rs").is_some() && !path.starts_with("src/support/") && !path.ends_with("/examples.rs")
    };
    let parsed = |files: &Files, is_wanted: &dyn Fn(&str, &str) -> bool| {
        let wanted = files.iter().filter(|(path, text)| rust(path) && is_wanted(path, text)).collect();
        let parsed = parallel::each(wanted, |(path, text)| items(path, text).unwrap_or_default());
        parsed.into_iter().flatten().collect::<Vec<PublicItem>>()
    };
    let stays = |path: &str| old.get(path).zip(new.get(path)).is_some_and(|(old, new)| alike(old, new));
    let moved = |files: &Files| parsed(files, &|path, _| !stays(path));
    let (mut before, mut after) = (moved(old), moved(new));
    // What has become another name of a type that stays where it is can be compared with that.
    let named = renamed::named(&before, &after);
    let holds = |path: &str, text: &str| stays(path) && named.iter().any(|it| text.contains(it));
    before.extend(parsed(old, &holds));
    after.extend(parsed(new, &holds));
    (before, after)
}

/// Whether two files have the same code, whatever their documentation says.
fn alike(one: &str, other: &str) -> bool {
    one == other || code(one).eq(code(other))
}

/// The lines without documentation, which is comments in a file and attributes in a draft of one.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let is_words = |line: &str| {
        let attribute = line.strip_prefix('#').map(|it| it.trim_start_matches(['!', ' ']));
        let attribute = attribute.and_then(|it| it.strip_prefix('[')).map(str::trim_start);
        line.starts_with("//") || attribute.is_some_and(|it| it.starts_with("doc"))
    };
    text.lines().map(str::trim).filter(move |line| !is_words(line))
}

/// What moved in the crate.
struct Moved {
    rule: &'static Rule,
    file: String,
    item: String,
    member: Option<String>,
    message: String,
    before: Option<String>,
    after: Option<String>,
}

/// Adds what callers of the crate meet.
pub(super) fn judge(old: &Side<'_>, new: &Side<'_>, findings: &mut Vec<Finding>) {
    let (Some(before), Some(after)) = (&old.items, &new.items) else {
        // Where there is code on both sides, somebody chose not to compare it.
        if old.compiled.plan.is_some() && new.compiled.plan.is_some() {
            return;
        }
        let message = "the generated code is not compared, because one of the documents has errors";
        findings.push(finding(&rules::RUST_UNKNOWN, "crate", "", message));
        return;
    };
    let (before, after) = &renamed::settled(before, after, new.compiled.plan.as_ref());
    let origins = (Origins::new(old), Origins::new(new));
    let causes = Causes::new(findings);
    let mut alone: Vec<Finding> = Vec::new();
    let all = compare(before, after);
    if causes.is_empty() {
        alone.extend(inside(before, after, &all));
    }
    for moved in all {
        let pointer = origins.1.pointer(&moved).or_else(|| origins.0.pointer(&moved));
        let cause = pointer.as_ref().and_then(|it| causes.closest(it));
        let line = line(&moved);
        if let Some(idx) = cause {
            let cause = &mut findings[idx];
            cause.levels.rust = cause.levels.rust.min(moved.rule.levels.rust);
            if cause.moved.len() < 40 && !cause.moved.contains(&line) {
                cause.moved.push(line);
            }
            continue;
        }
        // Without a change of the document that is closer, what moved is reported for itself.
        let breaks = moved.rule.levels.rust == Level::Breaking;
        let rule = if causes.is_empty() && !breaks { &rules::RUST_UNEXPLAINED } else { moved.rule };
        let module = module(&moved.file);
        let mut found = finding(
            rule,
            &format!("crate `{module}::{}`", moved.item),
            moved.member.as_deref().unwrap_or(""),
            &moved.message,
        );
        (found.before, found.after) = (moved.before, moved.after);
        found.moved.push(line);
        alone.push(found);
    }
    findings.extend(alone);
}

/// The files of which only what nobody outside sees moved, where nothing says why.
fn inside(before: &[PublicItem], after: &[PublicItem], moved: &[Moved]) -> Vec<Finding> {
    let files = |all: &'_ [PublicItem]| all.iter().map(|it| it.file.clone()).collect::<BTreeSet<_>>();
    let seen: BTreeSet<&String> = moved.iter().map(|it| &it.file).collect();
    let both: Vec<_> = files(before).intersection(&files(after)).cloned().collect();
    let alone = both.iter().filter(|it| !seen.contains(it));
    let message = "the code inside moved, and nothing that was compared in the document says why";
    alone.map(|it| finding(&rules::RUST_UNEXPLAINED, &format!("crate `{}`", module(it)), "", message)).collect()
}

pub(super) fn finding(rule: &'static Rule, subject: &str, path: &str, message: &str) -> Finding {
    Finding {
        rule,
        levels: rule.levels,
        subject: subject.to_owned(),
        path: path.to_owned(),
        message: message.to_owned(),
        before: None,
        after: None,
        old: None,
        new: None,
        witness: None,
        operations: Vec::new(),
        moved: Vec::new(),
        sunset: None,
        allowed: None,
        fingerprint: String::new(),
    }
}

/// `src/shop/models/pet.rs` is the module `shop::models::pet`.
fn module(file: &str) -> String {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    path.replace('/', "::")
}

fn line(moved: &Moved) -> String {
    let name =
        [Some(moved.item.as_str()), moved.member.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("::");
    format!("{} {}::{name}: {}", moved.rule.id, module(&moved.file), moved.message)
}

fn compare(old: &[PublicItem], new: &[PublicItem]) -> Vec<Moved> {
    let index = |all: &'_ [PublicItem]| -> BTreeMap<(String, String), usize> {
        all.iter().enumerate().map(|(idx, it)| ((it.file.clone(), it.name.clone()), idx)).collect()
    };
    let (before, after) = (index(old), index(new));
    let mut out = Vec::new();
    for item in old {
        match after.get(&(item.file.clone(), item.name.clone())) {
            Some(idx) => members(item, &new[*idx], &mut out),
            None => out.push(whole(&rules::RUST_ITEM_REMOVED, item, format!("`{}` is gone", item.name))),
        }
    }
    for item in new.iter().filter(|it| !before.contains_key(&(it.file.clone(), it.name.clone()))) {
        out.push(whole(&rules::RUST_ITEM_ADDED, item, format!("`{}` is new", item.name)));
    }
    out
}

fn whole(rule: &'static Rule, item: &PublicItem, message: String) -> Moved {
    Moved { rule, file: item.file.clone(), item: item.name.clone(), member: None, message, before: None, after: None }
}

fn members(old: &PublicItem, new: &PublicItem, out: &mut Vec<Moved>) {
    if (old.kind, &old.text) != (new.kind, &new.text) {
        let loosened = matches!(
            (old.kind, new.kind),
            (ItemKind::OpenStruct, ItemKind::Struct) | (ItemKind::OpenEnum, ItemKind::Enum)
        );
        let rule = if loosened { &rules::RUST_ITEM_ADDED } else { &rules::RUST_ITEM_CHANGED };
        let mut moved = whole(rule, new, format!("`{}` is another kind of item", new.name));
        (moved.before, moved.after) = (Some(described(old)), Some(described(new)));
        out.push(moved);
    }
    let traits = |it: &PublicItem| it.traits.iter().cloned().collect::<BTreeSet<_>>();
    let (before, after) = (traits(old), traits(new));
    for name in before.difference(&after) {
        out.push(whole(&rules::RUST_IMPL_REMOVED, new, format!("`{}` does not implement `{name}` any more", new.name)));
    }
    for name in after.difference(&before) {
        out.push(whole(&rules::RUST_IMPL_ADDED, new, format!("`{}` implements `{name}`", new.name)));
    }
    let key = |it: &Member| (it.is_method, it.name.clone());
    for member in &old.members {
        match new.members.iter().find(|it| key(it) == key(member)) {
            Some(other) if other.text != member.text => {
                let message = format!("`{}` is `{}` now and was `{}`", member.name, other.text, member.text);
                let mut moved = part(&rules::RUST_MEMBER_CHANGED, new, member, message);
                (moved.before, moved.after) = (Some(member.text.clone()), Some(other.text.clone()));
                out.push(moved);
            }
            Some(_) => {}
            None => out.push(part(&rules::RUST_MEMBER_REMOVED, new, member, format!("`{}` is gone", member.name))),
        }
    }
    for member in new.members.iter().filter(|it| !old.members.iter().any(|other| key(other) == key(it))) {
        let rule = match (new.kind, member.is_method) {
            (ItemKind::Trait, _) if member.has_default => &rules::RUST_METHOD_ADDED,
            (ItemKind::Trait, _) => &rules::RUST_TRAIT_METHOD_ADDED,
            (_, true) => &rules::RUST_METHOD_ADDED,
            (ItemKind::Struct, false) => &rules::RUST_FIELD_ADDED,
            (ItemKind::Enum, false) => &rules::RUST_VARIANT_ADDED,
            (ItemKind::OpenEnum, false) => &rules::RUST_OPEN_VARIANT_ADDED,
            (ItemKind::OpenStruct | ItemKind::Other, false) => &rules::RUST_OPEN_FIELD_ADDED,
        };
        out.push(part(rule, new, member, format!("`{}` is new", member.text)));
    }
}

fn described(item: &PublicItem) -> String {
    let kind = match item.kind {
        ItemKind::Struct => "struct",
        ItemKind::OpenStruct => "struct that may grow",
        ItemKind::Enum => "enum",
        ItemKind::OpenEnum => "enum that may grow",
        ItemKind::Trait => "trait",
        ItemKind::Other => "",
    };
    format!("{kind} {}", item.text).trim().to_owned()
}

fn part(rule: &'static Rule, item: &PublicItem, member: &Member, message: String) -> Moved {
    Moved { member: Some(member.name.clone()), ..whole(rule, item, message) }
}

/// The pointer of a schema, and the property of each field.
type Fields<'a> = (&'a str, BTreeMap<&'a str, &'a str>);

/// Where in the document the items of a crate come from.
struct Origins<'a> {
    /// By file and item: the schema, and the property of each field.
    models: BTreeMap<(String, &'a str), Fields<'a>>,
    /// By file and by function: the operation.
    operations: BTreeMap<String, &'a str>,
    /// By the file that lists the modules, and by module: the component.
    components: BTreeMap<String, String>,
}

impl<'a> Origins<'a> {
    fn new(side: &Side<'a>) -> Self {
        let mut all = Self { models: BTreeMap::new(), operations: BTreeMap::new(), components: BTreeMap::new() };
        if let Some(plan) = &side.compiled.plan {
            all.add(plan);
        }
        all
    }

    fn add(&mut self, plan: &'a ApiPlan) {
        let folder = &plan.module;
        for model in &plan.models {
            let file = renamed::file(plan, model);
            let fields = match &model.kind {
                ModelKind::Struct(it) => it.fields.iter().map(|it| (it.name.as_str(), it.wire.as_str())).collect(),
                _ => BTreeMap::new(),
            };
            if let Some(file) = file {
                self.models.insert((file, &model.name), (&model.pointer, fields));
            }
        }
        for file in &plan.model_files {
            let pointer = format!("/components/schemas/{}", crate::source::Pointer::escape(&file.component));
            self.components.insert(format!("src/{folder}/models/mod.rs {}", file.module), pointer);
        }
        for operation in &plan.operations {
            let pointer = operation.pointer.trim_start_matches('#');
            self.operations.insert(format!("src/{folder}/operations/{}.rs", operation.module), pointer);
            self.operations.insert(format!("src/{folder}/operations/mod.rs {}", operation.module), pointer);
            for side in ["server", "client", "sender", "receiver"] {
                self.operations.insert(format!("src/{folder}/{side}.rs {}", operation.function), pointer);
            }
        }
    }

    /// The place of what moved: a property, a schema or an operation.
    fn pointer(&self, moved: &Moved) -> Option<String> {
        let model = |item| self.models.get(&(moved.file.clone(), item));
        // What a constructor takes belongs to the model that it makes.
        let made = || moved.item.strip_suffix("Required").and_then(model);
        if let Some((pointer, fields)) = model(moved.item.as_str()).or_else(made) {
            let wire = moved.member.as_deref().and_then(|it| fields.get(it));
            let property = wire.map(|it| format!("/properties/{}", crate::source::Pointer::escape(it)));
            return Some(format!("{pointer}{}", property.unwrap_or_default()));
        }
        if let Some(component) = self.components.get(&format!("{} {}", moved.file, moved.item)) {
            return Some(component.clone());
        }
        let member = moved.member.as_deref().unwrap_or(&moved.item);
        let operation =
            self.operations.get(&moved.file).or_else(|| self.operations.get(&format!("{} {member}", moved.file)));
        operation.map(|it| (*it).to_owned())
    }
}

/// The rules about what people read alone.
const WORDS: &[&Rule] =
    &[&rules::DESCRIPTION_CHANGED, &rules::TITLE_CHANGED, &rules::VERSION_CHANGED, &rules::VERSION_TOO_LOW];

/// The findings by their places.
#[derive(Default)]
struct Causes {
    /// By each pointer that leads to a place, itself included: the finding that weighs most, the first of several.
    all: BTreeMap<String, (Level, usize)>,
}

impl Causes {
    fn new(findings: &[Finding]) -> Self {
        let mut causes = Self::default();
        // Words move nothing but words.
        let moves = |it: &Finding| !WORDS.iter().any(|words| std::ptr::eq(*words, it.rule));
        for (idx, finding) in findings.iter().enumerate().filter(|(_, it)| moves(it)) {
            for place in [&finding.old, &finding.new].into_iter().flatten() {
                causes.add(place.pointer.trim_start_matches('#'), (finding.levels.worst(), idx));
            }
        }
        causes
    }

    fn add(&mut self, pointer: &str, cause: (Level, usize)) {
        let ends = pointer.match_indices('/').map(|(at, _)| at).skip(1).chain([pointer.len()]);
        for end in ends {
            let known = self.all.entry(pointer[..end].to_owned()).or_insert(cause);
            *known = (*known).min(cause);
        }
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The finding that shares the most with a place, and at least an operation or a component with it.
    fn closest(&self, pointer: &str) -> Option<usize> {
        let depth = pointer.matches('/').count();
        let least = if pointer.starts_with("/paths/") { 2 } else { 3 }.min(depth);
        let mut above = pointer;
        loop {
            if above.matches('/').count() < least {
                return None;
            }
            if let Some((_, idx)) = self.all.get(above) {
                return Some(*idx);
            }
            above = above.rsplit_once('/')?.0;
        }
    }
}
