//! Which items of a list a request asks for: those with some values, and a page of them.

use serde_json::{Map, Value};

use crate::support::params::spelled;
use crate::support::violation::pointer_token;

/// Names in lower case and without separators.
const SIZES: [&str; 12] = [
    "limit",
    "perpage",
    "pagesize",
    "pagelimit",
    "size",
    "maxresults",
    "first",
    "top",
    "take",
    "rows",
    "itemsperpage",
    "count",
];
const OFFSETS: [&str; 6] = ["offset", "skip", "start", "startindex", "pageoffset", "after"];
const PAGES: [&str; 5] = ["page", "pagenumber", "pageindex", "pageno", "currentpage"];
const AFTER: [&str; 4] = ["startingafter", "after", "afterid", "cursor"];
const MORE: [&str; 4] = ["hasmore", "hasnext", "hasnextpage", "more"];

/// What the query of a request asks for.
#[derive(Debug, Default)]
pub(super) struct Window {
    pairs: Vec<(String, Value)>,
}

/// A page of a list.
pub(super) struct Page {
    /// The places of its items among all.
    pub(super) positions: Vec<usize>,
    /// How many there are on all pages.
    pub(super) total: usize,
    /// Whether there are more behind this one.
    pub(super) more: bool,
    /// Whether values were asked for, so that the list holds fewer items than there are.
    pub(super) is_filtered: bool,
}

impl Window {
    /// Takes the value of a parameter; the members of an object count as parameters.
    pub(super) fn ask(&mut self, name: &str, value: Value) {
        match value {
            Value::Null => {}
            Value::Object(members) => members.into_iter().for_each(|(member, it)| {
                // `page[size]` is about pages, `filter[status]` is about `status`.
                let name = if plain(name) == "page" { format!("page{member}") } else { member };
                self.ask(&name, it);
            }),
            value => self.pairs.push((inner(name).to_owned(), value)),
        }
    }

    /// The page of so many items that is asked for; `objects` gives what holds the properties of an item.
    pub(super) fn page<'v>(
        &self,
        count: usize,
        objects: impl Fn(usize) -> Vec<&'v Map<String, Value>>,
        id: impl Fn(usize) -> Option<String>,
    ) -> Page {
        let mut kept: Vec<usize> = (0..count).collect();
        let mut is_filtered = false;
        for (name, asked) in &self.pairs {
            let name = plain(name);
            let value = |item| objects(item).into_iter().find_map(|it| scalar(it, &name));
            if is_about_pages(&name) || !(0..count).any(|it| value(it).is_some()) {
                continue;
            }
            is_filtered = true;
            kept.retain(|it| value(*it).is_some_and(|value| is_asked(asked, value)));
        }
        let total = kept.len();
        let size = self.number(&SIZES).unwrap_or(total);
        let after = self.pairs.iter().filter(|(name, _)| AFTER.contains(&plain(name).as_str()));
        let mut after = after.filter_map(|(_, it)| it.as_str());
        let after = after.find_map(|text| kept.iter().position(|it| id(*it).as_deref() == Some(text)));
        let page = self.number(&PAGES).map(|it| it.saturating_sub(1).saturating_mul(size));
        let start = after.map(|it| it + 1).or(self.number(&OFFSETS)).or(page).unwrap_or_default().min(total);
        let positions: Vec<_> = kept.into_iter().skip(start).take(size).collect();
        Page { more: start + positions.len() < total, positions, total, is_filtered }
    }

    /// Brings members that repeat the request in line with it: `limit`, `page`, `has_more`.
    pub(super) fn repeat(&self, body: &mut Value, more: bool, valid: &dyn Fn(&Value) -> bool) {
        let Value::Object(members) = &*body else { return };
        let within = |(name, it): (&String, &Value)| it.is_object().then(|| format!("/{}", pointer_token(name)));
        let objects: Vec<String> = std::iter::once(String::new()).chain(members.iter().filter_map(within)).collect();
        for object in objects {
            let members = body.pointer(&object).and_then(Value::as_object);
            let told: Vec<_> =
                members.into_iter().flatten().filter_map(|(name, it)| self.told(name, it, more)).collect();
            for (name, value) in told {
                let place = format!("{object}/{}", pointer_token(&name));
                let Some(before) = body.pointer_mut(&place).map(|it| std::mem::replace(it, value)) else { continue };
                if !valid(body)
                    && let Some(place) = body.pointer_mut(&place)
                {
                    *place = before;
                }
            }
        }
    }

    /// What a member says after this request, where that is something else.
    fn told(&self, name: &str, value: &Value, more: bool) -> Option<(String, Value)> {
        let known = plain(name);
        if value.is_boolean() {
            return MORE.contains(&known.as_str()).then(|| (name.to_owned(), more.into()));
        }
        let asked = self.pairs.iter().find(|(it, _)| plain(it) == known && is_about_pages(&known));
        let number = number(&asked?.1)?;
        value.is_u64().then(|| (name.to_owned(), number.into()))
    }

    fn number(&self, names: &[&str]) -> Option<usize> {
        self.pairs.iter().find_map(|(name, it)| number(it).filter(|_| names.contains(&plain(name).as_str())))
    }
}

fn is_about_pages(name: &str) -> bool {
    [&SIZES[..], &OFFSETS, &PAGES, &AFTER].iter().any(|it| it.contains(&name))
}

fn number(value: &Value) -> Option<usize> {
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    usize::try_from(number).ok()
}

/// The value of a property that is neither list nor object.
fn scalar<'v>(members: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let (_, value) = members.iter().find(|(it, _)| plain(it) == name)?;
    (value.is_string() || value.is_number() || value.is_boolean()).then_some(value)
}

fn is_asked(asked: &Value, value: &Value) -> bool {
    match asked {
        Value::Array(all) => all.iter().any(|it| is_asked(it, value)),
        other => other == value || spelled(other) == spelled(value),
    }
}

/// `status` in `filter[status]`.
fn inner(name: &str) -> &str {
    match name.split_once('[') {
        Some(("filter" | "where", rest)) => rest.trim_end_matches(']'),
        _ => name,
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).collect::<String>().to_lowercase()
}
