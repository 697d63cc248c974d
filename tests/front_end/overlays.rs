//! Overlays: what their actions make of a document, and where findings about them point.

use insta::assert_snapshot;
use specwright::document::NoFiles;
use specwright::listing::{Style, render};
use specwright::overlay::Overlay;
use specwright::plan::Naming;
use specwright::{compile_overlaid, effective};

const SHOP: &str = "openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /items:
    get:
      tags: [stock]
      parameters: [{name: page, in: query}, {name: debug, in: query}]
    post: {x-internal: true}
  /carts:
    get: {tags: [carts]}
limits: {most: 10, exact: 0.10}
";

fn overlays(actions: &[&str]) -> Vec<Overlay> {
    let overlay = |(index, actions): (usize, &&str)| Overlay {
        path: format!("specs/{}.overlay.yaml", index + 1),
        text: format!("overlay: 1.1.0\ninfo: {{title: O, version: '1'}}\nactions:\n{actions}\n"),
    };
    actions.iter().enumerate().map(overlay).collect()
}

/// The document after one overlay for each text, without what stays the same.
fn applied(actions: &[&str]) -> String {
    let result = effective("specs/shop.yaml", SHOP.to_owned(), overlays(actions));
    let findings = render(&result.diagnostics, &result.sources, Style::Plain);
    let text = result.text.unwrap_or_else(|| panic!("{findings}"));
    text.lines().skip(4).map(|line| format!("{line}\n")).collect()
}

fn refused(overlays: Vec<Overlay>) -> String {
    let result = effective("specs/shop.yaml", SHOP.to_owned(), overlays);
    assert!(result.text.is_none());
    render(&result.diagnostics, &result.sources, Style::Plain)
}

#[test]
fn nothing_changes_without_actions_and_numbers_stay() {
    let result = effective("shop.yaml", SHOP.to_owned(), Vec::new());
    assert!(result.text.unwrap().contains("exact: 0.1"));
    let json = effective("shop.json", "{\"b\": 1.50, \"a\": [1e400]}".to_owned(), Vec::new()).text.unwrap();
    assert_eq!(json, "{\n  \"b\": 1.50,\n  \"a\": [\n    1e400\n  ]\n}\n");
}

