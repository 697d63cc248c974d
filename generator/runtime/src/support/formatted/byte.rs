//! `byte`: binary data, which is base64 as text.

use super::super::format::byte;
use super::Format;

impl Format for Vec<u8> {
    const NAME: &'static str = "byte";

    fn parse(text: &str) -> Option<Self> {
        byte::decode(text)
    }

    fn render(&self, text: &mut String) {
        text.push_str(&byte::encode(self));
    }
}
