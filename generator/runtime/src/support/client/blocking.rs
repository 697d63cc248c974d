//! Calls that block the thread, for programs without a runtime of their own.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use super::{CallError, Error, MaybeSend, Sending};
use crate::support::http::TypedResponse;

impl<'a, R: TypedResponse + MaybeSend + 'a> Sending<'a, R> {
    /// Makes the call and waits for its success, for programs that are not async.
    ///
    /// # Errors
    /// As when it is awaited, and where it is called within a runtime, whose thread it would block. In `spawn_blocking`,
    /// where nobody can see that blocking is allowed, `Handle::current().block_on` waits for the call.
    pub fn wait(self) -> Result<R::Success, CallError<R>> {
        runtime().map_err(CallError::Unanswered)?.block_on(self.into_future())
    }

    /// Makes the call and waits for the response, whichever it is.
    ///
    /// # Errors
    /// As [`Sending::response`], and where it is called within a runtime.
    pub fn wait_for_response(self) -> Result<R, Error> {
        runtime()?.block_on(self.response())
    }
}

/// The runtime of all blocking calls: connections are kept from one call to the next.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        return Err(Error::Blocking(
            "cannot be made within a runtime: await it, or give it to `Handle::block_on` where blocking is allowed"
                .to_owned(),
        ));
    }
    let build = || Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(|it| it.to_string());
    RUNTIME.get_or_init(build).as_ref().map_err(|error| Error::Blocking(format!("has no runtime: {error}")))
}
