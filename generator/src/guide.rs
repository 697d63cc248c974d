//! The guide: pages for people who use Specwright, from the folder `guide`.
//!
//! Their commands run in the tests, and their programs are compiled there, with generated code that this crate cannot
//! depend on.

#[doc = include_str!("../guide/first-crate.md")]
pub mod first_crate {}

#[doc = include_str!("../guide/client.md")]
pub mod client {}

#[doc = include_str!("../guide/server.md")]
pub mod server {}

#[doc = include_str!("../guide/commands.md")]
pub mod commands {}

#[doc = include_str!("../guide/embedding.md")]
pub mod embedding {}

#[doc = include_str!("../guide/strictness.md")]
pub mod strictness {}

#[doc = include_str!("../guide/references.md")]
pub mod references {}

#[doc = include_str!("../guide/contract-test.md")]
pub mod contract_test {}

#[doc = include_str!("../guide/upgrading.md")]
pub mod upgrading {}

#[doc = include_str!("../guide/comparison.md")]
pub mod comparison {}

#[doc = include_str!("../guide/from-progenitor.md")]
pub mod from_progenitor {}

#[doc = include_str!("../guide/from-openapi-generator.md")]
pub mod from_openapi_generator {}

#[doc = include_str!("../guide/from-openapi-to-rust.md")]
pub mod from_openapi_to_rust {}

#[doc = include_str!("../guide/types.md")]
pub mod types {}
