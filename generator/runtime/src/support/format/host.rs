//! Host names (RFC 1123), internationalized ones (RFC 5890 and its companions), and e-mail addresses (RFC 5321, RFC 6531).

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use regex::Regex;

/// What the scripts of a label must be known for.
struct Classes {
    /// The code points that RFC 5892 permits, in some context at least.
    permitted: Regex,
    greek: Regex,
    hebrew: Regex,
    japanese: Regex,
}

/// `None` would mean that the expressions below are wrong, which the tests rule out.
static CLASSES: LazyLock<Option<Classes>> = LazyLock::new(|| {
    Some(Classes {
        permitted: Regex::new(concat!(
            r"\A(?:[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}\-\x{B7}\x{375}\x{5F3}\x{5F4}\x{6FD}\x{6FE}\x{F0B}\x{3007}\x{30FB}",
            r"\x{200C}\x{200D}--[\x{640}\x{7FA}\x{302E}\x{302F}\x{3031}-\x{3035}\x{303B}",
            // Conjoining Hangul.
            r"\x{1100}-\x{11FF}\x{A960}-\x{A97F}\x{D7B0}-\x{D7FF}]])+\z",
        ))
        .ok()?,
        greek: Regex::new(r"\A\p{Greek}").ok()?,
        hebrew: Regex::new(r"\p{Hebrew}\z").ok()?,
        japanese: Regex::new(r"[\p{Hiragana}\p{Katakana}\p{Han}--\x{30FB}]").ok()?,
    })
});

/// Letters, digits and hyphens; labels that start with `xn--` must stand for something.
pub(super) fn is_hostname(text: &str) -> bool {
    text.is_ascii() && is_domain(text, Hyphens::CheckFirstLast)
}

/// The same with labels in any script.
pub(super) fn is_idn_hostname(text: &str) -> bool {
    let text = text.replace(['\u{3002}', '\u{FF0E}', '\u{FF61}'], ".");
    is_domain(&text, Hyphens::Check)
}

/// `hyphens` says whether labels such as `ab--cd` are reserved.
fn is_domain(text: &str, hyphens: Hyphens) -> bool {
    // The common case needs nothing of UTS 46. Labels are short, so bytes are looked at one by one.
    let is_plain = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label.iter().all(|it| has(*it, LABEL))
            && !label.starts_with(b"-")
            && !label.ends_with(b"-")
            && (label.get(2..4) != Some(b"--") || (hyphens == Hyphens::CheckFirstLast && !is_encoded(label)))
    };
    if text.len() <= 253 && text.as_bytes().split(|it| *it == b'.').all(is_plain) {
        return true;
    }
    // Punycode takes quadratic time; no name that is allowed is so long in UTF-8.
    if text.len() > 1024 {
        return false;
    }
    let uts46 = Uts46::new();
    let (decoded, outcome) = uts46.to_unicode(text.as_bytes(), AsciiDenyList::STD3, hyphens);
    let encoded = uts46.to_ascii(text.as_bytes(), AsciiDenyList::STD3, hyphens, DnsLength::Verify);
    outcome.is_ok()
        && encoded.is_ok()
        && text.split('.').zip(decoded.split('.')).all(|(label, decoded)| is_label(label, decoded))
}

/// Whether a label is Punycode.
fn is_encoded(label: &[u8]) -> bool {
    label.get(..4).is_some_and(|it| it.eq_ignore_ascii_case(b"xn--"))
}

/// Whether a label, which is also given as it reads, follows the stricter rules that RFC 5892 has beside UTS 46.
fn is_label(label: &str, decoded: &str) -> bool {
    if label.is_ascii() && decoded.is_ascii() {
        return true;
    }
    // What had to be mapped, such as capitals, is not in its normal form.
    let is_normal = label.is_ascii() || label == decoded;
    let is_reserved = decoded.chars().skip(2).take(2).eq(['-', '-']);
    is_normal
        && !is_reserved
        && CLASSES.as_ref().is_some_and(|it| it.permitted.is_match(decoded) && has_context(it, decoded))
}

/// The code points that are only permitted in a context; the joiners among them are in UTS 46 too.
fn has_context(classes: &Classes, label: &str) -> bool {
    let digits = |zero: u32| label.chars().any(|c| (zero..zero + 10).contains(&u32::from(c)));
    let is_clear = !(digits(0x660) && digits(0x6F0));
    is_clear
        && label.char_indices().all(|(start, c)| {
            let before = label.get(..start).unwrap_or_default();
            let after = label.get(start + c.len_utf8()..).unwrap_or_default();
            match c {
                '\u{B7}' => before.ends_with('l') && after.starts_with('l'),
                '\u{375}' => classes.greek.is_match(after),
                '\u{5F3}' | '\u{5F4}' => classes.hebrew.is_match(before),
                '\u{30FB}' => classes.japanese.is_match(label),
                _ => true,
            }
        })
}

/// `local@domain`.
pub(super) fn is_email(text: &str) -> bool {
    text.is_ascii() && is_mailbox(text, is_hostname)
}

/// The same with text in any script.
pub(super) fn is_idn_email(text: &str) -> bool {
    is_mailbox(text, |domain| if domain.is_ascii() { is_hostname(domain) } else { is_utf8_domain(domain) })
}

/// RFC 6531 allows any text beyond ASCII in a domain, whether a host can have that name or not.
fn is_utf8_domain(text: &str) -> bool {
    let is_allowed = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-';
    text.split('.').all(|it| !it.is_empty() && !it.starts_with('-') && !it.ends_with('-') && it.chars().all(is_allowed))
}

fn is_mailbox(text: &str, is_host: fn(&str) -> bool) -> bool {
    let Some((local, at)) = text.bytes().rposition(|it| it == b'@').and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let domain = at.get(1..).unwrap_or_default();
    let is_local = match local.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        Some(quoted) => is_quoted(quoted),
        None => local.as_bytes().split(|it| *it == b'.').all(is_atom),
    };
    let is_domain = match domain.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        Some(address) => is_address(address),
        None => is_host(domain),
    };
    local.len() <= 64 && is_local && is_domain
}

fn is_atom(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|it| has(*it, ATOM))
}

/// What may stand in a label of a host name: letters, digits and hyphens.
const LABEL: u8 = 1;
/// What may stand in an atom of a mailbox: letters, digits, some signs and all beyond ASCII.
const ATOM: u8 = 2;

/// In which of the two each byte may stand.
static PLACES: [u8; 256] = {
    let signs = b"!#$%&'*+-/=?^_`{|}~";
    let mut places = [0; 256];
    let mut byte = u8::MIN;
    loop {
        if byte.is_ascii_alphanumeric() {
            places[byte as usize] = LABEL | ATOM;
        } else if !byte.is_ascii() {
            places[byte as usize] = ATOM;
        }
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    let mut sign = 0;
    while sign < signs.len() {
        places[signs[sign] as usize] |= ATOM;
        sign += 1;
    }
    places[b'-' as usize] |= LABEL;
    places
};

fn has(byte: u8, place: u8) -> bool {
    PLACES[usize::from(byte)] & place != 0
}

/// What lies between quotes: printable, with backslashes before quotes and backslashes.
fn is_quoted(text: &str) -> bool {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = if c == '\\' { chars.next() } else { Some(c).filter(|it| *it != '"') };
        if c.is_none_or(|it| it.is_ascii_control()) {
            return false;
        }
    }
    true
}

/// What lies between brackets in place of a host name.
fn is_address(text: &str) -> bool {
    match text.strip_prefix("IPv6:") {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => text.parse::<Ipv4Addr>().is_ok(),
    }
}
