//! The recipes, tried with the real git: drivers of diff and merge, and hooks.

use std::fs;

use acceptance::{command, fixtures, pipeline};

use super::project::{Repository, pets};

const CONFIG: &str = "[[output]]\npath = \"generated\"\n\n[[output.api]]\ndocument = \"api.yaml\"\nname = \"pets\"\n";

fn recipe(name: &str) -> String {
    fs::read_to_string(fixtures::workspace().join("generator/recipes").join(name)).expect("a recipe")
}

/// A repository that follows the recipes, with `specwright` among its programs.
fn repository() -> Repository {
    let here = Repository::new(CONFIG);
    here.write(".gitattributes", &recipe("gitattributes"));
    here.write("api.yaml", &pets("integer"));
    for line in recipe("README.md").lines().filter(|line| line.starts_with("git config ")) {
        here.shell(line);
    }
    for hook in ["pre-commit", "post-merge"] {
        let path = here.path().join(".git/hooks").join(hook);
        fs::write(&path, recipe(hook)).expect("a hook");
        here.shell(&format!("chmod +x {}", path.display()));
    }
    assert_eq!(here.run(&["generate", "--quiet"]).code, Some(0));
    here.commit("start");
    here
}

#[test]
fn a_diff_of_code_shows_what_callers_see_and_one_of_documents_whom_it_breaks() {
    let here = repository();
    here.write("api.yaml", &pets("string").replace("A pet.", "Some pet."));
    here.run(&["generate", "--quiet"]);
    let code = here.git(&["diff", "--", "generated/src/pets/models/pet.rs"]);
    let lines: Vec<_> = code
        .lines()
        .filter(|it| it.starts_with(['+', '-']) && !it.starts_with("+++") && !it.starts_with("---"))
        .collect();
    assert!(lines.contains(&"-    age: i64") && lines.contains(&"+    age: String"), "{code}");
    assert!(!code.contains("Some pet"), "documentation is no surface: {code}");
    let document = here.git(&["diff", "--", "api.yaml"]);
    assert!(document.contains("response-type-widened"), "{document}");
}

#[test]
fn a_merge_generates_again() {
    let here = repository();
    let with = |from: &str, to: &str| here.read("api.yaml").replace(from, to);
    here.git(&["checkout", "--quiet", "-b", "other"]);
    here.write(
        "api.yaml",
        &with(
            "    Pet:\n",
            "    Cage: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } }\n    Pet:\n",
        ),
    );
    here.run(&["generate", "--quiet"]);
    here.commit("cages");
    here.git(&["checkout", "--quiet", "main"]);
    here.write(
        "api.yaml",
        &with("        age: { type: integer }\n", "        age: { type: integer }\n        name: { type: string }\n"),
    );
    here.run(&["generate", "--quiet"]);
    here.commit("names");
    here.git(&["merge", "--quiet", "--no-edit", "other"]);
    assert_eq!(here.git(&["status", "--porcelain"]), "");
    let run = here.run(&["check"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(here.read("generated/src/pets/models/pet.rs").contains("optional name with_name("));
    assert!(here.read("generated/src/pets/models/cage.rs").contains("pub struct Cage"));
}

#[test]
fn a_commit_that_breaks_clients_is_stopped() {
    let here = repository();
    here.write("api.yaml", &pets("string"));
    here.git(&["add", "--all"]);
    let (code, said) = here.try_git(&["commit", "--message", "break"]);
    assert!(code != Some(0) && said.contains("breaking changes: wire"), "{said}");
    here.write("api.yaml", &pets("integer").replace("A pet.", "An animal."));
    here.git(&["add", "--all"]);
    here.git(&["commit", "--quiet", "--message", "words"]);
}

#[test]
fn a_commit_is_judged_by_what_is_staged() {
    let here = repository();
    here.write("api.yaml", &pets("string"));
    here.git(&["add", "--all"]);
    // What is on disk and not staged is no part of the commit.
    here.write("api.yaml", &pets("integer"));
    let (code, said) = here.try_git(&["commit", "--message", "break"]);
    assert!(code != Some(0) && said.contains("breaking changes: wire"), "{said}");
    here.git(&["add", "--all"]);
    here.write("api.yaml", &pets("string"));
    here.git(&["commit", "--quiet", "--allow-empty", "--message", "nothing"]);
}

/// A document whose pets stand in another file.
fn divided(here: &Repository, age: &str) {
    let text = pets(age);
    let (head, pet) = text.split_once("    Pet:\n").expect("the pet");
    here.write("api.yaml", &format!("{head}    Pet: {{ $ref: 'pet.yaml' }}\n"));
    here.write("pet.yaml", pet);
}

#[test]
fn a_commit_that_breaks_clients_by_another_file_is_stopped() {
    let here = repository();
    divided(&here, "integer");
    here.git(&["add", "--all"]);
    here.git(&["commit", "--quiet", "--no-verify", "--message", "divide"]);
    divided(&here, "string");
    here.git(&["add", "pet.yaml"]);
    let (code, said) = here.try_git(&["commit", "--message", "break"]);
    assert!(code != Some(0) && said.contains("breaking changes: wire"), "{said}");
}

#[test]
fn a_diff_of_a_document_of_several_files_finds_them() {
    let here = repository();
    divided(&here, "integer");
    here.git(&["add", "--all"]);
    here.git(&["commit", "--quiet", "--no-verify", "--message", "divide"]);
    divided(&here, "string");
    here.write("api.yaml", &here.read("api.yaml").replace("The pets.", "All pets."));
    for args in [["diff", "HEAD"], ["diff", "--"], ["diff", "--cached"]] {
        let said = here.git(&args);
        assert!(said.contains("response-type-widened"), "{args:?}: {said}");
        assert!(!said.contains("leads nowhere"), "{args:?}: {said}");
        here.git(&["add", "pet.yaml"]);
        if args == ["diff", "--"] {
            here.git(&["add", "api.yaml"]);
        } else {
            here.git(&["reset", "--quiet"]);
        }
    }
    // Of other versions, nobody says that nothing changed.
    here.git(&["commit", "--quiet", "--all", "--no-verify", "--message", "break"]);
    here.git(&["commit", "--quiet", "--allow-empty", "--no-verify", "--message", "later"]);
    let said = here.git(&["diff", "HEAD~2", "HEAD~1", "--", "api.yaml"]);
    assert!(said.contains("leads nowhere"), "{said}");
}

#[test]
fn the_workflow_posts_the_report_and_decides_by_the_wire() {
    let workflow = pipeline::json("review.yml", &recipe("review.yml"));
    let steps = workflow["jobs"]["diff"]["steps"].as_array().expect("steps");
    let scripts: Vec<&str> = steps.iter().filter_map(|it| it["run"].as_str()).collect();
    let all = scripts.join("\n");
    for part in ["--format markdown", "gh pr comment", "--fail-on wire"] {
        assert!(all.contains(part), "{part}");
    }
    // Texts of a pull request reach a shell as values only.
    assert!(!all.contains("${{"), "{all}");
    for line in all.lines().filter(|line| line.contains("specwright diff")) {
        let run = command::specwright(fixtures::workspace().as_path(), &["diff", "--help"]);
        let flags = line.split_whitespace().filter(|it| it.starts_with("--"));
        flags.for_each(|flag| assert!(run.out.contains(flag), "{flag}"));
    }
}
