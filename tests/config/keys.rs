//! Each key with a value that it takes and one that it does not; the JSON Schema says the same about both.

use specwright::config::{Problem, json_schema, keys, read};

/// A key, what stands in the file beside [`BASE`], what may not stand there, and what is said about that.
struct Case(&'static str, &'static str, &'static str, &'static str);

const BASE: &str = "[[output]]\npath = \"a\"\n[[output.api]]\ndocument = \"a.yaml\"\n";

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case("output.path", "[[output]]\npath = \"b\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"\"\napi = [{ document = \"b.yaml\" }]", "`output.path` must not be empty"),
    Case("output.form", "[[output]]\npath = \"b\"\nform = \"module\"\nmodule = \"crate::b\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\nform = \"modul\"\napi = [{ document = \"b.yaml\" }]", "`output.form` must be one of `\"crate\"`, `\"module\"`, and this is `\"modul\"`"),
    Case("output.name", "[[output]]\npath = \"b\"\nname = \"pets-2\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\nname = \"2 pets\"\napi = [{ document = \"b.yaml\" }]", "`output.name` cannot be `\"2 pets\"`"),
    Case("output.description", "[[output]]\npath = \"b\"\ndescription = \"Pets.\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\ndescription = 3\napi = [{ document = \"b.yaml\" }]", "`output.description` must be a string, and this is an integer"),
    Case("output.module", "[[output]]\npath = \"b\"\nform = \"module\"\nmodule = \"crate::api::r#type\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\nform = \"module\"\nmodule = \"api::pets\"\napi = [{ document = \"b.yaml\" }]", "`output.module` cannot be `\"api::pets\"`"),
    Case("output.runtime", "[[output]]\npath = \"b\"\nruntime = \"depend\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\nruntime = \"none\"\napi = [{ document = \"b.yaml\" }]", "`output.runtime` must be one of"),
    Case("output.runtime-path", "[[output]]\npath = \"b\"\nruntime = \"depend\"\nruntime-path = \"../runtime\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\nruntime = \"depend\"\nruntime-path = 1\napi = [{ document = \"b.yaml\" }]", "`output.runtime-path` must be a string"),
    Case("output.surface", "[[output]]\npath = \"b\"\nsurface = true\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\nsurface = \"yes\"\napi = [{ document = \"b.yaml\" }]", "`output.surface` must be `true` or `false`, and this is a string"),
    Case("output.contract", "[[output]]\npath = \"b\"\ncontract = true\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\ncontract = \"yes\"\napi = [{ document = \"b.yaml\" }]", "`output.contract` must be `true` or `false`, and this is a string"),
    Case("output.templates", "[[output]]\npath = \"b\"\ntemplates = \"templates\"\napi = [{ document = \"b.yaml\" }]", "[[output]]\npath = \"b\"\ntemplates = \"\"\napi = [{ document = \"b.yaml\" }]", "`output.templates` must not be empty"),
    Case("output.api", "[[output]]\npath = \"b\"\napi = [{ document = \"b.yaml\" }, { document = \"c.yaml\" }]", "[[output]]\npath = \"b\"\napi = []", "`output.api` must not be empty"),
    Case("output.api.document", "[[output.api]]\ndocument = \"folder/b.json\"", "[[output.api]]\nname = \"b\"", "`output.api.document` is missing"),
    Case("output.api.name", "[[output.api]]\ndocument = \"b.yaml\"\nname = \"pets_2\"", "[[output.api]]\ndocument = \"b.yaml\"\nname = \"\"", "`output.api.name` cannot be `\"\"`"),
    Case("output.api.overlays", "overlays = [\"names.yaml\", \"pages.yaml\"]", "overlays = [\"\"]", "`output.api.overlays` must not be empty"),
    Case("output.api.select", "select = { tags = [\"pets\"] }", "select = [\"pets\"]", "`output.api.select` must be a table, and this is a list"),
    Case("output.api.select.operations", "select.operations = [\"listPets\"]", "select.operations = \"listPets\"", "`output.api.select.operations` must be a list, and this is a string"),
    Case("output.api.select.tags", "select.tags = [\"pets\", \"shops\"]", "select.tags = [1]", "`output.api.select.tags` must be a string, and this is an integer"),
    Case("output.api.select.paths", "select.paths = [\"/pets*\"]", "select.path = [\"/pets*\"]", "`output.api.select` has no key `path`"),
    Case("output.api.select.methods", "select.methods = [\"get\", \"TRACE\", \"COPY\"]", "select.methods = [\"fetch\"]", "`output.api.select.methods` cannot be `\"fetch\"`"),
    Case("output.api.select.deprecated", "select.deprecated = true", "select.deprecated = \"yes\"", "`output.api.select.deprecated` must be `true` or `false`, and this is a string"),
    Case("output.api.except", "except = { deprecated = true }", "except = true", "`output.api.except` must be a table, and this is `true` or `false`"),
    Case("output.api.except.operations", "except.operations = [\"listPets\"]", "except.operations = 1", "`output.api.except.operations` must be a list"),
    Case("output.api.except.tags", "except.tags = [\"pets\"]", "except.tag = [\"pets\"]", "`output.api.except` has no key `tag`"),
    Case("output.api.except.paths", "except.paths = [\"*/internal/*\"]", "except.paths = [[]]", "`output.api.except.paths` must be a string, and this is a list"),
    Case("output.api.except.methods", "except.methods = [\"delete\"]", "except.methods = [\"remove\"]", "`output.api.except.methods` cannot be `\"remove\"`"),
    Case("output.api.except.deprecated", "except.deprecated = true", "except.deprecated = 1", "`output.api.except.deprecated` must be `true` or `false`, and this is an integer"),
    Case("output.api.prune", "prune = false", "prune = \"no\"", "`output.api.prune` must be `true` or `false`, and this is a string"),
    Case("output", "", "[output]", ""),
    Case("deny", "[top]\ndeny = \"approximated\"", "[top]\ndeny = \"everything\"", "`deny` must be one of"),
    Case("finding", "[[finding]]\ncode = \"ignored-field\"\nlevel = \"allow\"\nreason = \"known\"", "[finding]\ncode = \"ignored-field\"\nlevel = \"allow\"\nreason = \"known\"", "`finding` must be a list, and this is a table"),
    Case("finding.code", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"deny\"\nreason = \"a typo\"", "[[finding]]\ncode = \"unknown-feild\"\nlevel = \"deny\"\nreason = \"a typo\"", "`finding.code` has no value `\"unknown-feild\"`"),
    Case("finding.level", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"deny\"\nreason = \"a typo\"", "[[finding]]\ncode = \"unknown-field\"\nreason = \"a typo\"", "`finding.level` is missing"),
    Case("finding.at", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"allow\"\nreason = \"known\"\nat = \"/paths/~1pets\"", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"allow\"\nreason = \"known\"\nat = \"paths\"", "`finding.at` cannot be `\"paths\"`"),
    Case("finding.api", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"allow\"\nreason = \"known\"\napi = \"a\"", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"allow\"\nreason = \"known\"\napi = 1", "`finding.api` must be a string, and this is an integer"),
    Case("finding.reason", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"allow\"\nreason = \"known\"", "[[finding]]\ncode = \"unknown-field\"\nlevel = \"allow\"\nreason = \"\"", "`finding.reason` must not be empty"),
    Case("types", "[types]", "[[types]]", "`types` must be a table, and this is a list"),
    Case("types.formats", "[types.formats]", "[types.format]", "`types` has no key `format`"),
    Case("types.formats.date-time", "[types.formats]\ndate-time = \"text\"", "[types.formats]\ndate-time = \"string\"", "`types.formats.date-time` must be one of"),
    Case("types.dates", "[types]\ndates = \"chrono\"", "[types]\ndates = \"Chrono\"", "`types.dates` must be one of `\"jiff\"`, `\"chrono\"`, `\"time\"`, `\"text\"`, and this is `\"Chrono\"`"),
    Case("types.integers", "[types]\nintegers = \"i32\"", "[types]\nintegers = \"i128\"", "`types.integers` must be one of"),
    Case("types.maps", "[types]\nmaps = \"IndexMap\"", "[types]\nmaps = \"map\"", "`types.maps` must be one of `\"BTreeMap\"`, `\"HashMap\"`, `\"IndexMap\"`"),
    Case("types.one-of", "[types]\none-of = \"any\"", "[types]\none-of = \"anyOf\"", "`types.one-of` must be one of `\"exact\"`, `\"any\"`"),
    Case("types.sets", "[types]\nsets = \"BTreeSet\"", "[types]\nset = \"BTreeSet\"", "`sets` is similar"),
    Case("types.unknown-properties", "[types]\nunknown-properties = \"drop\"", "[types]\nunknown-properties = false", "`types.unknown-properties` must be a string, and this is `true` or `false`"),
    Case("types.formats.decimal", "[types.formats]\ndecimal = \"rust_decimal\"", "[types.formats]\ndecimal = \"bigdecimal\"", "`types.formats.decimal` must be one of"),
    Case("types.formats.int32", "[types.formats]\nint32 = \"i64\"", "[types.formats]\nint32 = 64", "`types.formats.int32` must be a string, and this is an integer"),
    Case("types.formats.int64", "[types.formats]\nint64 = \"u64\"", "[types.formats]\nint64 = \"usize\"", "`types.formats.int64` must be one of"),
    Case("types.formats.date", "[types.formats]\ndate = \"time\"", "[types.formats]\ndate = true", "`types.formats.date` must be a string"),
    Case("types.formats.time", "[types.formats]\ntime = \"text\"", "[types.formats]\ntime = 1.5", "`types.formats.time` must be a string, and this is a number"),
    Case("types.formats.uuid", "[types.formats]\nuuid = \"text\"", "[types.formats]\nuid = \"text\"", "`types.formats` has no key `uid`"),
    Case("types.formats.uri", "[types.formats]\nuri = \"text\"", "[types.formats]\nuri = 2024-01-01", "`types.formats.uri` must be a string, and this is a date"),
    Case("attribute", "[[attribute]]\nderive = [\"Copy\"]", "attribute = \"Copy\"", ""),
    Case("attribute.derive", "[[attribute]]\nderive = [\"schemars::JsonSchema\"]", "[[attribute]]\nderive = [\"Copy, Eq\"]", "`attribute.derive` cannot be `\"Copy, Eq\"`"),
    Case("attribute.attributes", "[[attribute]]\nattributes = [\"#[non_exhaustive]\"]", "[[attribute]]\nattributes = [\"non_exhaustive\"]", "`attribute.attributes` cannot be `\"non_exhaustive\"`"),
    Case("attribute.kind", "[[attribute]]\nderive = [\"Copy\"]\nkind = \"enum\"", "[[attribute]]\nderive = [\"Copy\"]\nkind = \"enums\"", "`attribute.kind` must be one of"),
    Case("attribute.names", "[[attribute]]\nderive = [\"Copy\"]\nnames = [\"Pet\"]", "[[attribute]]\nderive = [\"Copy\"]\nname = \"Pet\"", "`attribute` has no key `name`"),
    Case("strict", "[top]\nstrict = true", "[top]\nstrict = \"yes\"", "`strict` must be `true` or `false`, and this is a string"),
    Case("vendor", "[top]\nvendor = \"third-party\"", "[top]\nvendor = \"\"", "`vendor` must not be empty"),
    Case("ignore-extensions", "[top]\nignore-extensions = [\"x-secret\", \"x-pagination\"]", "[top]\nignore-extensions = [\"x-secrets\"]", "`ignore-extensions` must be one of"),
    Case("output.api.sides", "sides = [\"client\"]", "sides = [\"clients\"]", "`output.api.sides` must be one of `\"client\"`, `\"server\"`, and this is `\"clients\"`"),
    Case("output.api.handlers", "handlers = \"by-tag\"", "handlers = \"by tag\"", "`output.api.handlers` must be one of `\"together\"`, `\"by-tag\"`, and this is `\"by tag\"`"),
    Case("output.api.strict", "strict = true", "strict = 1", "`output.api.strict` must be `true` or `false`, and this is an integer"),
    Case("output.api.types", "types = { dates = \"time\" }", "types = \"time\"", "`output.api.types` must be a table, and this is a string"),
    Case("replace", "[[replace]]\nwith = \"money::Amount\"\nschema = \"Price\"", "[replace]\nwith = \"money::Amount\"\nschema = \"Price\"", "`replace` must be a list, and this is a table"),
    Case("replace.with", "[[replace]]\nwith = \"money::Amount\"\nschema = \"Price\"", "[[replace]]\nwith = \"Amount\"\nschema = \"Price\"", "`replace.with` cannot be `\"Amount\"`"),
    Case("replace.schema", "[[replace]]\nwith = \"money::Amount\"\nschema = \"Price\"", "[[replace]]\nwith = \"money::Amount\"\nschema = \"\"", "`replace.schema` must not be empty"),
    Case("replace.at", "[[replace]]\nwith = \"money::Amount\"\nat = \"#/components/schemas/Pet/properties/price\"", "[[replace]]\nwith = \"money::Amount\"\nat = \"components\"", "`replace.at` cannot be `\"components\"`"),
    Case("replace.format", "[[replace]]\nwith = \"iban::Iban\"\nformat = \"iban\"", "[[replace]]\nwith = \"iban::Iban\"\nformats = \"iban\"", "`format` is similar"),
    Case("replace.api", "[[replace]]\nwith = \"iban::Iban\"\nformat = \"iban\"\napi = \"a\"", "[[replace]]\nwith = \"iban::Iban\"\nformat = \"iban\"\napi = []", "`replace.api` must be a string, and this is a list"),
    Case("pagination", "[[pagination]]\noperation = \"listPets\"\nlink = true", "pagination = { operation = \"listPets\", link = true }", ""),
    Case("pagination.operation", "[[pagination]]\noperation = \"list*\"\nlink = true", "[[pagination]]\noperations = [\"listPets\"]\nlink = true", "`operation` is similar"),
    Case("pagination.page", "[[pagination]]\noperation = \"listPets\"\npage = \"page\"", "[[pagination]]\noperation = \"listPets\"\npage = 1", "`pagination.page` must be a string, and this is an integer"),
    Case("pagination.offset", "[[pagination]]\noperation = \"listPets\"\noffset = \"skip\"", "[[pagination]]\noperation = \"listPets\"\noffset = \"\"", "`pagination.offset` must not be empty"),
    Case("pagination.cursor", "[[pagination]]\noperation = \"listPets\"\ncursor = \"after\"\nnext = \"/next\"", "[[pagination]]\noperation = \"listPets\"\ncursor = []", "`pagination.cursor` must be a string, and this is a list"),
    Case("pagination.after", "[[pagination]]\noperation = \"listPets\"\nafter = \"after\"\nkey = \"/id\"", "[[pagination]]\noperation = \"listPets\"\nafter = true", "`pagination.after` must be a string"),
    Case("pagination.next", "[[pagination]]\noperation = \"listPets\"\nnext = \"/next\"", "[[pagination]]\noperation = \"listPets\"\nnext = \"next\"", "`pagination.next` cannot be `\"next\"`"),
    Case("pagination.link", "[[pagination]]\noperation = \"listPets\"\nlink = true", "[[pagination]]\noperation = \"listPets\"\nlink = \"next\"", "`pagination.link` must be `true` or `false`, and this is a string"),
    Case("pagination.off", "[[pagination]]\noperation = \"listPets\"\noff = true", "[[pagination]]\noperation = \"listPets\"\noff = 1", "`pagination.off` must be `true` or `false`, and this is an integer"),
    Case("pagination.first", "[[pagination]]\noperation = \"listPets\"\npage = \"page\"\nfirst = 0", "[[pagination]]\noperation = \"listPets\"\npage = \"page\"\nfirst = \"0\"", "`pagination.first` must be"),
    Case("pagination.last", "[[pagination]]\noperation = \"listPets\"\npage = \"page\"\nlast = \"/pages\"", "[[pagination]]\noperation = \"listPets\"\npage = \"page\"\nlast = \"pages\"", "`pagination.last` cannot be `\"pages\"`"),
    Case("pagination.pages", "[[pagination]]\noperation = \"listPets\"\npage = \"page\"\npages = \"/pages\"", "[[pagination]]\noperation = \"listPets\"\npage = \"page\"\npages = \"pages\"", "`pagination.pages` cannot be `\"pages\"`"),
    Case("pagination.key", "[[pagination]]\noperation = \"listPets\"\nafter = \"after\"\nkey = \"/id\"", "[[pagination]]\noperation = \"listPets\"\nafter = \"after\"\nkey = \"id\"", "`pagination.key` cannot be `\"id\"`"),
    Case("pagination.more", "[[pagination]]\noperation = \"listPets\"\ncursor = \"after\"\nnext = \"/next\"\nmore = \"/more\"", "[[pagination]]\noperation = \"listPets\"\ncursor = \"after\"\nnext = \"/next\"\nmore = true", "`pagination.more` must be a string"),
    Case("pagination.items", "[[pagination]]\noperation = \"listPets\"\nlink = true\nitems = \"/pets\"", "[[pagination]]\noperation = \"listPets\"\nlink = true\nitem = \"/pets\"", "`items` is similar"),
    Case("pagination.api", "[[pagination]]\noperation = \"listPets\"\nlink = true\napi = \"a\"", "[[pagination]]\noperation = \"listPets\"\nlink = true\napi = {}", "`pagination.api` must be a string, and this is a table"),
    Case("rename", "[[rename]]\nschema = \"Pet\"\nto = \"Animal\"", "rename = { schema = \"Pet\", to = \"Animal\" }", ""),
    Case("rename.to", "[[rename]]\nschema = \"Pet\"\nto = \"Animal\"", "[[rename]]\nschema = \"Pet\"\nto = \"An animal\"", "`rename.to` cannot be `\"An animal\"`"),
    Case("rename.operation", "[[rename]]\noperation = \"listPets\"\nto = \"pets\"", "[[rename]]\noperation = 1\nto = \"pets\"", "`rename.operation` must be a string"),
    Case("rename.parameter", "[[rename]]\noperation = \"listPets\"\nparameter = \"n\"\nto = \"limit\"", "[[rename]]\noperation = \"listPets\"\nparameter = \"\"\nto = \"limit\"", "`rename.parameter` must not be empty"),
    Case("rename.schema", "[[rename]]\nschema = \"Pet\"\nto = \"Animal\"", "[[rename]]\nschemas = \"Pet\"\nto = \"Animal\"", "`schema` is similar"),
    Case("rename.at", "[[rename]]\nat = \"/components/schemas/Pet/properties/owner\"\nto = \"Owner\"", "[[rename]]\nat = \"owner\"\nto = \"Owner\"", "`rename.at` cannot be `\"owner\"`"),
    Case("rename.property", "[[rename]]\nschema = \"Pet\"\nproperty = \"n\"\nto = \"name\"", "[[rename]]\nschema = \"Pet\"\nproperty = [\"n\"]\nto = \"name\"", "`rename.property` must be a string, and this is a list"),
    Case("rename.value", "[[rename]]\nschema = \"Kind\"\nvalue = \"c\"\nto = \"Cat\"", "[[rename]]\nschema = \"Kind\"\nvalue = 1\nto = \"Cat\"", "`rename.value` must be a string, and this is an integer"),
    Case("rename.api", "[[rename]]\nschema = \"Pet\"\nto = \"Animal\"\napi = \"a\"", "[[rename]]\nschema = \"Pet\"\nto = \"Animal\"\napi = {}", "`rename.api` must be a string, and this is a table"),
    Case("dependencies", "[dependencies]\nschemars = \"1\"\nsqlx = { version = \"0.8\", features = [\"postgres\"], default-features = false }", "[dependencies]\nschemars = { versions = \"1\" }", "`version` is similar"),
    Case("diff", "[diff]", "[top]\ndiff = \"wire\"", "`diff` must be a table, and this is a string"),
    Case("diff.fail-on", "[diff]\nfail-on = [\"wire\", \"any\"]", "[diff]\nfail-on = [\"everybody\"]", "`diff.fail-on` must be one of `\"wire\"`, `\"document\"`, `\"rust\"`, `\"any\"`"),
    Case("diff.levels", "[diff.levels]\nparameter-removed = \"warning\"\noperation-removed = { wire = \"note\", rust = \"none\" }", "[diff.levels]\nparameter-removd = \"warning\"", "`diff.levels` has no key `parameter-removd`\n`parameter-removed` is similar"),
    Case("diff.levels", "[diff.levels]\nparameter-removed = {}", "[diff.levels]\nparameter-removed = \"worse\"", "`diff.levels.parameter-removed` must be one of"),
    Case("diff.levels", "[diff.levels]\nparameter-removed = { document = \"breaking\" }", "[diff.levels]\nparameter-removed = { whom = \"note\" }", "`diff.levels.parameter-removed` has no key `whom`"),
    Case("diff.allow", "[[diff.allow]]\nrule = \"parameter-removed\"\nreason = \"agreed\"", "[diff.allow]\nrule = \"parameter-removed\"\nreason = \"agreed\"", "`diff.allow` must be a list, and this is a table"),
    Case("diff.allow.fingerprint", "[[diff.allow]]\nfingerprint = \"0f3a5c7e9b1d\"\nreason = \"agreed\"", "[[diff.allow]]\nfingerprint = \"0f3a\"\nreason = \"agreed\"", "`diff.allow.fingerprint` cannot be `\"0f3a\"`"),
    Case("diff.allow.rule", "[[diff.allow]]\nrule = \"server-removed\"\nreason = \"agreed\"", "[[diff.allow]]\nrule = \"server-remove\"\nreason = \"agreed\"", "`diff.allow.rule` has no value `\"server-remove\"`"),
    Case("diff.allow.subject", "[[diff.allow]]\nrule = \"server-removed\"\nsubject = \"servers\"\nreason = \"agreed\"", "[[diff.allow]]\nrule = \"server-removed\"\nsubject = 1\nreason = \"agreed\"", "`diff.allow.subject` must be a string"),
    Case("diff.allow.reason", "[[diff.allow]]\nrule = \"server-removed\"\nreason = \"agreed\"", "[[diff.allow]]\nrule = \"server-removed\"", "`diff.allow.reason` is missing"),
    Case("diff.allow.until", "[[diff.allow]]\nrule = \"server-removed\"\nreason = \"agreed\"\nuntil = \"2030-01-31\"", "[[diff.allow]]\nrule = \"server-removed\"\nreason = \"agreed\"\nuntil = \"soon\"", "`diff.allow.until` cannot be `\"soon\"`"),
];

