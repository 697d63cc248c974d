//! Every snapshot is read by a test, and none waits for review.

use std::collections::BTreeSet;

use acceptance::fixtures::{below, files, workspace};

use crate::sources::sources;

/// The snapshots of the workspace, by their file names.
fn snapshots() -> Vec<String> {
    let roots = ["tests", "generator"].map(|root| workspace().join(root));
    let paths = roots.iter().flat_map(|root| files(root));
    paths.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect()
}

#[test]
fn none_waits_for_review() {
    let waiting: Vec<_> =
        snapshots().into_iter().filter(|it| it.ends_with(".snap.new") || it.ends_with(".pending-snap")).collect();
    assert!(waiting.is_empty(), "{waiting:#?}");
}

#[test]
fn each_is_read() {
    let texts: String = sources().into_iter().map(|(_, text)| text).collect();
    let fixtures: BTreeSet<String> = below("fixtures")
        .iter()
        .map(|path| {
            let parts: Vec<_> = path.iter().rev().take(2).map(|it| it.to_string_lossy().into_owned()).collect();
            format!("{}__{}", parts[1], parts[0])
        })
        .collect();
    let unread: Vec<_> = snapshots()
        .into_iter()
        .filter(|it| it.rsplit('.').next() == Some("snap"))
        .filter(|file| {
            let stem = file.trim_end_matches(".snap");
            let name = stem.rsplit("__").next().unwrap_or_default();
            match stem.split_once('@') {
                Some((_, fixture)) => !fixtures.contains(fixture),
                None => !texts.contains(&format!("\"{name}\"")),
            }
        })
        .collect();
    assert!(unread.is_empty(), "no test reads {unread:#?}");
}
