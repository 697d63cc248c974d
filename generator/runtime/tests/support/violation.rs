//! Reports: their order, their forms, their limits.

use serde_json::json;

use crate::support::{Violation, Violations};

fn sample() -> Violations {
    let mut violations = Violations::new();
    violations.push(Violation::new("/roles/10", "type", "must be a string"));
    violations.push(Violation::new("/roles/2", "maxLength", "must be at most 5 characters long").with_limit(5));
    violations.push(Violation::new("/name", "required", "is missing"));
    violations.push(Violation::new("", "minProperties", "must have at least 1 property").with_limit(1));
    violations.push(Violation::new("/name", "required", "is missing"));
    violations
}

#[test]
fn a_report_is_in_document_order_and_without_repetition() {
    let expected = "must have at least 1 property (minProperties)\n/name: is missing (required)\n\
                    /roles/2: must be at most 5 characters long (maxLength)\n/roles/10: must be a string (type)";
    assert_eq!(sample().to_string(), expected);
    let mut merged = sample();
    merged.merge(sample());
    assert_eq!(merged, sample());
    assert_eq!(sample().into_iter().rev().collect::<Violations>(), sample());
}

#[test]
fn a_report_has_a_form_for_each_reader() {
    assert_eq!(sample().summary(), "must have at least 1 property (minProperties) (and 3 more)");
    assert_eq!(Violations::from(Violation::new("/a", "type", "must be null")).summary(), "/a: must be null (type)");
    assert_eq!(Violations::new().summary(), "no violations");
    assert_eq!(
        json!(sample().prefixed("/body").by_field()),
        json!({
            "body": ["must have at least 1 property"],
            "body.name": ["is missing"],
            "body.roles.2": ["must be at most 5 characters long"],
            "body.roles.10": ["must be a string"],
        })
    );
    assert_eq!(
        serde_json::to_value(sample()).unwrap()[2],
        json!({ "pointer": "/roles/2", "keyword": "maxLength", "message": "must be at most 5 characters long", "limit": 5 })
    );
}

#[test]
fn pointers_are_unescaped_for_fields_and_harmless_in_logs() {
    let violations = Violations::from(Violation::new("/a~1b/c~0d/e\nf\u{1b}", "type", "must be null"));
    assert_eq!(violations.by_field().into_keys().collect::<Vec<_>>(), ["a/b.c~d.e\nf\u{1b}"]);
    assert_eq!(violations.to_string(), "/a~1b/c~0d/e\\nf\\u{1b}: must be null (type)");
}

#[test]
fn a_full_report_says_so() {
    let mut violations = Violations::with_capacity(2);
    violations.extend((0..3).map(|it| Violation::new(format!("/{it}"), "type", "must be null")));
    assert_eq!((violations.len(), violations.truncated()), (2, true));
    assert_eq!(violations.summary(), "/0: must be null (type) (and more than 1 more)");
    assert!(violations.to_string().ends_with("\nand more"));
}