/// A case by its texts.
type Tried = (String, String, String, String);

/// Every case; the types of an API are those of the whole file, in another place.
fn cases() -> Vec<Tried> {
    let owned = |Case(key, good, bad, message): &Case| -> Tried {
        ((*key).into(), (*good).into(), (*bad).into(), (*message).into())
    };
    let of_api = CASES.iter().filter(|it| it.0.starts_with("types.")).map(|it| {
        let moved = |text: &str| text.replace("[types", "[output.api.types").replace("`types", "`output.api.types");
        (format!("output.api.{}", it.0), moved(it.1), moved(it.2), moved(it.3))
    });
    CASES.iter().map(owned).chain(of_api).collect()
}

/// The base with more: keys of an API follow its table as they are, keys of the top level come first.
fn file(more: &str) -> String {
    match more.strip_prefix("[top]\n") {
        Some(top) => format!("{top}\n{BASE}"),
        None => format!("{BASE}{more}\n"),
    }
}

/// What the published schema says about a file that is TOML at all.
fn schema_accepts(text: &str) -> bool {
    let Ok(value) = toml::from_str::<toml::Table>(text) else { return false };
    let value = serde_json::to_value(value).expect("a table is JSON");
    jsonschema::validator_for(&json_schema()).expect("a schema").is_valid(&value)
}

