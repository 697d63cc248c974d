//! What the snapshots show is also compiled: every accepted fixture, as one crate with one API each.
//!
//! The crate stands in a workspace of its own with the versions, profiles and lock file of this one,
//! so that nothing is fetched and the dependencies are those that are built already.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use acceptance::{command, fixtures, pipeline};
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

    /// `params.yaml` has two cases that are not as it says, and one of a kind that nobody knows.
    #[test]
    fn parameters_go_through_generated_code_as_a_table_says() {
        let table = fixtures::package().join("compile/params.yaml");
        let run = command::run(["params".as_ref(), table.as_os_str()]);
        let (table, decisions) = run.out.split_once("\nDecided").unwrap_or_else(|| panic!("{}{}", run.out, run.err));
        let lines: Vec<_> = table.lines().skip(2).collect();
        let expected = [
            "confidence        cases  right  wrong  not run",
            "spec-table            8      8      0        0",
            "spec-appendix         2      2      0        0",
            "spec-text             3      3      0        0",
            "rfc6570               5      4      1        0",
            "derived               7      5      1        1",
            "",
            "wrong    wrong/text (rfc6570): the client sends `q=a%20b`, not `q=a+b`",
            "wrong    wrong/page (derived): the server reads 7 from form 1",
            "not run  unknown (derived): `surprising` is no behavior that this task knows",
        ];
        assert_eq!(lines, expected, "{}{}", run.out, run.err);
        assert!(decisions.contains("wrong/page: nothing is decided yet (otherwise)"), "{decisions}");
        assert_eq!((run.code, run.err.as_str()), (Some(1), "error: a case that the specification decides is wrong\n"));
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
