//! A property that may be absent, null or present.

/// An optional and nullable property, whose three states mean three things: a PATCH body leaves a member alone
/// when it is absent and clears it when it is null.
///
/// ```
#[doc = concat!("# use ", env!("CARGO_CRATE_NAME"), "::support::Tristate;")]
/// let nickname = Tristate::from("Jo".to_owned());
/// assert_eq!(nickname.value().map(String::as_str), Some("Jo"));
/// assert!(Tristate::<String>::default().is_absent());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tristate<T> {
    /// The property is not there.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Tristate<T> {
    /// Whether the property is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// The value, if there is one.
    pub fn into_value(self) -> Option<T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }

    /// `None` when absent, `Some(None)` when null.
    pub fn into_options(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

impl<T> From<T> for Tristate<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<Option<T>>> for Tristate<T> {
    fn from(options: Option<Option<T>>) -> Self {
        match options {
            None => Self::Absent,
            Some(None) => Self::Null,
            Some(Some(value)) => Self::Value(value),
        }
    }
}
