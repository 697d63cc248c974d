//! Decimal numbers in the type of `rust_decimal`.

use ::rust_decimal::Decimal as Number;

use super::super::format::is_valid;
use super::types::display;
use super::{Format, Formatted};

/// `format: decimal`: a decimal number of up to 28 digits, kept as it is written.
pub type Decimal = Formatted<Number>;

impl Format for Number {
    const NAME: &'static str = "decimal";

    fn parse(text: &str) -> Option<Self> {
        // The library also reads `1_000` and `+1`, which the format does not have.
        if is_valid(Self::NAME, text) { Self::from_str_exact(text).ok() } else { None }
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }
}
