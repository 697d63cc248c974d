//! Cycles: which nodes of a graph lead to each other.

/// The group of each node (Tarjan's algorithm, without recursion so that long chains are fine).
pub(super) fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let n = edges.len();
    let (mut order, mut low, mut group) = (vec![NEW; n], vec![0; n], vec![NEW; n]);
    let (mut stack, mut next, mut groups) = (Vec::new(), 0, 0);
    for start in 0..n {
        if order[start] != NEW {
            continue;
        }
        let mut walk = vec![(start, 0)];
        while let Some((node, edge)) = walk.pop() {
            if edge == 0 {
                order[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
            }
            if let Some(target) = edges[node].get(edge).copied() {
                walk.push((node, edge + 1));
                if order[target] == NEW {
                    walk.push((target, 0));
                } else if group[target] == NEW {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            if let Some((parent, _)) = walk.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = stack.pop() {
                    group[member] = groups;
                    if member == node {
                        break;
                    }
                }
                groups += 1;
            }
        }
    }
    group
}
