//! Implementations of the generated handler traits.

/// Handlers that no test asks; those after `open:` have no caller.
macro_rules! unasked {
    ($api:ident: $($operation:ident)* $(; open: $($open:ident)*)?) => {
        $(
            async fn $operation(
                &self,
                _: $crate::apis::stub::Caller,
                _: generated::$api::operations::$operation::Request, _: &generated::support::server::Context,
            ) -> Result<generated::$api::operations::$operation::Response, generated::support::server::Failure> {
                Err("not in these tests".into())
            }
        )*
        $($(
            async fn $open(
                &self,
                _: generated::$api::operations::$open::Request, _: &generated::support::server::Context,
            ) -> Result<generated::$api::operations::$open::Response, generated::support::server::Failure> {
                Err("not in these tests".into())
            }
        )*)?
    };
}

mod brms;
mod nexudus;
mod nuweb;
mod ramp;
mod stub;

pub(crate) use brms::Brms;
pub(crate) use nexudus::Nexudus;
pub(crate) use nuweb::Nuweb;
pub(crate) use ramp::Ramp;
pub(crate) use stub::Stub;
