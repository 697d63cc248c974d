//! The methods of a stand-in.

/// Implements a trait of handlers by a stand-in's examples.
///
/// In brackets, for the trait that has the hooks of the security schemes: each with its credentials and, behind `;`, a
/// name for the scopes of those that have scopes. What is admitted is the credential of the demonstration. In braces the
/// modules of the operations, with the type of the principal in parentheses where one calls.
#[doc(hidden)]
#[macro_export]
macro_rules! __stand_in {
    ($examples:ident: $api:ident [] $operations:ident::$answers:tt) => {
        $crate::support::server::stand_in! {
            @impl $examples $api { type Error = $crate::support::server::Failure; } $operations $answers
        }
    };
    (
        $examples:ident: $api:ident
        [$($hook:ident($($credential:ident: $of:ty),+ $(; $($scopes:ident),+)?),)+]
        $operations:ident::$answers:tt
    ) => {
        $crate::support::server::stand_in! {
            @impl $examples $api {
                type Principal = ();
                type Error = $crate::support::server::Failure;

                $(
                    async fn $hook(
                        &self,
                        $($credential: $of,)+
                        $($($scopes: &'static [&'static str],)+)?
                        _: &$crate::support::server::Context,
                    ) -> ::core::result::Result<(), $crate::support::server::Denied> {
                        $($(let _ = $scopes;)+)?
                        $($credential.is_demo()?;)+
                        ::core::result::Result::Ok(())
                    }
                )+
            } $operations $answers
        }
    };
    ($examples:ident: $api:ident $operations:ident::$answers:tt) => {
        $crate::support::server::stand_in! { @impl $examples $api {} $operations $answers }
    };
    (
        @impl $examples:ident $api:ident { $($callers:tt)* } $operations:ident { $($operation:ident$(($principal:ty))?,)* }
    ) => {
        impl $api for $examples {
            $($callers)*

            $(
                async fn $operation(
                    &self,
                    $(_: $principal,)?
                    request: $operations::$operation::Request,
                    _: &$crate::support::server::Context,
                ) -> ::core::result::Result<$operations::$operation::Response, $crate::support::server::Failure> {
                    self.0.answer(&request).await
                }
            )*
        }
    };
}

#[doc(hidden)]
pub use __stand_in as stand_in;
