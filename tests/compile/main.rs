//! What the snapshots show is also compiled: every accepted fixture, as one crate with one API each.
//!
//! The crate stands in a workspace of its own with the versions, profiles and lock file of this one,
//! so that nothing is fetched and the dependencies are those that are built already.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use acceptance::{fixtures, pipeline};
    use specwright::output::Files;
    use specwright::plan::ApiPlan;
    use specwright::render::{CrateOptions, render};

    #[test]
    fn every_accepted_fixture_compiles_without_a_warning() {
        let plans: Vec<ApiPlan> =
            fixtures::accepted().iter().map(|it| pipeline::plan(&it.api(), &it.document())).collect();
        let options = CrateOptions { name: "fixtures".to_owned(), description: "All.".to_owned(), workspace: true };
        let files = render(&plans, &options).unwrap_or_else(|error| panic!("{error}"));
        let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let root = temporary.join("compile");
        workspace(&root, &files);
        let target = temporary.parent().expect("a folder of the build");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut clippy = Command::new(cargo);
        clippy.args(["clippy", "--quiet", "--offline", "--package", "fixtures", "--", "-D", "warnings"]);
        clippy.current_dir(&root).env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS");
        let output = clippy.output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Writes the workspace; files that are as they should be keep their time, so that a second run builds nothing.
    fn workspace(root: &Path, files: &Files) {
        let ours = fixtures::workspace();
        let manifest = fs::read_to_string(ours.join("Cargo.toml")).expect("the workspace's manifest");
        let lines = manifest.lines().filter(|line| !line.contains("{ path = \""));
        let lines = lines.map(|line| if line.starts_with("members = ") { "members = [\"fixtures\"]" } else { line });
        put(&root.join("Cargo.toml"), &(lines.collect::<Vec<_>>().join("\n") + "\n"));
        let lock = fs::read_to_string(ours.join("Cargo.lock")).expect("the workspace's lock file");
        if !root.join("Cargo.lock").exists() {
            put(&root.join("Cargo.lock"), &lock);
        }
        let package = root.join("fixtures");
        for (path, text) in files.iter() {
            put(&package.join(path), text);
        }
        for path in fixtures::files(&package) {
            let name = path.strip_prefix(&package).expect("a file below its folder");
            if files.get(&name.to_string_lossy()).is_none() {
                fs::remove_file(&path).expect("an old file can go");
            }
        }
    }

    fn put(path: &Path, text: &str) {
        if fs::read_to_string(path).is_ok_and(|found| found == text) {
            return;
        }
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}
