//! The servers of a document, with their variables.

use super::Error;

/// One server of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// What the document calls it: its `name`, else its `description`.
    pub name: Option<&'static str>,
    /// Its URL, such as `https://{host}/api`.
    pub url: &'static str,
    /// The variables of the URL.
    pub variables: &'static [Variable],
}

/// One variable of a server's URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// The value it has unless it is set.
    pub default: &'static str,
    /// The values it may have; empty where it may have any.
    pub allowed: &'static [&'static str],
}

impl Server {
    /// The server of a name among those of a document.
    pub fn named(servers: &[Self], name: &str) -> Option<Self> {
        servers.iter().find(|it| it.name == Some(name)).copied()
    }

    /// The URL with some variables set and the others at their defaults.
    ///
    /// # Errors
    /// For a variable that the server does not have, and for a value that it does not allow.
    pub fn url(&self, values: &[(&str, &str)]) -> Result<String, Error> {
        if values.iter().any(|(name, _)| !self.variables.iter().any(|it| it.name == *name)) {
            return Err(Error::BaseUrl("has no variable of this name"));
        }
        let mut url = String::new();
        let mut rest = self.url;
        while let Some((text, tail)) = rest.split_once('{') {
            let (name, tail) = tail.split_once('}').ok_or(Error::BaseUrl("has an unbalanced brace"))?;
            let variable = self.variables.iter().find(|it| it.name == name);
            let variable = variable.ok_or(Error::BaseUrl("has a variable without a default"))?;
            let value = values.iter().find(|(it, _)| *it == name).map_or(variable.default, |(_, value)| value);
            if !variable.allowed.is_empty() && !variable.allowed.contains(&value) {
                return Err(Error::BaseUrl("has a variable with a value that the document does not allow"));
            }
            url.push_str(text);
            url.push_str(value);
            rest = tail;
        }
        url.push_str(rest);
        Ok(url)
    }
}
