//! Operations out of drafts: each is made once, with all that is known of it.

use super::construction::construction;
use super::items::item;
use super::sharing::Representatives;
use super::sizes::Sizes;
use crate::config::Maps;
use crate::plan::names;
use crate::plan::operations::{
    BodyDraft, HeaderDraft, OperationDraft, PagesDraft, ParameterDraft, ResponseDraft, SharedParameters,
};
use crate::plan::words::{
    BodyItem, BodyPlan, BodyType, Choice, Codec, DefaultValue, HeaderPlan, Model, ModelId, OperationPlan, PagesPlan,
    ParameterPlan, PartPlan, Payload, ResponsePlan, RustType,
};

/// What is known of operations beside their drafts.
pub(super) struct Known<'k> {
    types: &'k Representatives,
    models: &'k [Model],
    parameters: &'k SharedParameters,
    sizes: Sizes<'k>,
}

impl<'k> Known<'k> {
    pub(super) fn new(
        models: &'k [Model],
        types: &'k Representatives,
        parameters: &'k SharedParameters,
        maps: Maps,
    ) -> Self {
        Self { types, models, parameters, sizes: Sizes::new(models, maps) }
    }

    /// An operation with the defaults of its parameters.
    pub(super) fn operation(&mut self, draft: OperationDraft, defaults: Vec<Option<DefaultValue>>) -> OperationPlan {
        let responses: Vec<ResponsePlan> = draft.responses.into_iter().map(|it| self.response(it)).collect();
        let asked = draft.parameters.iter().filter(|it| it.described.required).count()
            + usize::from(draft.body.as_ref().is_some_and(|it| it.required));
        let bodies: Vec<BodyItem> = draft.bodies.into_iter().map(|it| self.body(it)).collect();
        let pages = draft.pages.map(|it| self.pages(it, &responses, &bodies));
        OperationPlan {
            construction: construction(asked, || names::required("Request")),
            function: draft.module.clone(),
            module: draft.module,
            id: draft.id,
            pointer: draft.pointer,
            kind: draft.kind,
            served: draft.served,
            method: draft.method,
            path: draft.path,
            docs: draft.docs,
            servers: draft.servers,
            tags: draft.tags,
            brief: draft.brief,
            deprecated: draft.deprecated,
            parameters: draft
                .parameters
                .into_iter()
                .zip(defaults)
                .map(|(it, default)| self.parameter(it, default))
                .collect(),
            body: draft.body.map(|it| BodyPlan { payload: self.payload(it.payload), ..it }),
            accepts: responses.iter().any(has_choice),
            uneven: self.sizes.are_uneven(&responses, &bodies),
            responses,
            bodies,
            security: draft.security,
            keys: draft.keys,
            violations: draft.violations,
            pages,
        }
    }

    /// The type of each model from before equal ones were shared.
    fn model(&self) -> impl Fn(ModelId) -> ModelId + '_ {
        |id| self.types.model(id)
    }

    fn parameter(&self, draft: ParameterDraft, default: Option<DefaultValue>) -> ParameterPlan {
        ParameterPlan {
            name: draft.name,
            shared: self.parameters.name(&draft.described),
            described: draft.described,
            ty: draft.ty.with_models(&self.model()),
            default,
            docs: draft.docs,
            deprecated: draft.deprecated,
        }
    }

    fn payload(&self, payload: Payload) -> Payload {
        Payload { ty: payload.ty.with_models(&self.model()), content: payload.content }
    }

    fn response(&self, draft: ResponseDraft) -> ResponsePlan {
        ResponsePlan {
            variant: draft.variant,
            key: draft.key,
            docs: draft.docs,
            payload: draft.payload.map(|it| self.payload(it)),
            headers: draft.headers.into_iter().map(|it| self.header(it)).collect(),
            refusal: draft.refusal,
        }
    }

    fn header(&self, draft: HeaderDraft) -> HeaderPlan {
        HeaderPlan {
            name: draft.name,
            shared: self.parameters.name(&draft.described),
            described: draft.described,
            ty: draft.ty.with_models(&self.model()),
            docs: draft.docs,
        }
    }

    fn body(&mut self, draft: BodyDraft) -> BodyItem {
        match draft {
            BodyDraft::Parts { name, docs, fields } => {
                let part = |it: PartPlan| PartPlan { kind: it.kind.with_models(&self.model()), ..it };
                let asked = fields.iter().filter(|it| it.kind.is_required()).count();
                let construction = construction(asked, || names::required(&name));
                BodyItem::Parts { name, docs, fields: fields.into_iter().map(part).collect(), construction }
            }
            BodyDraft::Choice { name, docs, variants } => {
                let variant = |it: Choice| Choice { ty: it.ty.with_models(&self.model()), ..it };
                let variants: Vec<Choice> = variants.into_iter().map(variant).collect();
                BodyItem::Choice { name, docs, uneven: self.sizes.is_uneven(&variants), variants }
            }
        }
    }

    fn pages(&self, draft: PagesDraft, responses: &[ResponsePlan], bodies: &[BodyItem]) -> PagesPlan {
        let body = responses.get(draft.response).and_then(|it| it.payload.as_ref());
        let json = body.and_then(|it| json(it, bodies));
        PagesPlan {
            item: item(self.models, json, &draft.items),
            function: draft.function,
            step: draft.step,
            items: draft.items,
        }
    }
}

/// The model of a body in JSON, whatever else it may be in.
fn json<'p>(body: &'p Payload, bodies: &'p [BodyItem]) -> Option<&'p RustType> {
    let own = match &body.ty {
        BodyType::Model(ty) => return Some(ty),
        BodyType::Own(name) => name,
        _ => return None,
    };
    let is_json = |it: &&Choice| it.positions.iter().any(|it| body.content[*it].codec == Codec::Json);
    let variants = bodies.iter().find_map(|it| match it {
        BodyItem::Choice { name, variants, .. } if name == own => Some(variants),
        _ => None,
    });
    match &variants?.iter().find(is_json)?.ty {
        BodyType::Model(ty) => Some(ty),
        _ => None,
    }
}

/// Whether the handler chooses between media types that differ in type.
fn has_choice(response: &ResponsePlan) -> bool {
    response.payload.as_ref().is_some_and(|it| matches!(it.ty, BodyType::Own(_)))
}
