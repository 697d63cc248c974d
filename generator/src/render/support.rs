//! The run-time code that goes into every generated crate, verbatim.

use super::place::Place;

macro_rules! support_files {
    ($($path:literal)*) => {
        /// Every file by its path below `src/support/`.
        pub(super) const FILES: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../support/", $path)))),*];
    };
}

support_files! {
    "builder.rs"
    "check/array.rs"
    "check/compile.rs"
    "check/direction.rs"
    "check/duplicates.rs"
    "check/equal.rs"
    "check/mod.rs"
    "check/number.rs"
    "check/object.rs"
    "check/run.rs"
    "check/scalar.rs"
    "check/schema.rs"
    "check/union.rs"
    "client/call.rs"
    "client/config.rs"
    "client/core.rs"
    "client/credential.rs"
    "client/error.rs"
    "client/middleware.rs"
    "client/mod.rs"
    "client/pages.rs"
    "client/reqwest.rs"
    "client/retry.rs"
    "client/server_url.rs"
    "client/service.rs"
    "client/transport.rs"
    "enumeration.rs"
    "format.rs"
    "format/host.rs"
    "format/time.rs"
    "format/uri.rs"
    "formatted.rs"
    "formatted/types.rs"
    "http/accept.rs"
    "http/body.rs"
    "http/byte_stream.rs"
    "http/content.rs"
    "http/file.rs"
    "http/form.rs"
    "http/frames.rs"
    "http/items.rs"
    "http/media_type.rs"
    "http/mod.rs"
    "http/multipart.rs"
    "http/operation.rs"
    "http/problem.rs"
    "http/random.rs"
    "http/raw_response.rs"
    "http/send.rs"
    "http/typed_response.rs"
    "json.rs"
    "mod.rs"
    "newtype.rs"
    "object.rs"
    "params/decode.rs"
    "params/decode/deep.rs"
    "params/decode/split.rs"
    "params/encode.rs"
    "params/expand.rs"
    "params/further.rs"
    "params/mod.rs"
    "params/raw.rs"
    "params/read.rs"
    "params/text.rs"
    "pattern.rs"
    "secret.rs"
    "server/answer.rs"
    "server/call.rs"
    "server/check.rs"
    "server/credentials.rs"
    "server/delivery.rs"
    "server/dispatch.rs"
    "server/documentation.rs"
    "server/examples.rs"
    "server/gate.rs"
    "server/input.rs"
    "server/memory.rs"
    "server/mod.rs"
    "server/options.rs"
    "server/parts.rs"
    "server/refusal.rs"
    "server/routes.rs"
    "server/stand_in.rs"
    "server/template.rs"
    "server/tree.rs"
    "server/try.html"
    "server/try.js"
    "tristate.rs"
    "union.rs"
    "validate.rs"
    "violation.rs"
}

/// Modules that only one side of HTTP needs, or either.
const SIDES: &[(&str, &str)] = &[
    ("pub mod client;", "#[cfg(feature = \"client\")]"),
    ("pub mod server;", "#[cfg(feature = \"server\")]"),
    ("pub mod http;", "#[cfg(any(feature = \"client\", feature = \"server\"))]"),
    ("pub mod params;", "#[cfg(any(feature = \"client\", feature = \"server\"))]"),
];

/// A file's text: its examples name the crate that they are in, and the root module puts the two sides behind their
/// features.
pub(super) fn text(path: &str, text: &str, package: &str, place: &Place) -> String {
    if let Place::Module(root) = place {
        return in_module(text, root);
    }
    if path != "mod.rs" {
        let here = format!(" # use {}::support::", package.replace('-', "_"));
        return text.replace(" # use support::support::", &here);
    }
    let lines = text.lines().map(|line| match SIDES.iter().find(|(module, _)| *module == line) {
        Some((_, feature)) => format!("{feature}\n{line}\n"),
        None => format!("{line}\n"),
    });
    lines.collect()
}

/// The text for a module tree: paths start at its root, macros are those of the tree alone, and examples, which would
/// have to name the crate, are only read.
fn in_module(text: &str, root: &str) -> String {
    let mut is_example = false;
    let mut is_list_of_macros = false;
    let lines = text.lines().filter(|line| line.trim() != "#[macro_export]").map(|line| {
        is_list_of_macros |= line == "// The macros that give generated types their JSON form.";
        let comment = line.trim_start();
        if let Some(rest) = comment.strip_prefix("/// ```").or_else(|| comment.strip_prefix("//! ```")) {
            is_example = !is_example;
            if is_example && rest.is_empty() {
                return format!("{line}text\n");
            }
        }
        let line = if line.starts_with("pub use __") || (is_list_of_macros && line == "pub use {") {
            line.replacen("pub use", "pub(crate) use", 1)
        } else {
            line.to_owned()
        };
        line.replace("crate::support", &format!("{root}::support")) + "\n"
    });
    lines.collect()
}
