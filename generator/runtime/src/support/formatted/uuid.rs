//! `uuid` as the type of the crate `uuid`.

use super::super::format::is_valid;
use super::Format;
use super::types::display;

impl Format for uuid::Uuid {
    const NAME: &'static str = "uuid";

    fn parse(text: &str) -> Option<Self> {
        // The library also reads braces, URNs and plain digits, which the format does not have.
        if is_valid(Self::NAME, text) { Self::try_parse(text).ok() } else { None }
    }

    fn render(&self, text: &mut String) {
        display(self, text);
    }

    fn is_canonical(&self, text: &str) -> bool {
        !text.bytes().any(|it| it.is_ascii_uppercase())
    }
}
