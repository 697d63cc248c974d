//! The doors of the document, what opens them, and the ways to knock.

use std::sync::{Arc, Mutex};

use axum::Extension;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use programs::security::client::Client;
use programs::security::operations::*;
use programs::security::server::{Api, router};
use programs::support::client::ServiceTransport;
use programs::support::http::TypedResponse;
use programs::support::server::{ApiKey, Basic, Bearer, ClientCertificate, Context, Denied, Failure};
use serde_json::Value;
use tower::ServiceExt;

use crate::wire::{Recorder, Sent};

/// The schemes that let somebody in.
pub(crate) type Caller = &'static str;

/// A security scheme of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Token,
    Password,
    Header,
    Query,
    Cookie,
    Oauth,
    Openid,
    Certificate,
}

/// What is given for a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Missing,
    Malformed,
    Wrong,
    Expired,
    UnderScoped,
    Right,
}

use Scheme::{Certificate, Cookie, Header, Oauth, Openid, Password, Query, Token};

impl Scheme {
    pub(crate) const ALL: &[Self] = &[Token, Password, Header, Query, Cookie, Oauth, Openid, Certificate];

    pub(crate) fn states(self) -> &'static [State] {
        use State::{Expired, Malformed, Missing, Right, UnderScoped, Wrong};
        match self {
            Oauth | Openid => &[Missing, Malformed, Wrong, Expired, UnderScoped, Right],
            Certificate => &[Missing, Wrong, Expired, Right],
            _ => &[Missing, Malformed, Wrong, Expired, Right],
        }
    }

    pub(crate) fn caller(self) -> Caller {
        match self {
            Token => "token",
            Password => "password",
            Header => "header",
            Query => "query",
            Cookie => "cookie",
            Oauth => "oauth",
            Openid => "openid",
            Certificate => "certificate",
        }
    }

    pub(crate) fn in_authorization(self) -> bool {
        matches!(self, Token | Password | Oauth | Openid)
    }

    pub(crate) fn shares_its_place_with(self, others: &[Self]) -> bool {
        self.in_authorization() && others.iter().any(|it| it.in_authorization())
    }

    /// How its `WWW-Authenticate` begins.
    pub(crate) fn challenge(self) -> Option<&'static str> {
        match self {
            Token | Oauth | Openid => Some("Bearer"),
            Password => Some("Basic realm="),
            Header => Some("ApiKey in=\"header\", name=\"X-Key\""),
            Query => Some("ApiKey in=\"query\", name=\"key\""),
            Cookie => Some("ApiKey in=\"cookie\", name=\"key\""),
            Certificate => None,
        }
    }

    /// Its right credential, as it goes over the wire.
    pub(crate) fn secret(self) -> &'static str {
        match self {
            Token => "token-secret",
            Password => "am86cGFzc3dvcmQtc2VjcmV0",
            Header => "header-secret",
            Query => "query-secret%26more",
            Cookie => "cookie%2Dsecret",
            Oauth => "oauth-secret",
            Openid => "openid-secret",
            Certificate => "certificate-secret",
        }
    }

    /// What stands in its place.
    fn credential(self, state: State) -> String {
        let right = self.secret();
        match (self, state) {
            (_, State::Missing) | (Cookie, State::Malformed) => String::new(),
            (Token | Oauth | Openid, State::Malformed) => "Bearer".to_owned(),
            (Token | Oauth | Openid, State::Right) => format!("Bearer {right}"),
            (Token | Oauth | Openid, State::Wrong) => format!("Bearer {right}r"),
            (Token | Oauth | Openid, State::Expired) => format!("Bearer old-{right}"),
            (Token | Oauth | Openid, State::UnderScoped) => format!("Bearer lesser-{right}"),
            (Password, State::Malformed) => "Basic jo:password-secret".to_owned(),
            (Password, State::Right) => format!("Basic {right}"),
            // `jo:password`, and `jo:old-password`.
            (Password, State::Wrong) => "Basic am86cGFzc3dvcmQ=".to_owned(),
            (Password, _) => "Basic am86b2xkLXBhc3N3b3Jk".to_owned(),
            (_, State::Malformed) => "%ff".to_owned(),
            (_, State::Right) => right.to_owned(),
            (_, State::Wrong) => format!("{right}r"),
            (_, _) => format!("old-{right}"),
        }
    }
}

/// An operation, and what the document wants of its callers.
pub(crate) struct Door {
    pub(crate) path: &'static str,
    pub(crate) alternatives: &'static [&'static [Scheme]],
    pub(crate) anonymous: bool,
    /// Whether the document has a schema for refusals.
    pub(crate) declared: bool,
}

