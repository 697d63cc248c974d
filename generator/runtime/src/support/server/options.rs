//! What an application may set.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::request::Parts;

#[cfg(feature = "stand-in")]
use super::Documentation;
use super::{Answer, Refusal};
use crate::support::http::Operation;

/// The application's own way to answer a refusal; `None` leaves it to the run time.
pub type OnRefusal = Arc<dyn Fn(&Refusal, Option<&Operation>) -> Option<Answer> + Send + Sync>;

/// The application's own say about a call whose caller is admitted, before its input is read.
pub type OnCall = Arc<dyn Fn(&'static Operation, &Parts) -> Result<(), Refusal> + Send + Sync>;

/// Settings of a router.
///
/// The limits in time need a Tokio runtime with its clock, which `#[tokio::main]` and `#[tokio::test]` have.
#[derive(Clone)]
pub struct Options {
    /// How many bytes of a request body are held in memory; more is answered with 413. A body that is passed on as it
    /// comes is not held, so it is up to the handler how much of it is read.
    pub body_limit: usize,
    /// How many parts a multipart body may have; more is answered with 413.
    pub part_limit: usize,
    /// How long a request body may take to arrive, 30 seconds by default; 408 after that, and `None` waits for ever. Of
    /// a body that is passed on as it comes, each piece may take this long.
    pub body_timeout: Option<Duration>,
    /// How long a call may take, 60 seconds by default: security hooks, body and handler, until there is a response,
    /// whose body may take any time. Then it is dropped where it waits, and answered with 503; `None` waits for ever.
    pub call_timeout: Option<Duration>,
    /// What happens to responses that are not as the document says.
    pub check_responses: CheckResponses,
    /// The application's own answers to refusals; `None` leaves them all to the run time.
    pub on_refusal: Option<OnRefusal>,
    /// The document and a page to try it; `None` serves neither.
    #[cfg(feature = "stand-in")]
    pub documentation: Option<Documentation>,
    /// What the application asks of every call before its input is read; `None` asks nothing.
    pub on_call: Option<OnCall>,
}

/// What happens to responses that are not as the document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CheckResponses {
    /// They are sent unseen.
    #[default]
    Off,
    /// They are sent, and the log says what is wrong.
    Log,
    /// The client gets a 500, and the log says what is wrong: for development.
    Fail,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            body_limit: 2 * 1024 * 1024,
            part_limit: 1000,
            body_timeout: Some(Duration::from_secs(30)),
            call_timeout: Some(Duration::from_secs(60)),
            check_responses: CheckResponses::default(),
            on_refusal: None,
            #[cfg(feature = "stand-in")]
            documentation: None,
            on_call: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("body_limit", &self.body_limit)
            .field("part_limit", &self.part_limit)
            .field("body_timeout", &self.body_timeout)
            .field("call_timeout", &self.call_timeout)
            .field("check_responses", &self.check_responses)
            .field("on_refusal", &self.on_refusal.is_some())
            .field("on_call", &self.on_call.is_some())
            .finish_non_exhaustive()
    }
}
