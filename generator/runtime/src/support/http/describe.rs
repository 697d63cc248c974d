//! Operations as they are described: one line for each parameter, body and response.
//!
//! ```text
//! support::http::operation! {
//!     "updateUser": PATCH "/users/{user}" tagged ["users"] in SCHEMAS,
//!     Request new(user: i64) {
//!         /// Whom to change.
//!         required user: i64 = parameters::USER,
//!         /// Whether nothing is kept.
//!         optional dry_run with_dry_run: bool = parameters::DRY_RUN,
//!     }
//!     /// What is to change.
//!     body required: models::UserChanges = "/components/schemas/UserChanges",
//!     answers Response -> models::User { Self::Ok(body) => body } {
//!         /// 200 The user as it is now.
//!         on 200 Ok(body: models::User as json): "/components/schemas/User",
//!         /// 204 Nothing has changed.
//!         on 204 NoContent as empty,
//!         /// 429 Too many calls.
//!         on 429 TooManyRequests {
//!             /// Seconds to wait.
//!             header retry_after: optional i64 = parameters::RETRY_AFTER,
//!             body body: models::Error as json,
//!         }: "/components/schemas/Error",
//!     } else Undocumented,
//!     violations 422,
//! }
//! ```

/// Makes the request and the responses of an operation, the static `OPERATION`, the constructor and the setters of the
/// request, and the ways of both to the wire and back.
///
/// - A method that HTTP does not have of old is a text, such as `"COPY"`.
/// - `new` is the constructor of the request, with the parameters that it takes; a body that must be there follows them.
/// - `required`, `optional`: whether a parameter, body or header must be there. Behind the name of what need not stands
///   its setter, with the argument of that in parentheses where it is not the type of the value; a body that must be
///   there has its argument so, too.
/// - A response is `on` a key: `200`, `(400..=499)` or `(default)`; where that is no single status, the variant has it as its
///   `open` field, or holds the whole response as it comes where no body is documented:
///   `on (default) Default(body: http::RawResponse as raw): []`; one without a body is `as empty`.
/// - Behind the type of a body stand its media types: the key of its schema where that is `application/json` alone.
/// - `json` is a model whose media types are all JSON, `any` a body in the media type that it has.
/// - `allows deprecated` says that a parameter is deprecated, which travels all the same.
/// - `keys` are API keys that an exploded object among the parameters must leave alone, as in `keys [Query("key")]`.
/// - Behind `->` stands the success, and which variants are one; where the document names none, `if` says what is one.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        $id:literal: $method:tt $path:literal $(tagged [$($tag:literal),*])? in $schemas:path,
        $(#[$request_mark:meta])*
        $request:ident $($new:ident($($argument:ident: $argument_ty:ty),* $(,)?))? {
            $(
                $(#[$mark:meta])*
                $(required $required:ident)?
                $(optional $optional:ident $setter:ident $(($held:ty))?)?
                : $ty:ty = $parameter:expr,
            )*
        }
        $(
            $(#[$body_mark:meta])*
            body $needed:ident $($body_setter:ident)? $(($body_taken:ty))?: $body_ty:ty = $taken:tt,
        )?
        $(accepts $accept_setter:ident,)?
        answers $response:ident -> $success:ty { $($successes:tt)* } {
            $(
                $(#[$answer_mark:meta])*
                on $($status:literal)? $(($($statuses:tt)+))? $variant:ident
                $(as $empty:ident)?
                $(($body:ident: $answer:ty as $how:ident))?
                $({
                    $(open $open:ident,)?
                    $(
                        $(#[$header_mark:meta])*
                        header $header:ident: $header_presence:ident $header_ty:ty = $header_parameter:expr,
                    )*
                    $(body $inner:ident: $inner_ty:ty as $inner_how:ident,)?
                })?
                $(: $($schema:literal)? $([$($content:expr),* $(,)?])?)? $(refused as $refusal:literal)?,
            )*
        } $(else $undocumented:ident)?,
        $(violations $violations:literal,)?
        $(keys [$($place:ident($secret:literal)),*],)?
        $(allows $lint:ident,)?
    ) => {
        /// What the operation takes.
        #[derive(Debug, Clone, PartialEq)]
        $(#[$request_mark])*
        #[non_exhaustive]
        pub struct $request {
            $(
                $(#[$mark])*
                pub $($required: $ty)? $($optional: $crate::support::Option<$ty>)?,
            )*
            $(
                $(#[$body_mark])*
                pub body: $crate::support::http::operation!(@field $needed $body_ty),
            )?
            $(
                /// The media types of the response that the client takes.
                pub accept: $crate::support::http::operation!(@accept_of $accept_setter),
            )?
        }

        /// What the operation answers.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(
            clippy::large_enum_variant,
            reason = "bodies are not boxed, so that no edit of a schema changes a variant"
        )]
        pub enum $response {
            $(
                $(#[$answer_mark])*
                $variant $(($answer))? $({
                    $(
                        /// The status.
                        $open: $crate::support::http::StatusCode,
                    )?
                    $(
                        $(#[$header_mark])*
                        $header: $crate::support::http::operation!(@field $header_presence $header_ty),
                    )*
                    $(
                        /// The body.
                        $inner: $inner_ty,
                    )?
                })?,
            )*
            $(
                /// Any status that the document does not name.
                $undocumented($crate::support::http::RawResponse),
            )?
        }

        /// What both sides know about the operation.
        pub static OPERATION: $crate::support::http::Operation = $crate::support::http::Operation::new(
            $id,
            $crate::support::http::operation! { @method $method },
            $path,
            &$schemas,
            &[$(&$parameter),*],
            &[$(
                $($crate::support::http::Documented::on($status))?
                $($crate::support::http::Documented::within($crate::support::http::operation! { @statuses $($statuses)+ }))?
                    $($(.with_json($schema))? $(.with_content(&[$($content),*]))?)?
                    $(.with_headers(&[$(&$header_parameter),*]))?
                    $(.with_refusal($refusal))?,
            )*],
        )
            $(.with_tags(&[$($tag),*]))?
            $(.with_keys(&[$(($crate::support::params::Location::$place, $secret)),*]))?
            $(.with_body($crate::support::http::operation! { @body $needed $taken }))?
            $(.with_violations($violations))?;

        $crate::support::http::operation! {
            @new $request [$($new($($argument: $argument_ty),*))?]
            [$($(required $required)? $(optional $optional)?,)*] [$($needed [$($body_taken)?] $body_ty)?] [$($accept_setter)?]
            [$($lint)?]
        }

        $crate::support::setters! { [$($lint)?] $request: "Sets the parameter.\n\n" { $(
            (all(), must_use = "what is set is in the value that comes back", $($mark),*) $(optional $optional $setter [$($held)?] $ty)?,
        )* } }

        $($crate::support::http::operation! { @body_setter $request [$($body_setter)?] [$($body_taken)?] $body_ty })?

        $(
            impl $request {
                /// Says which media types the response may have.
                #[must_use]
                pub fn $accept_setter(mut self, accept: $crate::support::http::Accept) -> Self {
                    self.accept = accept;
                    self
                }
            }
        )?

        $(#[allow($lint, reason = "what is deprecated travels all the same")])?
        impl $crate::support::http::TypedRequest for $request {
            type Response = $response;

            const OPERATION: &'static $crate::support::http::Operation = &OPERATION;

            $crate::support::http::for_senders! {
                fn say<__P: $crate::support::http::SaidParts>(&self, parts: &mut __P) {
                    let &[$($($required)? $($optional)?,)*] = parts.operation().parameters else { return };
                    $(
                        $(parts.required($required, &self.$required);)?
                        $(parts.optional($optional, &self.$optional);)?
                    )*
                    $($crate::support::http::operation! { @say parts self $needed })?
                    $($crate::support::http::operation! { @accept parts self $accept_setter })?
                }
            }

            $crate::support::http::for_receivers! {
                fn read<__P: $crate::support::http::ReadParts>(parts: &mut __P) -> $crate::support::Option<Self> {
                    let &[$($($required)? $($optional)?,)*] = parts.operation().parameters else { return $crate::support::None };
                    // All are read before anything is given up, and compilers take one pattern sooner than a `?` each. The first
                    // part may fail where there is no other.
                    let (
                        $crate::support::Some(()),
                        $($crate::support::Some($($required)? $($optional)?),)*
                        $($crate::support::Some($crate::support::http::operation! { @second $needed content }),)?
                    ) = (
                        $crate::support::Some(()),
                        $($(parts.required($required))? $(parts.optional($optional))?,)*
                        $($crate::support::http::operation! { @read parts $needed },)?
                    ) else {
                        return $crate::support::None;
                    };
                    $crate::support::Some(Self {
                        $($($required)? $($optional)?,)*
                        $(body: $crate::support::http::operation! { @second $needed content },)?
                        $(accept: $crate::support::http::operation! { @second $accept_setter parts }.accept(),)?
                    })
                }
            }
        }

        impl $crate::support::http::TypedResponse for $response {
            $crate::support::http::for_senders! {
                type Success = $success;

                fn success(self) -> $crate::support::Result<$success, Self> {
                    $crate::support::http::operation! { @success self $($successes)* }
                }

                fn decode(
                    response: $crate::support::http::Answer,
                ) -> $crate::support::Result<Self, $crate::support::http::DecodeError> {
                    let parts = $crate::support::http::ResponseReader::new(&OPERATION, response);
                    match parts.status().as_u16() {
                        $(
                            $($status)? $($crate::support::http::operation! { @status $($statuses)+ })? => {
                                $(parts.$empty(Self::$variant))?
                                $(parts.$how().map(Self::$variant))?
                                $($crate::support::Ok(Self::$variant {
                                    $($open: parts.status(),)?
                                    $($header: parts.$header_presence(&$header_parameter)?,)*
                                    $($inner: parts.$inner_how()?,)?
                                }))?
                            }
                        )*
                        $(_ => $crate::support::Ok(Self::$undocumented(parts.into_raw())),)?
                    }
                }
            }

            $crate::support::http::for_receivers! {
                fn encode(
                    &self,
                ) -> $crate::support::Result<$crate::support::http::RawResponse, $crate::support::params::EncodeError> {
                    match self {
                        $(
                            Self::$variant $(($body))? $({ $($open,)? $($header,)* $($inner,)? })? => {
                                let writer = &mut $crate::support::http::ResponseWriter::new(
                                    &OPERATION,
                                    $($crate::support::http::Statuses::Exactly($status))?
                                    $($crate::support::http::operation! { @statuses $($statuses)+ })?,
                                );
                                $(writer.$how($body)?;)?
                                $(
                                    $(writer.status(*$open)?;)?
                                    $(writer.$inner_how($inner)?;)?
                                    $(writer.$header_presence(&$header_parameter, $header)?;)*
                                )?
                                $crate::support::Ok(writer.finish())
                            }
                        )*
                        $(Self::$undocumented(response) => $crate::support::Ok(response.clone()),)?
                    }
                }
            }
        }
    };
    (@new $request:ident [] $parameters:tt $body:tt $accepts:tt $lint:tt) => {};
    (@new $request:ident [$new:ident($($arguments:tt)*)] [$($parameters:tt)*] [] $accepts:tt $lint:tt) => {
        $crate::support::http::operation! { @made $request $new [$($arguments)*] [$($parameters)*] $accepts $lint }
    };
    (@new $request:ident [$new:ident()] [$($parameters:tt)*] [required $taken:tt $ty:ty] $accepts:tt $lint:tt) => {
        $crate::support::http::operation! {
            @made $request $new [body: $crate::support::http::operation!(@either $taken $ty)]
            [$($parameters)* required body,] $accepts $lint
        }
    };
    (
        @new $request:ident [$new:ident($($arguments:tt)*)] [$($parameters:tt)*] [required $taken:tt $ty:ty] $accepts:tt
        $lint:tt
    ) => {
        $crate::support::http::operation! {
            @made $request $new [$($arguments)*, body: $crate::support::http::operation!(@either $taken $ty)]
            [$($parameters)* required body,] $accepts $lint
        }
    };
    (
        @new $request:ident [$new:ident($($arguments:tt)*)] [$($parameters:tt)*] [optional $taken:tt $ty:ty] $accepts:tt
        $lint:tt
    ) => {
        $crate::support::http::operation! {
            @made $request $new [$($arguments)*] [$($parameters)* optional body,] $accepts $lint
        }
    };
    (
        @made $request:ident $new:ident [$($argument:ident: $argument_ty:ty),*]
        [$($(required $required:ident)? $(optional $optional:ident)?,)*] [$($accept_setter:ident)?] [$($lint:ident)?]
    ) => {
        $(#[allow($lint, reason = "every field gets a value")])?
        impl $request {
            /// A request with what every call needs.
            pub fn $new($($argument: $argument_ty),*) -> Self {
                Self {
                    $($($required: $required.into(),)? $($optional: $crate::support::None,)?)*
                    $(accept: $crate::support::http::operation! { @any $accept_setter },)?
                }
            }
        }
    };
    (@body_setter $request:ident [] $taken:tt $ty:ty) => {};
    (@body_setter $request:ident [$setter:ident] $taken:tt $ty:ty) => {
        impl $request {
            /// Sets the body.
            #[must_use]
            pub fn $setter(mut self, body: $crate::support::http::operation!(@either $taken $ty)) -> Self {
                self.body = $crate::support::Some(body.into());
                self
            }
        }
    };
    (@method $method:literal) => { $method };
    (@method $method:ident) => { ::core::stringify!($method) };
    (@body required $content:tt) => {
        $crate::support::http::RequestBody {
            required: true,
            content: $crate::support::http::operation! { @content $content },
        }
    };
    (@body optional $content:tt) => {
        $crate::support::http::RequestBody {
            required: false,
            content: $crate::support::http::operation! { @content $content },
        }
    };
    (@content [$($content:tt)*]) => { &[$($content)*] };
    (@content $schema:literal) => { &[$crate::support::http::Content::json($schema)] };
    (@statuses default) => { $crate::support::http::Statuses::Default };
    (@statuses $first:literal..=$last:literal) => { $crate::support::http::Statuses::Class($first / 100) };
    (@status default) => { _ };
    (@status $first:literal..=$last:literal) => { $first..=$last };
    (@any $setter:ident) => { $crate::support::http::Accept::any() };
    (@say $parts:ident $this:ident required) => { $parts.required_body(&$this.body); };
    (@say $parts:ident $this:ident optional) => { $parts.optional_body(&$this.body); };
    (@accept $parts:ident $this:ident $setter:ident) => { $parts.accept(&$this.accept); };
    (@read $parts:ident required) => { $parts.required_body() };
    (@read $parts:ident optional) => { $parts.optional_body() };
    (@second $first:ident $second:ident) => { $second };
    (@accept_of $setter:ident) => { $crate::support::http::Accept };
    (@field required $ty:ty) => { $ty };
    (@field optional $ty:ty) => { $crate::support::Option<$ty> };
    (@either [] $ty:ty) => { $ty };
    (@either [$held:ty] $ty:ty) => { $held };
    (@success $this:ident if $one:pat if $is_one:expr) => {
        match &$this {
            $one if $is_one => $crate::support::Ok($this),
            _ => $crate::support::Err($this),
        }
    };
    (@success $this:ident $($success:pat => $what:expr),* $(,)?) => {
        match $this {
            $($success => $crate::support::Ok($what),)*
            other => $crate::support::Err(other),
        }
    };
}

#[doc(hidden)]
pub use __operation as operation;
