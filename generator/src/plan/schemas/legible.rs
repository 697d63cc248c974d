//! Names for what stands in a type that is more than readers, and clippy, take at once.
//!
//! A list of lists of lists of lists of lists is a list of lists of lists of `Rows`. A type decides about that by itself,
//! wherever it stands, so that no edit around it gives it a name or takes one away.

use super::place::Place;
use super::planned::Planned;
use super::planner::Planner;
use crate::ir::SchemaId;
use crate::plan::words::RustType;

impl Planner<'_> {
    /// The same, with a name where the type is too complex.
    pub(super) fn legible(&mut self, id: SchemaId, planned: Planned, place: &Place) -> Planned {
        if is_complex(some(&planned.ty)) { self.simple(id, planned, place) } else { planned }
    }

    /// The same, with a name where other types stand in the type.
    fn simple(&mut self, id: SchemaId, planned: Planned, place: &Place) -> Planned {
        let ty = some(&planned.ty);
        if ty.inner().is_none() && !matches!(ty, RustType::Tuple(_)) {
            return planned;
        }
        let nullable = matches!(planned.ty, RustType::Option(_));
        let place = Place { slot: None, ..place.clone() };
        self.newtype(id, &place, planned.never_null()).nullable(nullable)
    }

    /// The types of the positions of a tuple, with names as far as they are too complex together.
    pub(super) fn positions(&mut self, positions: &[SchemaId], places: &[Place]) -> Vec<Planned> {
        let each = || positions.iter().copied().zip(places);
        let planned: Vec<_> = each().map(|(id, place)| self.value(id, place)).collect();
        if !is_complex(&RustType::Tuple(planned.iter().map(|it| it.ty.clone()).collect())) {
            return planned;
        }
        // Many that may be `null` are too complex whatever they are.
        let barely = |it: &Planned| match it.ty {
            RustType::Option(_) => RustType::option(RustType::Null),
            _ => RustType::Null,
        };
        let are_many = complexity(&RustType::Tuple(planned.iter().map(barely).collect()), 1) > MOST;
        let named = each().zip(planned).map(|((id, place), it)| match it.ty {
            RustType::Option(_) if are_many => self.newtype(id, place, it),
            _ => self.simple(id, it, place),
        });
        named.collect()
    }
}

/// What clippy takes.
const MOST: u32 = 250;

/// What a type holds where it is not `null`.
fn some(ty: &RustType) -> &RustType {
    if let RustType::Option(inner) = ty { inner } else { ty }
}

/// Whether something optional that is this type, or a map of it, would be too complex for clippy (`type_complexity`).
fn is_complex(ty: &RustType) -> bool {
    complexity(&RustType::map(RustType::String, ty.clone()), 1) > MOST
}

/// How complex clippy finds a type so deep in another one: ten for each type, times its depth.
fn complexity(ty: &RustType, depth: u32) -> u32 {
    let inside = match ty {
        RustType::Map(key, inner) => complexity(key, depth + 1) + complexity(inner, depth + 1),
        RustType::Tuple(positions) => positions.iter().map(|it| complexity(it, depth + 1)).sum(),
        _ => ty.inner().map_or(0, |it| complexity(it, depth + 1)),
    };
    10 * depth + inside
}
