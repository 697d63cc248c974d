//! One response of an operation, as it is read and as it is written.

/// Reads or writes a variant of the responses of an operation, whose static is `OPERATION`.
///
/// - `@decode PARTS VARIANT …`: a `Result` of the variant, out of a `ResponseReader`.
/// - `@encode KEY …`: a `Result` of the whole response, out of borrowed fields.
///
/// Behind them stands what the variant has: nothing, `(how)` or `(body how)` for a body alone, or fields in braces: an `open`
/// status, each `header` with whether it must be there and its parameter, the `body` and how it is read and written.
#[doc(hidden)]
#[macro_export]
macro_rules! __one_response {
    (@decode $parts:ident $variant:ident) => { ::core::result::Result::Ok(Self::$variant) };
    (@decode $parts:ident $variant:ident ($how:ident)) => { $parts.$how().map(Self::$variant) };
    (@decode $parts:ident $variant:ident {
        $(open $status:ident)?
        $(header $header:ident $presence:ident = $parameter:expr,)*
        $(body $inner:ident $how:ident)?
    }) => {
        ::core::result::Result::Ok(Self::$variant {
            $($status: $parts.status(),)?
            $($header: $parts.$presence(&$parameter)?,)*
            $($inner: $parts.$how()?,)?
        })
    };
    (@encode $key:tt) => { ::core::result::Result::Ok($crate::support::http::one_response! { @writer $key }.finish()) };
    (@encode $key:tt ($body:ident $how:ident)) => {
        $crate::support::http::one_response! { @writer $key }.$how($body).map($crate::support::http::ResponseWriter::finish)
    };
    (@encode $key:tt {
        $(open $status:ident)?
        $(header $header:ident $presence:ident = $parameter:expr,)*
        $(body $inner:ident $how:ident)?
    }) => {
        ::core::result::Result::Ok(
            $crate::support::http::one_response! { @writer $key }
                $(.status(*$status))?
                $(.$how($inner)?)?
                $(.$presence(&$parameter, $header)?)*
                .finish(),
        )
    };
    (@writer $key:tt) => {
        $crate::support::http::ResponseWriter::new(&OPERATION, $crate::support::http::operation! { @statuses $key })
    };
}

#[doc(hidden)]
pub use __one_response as one_response;
