//! Configurations and documents as editors and shells of Windows write them, with a byte order mark.

use std::fs;

use crate::project::{DOCUMENT, Folder, shop};

/// A text as UTF-8 and as UTF-16 with a mark of the byte order.
fn encodings(text: &str) -> [Vec<u8>; 3] {
    let marked = format!("\u{feff}{text}");
    let little = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    [marked.into_bytes(), little, big]
}

#[test]
fn a_configuration_and_a_document_may_have_a_byte_order_mark() {
    for (config, document) in encodings(&shop("select.tags = [\"items\"]")).into_iter().zip(encodings(DOCUMENT)) {
        let folder = Folder::new("");
        fs::write(folder.path("specwright.toml"), config).expect("a configuration can be written");
        fs::write(folder.path("shop.yaml"), document).expect("a document can be written");
        let run = folder.run(&["generate"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
        fs::write(folder.path("other.yaml"), DOCUMENT).expect("a document can be written");
        let run = folder.run(&["diff", "other.yaml", "shop.yaml", "--no-rust"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let run = folder.run(&["init", "shop.yaml", "--config", "begun.toml"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    }
    // A mistake is where it stands in the text.
    let folder = Folder::new("");
    fs::write(folder.path("specwright.toml"), &encodings("outputs = 1\n")[1]).expect("a configuration can be written");
    let run = folder.run(&["generate"]);
    assert!(run.code == Some(2) && run.err.contains("specwright.toml:1:1"), "{}", run.err);
    // Half a character is no text.
    fs::write(folder.path("specwright.toml"), [0xff, 0xfe, b'a']).expect("a configuration can be written");
    let run = folder.run(&["generate"]);
    assert!(run.code == Some(2) && run.err.contains("neither UTF-8 nor UTF-16"), "{}", run.err);
}
