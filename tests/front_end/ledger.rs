//! The ledger as a table that others read.

use std::collections::BTreeSet;

use specwright::document::Version;
use specwright::document::ledger::{Level, ObjectKind, Versions, fields, table};

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

#[test]
fn every_field_has_one_row_per_version() {
    for version in [Version::V20, Version::V30, Version::V31, Version::V32] {
        let mut seen = BTreeSet::new();
        for row in table().filter(|row| row.versions.contains(version)) {
            let is_own = version == Version::V20 && row.versions == Versions::V30;
            assert!(seen.insert((row.object, row.field)) || is_own, "two rows for {row:?}");
        }
    }
}

#[test]
fn what_is_not_honored_says_why() {
    for row in table().filter(|row| row.level != Level::Honored) {
        assert!(!row.note.is_empty(), "no note for {row:?}");
    }
}
