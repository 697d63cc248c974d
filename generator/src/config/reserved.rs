//! Words that are no names in Rust.

/// Whether a word in lower case is reserved in edition 2024.
pub(crate) fn is_reserved(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
        "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
        "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    WORDS.contains(&word)
}

/// Whether code could not name a crate of this name, or would mean one of the language by it.
pub(crate) fn is_no_crate(name: &str) -> bool {
    let name = name.replace('-', "_");
    is_reserved(&name) || ["alloc", "core", "proc_macro", "std", "test"].contains(&name.as_str())
}
