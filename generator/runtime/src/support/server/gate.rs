//! Security: who may reach a handler.
//!
//! A security requirement such as `[{bearer: []}, {basic: []}]` is a list of alternatives. Generated code tries them in
//! the document's order; the first that a hook of the application admits gives the principal, and without a principal
//! there is no call. All schemes of one alternative must be there before its hooks are asked.

use std::borrow::Cow;
use std::sync::Arc;

use super::call::Head;
use super::credentials::{self, ApiKey, Basic, Bearer, ClientCertificate, HttpCredentials, RequestHead, Shown};
use super::{BoxError, Context, Refusal};
use crate::support::params::Location;

/// Why a hook does not admit credentials.
#[derive(Debug)]
pub enum Denied {
    /// They are unknown, expired or wrong: 401.
    Unauthorized,
    /// They are good, and do not allow this: 403.
    Forbidden {
        /// The scopes that are needed, where the scheme has scopes.
        scopes: &'static [&'static str],
    },
    /// They cannot be checked now: 503.
    Unavailable(BoxError),
}

/// Where credentials turn into a principal of type `P`.
#[derive(Debug)]
pub struct Gate<P> {
    head: Arc<Head>,
    challenges: Vec<Cow<'static, str>>,
    /// The last one, which needs no list where it is the only one.
    challenge: Option<Cow<'static, str>>,
    admitted: Option<P>,
    denied: Option<Denied>,
}

impl<P> Gate<P> {
    pub(super) fn new(head: Arc<Head>) -> Self {
        Self { head, challenges: Vec::new(), challenge: None, admitted: None, denied: None }
    }

    /// The bearer token of the request; `None` where there is none, or somebody is admitted already.
    pub fn bearer(&mut self) -> Option<Bearer> {
        self.challenge("Bearer".into());
        self.take(credentials::bearer)
    }

    /// The name and password of the request; `None` where there are none, or somebody is admitted already.
    pub fn basic(&mut self) -> Option<Basic> {
        self.challenge("Basic realm=\"api\", charset=\"UTF-8\"".into());
        self.take(credentials::basic)
    }

    /// The API key of the request; `None` where there is none, or somebody is admitted already.
    pub fn api_key(&mut self, location: Location, name: &str) -> Option<ApiKey> {
        self.challenge(format!("ApiKey in=\"{}\", name=\"{name}\"", location.name()).into());
        self.take(|head| credentials::api_key(head, location, name))
    }

    /// The certificate of the connection; `None` where there is none, or somebody is admitted already.
    pub fn client_certificate(&mut self) -> Option<ClientCertificate> {
        self.take(|head| head.parts.extensions.get().cloned().map_or(Shown::Nothing, Shown::Credential))
    }

    /// What the request shows under another scheme of HTTP; `None` where it shows nothing, or somebody is admitted
    /// already.
    pub fn http(&mut self, scheme: &'static str) -> Option<HttpCredentials> {
        self.challenge(scheme.into());
        self.take(|head| credentials::http(head, scheme))
    }

    /// The head of the request, for a scheme that the document does not describe; `None` where somebody is admitted
    /// already.
    pub fn request(&mut self) -> Option<RequestHead> {
        let context = Context(self.head.clone());
        self.take(|_| Shown::Credential(RequestHead::new(context)))
    }

    /// A credential that can be read; one that cannot is denied, even where none is needed.
    fn take<T>(&mut self, shown: impl FnOnce(&Head) -> Shown<T>) -> Option<T> {
        if self.admitted.is_some() {
            return None;
        }
        match shown(&self.head) {
            Shown::Credential(credential) => return Some(credential),
            Shown::Malformed => self.admit(Err(Denied::Unauthorized)),
            Shown::Nothing => {}
        }
        None
    }

    /// Takes the decision of a hook, or of all hooks of an alternative.
    pub fn admit(&mut self, decision: Result<P, Denied>) {
        match decision {
            Ok(principal) => self.admitted = Some(principal),
            Err(denied) => {
                // The answer names the denial that brings the client furthest.
                let outranks = self.denied.as_ref().is_none_or(|before| rank(&denied) > rank(before));
                if outranks {
                    self.denied = Some(denied);
                }
            }
        }
    }

    /// Whoever was admitted.
    ///
    /// # Errors
    /// 401, 403 or 503 where nobody was.
    pub fn principal(self) -> Result<P, Refusal> {
        let Self { mut challenges, challenge, admitted, denied, .. } = self;
        if admitted.is_none() {
            challenges.extend(challenge);
        }
        match (admitted, denied) {
            (Some(principal), _) => Ok(principal),
            // A certificate is asked for before HTTP begins, so there is nothing to challenge with.
            (None, None | Some(Denied::Unauthorized)) if challenges.is_empty() => {
                Err(Refusal::Forbidden { challenge: None })
            }
            (None, None) => Err(Refusal::Unauthorized { challenges: owned(challenges) }),
            (None, Some(Denied::Unauthorized)) => Err(Refusal::Unauthorized { challenges: invalid(challenges) }),
            (None, Some(Denied::Forbidden { scopes })) => Err(Refusal::Forbidden { challenge: insufficient(scopes) }),
            (None, Some(Denied::Unavailable(error))) => Err(Refusal::Unavailable(error)),
        }
    }

    /// Whoever was admitted, or nobody where the document allows that (`{}`).
    ///
    /// # Errors
    /// Where credentials were given and denied: whoever shows an expired token wants to hear that.
    pub fn principal_or_anonymous(self) -> Result<Option<P>, Refusal> {
        if self.admitted.is_none() && self.denied.is_none() {
            return Ok(None);
        }
        self.principal().map(Some)
    }

    fn challenge(&mut self, challenge: Cow<'static, str>) {
        if !self.challenges.iter().chain(&self.challenge).any(|it| *it == challenge) {
            self.challenges.extend(self.challenge.replace(challenge));
        }
    }
}

fn rank(denied: &Denied) -> u8 {
    match denied {
        Denied::Unauthorized => 0,
        Denied::Forbidden { .. } => 1,
        Denied::Unavailable(_) => 2,
    }
}

/// RFC 6750 has a word for a token that was given and is not good.
fn invalid(challenges: Vec<Cow<'static, str>>) -> Vec<String> {
    let word = |it: String| if it == "Bearer" { "Bearer error=\"invalid_token\"".to_owned() } else { it };
    owned(challenges).into_iter().map(word).collect()
}

fn owned(challenges: Vec<Cow<'static, str>>) -> Vec<String> {
    challenges.into_iter().map(Cow::into_owned).collect()
}

fn insufficient(scopes: &[&str]) -> Option<String> {
    let scopes = scopes.join(" ");
    (!scopes.is_empty()).then(|| format!("Bearer error=\"insufficient_scope\", scope=\"{scopes}\""))
}
