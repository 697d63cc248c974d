//! The client side: one method for each operation.

use super::operations::{list_team_users, update_team_user, update_user};
use crate::support::client::{Config, Core, Credential, Error, Sending, Server, Token, Variable};

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

    /// `GET /v1/team/users`: list team users.
    ///
    /// # Errors
    /// Where there is no response, or not one that the document knows.
    pub fn list_team_users(&self, request: &list_team_users::Request) -> Sending<'_, list_team_users::Response> {
        self.core.call(request).authorize(&[&[&self.bearer_auth], &[]]).sending()
    }

    /// `PATCH /v1/team/users/{user}`: update a team user.
    ///
    /// # Errors
    /// Where there is no response, or not one that the document knows.
    pub fn update_team_user(&self, request: &update_team_user::Request) -> Sending<'_, update_team_user::Response> {
        self.core.call(request).authorize(&[&[&self.bearer_auth], &[&self.basic_auth]]).sending()
    }

    /// `PUT /api/sys/users`: update a user.
    ///
    /// # Errors
    /// Where there is no response, or not one that the document knows.
    pub fn update_user(&self, request: &update_user::Request) -> Sending<'_, update_user::Response> {
        self.core.call(request).sending()
    }
}
