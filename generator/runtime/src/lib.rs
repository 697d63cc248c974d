//! The run time of the code that Specwright generates: JSON, validation, and the two sides of HTTP.
//!
//! A generated crate has this code as its module `support`: it depends on this crate and says
//! `pub use specwright_runtime as support;`, so that several generated crates share their types, or it carries a copy of
//! the folder `src/support`, file by file, and depends on nothing of Specwright.
//!
//! | feature | adds |
//! | --- | --- |
//! | `client` | the client side |
//! | `reqwest` | the transport of clients that bring none of their own |
//! | `rustls`, `rustls-ring`, `rustls-graviola`, `native-tls` | its TLS: by rustls with aws-lc, ring or graviola, or that of the system |
//! | `gzip` | responses that are packed: clients say that they take gzip, and unpack it |
//! | `blocking` | calls that block the thread |
//! | `browser` | what clients for `wasm32-unknown-unknown` have of a browser |
//! | `server` | the server side, over axum |
//! | `stand-in` | servers that answer with the examples of their document, and a page to try an API |
//! | `contract` | a test that asks every operation of a router what its document allows |
//! | `dynamic` | bodies whose schemas are known at run time only, for programs that serve any document |
//! | `byte`, `hostname`, `pattern`, `uri`, `uuid` | what a document has that needs a library: formats and patterns |
//! | `formats` | all of these, for programs that read any document |
//! | `jiff`, `chrono`, `time` | the types of dates and times of that library |
//! | `rust_decimal` | the type of decimal numbers of that library |
//! | `indexmap` | maps and sets in the order of the document |
//! | `page` | a renderer of other people for the page to try an API: Scalar, 4.9 MB, of the crate `scalar_api_reference` |
//! | `source` | the files themselves, for the generator, which copies them |

// The files name each other, and what the macros expand to names them, as they do in a generated crate.
#[doc(hidden)]
pub mod support;

#[doc(inline)]
pub use support::*;

/// What documents need, each there with its feature.
#[doc(hidden)]
pub mod needs {
    #[cfg(feature = "byte")]
    pub const fn byte() {}
    #[cfg(feature = "hostname")]
    pub const fn hostname() {}
    #[cfg(feature = "pattern")]
    pub const fn pattern() {}
    #[cfg(feature = "uri")]
    pub const fn uri() {}
    #[cfg(feature = "uuid")]
    pub const fn uuid() {}
}

/// Says what the documents of a crate need, so that a feature that its manifest lacks is an error and not a check that
/// nobody makes.
#[doc(hidden)]
#[macro_export]
macro_rules! needs {
    ($($need:ident),*) => {
        const _: () = {
            $($crate::needs::$need();)*
        };
    };
}

#[cfg(feature = "dynamic")]
pub mod dynamic;

#[cfg(feature = "page")]
pub mod page;

/// The files of `src/support`, as a generated crate may carry them.
#[cfg(feature = "source")]
pub static SOURCE: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/src/support");
