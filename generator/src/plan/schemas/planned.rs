//! What a schema becomes: a type, what must hold beyond it, and whether that is all.

use super::open::Open;
use crate::plan::words::{Assertion, Checks, ModelId, RustType};

/// What a schema becomes.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Planned {
    /// The type.
    pub(in crate::plan) ty: RustType,
    /// What must hold beyond the type.
    pub(in crate::plan) checks: Checks,
    /// Whether the tables must be asked as well.
    pub(in crate::plan) residue: bool,
}

impl Planned {
    /// A type with its checks, and whether they leave anything to the tables.
    pub(super) fn new(ty: RustType, checks: Checks, open: &Open) -> Self {
        Self { ty, checks, residue: !open.is_empty() }
    }

    pub(in crate::plan) fn plain(ty: RustType) -> Self {
        Self { ty, checks: Checks::default(), residue: false }
    }

    pub(super) fn model(id: ModelId) -> Self {
        let checks = Checks { own: vec![Assertion::Nested], inner: None };
        Self { ty: RustType::Model(id), checks, residue: false }
    }

    /// Anything, decided by the tables alone.
    pub(in crate::plan) fn unknown() -> Self {
        Self { residue: true, ..Self::plain(RustType::Value) }
    }

    pub(in crate::plan) fn nullable(self, nullable: bool) -> Self {
        if nullable { Self { ty: RustType::option(self.ty), ..self } } else { self }
    }
}

impl Planned {
    /// Whether the type says all that the schema does.
    pub(in crate::plan) fn is_typed(&self) -> bool {
        self.checks.is_empty() && !self.residue
    }

    /// The same type, or `null`.
    pub(in crate::plan) fn or_null(self, nullable: bool) -> Self {
        match self.ty {
            RustType::Option(_) => self,
            ty if nullable => Self { ty: RustType::option(ty), ..self },
            ty => Self { ty, ..self },
        }
    }

    /// The same type without `null`.
    pub(super) fn never_null(self) -> Self {
        match self.ty {
            RustType::Option(inner) => Self { ty: *inner, ..self },
            ty => Self { ty, ..self },
        }
    }
}
