//! Why a request gets no handler, or no response of one; and how that is answered.

use http::header::{ACCEPT, ACCEPT_ENCODING, ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::json;

use super::{Answer, BoxError, Failure, Options};
use crate::support::form::Report;
use crate::support::http::media_type::negotiate;
use crate::support::http::{
    Codec, Content, Documented, Fault, MediaType, Operation, Problem, RawResponse, header_value,
};
use crate::support::params::{EncodeError, spelled};
use crate::support::{Violation, Violations};

/// Why a request is refused.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// 400 or 422: what is wrong with the parameters and the body.
    Invalid(Violations),
    /// 401: no security requirement is met.
    Unauthorized {
        /// The values of `WWW-Authenticate`.
        challenges: Vec<String>,
    },
    /// 403: the client is known, and may not.
    Forbidden {
        /// The value of `WWW-Authenticate`, where the scheme has one for this.
        challenge: Option<String>,
    },
    /// 404: no path template fits.
    NotFound,
    /// 405: the path has no such method.
    MethodNotAllowed {
        /// The methods that it has, for `Allow`.
        allow: String,
    },
    /// 406: `Accept` excludes everything that the operation produces.
    NotAcceptable,
    /// 413: the body is longer than the limit.
    PayloadTooLarge,
    /// 415: the operation does not take this media type.
    UnsupportedMediaType {
        /// The media types that it takes, for `Accept`.
        accept: String,
    },
    /// 415: the body is text in another encoding than UTF-8.
    UnsupportedCharset {
        /// The media types that the operation takes, for `Accept`.
        accept: String,
        /// The encoding by its name, as messages show it.
        charset: String,
    },
    /// 415: the body is compressed, or encoded in another way; servers take bodies as they are.
    UnsupportedCoding {
        /// The media types that the operation takes, for `Accept`.
        accept: String,
    },
    /// 503: whoever decides about credentials cannot be asked now.
    Unavailable(BoxError),
    /// 400: the body ended before it was whole.
    Interrupted,
    /// 408: the body did not come within its time.
    Stalled,
    /// 501: the operation is documented and not served.
    NotImplemented,
    /// 503: the call took longer than it may.
    TimedOut,
    /// What a handler failed with, where the application says more about it than an error does.
    Application(Failure),
    /// 500: the handler failed or panicked, or its response is not as documented; the log says how.
    Failed(BoxError),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        failure.plain().map_or_else(Self::Application, Self::Failed)
    }
}

/// What is wrong with a body that a handler reads itself is told as it is of every other body.
impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Invalid(number, violations) => Self::Invalid(violations.prefixed(&format!("/body/{number}"))),
            Fault::TooLarge => Self::PayloadTooLarge,
            Fault::Interrupted => Self::Interrupted,
            Fault::Stalled => Self::Stalled,
        }
    }
}

impl From<EncodeError> for Refusal {
    fn from(error: EncodeError) -> Self {
        Self::Failed(error.into())
    }
}

