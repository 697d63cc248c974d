//! What a package leaves out: nothing that its sources include.

use acceptance::fixtures::{self, workspace};
use std::path::{Component, Path, PathBuf};

/// The paths that a source includes as text, from the folder of the package on.
fn included(source: &Path, text: &str) -> Vec<PathBuf> {
    let names = text.split("include_str!(\"").skip(1).filter_map(|rest| rest.split('"').next());
    names.map(|name| plain(&source.parent().unwrap_or(source).join(name))).collect()
}

/// A path without the steps that lead up again.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        if step == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(step);
        }
    }
    plain
}

#[test]
fn what_the_sources_include_is_packaged() {
    for package in ["generator", "generator/runtime"] {
        let folder = workspace().join(package);
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let manifest: toml::Table = manifest.parse().expect("TOML");
        let lists = manifest["package"]["include"].as_array().expect("what is packaged");
        let lists: Vec<_> = lists.iter().filter_map(|it| it.as_str()?.strip_prefix('/')).collect();
        let is_packaged = |path: &Path| {
            let path = path.to_string_lossy();
            lists.iter().any(|it| match it.strip_suffix('*') {
                Some(start) => path.starts_with(start),
                None => path.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            })
        };
        let mut seen = 0;
        for file in fixtures::files(&folder.join("src")).iter().filter(|it| it.extension().is_some_and(|it| it == "rs"))
        {
            let text = std::fs::read_to_string(file).expect("a source");
            let source = file.strip_prefix(&folder).expect("a file of the package");
            for path in included(source, &text) {
                assert!(is_packaged(&path), "{package}: `{}` is included, and not packaged", path.display());
                seen += 1;
            }
        }
        assert!(seen > 0, "{package} includes nothing any more");
    }
}
