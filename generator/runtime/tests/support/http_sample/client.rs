//! The client side: one method for each operation.

use super::operations;
use crate::support::client::{Config, Core, Credential, Error, Server, Token, Variable};

/// The servers of the document.
pub const SERVERS: &[Server] = &[Server {
    name: Some("Production"),
    url: "https://{host}/ramp",
    variables: &[Variable { name: "host", default: "api.example.com", allowed: &[] }],
}];

/// A client of the API; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    core: Core,
    bearer_auth: Option<Credential>,
    basic_auth: Option<Credential>,
}

impl Client {
    /// A client without credentials.
    ///
    /// # Errors
    /// Where the base URL is none.
    pub fn new(config: Config) -> Result<Self, Error> {
        Ok(Self { core: Core::new(config)?, bearer_auth: None, basic_auth: None })
    }

    /// Sets the credential of the security scheme `bearerAuth`.
    #[must_use]
    pub fn with_bearer_auth(mut self, token: impl Into<Token>) -> Self {
        self.bearer_auth = Some(Credential::bearer(token));
        self
    }

    /// Sets the credential of the security scheme `basicAuth`.
    #[must_use]
    pub fn with_basic_auth(mut self, user: impl Into<String>, password: impl Into<Token>) -> Self {
        self.basic_auth = Some(Credential::basic(user, password));
        self
    }
}

crate::support::client::calls! {
    Client: operations::{
        /// List team users.
        list_team_users: "GET /v1/team/users" by [bearer_auth] [],
        /// Update a team user.
        update_team_user: "PATCH /v1/team/users/{user}" by [bearer_auth] [basic_auth],
        /// Update a user.
        update_user: "PUT /api/sys/users",
    }
}
