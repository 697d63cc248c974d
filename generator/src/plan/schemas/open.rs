//! What schemas assert and nobody has expressed yet.
//!
//! Who finds a type or a check for a keyword takes it out, here and in [`strings`](super::strings) and its kin; what is
//! left over when all are done is for the tables. So a keyword that nobody knows is never forgotten: it is left.

use crate::ir::{Assertions, Rare, Schema, Type, Types};
use crate::schemas::{ASSERTED_FORMATS, NUMBER_FORMATS, View};

impl View<'_> {
    /// What all of its schemas assert, for whoever expresses it to take out.
    pub(super) fn open(&self) -> Open {
        Open::new(self.schemas())
    }
}

/// The assertions of all conjuncts of a view, in their order.
pub(super) struct Open {
    left: Vec<Assertions>,
}

impl Open {
    /// All that the conjuncts assert; what `$ref` and `allOf` lead to is among them, and the view itself knows whether
    /// `null` is allowed.
    pub(super) fn new<'s>(conjuncts: impl Iterator<Item = &'s Schema>) -> Self {
        let left = conjuncts.map(|it| {
            let mut left = Assertions { reference: None, all_of: Vec::new(), or_null: false, ..it.assertions.clone() };
            left.format = left.format.filter(|format| ASSERTED_FORMATS.contains(&format.as_str()));
            // Without branches, there is nothing to tell apart.
            left.discriminator = left.discriminator.filter(|_| !left.one_of.is_empty() || !left.any_of.is_empty());
            left
        });
        Self { left: left.collect() }
    }

    /// Whether all is expressed.
    pub(super) fn is_empty(&self) -> bool {
        self.left.iter().all(|it| *it == Assertions::default())
    }

    /// Whether all that is not is about the values of named properties.
    pub(super) fn is_about_named(&self) -> bool {
        let rest = |it: &Assertions| {
            let mut rest = it.clone();
            if let Some(objects) = rest.objects.present() {
                (objects.properties, objects.required) = Default::default();
            }
            rest
        };
        self.left.iter().all(|it| rest(it) == Assertions::default())
    }

    /// What is left of each conjunct.
    pub(super) fn each(&mut self) -> impl Iterator<Item = &mut Assertions> {
        self.left.iter_mut()
    }

    /// Takes `type`, which is expressed, and with it what is about instances of other types.
    pub(super) fn narrow(&mut self, ty: Type) {
        for left in self.each() {
            left.types = Types::ALL;
            let is_number = matches!(ty, Type::Integer | Type::Number);
            if !is_number {
                left.numbers = Rare::default();
            }
            if ty != Type::String {
                left.strings = Rare::default();
            }
            if ty != Type::Array {
                left.arrays = Rare::default();
            }
            if ty != Type::Object {
                left.objects = Rare::default();
            }
            left.format.take_if(|format| match ty {
                Type::String => false,
                _ => !is_number || !NUMBER_FORMATS.contains(&format.as_str()),
            });
        }
    }

    /// Takes what one schema says of all properties that have no name.
    pub(super) fn further(&mut self, view: &View<'_>) {
        let is_unevaluated = view.unevaluated().is_some();
        for objects in self.left.iter_mut().filter_map(|it| it.objects.present()) {
            objects.additional = None;
            objects.unevaluated_properties.take_if(|_| is_unevaluated);
        }
    }

    /// The conjunct with the one list of values; none where there are several, since each narrows the others.
    pub(super) fn list(&mut self) -> Option<&mut Assertions> {
        let has_values = |it: &&mut Assertions| it.enumeration.is_some() || it.constant.is_some();
        let mut lists = self.left.iter_mut().filter(has_values);
        lists.next().filter(|_| lists.next().is_none())
    }

    /// Takes the one list of values.
    pub(super) fn values(&mut self) {
        if let Some(list) = self.list() {
            (list.enumeration, list.constant) = (None, None);
        }
    }

    /// Takes the branches that a union has variants for.
    pub(super) fn branches(&mut self) {
        let Some(union) = self.each().find(|it| !it.one_of.is_empty() || !it.any_of.is_empty()) else { return };
        union.discriminator = None;
        if union.one_of.is_empty() { union.any_of.clear() } else { union.one_of.clear() }
    }
}

/// Takes the bounds of a count, as far as they say anything; bounds with nothing between them are left to the tables.
pub(super) fn taken(min: &mut Option<u64>, max: &mut Option<u64>) -> (Option<u64>, Option<u64>) {
    if min.zip(*max).is_some_and(|(min, max)| min > max) {
        return (None, None);
    }
    (min.take().filter(|min| *min > 0), max.take())
}
