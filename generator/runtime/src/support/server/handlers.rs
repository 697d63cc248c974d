//! From a request to the method of the application that answers it.

/// Gives a router its operations: a function that lists them, and one for each that runs it.
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
        pub fn $routes<__A: $api>(api: &::std::sync::Arc<__A>) -> $crate::support::server::Routes {
            let mut routes = $crate::support::server::Routes::new();
            $(routes = routes.on(api, &$operation::OPERATION, $operation);)*
            routes
        }

        $(
            #[allow(deprecated, reason = "what is deprecated is served all the same")]
            async fn $operation<__A: $api>(
                api: ::std::sync::Arc<__A>,
                call: $crate::support::server::Call,
            ) -> $crate::support::server::Outcome {
                let context = call.context();
                $(
                    let mut gate = call.gate();
                    $(
                        if let ($(::core::option::Option::Some($credential),)+) = ($(gate.$take($($of),*),)+) {
                            gate.admit(__A::$hook(&api, $($credential,)+ $($($scopes,)+)? &context).await);
                        }
                    )*
                    let principal = gate.$who()?;
                )?
                let request = call.request().await?;
                let response = __A::$operation(
                    &api,
                    $($crate::support::server::routes! { @second $who principal },)?
                    request,
                    &context,
                )
                .await;
                $crate::support::server::answer(response.map_err(|error| __A::failure(&api, error, &context)))
            }
        )*
    };
    (@second $first:ident $second:ident) => { $second };
}

#[doc(hidden)]
pub use __routes as routes;
