//! Operations as they are described: one line for each parameter, body and response.
//!
//! ```text
//! support::http::operation! {
//!     "updateUser": PATCH "/users/{user}" tagged ["users"] in SCHEMAS,
//!     Request new {
//!         required user(i64): parameters::USER,
//!         optional dry_run with_dry_run(bool): parameters::DRY_RUN,
//!     }
//!     body required(models::UserChanges): "/components/schemas/UserChanges",
//!     answers Response -> models::User { Self::Ok(body) => body } {
//!         200 Ok(body as json): "/components/schemas/User",
//!         204 NoContent: [],
//!         429 TooManyRequests {
//!             header retry_after: optional parameters::RETRY_AFTER,
//!             body body as json,
//!         }: "/components/schemas/Error",
//!     } else Undocumented,
//!     violations 422,
//! }
//! ```

/// Makes the static `OPERATION`, the constructor and the setters of its request, and the ways of request and response
/// to the wire and back.
///
/// - A method that HTTP does not have of old is a text, such as `"COPY"`.
/// - `required`, `optional`: whether a parameter, body or header must be there. Behind the field of a request stands its
///   argument of `new`, or its setter with the argument of that.
/// - A response has `200`, `(400..=499)` or `default` for a key; where that is no single status, the variant has it as its
///   `open` field.
/// - Behind the colon stand the media types of a body: the key of its schema where that is `application/json` alone.
/// - `json` is a model whose media types are all JSON, `any` a body in the media type that it has.
/// - `keys` are API keys that an exploded object among the parameters must leave alone, as in `keys [Query("key")]`.
/// - Behind `->` stands the success, and which variants are one; where the document names none, `if` says what is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        $id:literal: $method:tt $path:literal $(tagged [$($tag:literal),*])? in $schemas:path,
        $request:ident $($new:ident)? {
            $($presence:ident $field:ident $(($argument:ty))? $($(#[$mark:meta])* $setter:ident($held:ty))?: $parameter:expr,)*
        }
        $(body $needed:ident $(($body_argument:ty))? $($body_setter:ident($body_held:ty))?: $taken:tt,)?
        $(accepts $accept_setter:ident,)?
        answers $response:ident -> $success:ty { $($successes:tt)* } {
            $(
                $key:tt $variant:ident
                $(($body:ident as $how:ident))?
                $({
                    $(open $status:ident,)?
                    $(header $header:ident: $header_presence:ident $header_parameter:expr,)*
                    $(body $inner:ident as $inner_how:ident,)?
                })?
                : $given:tt $(refused as $refusal:literal)?,
            )*
        } $(else $undocumented:ident)?,
        $(violations $violations:literal,)?
        $(keys [$($place:ident($secret:literal)),*],)?
    ) => {
        /// What both sides know about the operation.
        pub static OPERATION: $crate::support::http::Operation = $crate::support::http::Operation {
            id: $id,
            method: $crate::support::http::operation! { @method $method },
            path: $path,
            tags: &[$($($tag),*)?],
            schemas: &$schemas,
            parameters: &[$(&$parameter),*],
            keys: &[$($(($crate::support::params::Location::$place, $secret)),*)?],
            body: $crate::support::http::operation! { @body $($needed $taken)? },
            responses: &[$(
                $crate::support::http::Documented::new(
                    $crate::support::http::operation! { @statuses $key },
                    $crate::support::http::operation! { @content $given },
                )
                    $(.with_headers(&[$(&$header_parameter),*]))?
                    $(.with_refusal($refusal))?,
            )*],
            violations: $crate::support::http::operation! { @option $($violations)? },
        };

        $crate::support::http::operation! {
            @new $request [$($new)?]
            [$($presence $field $(($argument))?,)*]
            [$($needed $(($body_argument))?)?]
            [$($accept_setter)?]
        }

        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $request {
            $($(
                #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
                #[must_use]
                $(#[$mark])*
                pub fn $setter(mut self, $field: $held) -> Self {
                    self.$field = ::core::option::Option::Some(::core::convert::Into::into($field));
                    self
                }
            )?)*

            $($(
                /// Sets the body.
                #[must_use]
                pub fn $body_setter(mut self, body: $body_held) -> Self {
                    self.body = ::core::option::Option::Some(body);
                    self
                }
            )?)?

            $(
                /// Says which media types the response may have.
                #[must_use]
                pub fn $accept_setter(mut self, accept: $crate::support::http::Accept) -> Self {
                    self.accept = accept;
                    self
                }
            )?
        }

        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $crate::support::http::TypedRequest for $request {
            type Response = $response;

            const OPERATION: &'static $crate::support::http::Operation = &OPERATION;

            fn say<__P: $crate::support::http::SaidParts>(&self, parts: &mut __P) {
                let &[$($field,)*] = parts.operation().parameters else { return };
                $(parts.$presence($field, &self.$field);)*
                $($crate::support::http::operation! { @say parts self $needed })?
                $($crate::support::http::operation! { @accept parts self $accept_setter })?
            }

            fn read<__P: $crate::support::http::ReadParts>(parts: &mut __P) -> ::core::option::Option<Self> {
                let &[$($field,)*] = parts.operation().parameters else { return ::core::option::Option::None };
                $(let $field = parts.$presence($field);)*
                $(let body = $crate::support::http::operation! { @read parts $needed };)?
                ::core::option::Option::Some(Self {
                    $($field: $field?,)*
                    $(body: $crate::support::http::operation! { @second $needed body }?,)?
                    $(accept: $crate::support::http::operation! { @second $accept_setter parts }.accept(),)?
                })
            }
        }

        impl $crate::support::http::TypedResponse for $response {
            type Success = $success;

            fn success(self) -> ::core::result::Result<$success, Self> {
                $crate::support::http::operation! { @success self $($successes)* }
            }

            fn encode(
                self,
            ) -> ::core::result::Result<$crate::support::http::RawResponse, $crate::support::params::EncodeError> {
                match self {
                    $(
                        Self::$variant $(($body))? $({ $($status,)? $($header,)* $($inner,)? })? => {
                            let statuses = $crate::support::http::operation! { @statuses $key };
                            let response = $crate::support::http::ResponseWriter::new(&OPERATION, statuses)
                                $(.$how(&$body)?)?
                                $(
                                    $(.status($status))?
                                    $(.$inner_how(&$inner)?)?
                                    $(.$header_presence(&$header_parameter, &$header)?)*
                                )?;
                            ::core::result::Result::Ok(response.finish())
                        }
                    )*
                    $(Self::$undocumented(response) => ::core::result::Result::Ok(response),)?
                }
            }

            fn decode(
                response: $crate::support::http::Answer,
            ) -> ::core::result::Result<Self, $crate::support::http::DecodeError> {
                match response.status.as_u16() {
                    $(
                        $crate::support::http::operation! { @status $key } => ::core::result::Result::Ok(Self::$variant
                            $(($crate::support::http::operation! { @reader $key response }.$how()?))?
                            $({
                                $($status: response.status,)?
                                $(
                                    $header: $crate::support::http::operation! { @reader $key response }
                                        .$header_presence(&$header_parameter)?,
                                )*
                                $($inner: $crate::support::http::operation! { @reader $key response }.$inner_how()?,)?
                            })?
                        ),
                    )*
                    $(_ => ::core::result::Result::Ok(Self::$undocumented(response.into_raw())),)?
                }
            }
        }
    };
    (@new $request:ident [] $parameters:tt $body:tt $accepts:tt) => {};
    (
        @new $request:ident [$new:ident]
        [$($presence:ident $field:ident $(($argument:ty))?,)*]
        [$($needed:ident $(($body_argument:ty))?)?]
        [$($accept_setter:ident)?]
    ) => {
        #[allow(deprecated, reason = "what is deprecated travels all the same")]
        impl $request {
            /// A request with what every call needs.
            pub fn $new($($($field: $argument,)?)* $($(body: $body_argument,)?)?) -> Self {
                Self {
                    $($field: $crate::support::http::operation! { @start $presence $field },)*
                    $(body: $crate::support::http::operation! { @start $needed body },)?
                    $(accept: $crate::support::http::operation! { @any $accept_setter },)?
                }
            }
        }
    };
    (@method $method:literal) => { $method };
    (@method $method:ident) => { ::core::stringify!($method) };
    (@body) => { ::core::option::Option::None };
    (@body required $content:tt) => {
        ::core::option::Option::Some($crate::support::http::RequestBody {
            required: true,
            content: $crate::support::http::operation! { @content $content },
        })
    };
    (@body optional $content:tt) => {
        ::core::option::Option::Some($crate::support::http::RequestBody {
            required: false,
            content: $crate::support::http::operation! { @content $content },
        })
    };
    (@content [$($content:tt)*]) => { &[$($content)*] };
    (@content $schema:literal) => { &[$crate::support::http::Content::json($schema)] };
    (@statuses default) => { $crate::support::http::Statuses::Default };
    (@statuses ($first:literal..=$last:literal)) => { $crate::support::http::Statuses::Class($first / 100) };
    (@statuses $status:literal) => { $crate::support::http::Statuses::Exactly($status) };
    (@status default) => { _ };
    (@status ($first:literal..=$last:literal)) => { $first..=$last };
    (@status $status:literal) => { $status };
    (@option) => { ::core::option::Option::None };
    (@option $value:literal) => { ::core::option::Option::Some($value) };
    (@start required $value:ident) => { ::core::convert::Into::into($value) };
    (@start optional $value:ident) => { ::core::option::Option::None };
    (@any $setter:ident) => { $crate::support::http::Accept::any() };
    (@say $parts:ident $this:ident required) => { $parts.required_body(&$this.body); };
    (@say $parts:ident $this:ident optional) => { $parts.optional_body(&$this.body); };
    (@accept $parts:ident $this:ident $setter:ident) => { $parts.accept(&$this.accept); };
    (@read $parts:ident required) => { $parts.required_body() };
    (@read $parts:ident optional) => { $parts.optional_body() };
    (@second $first:ident $second:ident) => { $second };
    (@success $this:ident if $one:pat if $is_one:expr) => {
        match &$this {
            $one if $is_one => ::core::result::Result::Ok($this),
            _ => ::core::result::Result::Err($this),
        }
    };
    (@success $this:ident $($success:pat => $what:expr),*) => {
        match $this {
            $($success => ::core::result::Result::Ok($what),)*
            other => ::core::result::Result::Err(other),
        }
    };
    (@reader $key:tt $response:ident) => {
        $crate::support::http::ResponseReader::new(
            &OPERATION,
            $crate::support::http::operation! { @statuses $key },
            &$response,
        )
    };
}

#[doc(hidden)]
pub use __operation as operation;
