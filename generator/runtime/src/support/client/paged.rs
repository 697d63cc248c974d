//! A call that goes on to another page: with another value of a parameter, or at another URL.

use http::HeaderMap;
use serde_json::Value;

use super::target::{is_same_origin, reference, target};
use super::{Call, Error};
use crate::support::params::{self, Location, Parameter, RawRequest, Siblings};

impl Call<'_> {
    /// A parameter of the query by its name.
    pub(super) fn query_parameter(&self, name: &str) -> Option<&'static Parameter> {
        let is = |it: &&&Parameter| it.location == Location::Query && it.name == name;
        self.operation.parameters.iter().find(is).copied()
    }

    /// What a query parameter was given, where that was one value.
    pub(super) fn sent(&self, parameter: &'static Parameter) -> Option<Value> {
        let query: Vec<_> = self.query.iter().map(|(_, text)| text.as_str()).collect();
        let request = RawRequest { path: &[], query: &query.join("&"), headers: &HeaderMap::new() };
        params::decode(parameter, &request, Siblings::default()).ok().flatten()
    }

    /// Gives a query parameter another value.
    pub(super) fn replace(&mut self, parameter: &'static Parameter, value: &Value) {
        self.query.retain(|(name, _)| *name != parameter.name);
        // The body may have as a number what the query has as text.
        let as_text = || params::encode(parameter, &Value::String(value.to_string()));
        match params::encode(parameter, value).or_else(|error| as_text().map_err(|_| error)) {
            Ok(text) => self.query.extend(text.map(|it| (parameter.name, it))),
            Err(error) => self.fail(error),
        }
    }

    /// The URL of a page that a server has named, where the call goes to one.
    pub(super) fn elsewhere(&self) -> Option<String> {
        self.elsewhere.clone()
    }

    /// Goes to the URL of the next page, which may be relative, and gives all of it. It must be of the server that the
    /// client has, since the credentials go with it.
    pub(super) fn go_to(&mut self, url: &str) -> Result<String, Error> {
        let fault = |reason| Error::NextPage(reason);
        let base = match &self.elsewhere {
            Some(page) => page.clone(),
            None => format!("{}{}", self.base(), params::expand(self.operation.path, &self.path)?),
        };
        let base = fluent_uri::Uri::parse(base).map_err(|_| fault("cannot be told from the base URL"))?;
        let next = reference(url).ok_or_else(|| fault("has a URL that is none"))?;
        let next = next.resolve_against(&base).map_err(|_| fault("has a URL that leads nowhere"))?;
        let next = target(next.strip_fragment().as_str()).map_err(|_| fault("has a URL that no request can go to"))?;
        let own = target(base.as_str())?;
        if !is_same_origin(&next, &own) {
            return Err(fault("is at another server, where credentials must not go"));
        }
        let next = next.to_string();
        if self.elsewhere.as_ref() == Some(&next) {
            return Err(fault("is the page itself"));
        }
        self.elsewhere = Some(next.clone());
        Ok(next)
    }
}
