//! From a request to the method of the application that answers it.
//!
//! What all operations have in common is done by [`Routes::open`](super::Routes::open) and
//! [`Routes::gated`](super::Routes::gated), which compilers look at once; a row is what names the operation.

/// Gives a router its operations: a function that lists them, each with its gate and its handler.
///
/// A row is the module of an operation, which is the name of its method too; in parentheses stands who may call it:
///
/// - nothing: everybody;
/// - `principal: …`: whom a hook admits; `principal_or_anonymous: …`: the same, or nobody at all.
///
/// Alternatives stand between `|`. Each is a hook with the credentials that it gets, and how the gate takes them from the
/// request; behind `;` the scopes of those that have scopes.
#[doc(hidden)]
#[macro_export]
macro_rules! __routes {
    (
        $(#[$doc:meta])*
        pub fn $routes:ident of $api:ident {
            $($operation:ident($(
                $who:ident: $($hook:ident(
                    $($credential:ident = $take:ident($($of:expr),*)),+ $(; $($scopes:expr),+)?
                ))|*
            )?),)*
        }
    ) => {
        $(#[$doc])*
        #[allow(deprecated, reason = "what is deprecated is served all the same")]
        pub fn $routes<__A: $api>(api: &::std::sync::Arc<__A>) -> $crate::support::server::Routes {
            let mut routes = $crate::support::server::Routes::new();
            $(
                routes = $crate::support::server::routes! {
                    @row routes api __A $operation
                    $($who: $($hook($($credential = $take($($of),*)),+ $(; $($scopes),+)?))|*)?
                };
            )*
            routes
        }
    };
    (@outcome $of:ident $api:ident $result:ident $context:ident) => {
        match $result {
            // Where it is, since responses may be large.
            ::core::result::Result::Ok(ref response) => $crate::support::server::encoded(response),
            ::core::result::Result::Err(error) => {
                ::core::result::Result::Err($of::failure(&$api, error, &$context).into())
            }
        }
    };
    (@row $routes:ident $api:ident $of:ident $operation:ident) => {
        $routes.open($api, |api: ::std::sync::Arc<$of>, request: $operation::Request, context| async move {
            let result = $of::$operation(&api, request, &context).await;
            $crate::support::server::routes! { @outcome $of api result context }
        })
    };
    (
        @row $routes:ident $api:ident $of:ident $operation:ident
        $who:ident: $($hook:ident($($credential:ident = $take:ident($($what:expr),*)),+ $(; $($scopes:expr),+)?))|*
    ) => {
        $routes.gated(
            $api,
            |api: ::std::sync::Arc<$of>, mut gate: $crate::support::server::Gate<_>, context| async move {
                $(
                    if let ($(::core::option::Option::Some($credential),)+) = ($(gate.$take($($what),*),)+) {
                        gate.admit($of::$hook(&api, $($credential,)+ $($($scopes,)+)? &context).await);
                    }
                )*
                gate.$who().map(|who| (who, api, context))
            },
            |api: ::std::sync::Arc<$of>, principal, request: $operation::Request, context| async move {
                let result = $of::$operation(&api, principal, request, &context).await;
                $crate::support::server::routes! { @outcome $of api result context }
            },
        )
    };
}

#[doc(hidden)]
pub use __routes as routes;
