//! Webhooks on their way in: the raw request, before it is known whom it comes from.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;

use super::call::Head;
use super::{Call, Denied, Refusal};
use crate::support::http::Operation;

/// What a delivery that is not believed is asked for.
const CHALLENGE: &str = "Signature realm=\"webhook\"";

/// A request that claims to be a webhook.
pub struct Delivery {
    pub(super) head: Arc<Head>,
    pub(super) body: Bytes,
}

/// Headers and body may hold secrets.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Delivery({}, {} bytes, ..)", self.head.operation.id, self.body.len())
    }
}

impl Delivery {
    /// The webhook.
    pub fn operation(&self) -> &'static Operation {
        self.head.operation
    }

    /// The headers, as they came.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.parts.headers
    }

    /// A header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// The body, as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The call behind the delivery, where the application takes it for what it claims to be.
    ///
    /// # Errors
    /// 401, 403 or 503 where it does not.
    pub fn admit(self, decision: Result<(), Denied>) -> Result<Call, Refusal> {
        match decision {
            Ok(()) => Ok(Call::delivered(self.head, self.body)),
            // There is no 401 without a challenge (RFC 9110, section 11.6.1), and what proves a delivery is its signature.
            Err(Denied::Unauthorized) => Err(Refusal::Unauthorized { challenges: vec![CHALLENGE.to_owned()] }),
            Err(Denied::Forbidden { .. }) => Err(Refusal::Forbidden { challenge: None }),
            Err(Denied::Unavailable(error)) => Err(Refusal::Unavailable(error)),
        }
    }
}
