//! Branches that say `nullable` and nothing else, which authors write for `null`.
//!
//! ```yaml
//! oneOf: [{ $ref: '#/components/schemas/Owner' }, { nullable: true }]                 # an owner or `null`
//! oneOf: [{ $ref: '#/components/schemas/Owner' }, { type: object, nullable: true }]   # the same
//! ```
//!
//! By the letter, such a branch takes every value or every object, so that `oneOf` refuses each owner.

use super::Lowering;
use crate::diagnostics::Code;
use crate::ir::Schema;
use crate::source::At;

/// What a branch may say beside `nullable`, because it asserts nothing.
const WORDS: [&str; 7] = ["nullable", "title", "description", "example", "default", "deprecated", "readOnly"];

impl<'a> Lowering<'a, '_> {
    /// Takes away the branches that mean `null`, and allows it instead.
    pub(super) fn nothing_but_null(&mut self, at: &At<'a>, schema: &mut Schema) {
        for keyword in ["oneOf", "anyOf"] {
            let Some(union) = at.field(keyword) else { continue };
            let (meant, rest): (Vec<_>, Vec<_>) = union.items().partition(|it| says_only_nullable(it));
            // Any object beside others is meant by `anyOf`, and refuses the others in `oneOf`.
            let others = rest.iter().filter(|it| !allows_any_object(it));
            let hides_others = keyword == "oneOf" && others.clone().any(|it| self.is_object(it));
            let (any, others): (Vec<_>, Vec<_>) = rest.iter().partition(|it| hides_others && allows_any_object(it));
            if others.is_empty() {
                continue;
            }
            for branch in meant.iter().chain(any) {
                let id = self.schemas.find(&branch.origin);
                let branches = if keyword == "oneOf" { &mut schema.one_of } else { &mut schema.any_of };
                branches.retain(|it| Some(*it) != id);
                schema.or_null = true;
                let message = format!("a branch of `{keyword}` that says `nullable` alone is taken as `null`");
                self.diagnostics.report(Code::ImpliedType, &branch.origin.key("nullable"), message).at_key();
            }
        }
    }

    /// Whether a branch describes objects, itself or by a reference.
    pub(super) fn is_object(&self, at: &At<'a>) -> bool {
        const LONGEST: usize = 8;
        let mut here = at.clone();
        for _ in 0..LONGEST {
            let target = here.field("$ref").and_then(|it| self.document.target(&it.origin));
            let Some(target) = target.and_then(|it| self.document.at(it)) else { break };
            here = target;
        }
        let names_properties = ["properties", "allOf"].iter().any(|key| here.value.get(key).is_some());
        here.string("type").map_or(names_properties, |it| it == "object")
    }
}

fn says_only_nullable(at: &At<'_>) -> bool {
    at.flag("nullable") == Some(true) && at.entries().all(|(key, _)| WORDS.contains(&key))
}

/// Whether a branch is any object or `null`.
fn allows_any_object(at: &At<'_>) -> bool {
    let is_neutral = |(key, it): (&str, At<'_>)| match key {
        "type" => it.value.as_str() == Some("object"),
        "properties" => it.value.as_object().is_some_and(crate::ordered::IndexMap::is_empty),
        _ => WORDS.contains(&key),
    };
    at.flag("nullable") == Some(true) && at.value.get("type").is_some() && at.entries().all(is_neutral)
}
