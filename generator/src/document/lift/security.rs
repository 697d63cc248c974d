//! `securityDefinitions`.

use super::Lift;
use super::fields::SECURITY_SCHEME;
use crate::source::Placed;

impl Lift<'_, '_> {
    pub(super) fn security_scheme(&mut self, tree: Placed) -> Placed {
        let origin = tree.origin.clone();
        let Some(kind) = tree.get("type").cloned() else { return tree };
        let mut lifted = Vec::new();
        let mut flow = None;
        let mut details = Vec::new();
        for (key, member) in tree.into_members() {
            if !self.knows(&SECURITY_SCHEME, &key, &member) {
                continue;
            }
            match (kind.as_str(), key.as_str()) {
                (Some("basic"), "type") => {
                    lifted.push((key, Placed::string(&kind.origin, "http")));
                    lifted.push(("scheme".to_owned(), Placed::string(&kind.origin, "basic")));
                }
                (Some("oauth2"), "flow") => flow = Some(member),
                (Some("oauth2"), "authorizationUrl" | "tokenUrl" | "scopes") => details.push((key, member)),
                _ => lifted.push((key, member)),
            }
        }
        if kind.as_str() == Some("oauth2") {
            let name = flow.as_ref().and_then(Placed::as_str).and_then(flow_name);
            if name.is_none() {
                let at = flow.as_ref().map_or(&origin, |it| &it.origin);
                let message = "`flow` must be one of `implicit`, `password`, `application`, `accessCode`";
                self.repaired(at, message, "a token that the application gets");
            }
            if !details.iter().any(|(key, _)| key == "scopes") {
                details.push(("scopes".to_owned(), Placed::object::<String>(&origin, [])));
            }
            let flows = name.map(|name| (name, Placed::object(&origin, details)));
            lifted.push(("flows".to_owned(), Placed::object(&origin, flows)));
        }
        Placed::object(&origin, lifted)
    }
}

/// What a flow is called from 3.0 on.
fn flow_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "implicit" => "implicit",
        "password" => "password",
        "application" => "clientCredentials",
        "accessCode" => "authorizationCode",
        _ => return None,
    })
}
