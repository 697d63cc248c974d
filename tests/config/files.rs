//! Files that are published beside the program.

use acceptance::fixtures::workspace;

#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = workspace().join("generator/specwright.schema.json");
    let wanted = format!("{:#}\n", specwright::config::json_schema());
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "`{}` is stale: `cargo run -p specwright -- config --schema` prints it", path.display());
}
