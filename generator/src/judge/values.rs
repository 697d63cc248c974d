//! Defaults, examples and listed values that their own schemas refuse.

use std::collections::BTreeSet;

use specwright_runtime::{Direction, Schemas, Violations};

use super::beyond;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Felt, Left};
use crate::document::Document;
use crate::ir::{Api, Content, Example, Operation, SchemaId, Types};
use crate::parallel;
use crate::schemas::tables;
use crate::source::{At, Origin, Sources, Value};

/// Longer lists of what is wrong with one value help nobody.
const MOST: usize = 3;

/// The schemas that have values or are shown some, and what decides about these.
pub(super) struct Values {
    asked: BTreeSet<SchemaId>,
    shown: Vec<(SchemaId, Origin)>,
    judge: Judge,
}

impl Values {
    pub(super) fn new(api: &Api) -> Self {
        let shown: Vec<_> = operations(api).flat_map(shown).collect();
        let mut asked: BTreeSet<SchemaId> = shown.iter().map(|(id, _)| *id).collect();
        let has_values = |id: &SchemaId| {
            let schema = &api.schemas[*id];
            let annotations = &schema.annotations;
            let lists = schema.enumeration.is_some() || schema.constant.is_some();
            lists || annotations.default.is_some() || !annotations.examples.is_empty()
        };
        asked.extend(api.schemas.iter().map(|(id, _)| id).filter(has_values));
        let judge = Judge { schemas: tables::checked(api, &asked) };
        Self { asked, shown, judge }
    }

    /// Leaves out what is refused, and reports it.
    pub(super) fn leave_out(self, document: &Document, api: &mut Api, diagnostics: &mut Diagnostics) {
        let Self { asked, shown, judge } = self;
        let own = parallel::each(asked.into_iter().collect(), |id| judge.schema(document, api, id));
        let shown = parallel::each(shown, |(id, origin)| {
            let refused = |at: &At<'_>| {
                let refused = |(at, value)| judge.refused(api, id, Place::Shown(origin.clone()), at, value);
                examples(at).filter_map(refused).collect::<Vec<_>>()
            };
            document.at(&origin).as_ref().map(refused).unwrap_or_default()
        });
        for it in own.into_iter().chain(shown).flatten() {
            let finding = diagnostics.report(it.place.code(), &it.origin, it.message);
            if let Some(meant) = it.meant {
                finding.taken_as("the JSON in this text").help("write it without quotes");
                it.place.replace(api, it.id, &it.value, &meant);
                continue;
            }
            if it.value.get("$ref").is_some() {
                finding.help("an example is taken as it stands: references are for `examples`");
            }
            it.place.conclude(finding);
            it.place.leave_out(api, it.id, &it.value);
            if matches!(it.place, Place::Listed) {
                without_values(api, it.id, diagnostics);
            }
        }
        parallel::discard(judge);
    }
}

/// A list that has lost all of its values says nothing: without it, values are what the rest of the schema says.
fn without_values(api: &mut Api, id: SchemaId, diagnostics: &mut Diagnostics) {
    let schema = &mut api.schemas[id];
    if schema.enumeration.as_ref().is_some_and(Vec::is_empty) {
        schema.enumeration = None;
        let message = "no value of `enum` is one that the schema allows";
        let left = Left::new("the keyword `enum`", Felt::Both);
        diagnostics.report(Code::ContradictorySchema, &schema.origin.key("enum"), message).leaves_out(left).at_key();
    }
}

/// A value that its schema refuses.
struct Refused {
    id: SchemaId,
    place: Place,
    origin: Origin,
    message: String,
    value: Value,
    /// What a text has in it, where the schema allows that.
    meant: Option<Value>,
}

/// What the value is there.
#[derive(Clone)]
enum Place {
    Listed,
    Constant,
    Default,
    Example,
    /// An example of a parameter, a header or a body.
    Shown(Origin),
}

impl Place {
    fn code(&self) -> Code {
        match self {
            Self::Listed | Self::Constant => Code::ContradictorySchema,
            Self::Default => Code::InvalidDefault,
            Self::Example | Self::Shown(_) => Code::InvalidExample,
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Self::Listed => "this value can never be there",
            Self::Constant => "no value satisfies this schema",
            Self::Default => "the default is none that its own schema allows",
            Self::Example | Self::Shown(_) => "the example is none that its own schema allows",
        }
    }

