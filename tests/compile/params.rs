//! Parameters through generated code, as a table says.

use acceptance::{command, fixtures};

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
