//! A handler that answers what a test says, and remembers who asked what.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use generated::support::server::{Basic, Bearer, Denied};

/// Who was admitted.
pub(crate) type Caller = &'static str;

/// A handler with one answer.
#[derive(Debug)]
pub(crate) struct Stub<Q, R> {
    answer: R,
    seen: Mutex<Vec<(Caller, Q)>>,
    given_up: Arc<AtomicUsize>,
}

/// Counts when it goes.
struct Leaving(Arc<AtomicUsize>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl<Q: Clone, R: Clone> Stub<Q, R> {
    pub(crate) fn new(answer: R) -> Arc<Self> {
        Arc::new(Self { answer, seen: Mutex::default(), given_up: Arc::default() })
    }

    /// Handles a request.
    pub(super) fn handle(&self, caller: Caller, request: Q) -> R {
        self.seen.lock().unwrap().push((caller, request));
        self.answer.clone()
    }

    /// Handles a request without an end.
    pub(super) async fn wait(&self) {
        let _leaving = Leaving(self.given_up.clone());
        std::future::pending::<()>().await;
    }

    /// How many requests without an end have been given up.
    pub(crate) fn given_up(&self) -> usize {
        self.given_up.load(Ordering::SeqCst)
    }

    /// What the handler was called with so far.
    pub(crate) fn seen(&self) -> Vec<(Caller, Q)> {
        self.seen.lock().unwrap().clone()
    }

    /// How often the handler was called.
    pub(crate) fn calls(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

/// Admits the token `good`.
pub(super) fn by_token(Bearer(token): &Bearer) -> Result<Caller, Denied> {
    match token.expose().as_str() {
        "good" => Ok("token"),
        "reader" => Err(Denied::Forbidden { scopes: &[] }),
        "offline" => Err(Denied::Unavailable("the directory at 10.0.0.7 is down".into())),
        _ => Err(Denied::Unauthorized),
    }
}

/// Admits `jo` with the password `pa$$:word`.
pub(super) fn by_password(Basic { user, password }: &Basic) -> Result<Caller, Denied> {
    if user == "jo" && password.expose() == "pa$$:word" { Ok("password") } else { Err(Denied::Unauthorized) }
}
