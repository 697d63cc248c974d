//! The fuzz targets, which nothing else builds: each has its file, its seeds and its line in the page about tests.

use acceptance::fixtures::{files, workspace};
use acceptance::pipeline;

/// The targets, with the folder of the seeds of each.
const TARGETS: [(&str, &str); 4] =
    [("decode", "values"), ("generate", "documents"), ("read", "documents"), ("request", "requests")];

#[test]
fn each_fuzz_target_has_its_file_its_seeds_and_its_line() {
    let folder = workspace().join("generator/fuzz");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    assert!(manifest.contains_key("workspace"), "it is a workspace of its own");
    let declared = manifest["bin"].as_array().expect("targets").iter().filter_map(|it| it["path"].as_str());
    let mut declared: Vec<_> = declared.map(|it| folder.join(it)).collect();
    declared.sort();
    let mut there = files(&folder.join("fuzz_targets"));
    there.sort();
    assert_eq!(declared, there);
    let page = std::fs::read_to_string(workspace().join("tests/README.md")).expect("the page about tests");
    let names: Vec<_> = there.iter().filter_map(|it| it.file_stem()?.to_str()).collect();
    assert_eq!(names, TARGETS.map(|(name, _)| name));
    for (name, seeds) in TARGETS {
        assert!(page.contains(&format!("| `{name}` | `seeds/{seeds}` |")), "{name} has no line in `tests/README.md`");
        assert!(files(&folder.join("seeds").join(seeds)).len() > 1, "{name} has no seeds");
    }
}

#[test]
fn seeds_that_are_documents_generate() {
    for path in files(&workspace().join("generator/fuzz/seeds/documents")) {
        let text = std::fs::read_to_string(&path).expect("a seed");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert!(!pipeline::plan(&name, &text).operations.is_empty(), "{name} has no operation");
    }
}
