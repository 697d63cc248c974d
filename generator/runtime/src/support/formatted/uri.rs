//! `uri` and `uri-reference` as the types of `fluent-uri`.

use super::Format;

impl Format for fluent_uri::Uri<String> {
    const NAME: &'static str = "uri";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text.to_owned()).ok()
    }

    fn render(&self, text: &mut String) {
        text.push_str(self.as_str());
    }

    fn is_canonical(&self, _: &str) -> bool {
        true
    }
}

impl Format for fluent_uri::UriRef<String> {
    const NAME: &'static str = "uri-reference";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text.to_owned()).ok()
    }

    fn render(&self, text: &mut String) {
        text.push_str(self.as_str());
    }

    fn is_canonical(&self, _: &str) -> bool {
        true
    }
}