impl Refusal {
    /// The status of the answer.
    pub fn status(&self, operation: Option<&Operation>) -> StatusCode {
        match self {
            Self::Invalid(violations) => {
                let own = operation.and_then(|it| it.violations).and_then(|it| StatusCode::from_u16(it).ok());
                own.unwrap_or_else(|| status_of(violations, operation))
            }
            Self::Unauthorized { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType { .. } | Self::UnsupportedCharset { .. } | Self::UnsupportedCoding { .. } => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::Unavailable(_) | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Interrupted => StatusCode::BAD_REQUEST,
            Self::Stalled => StatusCode::REQUEST_TIMEOUT,
            Self::NotImplemented => StatusCode::NOT_IMPLEMENTED,
            Self::Application(failure) => failure.status(),
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// One sentence for the client.
    pub fn summary(&self) -> String {
        let text = match self {
            Self::Invalid(violations) => return violations.summary(),
            Self::Application(failure) => return failure.summary(),
            Self::UnsupportedCharset { charset, .. } => {
                return format!("the body is in {charset}, and text is read as UTF-8");
            }
            Self::Unauthorized { .. } => "credentials are missing or not valid",
            Self::Forbidden { .. } => "the credentials do not allow this",
            Self::NotFound => "there is nothing at this path",
            Self::MethodNotAllowed { .. } => "the path does not have this method",
            Self::NotAcceptable => "no response is in a media type that `Accept` takes",
            Self::PayloadTooLarge => "the body is too large",
            Self::UnsupportedMediaType { .. } => "the body is in a media type that the operation does not take",
            Self::UnsupportedCoding { .. } => "the body is in a content coding that the server does not take",
            Self::Unavailable(_) => "the credentials cannot be checked at the moment",
            Self::Interrupted => "the body is not whole",
            Self::Stalled => "the body did not come in time",
            Self::NotImplemented => "the server does not have this operation",
            Self::TimedOut => "the server took too long",
            Self::Failed(_) => "the server failed",
        };
        text.to_owned()
    }

    /// The headers that HTTP wants with the status.
    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        match self {
            Self::Application(failure) => return failure.headers(),
            Self::Unauthorized { challenges } => {
                for challenge in challenges {
                    headers.append(WWW_AUTHENTICATE, header_value(challenge.clone()));
                }
            }
            Self::Forbidden { challenge: Some(challenge) } => {
                headers.insert(WWW_AUTHENTICATE, header_value(challenge.clone()));
            }
            Self::MethodNotAllowed { allow } => {
                headers.insert(ALLOW, header_value(allow.clone()));
            }
            Self::UnsupportedMediaType { accept } | Self::UnsupportedCharset { accept, .. } => {
                headers.insert(ACCEPT, header_value(accept.clone()));
            }
            Self::UnsupportedCoding { accept } => {
                headers.insert(ACCEPT, header_value(accept.clone()));
                headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            }
            Self::Unavailable(_) | Self::TimedOut => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        headers
    }

    /// The answer: the application's own, else the operation's own, else a problem.
    pub(super) fn answer(&self, operation: Option<&'static Operation>, options: &Options, asked: &HeaderMap) -> Answer {
        if let Some(answer) = options.on_refusal.as_ref().and_then(|own| own(self, operation)) {
            return answer;
        }
        let status = self.status(operation);
        let own = if let Self::Application(failure) = self { failure.body(operation) } else { None };
        let documented = own.or_else(|| operation.and_then(|operation| documented(operation, status, self, asked)));
        let mut answer: Answer = documented.unwrap_or_else(|| self.problem(status)).into();
        answer.headers.extend(self.headers());
        answer
    }

    fn problem(&self, status: StatusCode) -> RawResponse {
        let problem = Problem::new(status).with_detail(self.summary());
        match self {
            Self::Invalid(violations) => problem.with_violations(violations.clone()).into(),
            _ => problem.into(),
        }
    }
}

/// The refusal in the form that the operation documents for its status.
fn documented(
    operation: &'static Operation,
    status: StatusCode,
    refusal: &Refusal,
    asked: &HeaderMap,
) -> Option<RawResponse> {
    let response = operation.response(status)?;
    let none = Violations::default();
    let violations = if let Refusal::Invalid(violations) = refusal { violations } else { &none };
    let title = status.canonical_reason().unwrap_or("Error");
    let report = Report { status: status.as_u16(), title, summary: &refusal.summary(), violations };
    let written = |it: &Content| Some((it.concrete(), written(operation, response, it, &report)?));
    let mut bodies: Vec<_> = response.content().iter().filter_map(written).collect();
    // JSON is what most clients read; who asks for something else gets that.
    bodies.sort_by_key(|(media_type, _)| !MediaType::parse(media_type).is_some_and(|it| it.is_json()));
    let media_types: Vec<_> = bodies.iter().map(|(media_type, _)| *media_type).collect();
    let best = negotiate(asked, &media_types).unwrap_or_default();
    let (media_type, body) = bodies.into_iter().nth(best)?;
    Some(RawResponse::bytes(status.as_u16(), media_type, body))
}

/// The refusal in one of the documented media types.
fn written(operation: &Operation, response: &Documented, content: &Content, report: &Report<'_>) -> Option<Vec<u8>> {
    let given = response.refusal.filter(|_| matches!(content.codec, Codec::Json));
    let given = given.and_then(|it| serde_json::from_str(it).ok());
    let form = match (&given, content.schema) {
        (Some(form), _) => form,
        (None, Some(schema)) => operation.schemas.refusal(schema)?,
        (None, None) if matches!(content.codec, Codec::Json) => &json!({ "message": "$summary" }),
        (None, None) => &json!("$summary"),
    };
    let body = report.fill(form);
    match content.codec {
        Codec::Json => serde_json::to_vec(&body).ok(),
        Codec::Text if form == "$summary" => encoded(&content.concrete().to_ascii_lowercase(), body.as_str()?),
        Codec::Text => Some(spelled(&body).into_bytes()),
        _ => None,
    }
}

/// Plain text as it is; text for browsers as a page, in which nothing of it is more than text.
fn encoded(media_type: &str, text: &str) -> Option<Vec<u8>> {
    if media_type.starts_with("text/html") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        return Some(format!("<!doctype html>\n<title>{escaped}</title>\n<p>{escaped}</p>\n").into_bytes());
    }
    let is_plain = media_type.starts_with("text/") && !media_type.starts_with("text/xml");
    is_plain.then(|| text.as_bytes().to_vec())
}

/// 422 for a body that can be read and is not valid; 400 for everything that cannot be read as the request it claims
/// to be. The document may have the other one only; and where it has neither, a path that names nothing is not found.
fn status_of(violations: &Violations, operation: Option<&Operation>) -> StatusCode {
    let all = |wanted: fn(&Violation) -> bool| violations.iter().all(wanted);
    let readable = all(|it| it.pointer.starts_with("/body") && !unreadable(&it.keyword));
    let (usual, other) = if readable {
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST)
    } else {
        (StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY)
    };
    let in_path = all(|it| it.pointer.starts_with("/path/"));
    let candidates = [usual, other].into_iter().chain(in_path.then_some(StatusCode::NOT_FOUND));
    let documented = |status: &StatusCode| operation.is_some_and(|it| it.response(*status).is_some());
    candidates.into_iter().find(documented).unwrap_or(usual)
}

/// The keywords of bodies that are not even in the form of their media type.
fn unreadable(keyword: &str) -> bool {
    matches!(keyword, "json" | "form" | "multipart" | "text")
}
