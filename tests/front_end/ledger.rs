//! The ledger as a table that others read.

use specwright::document::Version;
use specwright::document::ledger::{Level, ObjectKind, fields, table};

#[test]
fn the_table_knows_each_object_and_tells_versions_apart() {
    assert!(table().count() > 200);
    let schema_30 = fields(ObjectKind::Schema, Version::V30);
    let schema_31 = fields(ObjectKind::Schema, Version::V31);
    assert!(schema_30.named("nullable").is_some() && schema_31.named("nullable").is_none());
    assert!(schema_31.named("const").is_some() && schema_30.named("const").is_none());
    assert_ne!(schema_30.named("type").unwrap().kind, schema_31.named("type").unwrap().kind);
    assert_eq!(fields(ObjectKind::Responses, Version::V30).pattern().unwrap().field, "{status}");
    assert!(table().any(|row| row.level == Level::Ignored));
}
