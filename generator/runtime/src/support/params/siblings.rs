//! Names that an exploded object leaves alone: what else the operation reads in the same place.

use serde_json::Value;

use super::{EncodeError, Location, Parameter, Style};

/// What else is read from the same requests.
///
/// An exploded object has its properties side by side with everything else in its place. An API key is never one of
/// them; the name of another parameter is one only where the object's schema names it, too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Siblings<'a> {
    /// The parameters of the operation.
    pub parameters: &'a [&'a Parameter],
    /// The API keys of its security requirements, each with its place.
    pub keys: &'a [(Location, &'a str)],
}

/// Whose name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Key,
    Parameter,
}

impl Siblings<'_> {
    /// Whether a name in the place of an exploded object may be one of its properties.
    pub(super) fn leave(&self, name: &str, object: &Parameter) -> bool {
        match self.owner(name, object) {
            None => true,
            Some(Owner::Parameter) => object.names_property(name),
            Some(Owner::Key) => false,
        }
    }

    /// Refuses an exploded object with a property that would arrive as something else.
    ///
    /// # Errors
    /// Where a property has the name of an API key, or of another parameter without being named by the schema.
    pub fn check(&self, object: &Parameter, value: &Value) -> Result<(), EncodeError> {
        let Value::Object(members) = value else { return Ok(()) };
        if !object.lays_out_names() {
            return Ok(());
        }
        let Some(name) = members.keys().find(|name| !self.leave(name, object)) else { return Ok(()) };
        let reason = match self.owner(name, object) {
            Some(Owner::Key) => "has the name of an API key, and would be taken for it",
            Some(Owner::Parameter) | None => "has the name of another parameter, and would be taken for it",
        };
        // The name is one of the document's.
        let subject = format!("property `{name}` of {} parameter `{}`", object.location.name(), object.name);
        Err(EncodeError::about(subject, reason))
    }

    fn owner(&self, name: &str, object: &Parameter) -> Option<Owner> {
        if self.keys.contains(&(object.location, name)) {
            return Some(Owner::Key);
        }
        let others = self.parameters.iter().filter(|it| !std::ptr::eq(**it, object));
        let mut others = others.filter(|it| it.location == object.location);
        // What an open object takes in is no fault of a closed one.
        let takes = |it: &Parameter| it.takes_any_name() && !object.takes_any_name();
        others.any(|it| takes(it) || claims(it, name)).then_some(Owner::Parameter)
    }
}

/// Whether a parameter is written under a name.
fn claims(parameter: &Parameter, name: &str) -> bool {
    let bracketed = || name.strip_prefix(parameter.name).is_some_and(|it| it.starts_with('['));
    parameter.name == name
        || (parameter.style == Style::DeepObject && bracketed())
        || (parameter.lays_out_names() && parameter.names_property(name))
}
