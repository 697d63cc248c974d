//! What any response of a document may hold, for servers that nothing is generated for.

use serde_json::Value as Json;
use specwright_runtime::Direction;

use super::examples::body;
use super::headers::header;
use super::{Sampler, spelled};
use crate::ir::{Api, Content, Header, Response};

/// Makes what any response of a document may hold.
pub(crate) struct Answerer<'a> {
    sampler: Sampler<'a>,
}

impl<'a> Answerer<'a> {
    /// For all responses of an API.
    pub(crate) fn new(api: &'a Api) -> Self {
        let all = || api.operations.iter().flat_map(|it| &it.responses);
        let bodies = all().flat_map(|it| &it.content).filter_map(|it| it.schema);
        let schemas = bodies.chain(all().flat_map(|it| &it.headers).map(|it| it.schema)).collect();
        Self { sampler: Sampler::judging(api, Direction::Response, &schemas) }
    }

    /// A named example, without what clients do not get to see.
    pub(crate) fn named(&self, content: &Content, name: &str) -> Option<Json> {
        let value = content.examples.iter().find(|it| it.name.as_deref() == Some(name))?.value.to_json();
        Some(self.shown(content, value))
    }

    fn shown(&self, content: &Content, value: Json) -> Json {
        match content.schema {
            Some(id) => self.sampler.visible(id, value),
            None => value,
        }
    }

    /// The author's example, else a sample; text where the media type has no other form of it.
    pub(crate) fn body(&self, content: &Content) -> Json {
        self.shown(content, self.whole(content))
    }

    fn whole(&self, content: &Content) -> Json {
        let media_type = &content.media_type;
        match content.schema.filter(|_| content.examples.is_empty() && !media_type.is_json()) {
            Some(id) if media_type.is_xml() => self.sampler.sample(id),
            Some(id) if media_type.is_text() => scalar(&self.sampler.sample(id)),
            _ if media_type.is_xml() => content.examples.first().map_or(Json::Null, |it| it.value.to_json()),
            _ => body(&self.sampler, content),
        }
    }

    /// A body that is made up; the same seed makes the same one.
    pub(crate) fn made_up(&self, content: &Content, seed: u64) -> Json {
        match content.schema {
            Some(id) if content.media_type.is_json() || content.media_type.is_xml() => {
                self.shown(content, self.sampler.made_up(id, seed))
            }
            Some(id) if content.media_type.is_text() => scalar(&self.sampler.made_up(id, seed)),
            _ => self.body(content),
        }
    }

    /// The headers of a response as texts.
    pub(crate) fn headers(&self, response: &Response) -> Vec<(String, String)> {
        let text = |it: &Header| Some((it.name.clone(), header(&self.sampler, it)?.1));
        response.headers.iter().filter_map(text).collect()
    }
}

fn scalar(value: &Json) -> Json {
    if value.is_object() || value.is_array() { "example".into() } else { spelled(value).into() }
}
