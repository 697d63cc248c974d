//! Chains of references: one that leads to another reference, and so on.

use crate::ordered::IndexMap;
use crate::source::Origin;

/// Where each reference ends that leads to another one; each link is walked once, whatever the length of the chain.
pub(super) fn ends(targets: &IndexMap<Origin, Origin>) -> IndexMap<Origin, Origin> {
    let mut ends: IndexMap<Origin, Origin> = IndexMap::default();
    for (start, first) in targets {
        let mut links = vec![start.clone()];
        let mut end = first.clone();
        let mut met: IndexMap<Origin, ()> = IndexMap::from_iter([(start.clone(), ())]);
        loop {
            let next = end.key("$ref");
            if let Some(known) = ends.get(&next) {
                end = known.clone();
                break;
            }
            let Some(target) = targets.get(&next) else { break };
            // A cycle has been reported; it ends where it closes.
            if met.insert(next.clone(), ()).is_some() {
                break;
            }
            links.push(next);
            end = target.clone();
        }
        if links.len() > 1 || end != *first {
            for link in links {
                ends.insert(link, end.clone());
            }
        }
    }
    ends
}
