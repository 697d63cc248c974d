//! The overlays of the drill, with which `tests/programs/` compiles its clients once more, are those that the findings
//! of its tolerant clients make.

use std::fs;

use acceptance::fixtures;

use super::{observed, overlay};

const DRILLS: [&str; 3] = ["drill_parcels", "drill_tickets", "drill_weather"];

#[test]
fn the_overlays_of_the_drill_are_made_of_what_its_clients_found() {
    for name in DRILLS {
        let folder = fixtures::package().join("programs").join(name);
        let text = |file: &str| fs::read_to_string(folder.join(file)).unwrap_or_else(|_| panic!("{name}/{file}"));
        let made = overlay(&text("document.yaml"), &text("seen.jsonl"));
        let made = made.replace("subject", name);
        assert!(made == text("overlay.yaml"), "`{name}/overlay.yaml` should be:\n{made}");
        assert!(!made.contains("secret-name"), "a key of a map is data:\n{made}");
    }
}

#[test]
fn the_same_records_give_the_same_overlay_in_any_order() {
    for name in DRILLS {
        let folder = fixtures::package().join("programs").join(name);
        let text = |file: &str| fs::read_to_string(folder.join(file)).unwrap_or_else(|_| panic!("{name}/{file}"));
        let (document, seen) = (text("document.yaml"), text("seen.jsonl"));
        let backwards: Vec<_> = seen.lines().rev().collect();
        let (one, other) = (observed(&document, &seen), observed(&document, &backwards.join("\n")));
        assert_eq!(one.overlay, other.overlay, "{name}");
    }
}