#[test]
fn update_merges_objects_and_concatenates_what_they_hold() {
    let merged = applied(&["  - target: $.paths['/items'].get
    update: {operationId: listItems, tags: [public], parameters: [{name: size, in: query}]}
  - target: $.limits
    update: {most: 20}
  - target: $
    update: {x-root: {deep: [1]}}
"]);
    assert_snapshot!(merged, @r"
    paths:
      /items:
        get:
          tags:
          - stock
          - public
          parameters:
          - name: page
            in: query
          - name: debug
            in: query
          - name: size
            in: query
          operationId: listItems
        post:
          x-internal: true
      /carts:
        get:
          tags:
          - carts
    limits:
      most: 20
      exact: 0.1
    x-root:
      deep:
      - 1
    ");
}

#[test]
fn wildcards_filters_and_arrays() {
    let changed = applied(&["  - target: $.paths.*.get
    update: {x-safe: true}
  - target: $.paths.*.get.tags
    update: all
  - target: $.paths..parameters[?@.name == 'page' && @.in == 'query']
    update: {schema: {type: integer}}
  - target: $.paths..parameters[?@.name == 'debug']
    remove: true
  - target: $.paths.*[?@['x-internal'] == true]
    remove: true
"]);
    assert_snapshot!(changed, @r"
    paths:
      /items:
        get:
          tags:
          - stock
          - all
          parameters:
          - name: page
            in: query
            schema:
              type: integer
          x-safe: true
      /carts:
        get:
          tags:
          - carts
          - all
          x-safe: true
    limits:
      most: 10
      exact: 0.1
    ");
}

#[test]
fn copy_merges_another_node_and_a_later_overlay_sees_it() {
    let changed = applied(&[
        "  - target: $.paths\n    update: {/moved: {}}\n  - target: $.paths['/moved']\n    copy: $.paths['/items']\n  - target: $.paths['/items']\n    remove: true\n",
        "  - target: $.paths['/moved'].get.parameters[0, 1]\n    remove: true\n  - target: $.paths['/moved'].post\n    remove: true\n",
    ]);
    assert_snapshot!(changed, @r"
    paths:
      /carts:
        get:
          tags:
          - carts
      /moved:
        get:
          tags:
          - stock
          parameters: []
    limits:
      most: 10
      exact: 0.1
    ");
}

#[test]
fn primitives_are_replaced_and_removed_from_1_1_on() {
    let changed = applied(&[
        "  - target: $.limits.most\n    update: 5\n  - target: $.limits.exact\n    remove: true\n  - target: $.paths['/items'].get.tags[?@ == 'stock']\n    remove: true\n  - target: $.paths\n    remove: true\n",
    ]);
    assert_snapshot!(changed, @r"
    limits:
      most: 5
    ");
    let old = |actions: &str| {
        let mut all = overlays(&[actions]);
        all[0].text = all[0].text.replace("1.1.0", "1.0.0");
        refused(all)
    };
    assert_snapshot!(
        "old_primitives",
        old(
            "  - target: $.limits.most\n    update: 5\n  - target: $.limits.most\n    remove: true\n  - target: $.limits\n    copy: $.paths"
        )
    );
}

#[test]
fn an_action_that_selects_nothing_is_an_error_unless_it_is_meant() {
    let unmatched = overlays(&[
        "  - target: $.paths['/itmes'].get\n    update: {operationId: listItems}\n  - target: $.paths['/itmes']\n    remove: true\n    x-optional: true\n",
    ]);
    assert_snapshot!("unmatched", refused(unmatched));
}

#[test]
fn mistakes_in_an_overlay_are_located_in_it() {
    let mut all = overlays(&["  - target: $.paths[
    update: {}
  - target: $.paths['/items'].get
    update: [1]
  - target: $.paths['/items']
    update: {get: {tags: {}, parameters: more}}
  - target: $.limits
    copy: $.paths.*
  - target: $.limits
    copy: $.nothing
  - target: $
    remove: true
  - target: $.limits
  - target: $.limits
    remove: yes please
  - {target: $.limits, update: {}, copy: $.limits}
  - {update: {}}
  - {target: 5, update: {}}
  - {target: $.limits, updates: {}, remove: true}
  - target: $.paths[?@.x-internal]
    remove: true
  - target: $..a..b..c..d
    remove: true
"]);
    all.push(Overlay { path: "specs/2.overlay.yaml".to_owned(), text: "overlay: 2.0.0\nactions: []\n".to_owned() });
    all.push(Overlay {
        path: "specs/3.overlay.yaml".to_owned(),
        text: "overlay: 1.0.0\nextra: 1\nactions: []\n".to_owned(),
    });
    all.push(Overlay { path: "specs/4.overlay.yaml".to_owned(), text: "- a\n".to_owned() });
    all.push(Overlay { path: "specs/5.overlay.yaml".to_owned(), text: "{".to_owned() });
    assert_snapshot!("overlay_mistakes", refused(all));
}

/// What an overlay adds is at fault in the overlay; what it moves keeps its place in the document.
#[test]
fn findings_about_the_result_point_at_who_wrote_it() {
    let text = "openapi: 3.1.0
info: {title: T, version: '1'}
components:
  schemas:
    A: {type: strin}
    B: {allOf: [{type: object}, {type: objet}]}
";
    let overlays = overlays(&["  - target: $.components.schemas
    update: {C: {type: numbr}, D: {}}
  - target: $.components.schemas.D
    copy: $.components.schemas.A
  - target: $.components.schemas.B.allOf[0]
    remove: true
  - target: $.components.schemas.B.allOf
    update: {$ref: '#/components/schemas/E'}
"]);
    let naming = Naming { name: "api".to_owned(), source: "specs/api.yaml".to_owned() };
    let compiled = compile_overlaid(&naming, text.to_owned(), overlays, &NoFiles);
    assert_snapshot!("blame", render(&compiled.diagnostics, &compiled.sources, Style::Plain));
}

/// Swagger 2.0 is lifted after overlays have changed it, and places lead through both.
#[test]
fn swagger_documents_take_overlays_in_their_own_words() {
    let text = "swagger: '2.0'
info: {title: T, version: '1'}
paths:
  /a:
    post: {parameters: [{name: b, in: body, schema: {type: strin}}], responses: {'204': {description: D}}}
";
    let overlays = overlays(&["  - target: $.paths['/a'].post.parameters
    update: {name: q, in: query, type: arry}
"]);
    let naming = Naming { name: "api".to_owned(), source: "specs/api.yaml".to_owned() };
    let compiled = compile_overlaid(&naming, text.to_owned(), overlays, &NoFiles);
    assert_snapshot!("swagger_blame", render(&compiled.diagnostics, &compiled.sources, Style::Plain));
}

#[test]
fn an_overlay_of_another_document_is_told_and_applied() {
    let applied = |document: &str, text: &str, extends: &str| {
        let [mut overlay] = <[Overlay; 1]>::try_from(overlays(&["  - {target: $.limits, remove: true}"])).unwrap();
        overlay.text = overlay.text.replace("actions:", &format!("extends: {extends}\nactions:"));
        let result = effective(document, text.to_owned(), vec![overlay]);
        let findings = render(&result.diagnostics, &result.sources, Style::Plain);
        assert!(!result.text.unwrap_or_else(|| panic!("{findings}")).contains("limits"));
        findings
    };
    let named = SHOP.replace("3.1.0", "3.2.0\n$self: https://example.com/shop.yaml");
    for (document, text, extends) in [
        ("specs/shop.yaml", SHOP, "shop.yaml"),
        ("specs/shop.yaml", SHOP, "./shop.yaml"),
        ("specs/shop.yaml", SHOP, "../specs/shop.yaml"),
        ("shop.yaml", SHOP, "../anywhere/shop.yaml"),
        ("main:shop.yaml", SHOP, "shop.yaml"),
        ("specs/shop.yaml", SHOP, "https://example.com/other.yaml"),
        ("specs/shop.yaml", &named, "https://example.com/shop.yaml"),
    ] {
        assert_eq!(applied(document, text, extends), "", "{document} {extends}");
    }
    for (document, text, extends, name) in [
        ("specs/shop.yaml", SHOP, "pets.yaml", "specs/shop.yaml"),
        ("specs/shop.yaml", SHOP, "../other/shop.yaml", "specs/shop.yaml"),
        ("specs/shop.yaml", &named, "https://example.com/pets.yaml", "https://example.com/shop.yaml"),
    ] {
        let found = applied(document, text, extends);
        let message = format!("warning[other-document]: the overlay is about `{extends}`, and this is `{name}`");
        assert!(found.contains(&message) && found.contains("specs/1.overlay.yaml:3:10"), "{found}");
    }
}

#[test]
fn no_overlay_makes_a_document_endless() {
    let double = "  - target: $.paths\n    copy: $\n".repeat(60);
    let grown = format!("  - target: $.paths\n    update: {{a: [0]}}\n{double}");
    assert!(refused(overlays(&[&grown])).contains("too large"));
    let nest = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let deeper = format!(
        "  - target: $\n    update: {{a: {}}}\n  - target: $.a{}\n    update: {}\n",
        nest(90),
        "[0]".repeat(89),
        nest(90)
    );
    assert!(refused(overlays(&[&deeper])).contains("too deep"));
    let deep = format!("  - target: $[?{}@.a{}]\n    remove: true\n", "(".repeat(500), ")".repeat(500));
    assert!(refused(overlays(&[&deep])).contains("nested too deeply"));
}

#[test]
fn what_readers_of_yaml_1_1_take_for_something_else_is_in_quotes() {
    let text = "info: {title: 'yes', version: '1.10', 'on': {Off: '2024-05-31', 'y': '2024-05-31T12:00:00Z'}}
more: ['1_000', '12:30:45', '<<', '=', 1.0.0, 2024-05, it is 12:30, nothing, held_0x, 'null']
numbers: [1.50, 12345678901234567890123, 0.12345678901234567890, 1e5]
";
    let result = effective("shop.yaml", text.to_owned(), Vec::new());
    assert_snapshot!("quoted", result.text.unwrap());
}
