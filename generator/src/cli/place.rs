//! Where a path leads, however it is spelled: `out`, `./x/../out/` and a link to `out` are one place.

use std::env;
use std::path::{Component, Path, PathBuf};

/// The place of a path, whose end may not be there yet.
pub(super) fn place(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    let mut place = PathBuf::new();
    for component in here.join(path).components() {
        match component {
            Component::CurDir => {}
            // What is above a link is above where it leads, which is what stands here by now.
            Component::ParentDir => _ = place.pop(),
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                place.push(component);
                place = place.canonicalize().unwrap_or(place);
            }
        }
    }
    place
}
