//! Implementations of the generated handler traits.

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
