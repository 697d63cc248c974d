//! What the keys about types do to the code that is generated; `tests/compile/types.rs` compiles and runs it.

use crate::project::{Folder, shop, shop_with_a_copy};

/// A document with what the keys are about.
const STOCK: &str = "\
openapi: 3.1.0
info: { title: Stock, version: '1' }
paths:
  /parts:
    post:
      operationId: addPart
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Part' } } } }
      responses: { '204': { description: Added. } }
components:
  schemas:
    Part:
      type: object
      properties:
        at: { type: string, format: date-time }
        day: { type: string, format: date }
        opens: { type: string, format: time }
        price: { type: string, format: decimal }
        code: { type: string, format: part-code, minLength: 3 }
        count: { type: integer }
        small: { type: integer, format: int32 }
        large: { type: integer, format: int64 }
        tags: { type: array, uniqueItems: true, items: { type: string } }
        days: { type: array, uniqueItems: true, items: { type: string, format: date } }
        sizes: { type: object, additionalProperties: { type: integer } }
        maker: { $ref: '#/components/schemas/Maker' }
        lid: { $ref: '#/components/schemas/Lid' }
    Lid: { type: object, properties: { size: { type: integer } }, unevaluatedProperties: false }
    Maker: { type: object, required: [name], properties: { name: { type: string } }, minProperties: 2 }
";

fn generated(more: &str) -> Folder {
    generated_by(&shop(more))
}