const fn door(path: &'static str, alternatives: &'static [&'static [Scheme]], declared: bool) -> Door {
    Door { path, alternatives, anonymous: false, declared }
}

const DECLARED: bool = true;
const BARE: bool = false;

pub(crate) const DOORS: &[Door] = &[
    door("/token", &[&[Token]], DECLARED),
    door("/password", &[&[Password]], DECLARED),
    door("/header", &[&[Header]], DECLARED),
    door("/query", &[&[Query]], BARE),
    door("/cookie", &[&[Cookie]], BARE),
    door("/oauth", &[&[Oauth]], DECLARED),
    door("/openid", &[&[Openid]], BARE),
    door("/certificate", &[&[Certificate]], DECLARED),
    door("/token-and-header", &[&[Token, Header]], DECLARED),
    door("/all-keys", &[&[Header, Query, Cookie]], BARE),
    door("/oauth-and-query", &[&[Oauth, Query]], DECLARED),
    door("/certificate-and-token", &[&[Certificate, Token]], BARE),
    door("/token-or-password", &[&[Token], &[Password]], DECLARED),
    door("/oauth-or-header", &[&[Oauth], &[Header]], BARE),
    door("/keys-or-password", &[&[Header, Cookie], &[Password]], DECLARED),
    Door { anonymous: true, ..door("/token-or-nothing", &[&[Token]], BARE) },
    Door { anonymous: true, ..door("/nothing", &[], BARE) },
];

impl Door {
    /// The schemes of all alternatives, each once.
    pub(crate) fn schemes(&self) -> Vec<Scheme> {
        let mut all: Vec<Scheme> = self.alternatives.iter().flat_map(|it| it.iter().copied()).collect();
        all.dedup();
        all
    }
}

/// Handlers that remember which door was opened, and by whom.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doors(Arc<Mutex<Vec<(&'static str, Option<Caller>)>>>);

/// What came back.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) challenges: Vec<String>,
    pub(crate) media_type: String,
    pub(crate) body: Value,
}

impl Doors {
    pub(crate) fn opened(&self) -> Vec<(&'static str, Option<Caller>)> {
        self.0.lock().unwrap().clone()
    }

    fn open(&self, path: &'static str, caller: Option<Caller>) {
        self.0.lock().unwrap().push((path, caller));
    }

    /// Knocks with raw credentials.
    pub(crate) async fn ask(&self, door: &Door, given: &[(Scheme, State)]) -> Seen {
        let mut request = Request::builder();
        let mut query = String::new();
        for (scheme, state) in given.iter().filter(|(_, state)| *state != State::Missing) {
            let text = scheme.credential(*state);
            request = match scheme {
                Query => {
                    query = format!("?key={text}");
                    request
                }
                Cookie => request.header("cookie", format!("key={text}")),
                // A header has no escapes, so nothing in it is malformed but its absence from a line that is there.
                Header => request.header("x-key", if *state == State::Malformed { "" } else { &text }),
                Certificate => request.extension(ClientCertificate::from(text.into_bytes())),
                _ => request.header("authorization", text),
            };
        }
        let request = request.uri(format!("{}{query}", door.path)).body(Body::empty()).unwrap();
        let response = router(self.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |headers: &HeaderMap, name: &str| -> Vec<String> {
            headers.get_all(name).iter().map(|it| it.to_str().unwrap().to_owned()).collect()
        };
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Seen {
            status: parts.status.as_u16(),
            challenges: text(&parts.headers, "www-authenticate"),
            media_type: text(&parts.headers, "content-type").join(", "),
            body: serde_json::from_slice(&body).unwrap_or_default(),
        }
    }

    /// A transport to the doors, for a client with the right certificate; it notes what goes through it.
    pub(crate) fn recorder(&self) -> (Recorder, Sent) {
        let certificate = ClientCertificate::from(Certificate.secret().as_bytes().to_vec());
        let inner = ServiceTransport::new(router(self.clone()).layer(Extension(certificate)), Body::from);
        let sent = Sent::default();
        (Recorder::new(inner, &sent), sent)
    }
}

/// Who comes with the right credentials of an alternative.
pub(crate) fn together(schemes: &[Scheme]) -> Caller {
    match schemes {
        [one] => one.caller(),
        [Token, Header] => "token and header",
        [Header, Query, Cookie] => "header, query and cookie",
        [Header, Cookie] => "header and cookie",
        [Oauth, Query] => "oauth and query",
        [Certificate, Token] => "certificate and token",
        other => panic!("{other:?} is no alternative"),
    }
}

fn by_secret(scheme: Scheme, given: &str) -> Result<Caller, Denied> {
    if given == scheme.secret().replace("%26", "&") { Ok(scheme.caller()) } else { Err(Denied::Unauthorized) }
}

fn by_scopes(scheme: Scheme, given: &Bearer, scopes: &'static [&'static str]) -> Result<Caller, Denied> {
    assert!(!scopes.is_empty(), "the operation asks for scopes");
    match given.0.expose().strip_prefix("lesser-") {
        Some(token) if token == scheme.secret() => Err(Denied::Forbidden { scopes }),
        _ => by_secret(scheme, given.0.expose()),
    }
}