fn messages(problems: &[Problem]) -> String {
    let lines = problems.iter().flat_map(|it| [it.message.as_str(), it.help.as_deref().unwrap_or_default()]);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_key_takes_what_it_should_and_nothing_else() {
    for (key, good, bad, message) in cases() {
        let (good, bad) = (file(&good), file(&bad));
        if let Err(problems) = read(&good) {
            panic!("`{key}`: {good}\n{}", messages(&problems));
        }
        assert!(schema_accepts(&good), "the schema refuses `{key}`: {good}");
        let problems = read(&bad).expect_err(&bad);
        assert!(messages(&problems).contains(&message), "`{key}`: {}", messages(&problems));
        assert!(!schema_accepts(&bad), "the schema takes `{key}`: {bad}");
    }
}

#[test]
fn every_key_is_tried() {
    let tried: Vec<String> = cases().into_iter().map(|it| it.0).collect();
    let missing: Vec<_> = keys().into_iter().filter(|key| !tried.contains(key)).collect();
    assert!(missing.is_empty(), "no case tries {missing:?}");
}

#[test]
fn a_file_without_outputs_is_refused() {
    let problems = read("deny = \"ignored\"\n").expect_err("nothing to do");
    assert_eq!(messages(&problems).trim(), "`output` is missing");
}

/// Files that the schema takes, and that contradict themselves.
#[rustfmt::skip]
const CONTRADICTIONS: &[(&str, &str)] = &[
    ("[[output]]\npath = \"a/\"\napi = [{ document = \"b.yaml\" }]", "two outputs have the folder `a/`"),
    ("[[output]]\npath = \"./a\"\napi = [{ document = \"b.yaml\" }]", "two outputs have the folder `./a`"),
    ("[[output]]\npath = \"a/./\"\napi = [{ document = \"b.yaml\" }]", "two outputs have the folder `a/./`"),
    ("[[output]]\npath = \"b\"\nname = \"box\"\napi = [{ document = \"b.yaml\" }]", "a crate cannot have a name that is a word or a crate of Rust"),
    ("[[output.api]]\ndocument = \"other/A.yaml\"", "two APIs of one output are called `A`"),
    ("[[output]]\npath = \"b\"\nform = \"module\"\napi = [{ document = \"b.yaml\" }]", "a module tree needs `module`"),
    ("[[output]]\npath = \"b\"\nform = \"module\"\nmodule = \"crate::b\"\nname = \"b\"\napi = [{ document = \"b.yaml\" }]", "a module tree has no `name`"),
    ("[[output]]\npath = \"b\"\nmodule = \"crate::b\"\napi = [{ document = \"b.yaml\" }]", "a crate has no `module`"),
    ("[[output]]\npath = \"b\"\nruntime-path = \"../r\"\napi = [{ document = \"b.yaml\" }]", "a copy of the run time needs no `runtime-path`"),
    ("select = {}", "an empty `select` chooses no operation"),
    ("[[finding]]\ncode = \"syntax\"\nlevel = \"allow\"\nreason = \"none\"", "`syntax` is an error, so its level cannot be changed"),
    ("[[attribute]]\nnames = [\"Pet\"]", "an `[[attribute]]` without `derive` and `attributes` does nothing"),
    ("[[attribute]]\nattributes = [\"#[a] fn f() {} #[b]\"]", "is no attribute of Rust"),
    ("[[replace]]\nwith = \"money::Amount\"", "a `[[replace]]` has one of `schema`, `at` and `format`"),
    ("[[replace]]\nwith = \"money::Amount\"\nschema = \"Price\"\nformat = \"money\"", "a `[[replace]]` has one of `schema`, `at` and `format`"),
    ("[[replace]]\nwith = \"crate::Amount\"\nschema = \"Price\"", "`crate::Amount` is in no crate that generated code can name"),
    ("[[replace]]\nwith = \"super::Amount\"\nschema = \"Price\"", "`super::Amount` is no path from a crate"),
    ("[[rename]]\nto = \"Animal\"", "a `[[rename]]` has one of `operation`, `schema` and `at`"),
    ("[[rename]]\nschema = \"Pet\"\nat = \"/a\"\nto = \"Animal\"", "a `[[rename]]` has one of `operation`, `schema` and `at`"),
    ("[[rename]]\nschema = \"Pet\"\nparameter = \"n\"\nto = \"Animal\"", "a schema has no `parameter`"),
    ("[[rename]]\noperation = \"listPets\"\nproperty = \"n\"\nto = \"animal\"", "an operation has no `property`"),
    ("[[rename]]\nschema = \"Pet\"\nproperty = \"n\"\nvalue = \"n\"\nto = \"name\"", "a name is that of a property or of a value"),
    ("[[rename]]\nschema = \"Pet\"\nto = \"animal\"", "`animal` is no name for types and variants"),
    ("[[rename]]\noperation = \"listPets\"\nto = \"Pets\"", "`Pets` is no name for functions and fields"),
    ("[[pagination]]\noperation = \"listPets\"", "a `[[pagination]]` has one of `page`, `offset`, `cursor`, `after`, `next`, `link` and `off`"),
    ("[[pagination]]\noperation = \"listPets\"\npage = \"page\"\nlink = true", "a `[[pagination]]` has one of"),
    ("[[pagination]]\noperation = \"listPets\"\noffset = \"skip\"\nfirst = 1", "`first` has no effect without `page`"),
    ("[[pagination]]\noperation = \"listPets\"\nlink = true\nkey = \"/id\"", "`key` has no effect without `after`"),
    ("[[pagination]]\noperation = \"listPets\"\nlink = true\nmore = \"/more\"", "`more` has no effect without `page`, `offset`, `cursor` or `after`"),
    ("[[pagination]]\noperation = \"listPets\"\noffset = \"skip\"\npages = \"/pages\"", "`pages` has no effect without `page`"),
    ("[[pagination]]\noperation = \"listPets\"\noff = true\nitems = \"/pets\"", "`items` has no effect without pages"),
    ("[[pagination]]\noperation = \"listPets\"\ncursor = \"after\"", "`cursor` needs `next`, where its value is found"),
    ("[[pagination]]\noperation = \"listPets\"\nafter = \"after\"", "`after` needs `key`, where its value is found in an item"),
    ("[dependencies]\nschemars = { features = [\"std\"] }", "`schemars` has none of `version`, `path` and `workspace`"),
    ("[[diff.allow]]\nreason = \"agreed\"", "an entry of `diff.allow` names a `fingerprint` or a `rule`"),
    ("[[diff.allow]]\nrule = \"server-removed\"\nreason = \"agreed\"\nuntil = \"2030-02-30\"", "there is no day `2030-02-30`"),
    ("[[attribute]]\nattributes = [\"#[cfg(\"]", "`attribute.attributes` cannot be"),
];

#[test]
fn contradictions_are_refused() {
    for (more, message) in CONTRADICTIONS {
        let problems = read(&file(more)).expect_err(more);
        assert!(messages(&problems).contains(message), "{more}: {}", messages(&problems));
    }
}

#[test]
fn everything_is_said_at_once_and_where_it_is() {
    let text =
        "outputs = 1\ndeny = \"ignord\"\n[[output]]\npath = \"\"\nform = \"modul\"\n[[output.api]]\ndocumnt = 3\n";
    let problems = read(text).expect_err("a file with mistakes");
    let found: Vec<_> = problems.iter().map(|it| &text[it.span.clone()]).collect();
    assert_eq!(found, ["outputs", "\"ignord\"", "\"\"", "\"modul\"", "[[output.api]]", "documnt"]);
    assert!(messages(&problems).contains("`output` is similar"), "{}", messages(&problems));
}

#[test]
fn a_text_that_is_no_toml_is_refused_where_it_breaks() {
    let text = "[[output]]\npath = \"a\npath = \"b\"\n";
    let problems = read(text).expect_err("no TOML");
    assert!(problems.iter().all(|it| text[..it.span.start].lines().count() >= 2), "{problems:#?}");
}
