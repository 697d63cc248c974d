//! "Did you mean": the name that an author most likely had in mind.

/// The candidate that differs least from a name, if it differs little.
///
/// Long names and long lists are passed over: a suggestion is never worth a slow run.
pub fn similar<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    const LONGEST: usize = 80;
    const MOST: usize = 5_000;
    if name.len() > LONGEST {
        return None;
    }
    let allowed = (name.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .take(MOST)
        .filter(|candidate| candidate.len() <= LONGEST && candidate.len().abs_diff(name.len()) <= 2 * allowed)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, candidate)| (*distance, *candidate))
        .map(|(_, candidate)| candidate)
}

/// The JSON Pointer that differs least from another one, if it differs little: in the spelling of some of its tokens,
/// or by one token that is missing or too much.
pub fn similar_pointer<'c>(pointer: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted: Vec<&str> = pointer.split('/').collect();
    let all = candidates.into_iter().filter_map(|it| Some((apart(&wanted, it)?, it)));
    all.filter(|(apart, _)| *apart > 0).min().map(|(_, it)| it)
}

/// How far two pointers are apart; nothing where that is too far.
fn apart(wanted: &[&str], pointer: &str) -> Option<usize> {
    let found = || pointer.split('/');
    match found().count().checked_sub(wanted.len()) {
        Some(0) => {
            let cost = |(one, other): (&&str, &str)| match similar(one, [other]) {
                _ if *one == other => Some(0),
                similar => similar.map(|_| 1),
            };
            wanted.iter().zip(found()).map(cost).sum()
        }
        Some(1) => (0..=wanted.len()).any(|gap| without(found(), gap).eq(wanted.iter().copied())).then_some(1),
        None if found().count() + 1 == wanted.len() => {
            // It is left out more often than it is too much.
            (0..wanted.len()).any(|gap| without(wanted.iter().copied(), gap).eq(found())).then_some(2)
        }
        _ => None,
    }
}

/// All tokens but one.
fn without<'t>(tokens: impl Iterator<Item = &'t str>, gap: usize) -> impl Iterator<Item = &'t str> {
    tokens.enumerate().filter(move |(idx, _)| *idx != gap).map(|(_, it)| it)
}

/// Names that differ in case only are as near as can be.
fn distance(a: &str, b: &str) -> usize {
    if a.eq_ignore_ascii_case(b) { 0 } else { strsim::damerau_levenshtein(a, b) }
}