macro_rules! doors {
    ($($path:literal $function:ident $(($caller:ident: $principal:ty))? => $seen:expr;)*) => {
        impl Api for Doors {
            type Principal = Caller;
    type Error = Failure;

            async fn token(&self, token: Bearer, scopes: &'static [&'static str], _: &Context) -> Result<Caller, Denied> {
                assert!(scopes.is_empty(), "the scheme has none");
                by_secret(Token, token.0.expose())
            }

            async fn password(&self, Basic { user, password }: Basic, _: &Context) -> Result<Caller, Denied> {
                let right = user == "jo" && password.expose() == "password-secret";
                if right { Ok("password") } else { Err(Denied::Unauthorized) }
            }

            async fn header(&self, key: ApiKey, _: &Context) -> Result<Caller, Denied> {
                by_secret(Header, key.0.expose())
            }

            async fn query(&self, key: ApiKey, _: &Context) -> Result<Caller, Denied> {
                by_secret(Query, key.0.expose())
            }

            async fn cookie(&self, key: ApiKey, _: &Context) -> Result<Caller, Denied> {
                by_secret(Cookie, key.0.expose())
            }

            async fn oauth(&self, token: Bearer, scopes: &'static [&'static str], _: &Context) -> Result<Caller, Denied> {
                by_scopes(Oauth, &token, scopes)
            }

            async fn openid(&self, token: Bearer, scopes: &'static [&'static str], _: &Context) -> Result<Caller, Denied> {
                by_scopes(Openid, &token, scopes)
            }

            async fn token_and_header(
                &self,
                token: Bearer,
                header: ApiKey,
                _: &'static [&'static str],
                _: &Context,
            ) -> Result<Caller, Denied> {
                by_secret(Token, token.0.expose())?;
                by_secret(Header, header.0.expose())?;
                Ok(together(&[Token, Header]))
            }

            async fn header_and_query_and_cookie(
                &self,
                header: ApiKey,
                query: ApiKey,
                cookie: ApiKey,
                _: &Context,
            ) -> Result<Caller, Denied> {
                by_secret(Header, header.0.expose())?;
                by_secret(Query, query.0.expose())?;
                by_secret(Cookie, cookie.0.expose())?;
                Ok(together(&[Header, Query, Cookie]))
            }

            async fn header_and_cookie(&self, header: ApiKey, cookie: ApiKey, _: &Context) -> Result<Caller, Denied> {
                by_secret(Header, header.0.expose())?;
                by_secret(Cookie, cookie.0.expose())?;
                Ok(together(&[Header, Cookie]))
            }

            async fn query_and_oauth(
                &self,
                query: ApiKey,
                oauth: Bearer,
                scopes: &'static [&'static str],
                _: &Context,
            ) -> Result<Caller, Denied> {
                by_scopes(Oauth, &oauth, scopes)?;
                by_secret(Query, query.0.expose())?;
                Ok(together(&[Oauth, Query]))
            }

            async fn token_and_certificate(
                &self,
                token: Bearer,
                certificate: ClientCertificate,
                _: &'static [&'static str],
                _: &Context,
            ) -> Result<Caller, Denied> {
                by_secret(Certificate, &String::from_utf8_lossy(certificate.as_bytes()))?;
                by_secret(Token, token.0.expose())?;
                Ok(together(&[Certificate, Token]))
            }

            async fn certificate(&self, certificate: ClientCertificate, _: &Context) -> Result<Caller, Denied> {
                by_secret(Certificate, &String::from_utf8_lossy(certificate.as_bytes()))
            }

            $(
                async fn $function(&self $(, $caller: $principal)?, _: $function::Request, _: &Context) -> Result<$function::Response, Failure> {
                    self.open($path, $seen);
                    Ok($function::Response::NoContent)
                }
            )*
        }

        /// Calls an operation; the answer is the status, or what the client says instead.
        pub(crate) async fn call(client: &Client, path: &str) -> Result<String, String> {
            match path {
                $(
                    $path => {
                        let response = client.$function(&$function::Request::new()).response().await.map_err(|error| error.to_string())?;
                        Ok(response.encode().unwrap().status.as_u16().to_string())
                    }
                )*
                _ => panic!("{path} is no door"),
            }
        }
    };
}

doors! {
    "/token" by_token (caller: Caller) => Some(caller);
    "/password" by_password (caller: Caller) => Some(caller);
    "/header" by_header (caller: Caller) => Some(caller);
    "/query" by_query (caller: Caller) => Some(caller);
    "/cookie" by_cookie (caller: Caller) => Some(caller);
    "/oauth" by_oauth (caller: Caller) => Some(caller);
    "/openid" by_openid (caller: Caller) => Some(caller);
    "/certificate" by_certificate (caller: Caller) => Some(caller);
    "/token-and-header" by_token_and_header (caller: Caller) => Some(caller);
    "/all-keys" by_all_keys (caller: Caller) => Some(caller);
    "/oauth-and-query" by_oauth_and_query (caller: Caller) => Some(caller);
    "/certificate-and-token" by_certificate_and_token (caller: Caller) => Some(caller);
    "/token-or-password" by_token_or_password (caller: Caller) => Some(caller);
    "/oauth-or-header" by_oauth_or_header (caller: Caller) => Some(caller);
    "/keys-or-password" by_keys_or_password (caller: Caller) => Some(caller);
    "/token-or-nothing" by_token_or_nothing (caller: Option<Caller>) => caller;
    "/nothing" by_nothing => None;
}