fn generated_by(config: &str) -> Folder {
    let folder = Folder::new(config);
    std::fs::write(folder.path("shop.yaml"), STOCK).expect("a document can be written");
    let run = folder.run(&["generate"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{config}");
    folder
}

/// The types of the properties of a part, by their names.
fn field(folder: &Folder, name: &str) -> String {
    let text = folder.read("shop/src/shop/models/part.rs");
    // `optional tags with_tags: Vec<String> = "tags",`
    let is_of = |line: &&str| line.split_whitespace().nth(1).is_some_and(|it| it.trim_end_matches(':') == name);
    let row = text.lines().filter(|line| line.starts_with("        ") || line.starts_with("    keeps ")).find(is_of);
    let row = row.unwrap_or_else(|| panic!("no `{name}` in {text}"));
    let ty = row.split_once(": ").map_or("", |(_, ty)| ty);
    ty.split(" = ").next().unwrap_or_default().trim_end_matches(',').to_owned()
}

fn fields(more: &str, names: &[&str]) -> Vec<String> {
    let folder = generated(more);
    names.iter().map(|name| field(&folder, name)).collect()
}

fn dependencies(folder: &Folder) -> Vec<&'static str> {
    let manifest = folder.read("shop/Cargo.toml");
    let all = ["jiff", "chrono", "time", "rust_decimal", "indexmap"];
    all.into_iter().filter(|name| manifest.contains(&format!("\n{name} = "))).collect()
}

#[test]
fn dates_are_those_of_a_library_and_the_crate_depends_on_no_other_one() {
    let cases: &[(&str, [&str; 3], &[&str])] = &[
        ("", ["support::DateTime", "support::Date", "support::Time"], &["jiff"]),
        (
            "[types]\ndates = \"chrono\"",
            ["support::chrono::DateTime", "support::chrono::Date", "support::chrono::Time"],
            &["chrono"],
        ),
        (
            "types.dates = \"time\"",
            ["support::time::DateTime", "support::time::Date", "support::time::Time"],
            &["time"],
        ),
        ("[types]\ndates = \"text\"", ["String", "String", "String"], &[]),
        (
            "[types]\ndates = \"chrono\"\nformats.time = \"text\"\nformats.date = \"jiff\"",
            ["support::chrono::DateTime", "support::Date", "String"],
            &["jiff", "chrono"],
        ),
        // What an API says goes before what the file says.
        (
            "types.dates = \"time\"\n[types]\ndates = \"chrono\"\nformats.date = \"jiff\"",
            ["support::time::DateTime", "support::time::Date", "support::time::Time"],
            &["time"],
        ),
    ];
    for (more, wanted, libraries) in cases {
        let folder = generated_by(&shop_with_a_copy(more));
        let found = ["at", "day", "opens"].map(|name| field(&folder, name));
        assert_eq!(found, *wanted, "{more}");
        assert_eq!(dependencies(&folder), *libraries, "{more}");
        let support = folder.read("shop/src/support/formatted.rs");
        for library in ["jiff", "chrono", "time"] {
            let file = folder.path(&format!("shop/src/support/formatted/{library}.rs"));
            let is_wanted = libraries.contains(&library);
            assert_eq!(support.contains(&format!("pub mod {library};")), is_wanted, "{more}");
            assert_eq!(file.is_file(), is_wanted, "{more}");
        }
    }
}

#[test]
fn a_run_time_that_is_depended_on_has_the_features_of_the_choice() {
    let api = "\n[[output.api]]\ndocument = \"shop.yaml\"\n[types]\ndates = \"time\"\nmaps = \"IndexMap\"\n";
    let folder = Folder::new(&format!("[[output]]\npath = \"shop\"\nruntime = \"depend\"\n{api}"));
    assert_eq!(folder.run(&["generate"]).code, Some(0));
    let manifest = folder.read("shop/Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("specwright-runtime")).unwrap_or_default();
    assert!(line.contains("features = [\"indexmap\", \"time\", \"uuid\"]"), "{line}");
    assert_eq!(dependencies(&folder), [""; 0], "the run time has them");
}

#[test]
fn numbers_are_what_is_wanted() {
    assert_eq!(fields("", &["price", "count", "small", "large"]), ["String", "i64", "i32", "i64"]);
    let more =
        "[types]\nintegers = \"u32\"\n[types.formats]\ndecimal = \"rust_decimal\"\nint32 = \"i64\"\nint64 = \"u64\"";
    let wanted = ["support::rust_decimal::Decimal", "u32", "i64", "u64"];
    assert_eq!(fields(more, &["price", "count", "small", "large"]), wanted);
    assert_eq!(dependencies(&generated_by(&shop_with_a_copy(more))), ["jiff", "rust_decimal"]);
    // A wider type still refuses what the format does.
    let text = generated("[types.formats]\nint32 = \"i64\"").read("shop/src/shop/models/part.rs");
    assert!(text.contains("    holds by_schema,\n"), "{text}");
}

#[test]
fn maps_and_sets_are_what_is_wanted() {
    let names = ["sizes", "tags", "days", "additional_properties"];
    let list = "Vec<support::Date>";
    assert_eq!(
        fields("", &names),
        ["BTreeMap<String, i64>", "Vec<String>", list, "BTreeMap<String, serde_json::Value>"]
    );
    // Two spellings of one day are two items of JSON, so days stay a list.
    assert_eq!(
        fields("[types]\nmaps = \"HashMap\"\nsets = \"HashSet\"", &names),
        ["HashMap<String, i64>", "HashSet<String>", list, "HashMap<String, serde_json::Value>"]
    );
    let indexed = fields("[types]\nmaps = \"IndexMap\"\nsets = \"IndexSet\"", &names);
    assert_eq!(indexed[..2], ["support::IndexMap<String, i64>", "support::IndexSet<String>"]);
    assert_eq!(fields("[types]\nsets = \"BTreeSet\"", &["tags"]), ["BTreeSet<String>"]);
}

#[test]
fn unknown_properties_are_kept_dropped_or_refused() {
    let with = |word: &str| {
        let folder = generated(&format!("[types]\nunknown-properties = \"{word}\""));
        (folder.read("shop/src/shop/models/part.rs"), folder.read("shop/src/shop/models/maker.rs"))
    };
    assert!(with("keep").0.contains("    keeps additional_properties"));
    let (part, maker) = with("drop");
    assert!(!part.contains("additional_properties") && part.contains("    dropped,\n"), "{part}");
    assert!(maker.contains("    keeps additional_properties"), "`minProperties` counts them: {maker}");
    let lid = generated("[types]\nunknown-properties = \"drop\"").read("shop/src/shop/models/lid.rs");
    assert!(lid.contains("    closed,\n"), "the schema refuses them: {lid}");
    let (part, _) = with("refuse");
    assert!(!part.contains("additional_properties") && part.contains("    closed,\n"), "{part}");
}

#[test]
fn one_of_is_exact_or_any_where_nothing_else_tells_branches_apart() {
    const UNIONS: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths: {}
components:
  schemas:
    Weight: { oneOf: [{ type: number }, { type: integer }] }
    Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }
    Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }
    Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
    Note: { type: object, required: [text], properties: { text: { type: string }, kind: { enum: [note] } } }
    Entry: { oneOf: [{ $ref: '#/components/schemas/Note' }, { $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind } }
    Key:
      type: object
      properties: { id: { type: integer }, name: { type: string } }
      oneOf: [{ required: [id] }, { required: [name] }]
";
    let with = |more: &str| {
        let folder = Folder::new(&shop(more));
        std::fs::write(folder.path("shop.yaml"), UNIONS).expect("a document can be written");
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let read = |name: &str| folder.read(&format!("shop/src/shop/models/{name}.rs"));
        let schemas = folder.read("shop/src/shop/schemas.json");
        let tables: serde_json::Value = serde_json::from_str(&schemas).expect("JSON");
        let entry = tables["/components/schemas/Entry"].as_object().expect("a schema").contains_key("anyOf");
        (run.err, [read("weight"), read("pet"), read("key")], entry)
    };
    let (warned, [weight, pet, key], entry) = with("[types]\none-of = \"exact\"");
    assert!(!entry);
    assert!(warned.contains("so `oneOf` refuses it") && warned.contains("`types.one-of = \"any\"`"), "{warned}");
    assert!(weight.contains("enum Weight: ExactlyOne in"), "{weight}");
    assert_eq!(with("").1[0], weight, "what is left out is exact");
    let (warned, [any, same_pet, same_key], entry) = with("[types]\none-of = \"any\"");
    assert!(entry, "a tag that may be left out tells nothing then");
    assert_eq!(warned, "", "nothing is refused");
    let at = |word: &str| any.find(word).unwrap_or_else(|| panic!("no `{word}` in {any}"));
    assert!(at("enum Weight: AtLeastOne in") < at("=> Integer(") && at("=> Integer(") < at("=> Number("), "{any}");
    assert_eq!((same_pet, same_key), (pet, key), "a tag tells them apart, and conditions choose no type");
}

#[test]
fn a_schema_or_a_format_has_a_type_of_the_users() {
    let entry = |target: &str| {
        format!(
            "[[replace]]\nwith = \"own_types::Code\"\n{target}\n[dependencies]\nown-types = {{ path = \"../own\" }}"
        )
    };
    let own = "support::Own<::own_types::Code>";
    for target in ["format = \"part-code\"", "at = \"/components/schemas/Part/properties/code\""] {
        assert_eq!(fields(&entry(target), &["code"]), [own], "{target}");
    }
    let folder = generated(&entry("schema = \"Maker\"\napi = \"shop\""));
    assert_eq!(field(&folder, "maker"), own);
    assert!(folder.read("shop/src/shop/models/maker.rs").contains(&format!("pub type Maker = {own};")));
    assert!(folder.read("shop/Cargo.toml").contains("own-types = { path = \"../own\" }"));
    let part = folder.read("shop/src/shop/models/part.rs");
    assert!(part.contains("    holds by_schema,\n"), "the schema answers for it: {part}");
    for target in ["format = \"part-cod\"", "schema = \"Makers\"", "at = \"/components/schemas/Part/properties/cod\""] {
        let folder = Folder::new(&shop(&entry(target)));
        let run = folder.run(&["generate"]);
        assert_eq!(run.code, Some(2), "{target}");
        assert!(run.err.contains("no schema answers to this entry: nothing becomes `own_types::Code`"), "{}", run.err);
    }
}
