//! The secret of a credential: always the same, or one that somebody gives when a request needs it.

use std::fmt;
use std::sync::Arc;

use futures_util::lock::Mutex;

use super::{BoxError, BoxFuture, MaybeSend, MaybeSync};
use crate::support::Secret;

/// Gives the secret of a credential, such as a token that expires.
///
/// It is asked before each call, so it keeps what it has: [`CachedToken`] does that around a function that gets a token.
pub trait TokenSource: MaybeSend + MaybeSync {
    /// The secret as it is now.
    fn token(&self) -> BoxFuture<'_, Result<Secret<String>, BoxError>>;

    /// Another secret, since the server has answered 401 to this one. Where it gives the same one, the answer stands.
    fn renewed(&self, refused: &Secret<String>) -> BoxFuture<'_, Result<Secret<String>, BoxError>>;
}

/// The secret of a credential: a text, or what gives it. `Debug` shows neither.
#[derive(Clone)]
pub struct Token(Source);

#[derive(Clone)]
enum Source {
    Fixed(Secret<String>),
    Given(Arc<dyn TokenSource>),
}

impl Token {
    /// A secret that is given when it is needed; where the server answers 401, another one is asked for, and the call
    /// is made once more.
    pub fn from_source(source: impl TokenSource + 'static) -> Self {
        Self(Source::Given(Arc::new(source)))
    }

    pub(super) async fn now(&self) -> Result<Secret<String>, BoxError> {
        match &self.0 {
            Source::Fixed(secret) => Ok(secret.clone()),
            Source::Given(source) => source.token().await,
        }
    }

    /// Another one; `None` where there is none.
    pub(super) async fn renewed(&self, refused: &Secret<String>) -> Result<Option<Secret<String>>, BoxError> {
        match &self.0 {
            Source::Fixed(_) => Ok(None),
            Source::Given(source) => Ok(Some(source.renewed(refused).await?).filter(|it| it != refused)),
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self.0, Source::Fixed(_)) { "Token(..)" } else { "Token(given)" })
    }
}

/// Whatever a secret can be made of.
macro_rules! from_secret {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Token {
            fn from(secret: $ty) -> Self {
                Self(Source::Fixed(secret.into()))
            }
        }
    )*};
}

from_secret!(Secret<String>, String, &str);

/// Keeps what a function gets, until a server refuses it. Of many calls at once one gets the next, and the others wait.
pub struct CachedToken<F> {
    get: F,
    kept: Mutex<Option<Secret<String>>>,
}

impl<F, O> CachedToken<F>
where
    F: Fn() -> O + MaybeSend + MaybeSync,
    O: Future<Output = Result<Secret<String>, BoxError>> + MaybeSend + 'static,
{
    /// A source around a function that gets a token.
    pub fn new(get: F) -> Self {
        Self { get, kept: Mutex::new(None) }
    }

    /// The token that is kept, unless it is the one that was refused.
    async fn kept(&self, refused: Option<&Secret<String>>) -> Result<Secret<String>, BoxError> {
        let mut kept = self.kept.lock().await;
        if let Some(token) = kept.as_ref().filter(|it| Some(*it) != refused) {
            return Ok(token.clone());
        }
        *kept = None;
        Ok(kept.insert((self.get)().await?).clone())
    }
}

impl<F, O> TokenSource for CachedToken<F>
where
    F: Fn() -> O + MaybeSend + MaybeSync,
    O: Future<Output = Result<Secret<String>, BoxError>> + MaybeSend + 'static,
{
    fn token(&self) -> BoxFuture<'_, Result<Secret<String>, BoxError>> {
        Box::pin(self.kept(None))
    }

    fn renewed(&self, refused: &Secret<String>) -> BoxFuture<'_, Result<Secret<String>, BoxError>> {
        let refused = refused.clone();
        Box::pin(async move { self.kept(Some(&refused)).await })
    }
}

impl<F> fmt::Debug for CachedToken<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CachedToken(..)")
    }
}
