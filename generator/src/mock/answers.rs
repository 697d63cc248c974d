//! Which of its responses an operation gives, in which media type, and with which values.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use http::header::{CONTENT_TYPE, HeaderMap};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::Value;
use specwright_runtime::http::{Accept, MediaType, RawResponse};

use super::prefer::Preference;
use super::xml;
use crate::ir::{Api, Content, Operation, Response, ResponseKey};
use crate::samples::{Answerer, preferred};

/// Gives the responses of a document.
pub(super) struct Answers {
    answerer: Mutex<Answerer<'static>>,
    /// How many answers were made up: each is another one.
    made_up: AtomicU64,
}

/// Why there is no such response, in a sentence.
pub(super) struct Lacking(pub(super) String);

impl Answers {
    pub(super) fn new(api: &'static Api) -> Self {
        Self { answerer: Mutex::new(Answerer::new(api)), made_up: AtomicU64::new(1) }
    }

    /// The response that a request prefers, in a media type that it takes.
    pub(super) fn answer(
        &self,
        operation: &Operation,
        preference: &Preference,
        headers: &HeaderMap,
    ) -> Result<RawResponse, Lacking> {
        let Some(response) = chosen(operation, preference)? else { return Ok(RawResponse::empty(204)) };
        let status = preference.code.unwrap_or_else(|| status(response));
        let mut raw = RawResponse::empty(status);
        raw.status = StatusCode::from_u16(status).unwrap_or_default();
        for (name, text) in self.locked().headers(response) {
            let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&text).ok());
            if let Some((name, value)) = header {
                raw.headers.append(name, value);
            }
        }
        if let Some(content) = content(response, preference, headers)? {
            let value = self.value(content, preference)?;
            let media_type = concrete(content, headers);
            raw.body = encoded(&media_type, &value).into();
            raw.headers.insert(CONTENT_TYPE, HeaderValue::from_str(&media_type).map_err(|_| no_media_type())?);
        }
        Ok(raw)
    }

    fn value(&self, content: &Content, preference: &Preference) -> Result<Value, Lacking> {
        if let Some(name) = &preference.example {
            return self.locked().named(content, name).ok_or_else(|| no_example(name));
        }
        let answerer = self.locked();
        Ok(match preference.dynamic {
            Some(true) => answerer.made_up(content, self.made_up.fetch_add(1, Ordering::Relaxed)),
            _ => answerer.body(content),
        })
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Answerer<'static>> {
        self.answerer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The response of the status that is preferred, else that of a success; none where the operation has no response.
fn chosen<'a>(operation: &'a Operation, preference: &Preference) -> Result<Option<&'a Response>, Lacking> {
    let Some(code) = preference.code else { return Ok(preferred(operation)) };
    let keys = [ResponseKey::Status(code), ResponseKey::Range(code / 100), ResponseKey::Default];
    let found = keys.iter().find_map(|key| operation.responses.iter().find(|it| it.key == *key));
    found.map(Some).ok_or_else(|| Lacking(format!("the operation documents no response {code}")))
}

/// The status of a response whose key may stand for several.
pub(super) fn status(response: &Response) -> u16 {
    match response.key {
        ResponseKey::Status(code) => code,
        ResponseKey::Range(digit) => digit * 100,
        ResponseKey::Default => 200,
    }
}

/// The media type that the request likes best and, where it prefers an example, that has this; JSON of equals, then
/// the first of the document.
fn content<'a>(
    response: &'a Response,
    preference: &Preference,
    headers: &HeaderMap,
) -> Result<Option<&'a Content>, Lacking> {
    let mut all: Vec<&Content> = response.content.iter().collect();
    if let Some(name) = &preference.example {
        all.retain(|it| it.examples.iter().any(|it| it.name.as_deref() == Some(name)));
        if all.is_empty() {
            return Err(no_example(name));
        }
    }
    all.sort_by_key(|it| !it.media_type.is_json());
    let accept = Accept::from_headers(headers);
    let offered: Vec<&str> = all.iter().map(|it| it.media_type.as_str()).collect();
    let best = accept.best(&offered).and_then(|best| all.iter().find(|it| it.media_type.as_str() == best));
    // A range of the document takes whatever the request asks for.
    let range = || all.iter().find(|it| it.media_type.as_str().contains('*'));
    // Nobody refuses to read why a call failed.
    let first = || all.first().filter(|_| status(response) >= 400 || preference.code.is_some());
    let found = best.or_else(range).or_else(first).copied();
    if found.is_none() && !all.is_empty() { Err(no_media_type()) } else { Ok(found) }
}

/// How a request wants a response, beside the usual JSON.
pub(super) enum Form {
    /// As it is.
    Usual,
    /// The same in a media type of XML, for which the document has no text of its own.
    Xml(String),
    /// Another body.
    Other,
}

impl Form {
    /// What a request takes of a response.
    pub(super) fn wanted(response: &Response, headers: &HeaderMap) -> Self {
        let of = |headers| content(response, &Preference::default(), headers).ok().flatten();
        let (usual, taken) = (of(&HeaderMap::new()), of(headers));
        match (usual, taken) {
            (Some(usual), Some(taken)) if usual.media_type.is_json() => {
                if usual == taken {
                    Self::Usual
                } else if taken.media_type.is_xml() && taken.examples.is_empty() {
                    Self::Xml(taken.media_type.as_str().to_owned())
                } else {
                    Self::Other
                }
            }
            (None, None) => Self::Usual,
            _ => Self::Other,
        }
    }
}

/// A response of JSON in a media type of XML.
pub(super) fn as_xml(mut response: RawResponse, media_type: &str) -> RawResponse {
    let value = serde_json::from_slice::<Value>(&response.whole()).unwrap_or_default();
    response.body = xml::write(&value).into_bytes().into();
    if let Ok(media_type) = HeaderValue::from_str(media_type) {
        response.headers.insert(CONTENT_TYPE, media_type);
    }
    response
}

/// A media type that a message can have: that of the request where the document has a range.
fn concrete(content: &Content, headers: &HeaderMap) -> String {
    let text = content.media_type.as_str();
    if !text.contains('*') {
        return text.to_owned();
    }
    let lines = headers.get_all(http::header::ACCEPT).iter().filter_map(|it| it.to_str().ok());
    let asked = lines.flat_map(|it| it.split(',')).filter_map(MediaType::parse);
    let asked = asked.map(|it| (it.to_string(), it)).find(|(shown, it)| !shown.contains('*') && it.is_in(text));
    let otherwise = if text.starts_with("text/") { "text/plain" } else { "application/octet-stream" };
    asked.map_or_else(|| otherwise.to_owned(), |(shown, _)| shown)
}

fn encoded(media_type: &str, value: &Value) -> Vec<u8> {
    let is_json = MediaType::parse(media_type).is_some_and(|it| it.is_json());
    let is_xml = media_type.split(';').next().is_some_and(|it| it.trim().ends_with("xml"));
    match value {
        Value::String(text) if !is_json => text.clone().into_bytes(),
        other if is_xml => xml::write(other).into_bytes(),
        other => other.to_string().into_bytes(),
    }
}

fn no_example(name: &str) -> Lacking {
    Lacking(format!("the response has no example `{}`", name.escape_debug()))
}

fn no_media_type() -> Lacking {
    Lacking("no response is in a media type that `Accept` takes".to_owned())
}