    /// What it is where its schema allows it, and no value of generated code can be it.
    fn never(&self) -> &'static str {
        match self {
            Self::Listed | Self::Constant => self.what(),
            Self::Default => "the default can never be there",
            Self::Example | Self::Shown(_) => "the example can never be there",
        }
    }

    /// Says what becomes of the value: what [`leave_out`](Self::leave_out) does.
    fn conclude(&self, finding: &mut Diagnostic) {
        let left = match self {
            Self::Constant => {
                finding.help("correct `const`, or what stands beside it: generated code refuses every value");
                return;
            }
            Self::Listed => Left::new("the value", Felt::Both),
            Self::Default => Left::new("the default", Felt::Both),
            Self::Example | Self::Shown(_) => Left::new("the example", Felt::Readers),
        };
        finding.leaves_out(left);
    }

    /// Puts what a text has in it in the place of the text.
    fn replace(&self, api: &mut Api, id: SchemaId, value: &Value, meant: &Value) {
        let put = |it: &mut Value| {
            if it == value {
                it.clone_from(meant);
            }
        };
        let annotations = &mut api.schemas[id].annotations;
        match self {
            Self::Default => annotations.default.iter_mut().for_each(put),
            Self::Example => annotations.examples.iter_mut().for_each(put),
            Self::Shown(origin) => {
                for operation in api.operations.iter_mut().chain(&mut api.webhooks) {
                    let Shown { contents, parameters } = Shown::at(operation, origin);
                    contents.into_iter().flatten().for_each(|it| put(&mut it.value));
                    parameters.into_iter().flatten().for_each(put);
                }
            }
            Self::Listed | Self::Constant => {}
        }
    }

    fn leave_out(&self, api: &mut Api, id: SchemaId, value: &Value) {
        let annotations = &mut api.schemas[id].annotations;
        match self {
            // The nearest number that there is would be another value.
            Self::Constant if beyond::is_no_json(value) => api.schemas[id].types = Types::NONE,
            Self::Constant => {}
            Self::Default => annotations.default = None,
            Self::Example => annotations.examples.retain(|it| it != value),
            Self::Listed => {
                let schema = &mut api.schemas[id];
                let place = schema.enumeration.iter().flatten().position(|it| it == value);
                let listed = schema.enumeration.as_ref().map_or(0, Vec::len);
                if let (Some(place), Some(values)) = (place, &mut schema.enumeration) {
                    values.remove(place);
                }
                let extensions = &mut *schema.extensions;
                for beside in [&mut extensions.enum_names, &mut extensions.enum_descriptions] {
                    if let Some(place) = place.filter(|_| beside.len() == listed) {
                        beside.remove(place);
                    }
                }
            }
            Self::Shown(origin) => {
                for operation in api.operations.iter_mut().chain(&mut api.webhooks) {
                    let Shown { contents, parameters } = Shown::at(operation, origin);
                    for it in contents {
                        it.retain(|it| it.value != *value);
                    }
                    for it in parameters {
                        it.retain(|it| it != value);
                    }
                }
            }
        }
    }
}

/// The examples of bodies and parameters at a place.
struct Shown<'o> {
    contents: Vec<&'o mut Vec<Example>>,
    parameters: Vec<&'o mut Vec<Value>>,
}

impl<'o> Shown<'o> {
    fn at(operation: &'o mut Operation, origin: &Origin) -> Self {
        let bodies = operation.body.iter_mut().flat_map(|it| &mut it.content);
        let bodies = bodies.chain(operation.responses.iter_mut().flat_map(|it| &mut it.content));
        let parameters = operation.parameters.iter_mut().filter(|it| it.origin == *origin);
        Self {
            contents: bodies.filter(|it| it.origin == *origin).map(|it| &mut it.examples).collect(),
            parameters: parameters.map(|it| &mut it.examples).collect(),
        }
    }
}

/// The JSON that a text has in it, if that is no text.
fn within_text(text: &str) -> Option<Value> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let file = sources.add("value.json", text.to_owned(), &mut diagnostics)?;
    let value = sources.file(file).root.clone();
    (diagnostics.is_empty() && value.as_str().is_none() && value != Value::Null).then_some(value)
}

fn operations(api: &Api) -> impl Iterator<Item = &Operation> {
    api.operations.iter().chain(&api.webhooks)
}

/// The schemas of parameters and JSON bodies that have examples, with the places of these.
fn shown(operation: &Operation) -> Vec<(SchemaId, Origin)> {
    let parameters = operation.parameters.iter().filter(|it| !it.examples.is_empty());
    let parameters = parameters.map(|it| (it.schema, it.origin.clone()));
    let bodies = operation.body.iter().flat_map(|it| &it.content);
    let bodies = bodies.chain(operation.responses.iter().flat_map(|it| &it.content));
    let is_shown = |it: &&Content| it.media_type.is_json() && !it.examples.is_empty();
    let bodies = bodies.filter(is_shown).filter_map(|it| Some((it.schema?, it.origin.clone())));
    parameters.chain(bodies).collect()
}

