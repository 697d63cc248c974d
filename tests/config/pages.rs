//! Pages of documents that do not say how they lead on, or say it wrong.

use std::fs;

use crate::project::{Folder, shop};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items: { get: { operationId: listItems, parameters: [&from { name: from, in: query, schema: { type: string } }], responses: &page { '200': { description: A page., content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } } } } } }
  /shelves: { get: { operationId: listShelves, parameters: [*from, { name: page, in: query, schema: { type: integer } }], responses: *page } }
  /old: { get: { operationId: listOld, x-pagination: { cursor: from, next: /after }, parameters: [*from], responses: *page } }
components:
  schemas:
    Page: { type: object, properties: { rows: { type: array, items: { type: string } }, after: { type: string }, last_page: { type: integer } } }
";

fn paged(entries: &[&str]) -> Folder {
    let entries = entries.iter().fold(String::new(), |all, it| all + "\n[[pagination]]\n" + it + "\n");
    let folder = Folder::new(&shop(&entries));
    fs::write(folder.path("shop.yaml"), DOCUMENT).expect("a document can be written");
    folder
}

/// The methods that give pages, each with how they lead on.
fn pages(folder: &Folder) -> Vec<String> {
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let client = folder.read("shop/src/shop/client.rs");
    let rows = client.lines().filter_map(|line| line.trim().strip_prefix("pages "));
    let row = |it: &str| {
        let (name, rest) = it.split_once(':')?;
        let (paging, _) = rest.split_once(" = ")?.1.split_once(" at ")?;
        Some(format!("{name}: {paging}"))
    };
    rows.filter_map(row).collect()
}

#[test]
fn an_entry_says_how_pages_lead_on_for_one_operation_or_for_many() {
    let all = pages(&paged(&["operation = \"list*s\"\ncursor = \"from\"\nnext = \"/after\"\nitems = \"/rows\""]));
    assert_eq!(all.len(), 3, "{all:?}");
    for (name, it) in ["list_items_pages", "list_shelves_pages", "list_old_pages"].iter().zip(&all) {
        assert!(it.starts_with(name) && it.contains("Cursor {") && it.contains("next: \"/after\""), "{it}");
    }
}

#[test]
fn an_entry_counts_more_than_the_document_and_than_what_it_looks_like() {
    let without = pages(&paged(&[]));
    assert!(without.iter().any(|it| it.starts_with("list_shelves_pages: Page {")), "{without:?}");
    let with = pages(&paged(&[
        "operation = \"listShelves\"\noff = true",
        "operation = \"listOld\"\nlink = true",
        "operation = \"listItems\"\nnext = \"/after\"\napi = \"shop\"",
    ]));
    let with: Vec<_> = with.iter().map(|it| it.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(with, ["list_items_pages: Url", "list_old_pages: Link"]);
}

#[test]
fn entries_that_no_operation_can_have_are_mistakes_where_they_stand() {
    let cases = [
        ("operation = \"listItem\"\nlink = true", "there is no operation `listItem`"),
        ("operation = \"find*\"\nlink = true", "there is no operation `find*`"),
        ("operation = \"listItems\"\nlink = true\napi = \"shops\"", "there is no operation `listItems`"),
        ("operation = \"listItems\"\npage = \"at\"", "the operation has no query parameter `at`"),
        ("operation = \"list*\"\noffset = \"at\"", "no such operation has a query parameter `at`"),
    ];
    for (entry, message) in cases {
        let folder = paged(&[entry]);
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(2), "{entry}: {}", run.err);
        assert!(run.err.contains(message) && run.err.contains("specwright.toml:"), "{entry}: {}", run.err);
        assert!(!folder.path("shop").exists(), "{entry}");
    }
}

#[test]
fn the_document_can_say_that_there_are_no_pages() {
    let folder = paged(&[]);
    let text = DOCUMENT.replace("operationId: listShelves,", "operationId: listShelves, x-pagination: false,");
    fs::write(folder.path("shop.yaml"), text).expect("a document can be written");
    assert!(!pages(&folder).iter().any(|it| it.starts_with("list_shelves")));
}