/// `example`, and what `examples` holds here and not elsewhere.
fn examples<'a>(at: &At<'a>) -> impl Iterator<Item = (Origin, &'a Value)> + use<'a> {
    let one = at.field("example").map(|it| (it.origin, it.value));
    let all = at.field("examples");
    let listed: Vec<_> = all.iter().flat_map(At::items).map(|it| (it.origin, it.value)).collect();
    let named =
        all.iter().flat_map(At::entries).filter_map(|(_, it)| it.field("value").or_else(|| it.field("dataValue")));
    let named: Vec<_> = named.map(|it| (it.origin, it.value)).collect();
    one.into_iter().chain(listed).chain(named)
}

/// Where a schema speaks to readers: itself, and in members of `allOf` that stand there for nothing else.
fn spoken<'a>(at: &At<'a>) -> impl Iterator<Item = At<'a>> + use<'a> {
    let members = at.field("allOf");
    let members: Vec<_> = members.iter().flat_map(At::items).collect();
    std::iter::once(at.clone()).chain(members)
}

struct Judge {
    schemas: Schemas,
}

impl Judge {
    /// What a schema says itself that it refuses.
    fn schema(&self, document: &Document, api: &Api, id: SchemaId) -> Vec<Refused> {
        let schema = &api.schemas[id];
        let annotations = &schema.annotations;
        let at = |key: &str| schema.origin.key(key);
        let written = document.at(&schema.origin);
        let listed = schema.enumeration.iter().flatten().enumerate();
        let listed = listed.map(|(idx, value)| (Place::Listed, at("enum").key(&idx.to_string()), value));
        let constant = schema.constant.iter().map(|value| (Place::Constant, at("const"), value));
        let place = written.as_ref().and_then(|it| spoken(it).find_map(|it| it.field("default")));
        let place = place.map_or_else(|| at("default"), |it| it.origin);
        let default = annotations.default.iter().map(|value| (Place::Default, place.clone(), value));
        let own = listed.chain(constant).chain(default);
        let mut refused: Vec<_> =
            own.filter_map(|(place, at, value)| self.refused(api, id, place, at, value)).collect();
        if let Some(at) = written.filter(|_| !annotations.examples.is_empty()) {
            let examples = spoken(&at).flat_map(|it| examples(&it).collect::<Vec<_>>());
            let examples = examples.filter(|(_, value)| annotations.examples.contains(value));
            refused.extend(examples.filter_map(|(at, value)| self.refused(api, id, Place::Example, at, value)));
        }
        refused
    }

    /// Whether a value is refused in both directions, or is none that there can be.
    fn refused(&self, api: &Api, id: SchemaId, place: Place, origin: Origin, value: &Value) -> Option<Refused> {
        let key = tables::key(&api.schemas[id].origin);
        let json = value.to_json();
        let check = |direction| Some(self.schemas.check(&key, &json, direction)).filter(|it| !it.is_empty());
        let violations = check(Direction::Request).filter(|_| check(Direction::Response).is_some());
        let message = match violations {
            Some(violations) => format!("{}: {}", place.what(), reasons(&violations)),
            None => format!("{}: {}", place.never(), beyond::reason(api, id, value)?),
        };
        let is_shown = !matches!(place, Place::Listed | Place::Constant);
        let meant = value.as_str().filter(|_| is_shown).and_then(within_text);
        let fits = |it: &Value| {
            [Direction::Request, Direction::Response]
                .iter()
                .any(|way| self.schemas.check(&key, &it.to_json(), *way).is_empty())
        };
        Some(Refused { id, place, origin, message, value: value.clone(), meant: meant.filter(fits) })
    }
}

/// What is wrong, where it is in the value if that has parts.
fn reasons(violations: &Violations) -> String {
    let all: Vec<_> = violations.iter().collect();
    let shown = all.iter().take(MOST).map(|it| match it.pointer.as_str() {
        "" => format!("it {}", it.message),
        pointer => format!("`{}` {}", pointer.escape_debug(), it.message),
    });
    let further = if all.len() > MOST { format!(", and {} more", all.len() - MOST) } else { String::new() };
    format!("{}{further}", shown.collect::<Vec<_>>().join(", "))
}
