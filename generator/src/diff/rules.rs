//! The rules of a comparison: one table of ids, levels, reasons and remedies; everything else that lists rules reads it.
//!
//! ```text
//! request-range-narrowed   wire breaking   document breaking   rust -
//! ```
//!
//! An id never changes its meaning. A level is what a rule weighs by default, for each of the three judgements.

use std::fmt::{self, Write as _};

/// What a finding weighs, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Somebody breaks.
    Breaking,
    /// Somebody may break; a person decides.
    Warning,
    /// Nobody breaks, and the change can be seen.
    Note,
    /// Nothing of this kind changed.
    None,
}

impl Level {
    /// Every level, the worst first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Warning, Self::Note, Self::None];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::None => "none",
        }
    }

    /// The level of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Who may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    /// Clients and servers that run already.
    Wire,
    /// People who read the document with other tools.
    Document,
    /// People whose code calls the generated crate.
    Rust,
}

impl Judgement {
    /// Every judgement, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Wire, Self::Document, Self::Rust];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Document => "document",
            Self::Rust => "rust",
        }
    }
}

/// The level of each judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Levels {
    /// For clients and servers that run already.
    pub wire: Level,
    /// For people who read the document with other tools.
    pub document: Level,
    /// For people whose code calls the generated crate.
    pub rust: Level,
}

impl Levels {
    /// The level of one judgement.
    pub fn level(self, judgement: Judgement) -> Level {
        match judgement {
            Judgement::Wire => self.wire,
            Judgement::Document => self.document,
            Judgement::Rust => self.rust,
        }
    }

    /// The worst of the three.
    pub fn worst(self) -> Level {
        self.wire.min(self.document).min(self.rust)
    }
}

/// A kind of change, and what it means.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id: stable, in words.
    pub id: &'static str,
    /// What it weighs by default.
    pub levels: Levels,
    /// Why it weighs that, in a sentence.
    pub reason: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

const B: Level = Level::Breaking;
const W: Level = Level::Warning;
const N: Level = Level::Note;
const O: Level = Level::None;

/// Declares rules: id, the levels for wire, document and Rust, the reason and the remedy, one row each.
macro_rules! rules {
    ($($name:ident $id:literal $wire:ident $document:ident $rust:ident $reason:literal $remedy:literal)*) => {
        $(
            #[doc = $reason]
            pub static $name: Rule = Rule {
                id: $id,
                levels: Levels { wire: $wire, document: $document, rust: $rust },
                reason: $reason,
                remedy: $remedy,
            };
        )*
        /// The rules that are not about one keyword of a schema.
        static PLAIN: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    DOCUMENT_REMOVED "document-removed" B B O
        "Clients of the API have nothing to call." "Keep the document while the API answers."
    DOCUMENT_ADDED "document-added" N N O
        "Nobody calls the API yet." "Nothing."
    DOCUMENT_UNREADABLE "document-unreadable" W B O
        "A document that cannot be read cannot be compared." "Mend the document first."
    FAULTY_PART_CHANGED "faulty-part-changed" B B O
        "What cannot be understood has no meaning to compare, and something else is written there now." "Mend the fault, and compare again."
    FAULTY_PART_ADDED "faulty-part-added" W W O
        "What is new cannot be understood, so nobody knows whom it breaks." "Mend the fault, and compare again."
    FAULTY_PART_MENDED "faulty-part-mended" W W O
        "It had been taken as something else, or left out, and counts by its meaning now." "Compare its meaning with what it had been taken as."
    REFERENCE_LOST "reference-lost" B B O
        "What the reference stands for cannot be read any more, so nobody knows what is sent." "Put back what it refers to, and compare a document of several files together with them."
    REFERENCE_FOUND "reference-found" W W O
        "What the reference stood for could not be read, so nobody knows what changed." "Compare with a version in which it leads somewhere, and a document of several files together with them."
    REFERENCE_NOT_COMPARED "reference-not-compared" W W O
        "What the reference stands for can be read on neither side, so nobody knows whether it changed." "Compare a document of several files together with them."
    OPERATION_REMOVED "operation-removed" B B O
        "Clients that call the operation get an error." "Deprecate it with a date in `x-sunset` first, and remove it after that date."
    OPERATION_RETIRED "operation-retired" N N O
        "The operation was deprecated, and its sunset date has passed." "Nothing; tell the people who still call it."
    OPERATION_ADDED "operation-added" N N O
        "Nobody calls it yet." "Nothing."
    OPERATION_ID_CHANGED "operation-id-changed" O B O
        "Generators name methods, tools and links after the `operationId`." "Keep the old `operationId`."
    OPERATION_DEPRECATED "operation-deprecated" N N O
        "Callers should move away." "Say in the description what to call instead, and until when, in `x-sunset`."
    OPERATION_UNDEPRECATED "operation-undeprecated" N N O
        "The operation is here to stay." "Nothing."
    OPERATION_TAGS_CHANGED "operation-tags-changed" O W O
        "Other generators group operations into classes by tag." "Keep the first tag where clients are generated elsewhere."
    PATH_PARAMETER_RENAMED "path-parameter-renamed" O B O
        "The URL stays the same, but generated arguments are named after the parameter." "Keep the old name, or set `x-rust-name`."
    PARAMETER_REMOVED "parameter-removed" B B O
        "Clients that send it are refused or lose its effect." "Keep it, and deprecate it first."
    PARAMETER_ADDED_REQUIRED "parameter-added-required" B B O
        "Clients that do not know it are refused." "Make it optional, with the old behavior as the default."
    PARAMETER_ADDED "parameter-added" N N O
        "Requests without it stay valid." "Nothing."
    PARAMETER_BECAME_REQUIRED "parameter-became-required" B B O
        "Clients that leave it out are refused." "Keep it optional, with a default."
    PARAMETER_BECAME_OPTIONAL "parameter-became-optional" N N O
        "Requests with it stay valid." "Nothing."
    PARAMETER_FORM_CHANGED "parameter-form-changed" B B O
        "The same value is written differently, so the other side misreads it." "Keep `style`, `explode` and `content` as they were."
    PARAMETER_DEFAULT_CHANGED "parameter-default-changed" B B O
        "The same request means something else where the parameter is left out." "Keep the default, or introduce a new parameter."
    PARAMETER_DEPRECATED "parameter-deprecated" N N O
        "Callers should move away from it." "Say in the description what to send instead."
    BODY_ADDED_REQUIRED "body-added-required" B B O
        "Clients that send no body are refused." "Make the body optional."
    BODY_ADDED "body-added" N N O
        "Requests without a body stay valid." "Nothing."
    BODY_REMOVED "body-removed" B B O
        "Clients that send a body are refused or lose its effect." "Keep it, and ignore it for a while."
    BODY_BECAME_REQUIRED "body-became-required" B B O
        "Clients that send no body are refused." "Keep it optional."
    BODY_BECAME_OPTIONAL "body-became-optional" N N O
        "Requests with a body stay valid." "Nothing."
    REQUEST_MEDIA_TYPE_REMOVED "request-media-type-removed" B B O
        "Clients that send this media type are refused." "Keep the media type beside the new one."
    REQUEST_MEDIA_TYPE_ADDED "request-media-type-added" N N O
        "Requests of the other media types stay valid." "Nothing."
    RESPONSE_MEDIA_TYPE_REMOVED "response-media-type-removed" B B O
        "Clients that accept only this media type get nothing that they can read." "Keep the media type beside the new one."
    RESPONSE_MEDIA_TYPE_ADDED "response-media-type-added" W W O
        "A client that does not say what it accepts may get a body that it cannot read." "Answer with it only where `Accept` asks for it."
    ENCODING_CHANGED "encoding-changed" B B O
        "The same property of a form is written differently." "Keep the `encoding` as it was."
    RESPONSE_REMOVED "response-removed" B B O
        "Clients that wait for this success never see it." "Keep answering with it."
    RESPONSE_STATUS_NARROWED "response-status-narrowed" N N O
        "Every status is one that clients expect: some of a range are answered." "Nothing; check that the server answers no other status of the range."
    RESPONSE_LEFT_TO_DEFAULT "response-left-to-default" N N O
        "`default` stands for the status now; what its bodies and headers are is compared." "Nothing."
    MEDIA_TYPES_NARROWED "response-media-types-narrowed" N N O
        "Every media type is one that clients expect: some of a range are answered." "Nothing; check that the server answers in no other one of the range."
    ERROR_RESPONSE_REMOVED "error-response-removed" W W O
        "Clients that tell this failure apart cannot any more." "Keep it documented while the server may answer with it."
    RESPONSE_ADDED "response-added" W W O
        "Clients get a success that they do not know." "Check that clients take every status of its hundred as success."
    ERROR_RESPONSE_ADDED "error-response-added" N N O
        "Clients must be ready for any failure anyway." "Nothing."
    RESPONSE_HEADER_REMOVED "response-header-removed" B B O
        "Clients that read the header find nothing." "Keep sending it."
    RESPONSE_HEADER_BECAME_OPTIONAL "response-header-became-optional" B B O
        "Clients that rely on the header may find nothing." "Keep it required."
    RESPONSE_HEADER_BECAME_REQUIRED "response-header-became-required" N N O
        "Clients that do without it still can; a server must send it now." "Check that the server sends it always."
    RESPONSE_HEADER_ADDED "response-header-added" N N O
        "Clients leave alone what they do not know." "Nothing."
    RESPONSE_HEADER_FORM_CHANGED "response-header-form-changed" B B O
        "The same value is written differently, so the client misreads it." "Keep `style`, `explode` and `content` as they were."
    SECURITY_TIGHTENED "security-tightened" B B O
        "Callers with the credentials of before are refused." "Keep the old way beside the new one until callers have moved."
    SECURITY_RELAXED "security-relaxed" N N O
        "Callers with the credentials of before are still let in." "Check that it is meant: more callers get in than before."
    SECURITY_SCHEME_CHANGED "security-scheme-changed" B B O
        "Callers send their credentials another way, or get them elsewhere." "Add a scheme beside it instead."
    SECURITY_SCOPES_ADDED "security-scopes-added" N N O
        "Nobody has to ask for a new scope before an operation does." "Nothing."
    SECURITY_SCHEME_LOST "security-scheme-lost" B B O
        "Operations still ask for the scheme, and nobody says any more which credentials that are." "Define the scheme, or ask for another one."
    SECURITY_SCHEME_FOUND "security-scheme-found" W W O
        "Operations asked for the scheme before, and nobody said which credentials that were." "Check that it is what callers send already."
    SECURITY_SCHEME_UNUSED "unused-security-scheme-changed" O W O
        "No operation asks for the scheme, but other tools and documents may." "Nothing where nobody else uses it."
    WEBHOOK_SECURITY_TIGHTENED "webhook-security-tightened" N N O
        "Receivers get more credentials than before." "Nothing; check that the server sends them."
    WEBHOOK_SECURITY_RELAXED "webhook-security-relaxed" B B O
        "Receivers that check the credentials of before may find none." "Keep sending them."
    WEBHOOK_BECAME_OPTIONAL "webhook-part-became-optional" B B O
        "Receivers that rely on it may find nothing." "Keep sending it."
    SECURITY_SCHEME_REMOVED "security-scheme-removed" O W O
        "References from other documents to the scheme lead nowhere." "Nothing where nobody refers to it."
    SECURITY_SCHEME_ADDED "security-scheme-added" O N O
        "Nobody uses it yet." "Nothing."
    SERVER_REMOVED "server-removed" W W O
        "Clients that call this base URL may get no answer." "Keep it answering until callers have moved."
    SERVER_ADDED "server-added" N N O
        "Clients keep the base URL that they have." "Nothing."
    COMPONENT_REMOVED "component-removed" O B O
        "Other generators make a type of it, and other documents may refer to it." "Keep it, deprecated, for one more version."
    COMPONENT_RENAMED "component-renamed" O W O
        "Nothing that is sent changes, but types are named after components." "Keep the name where clients are generated elsewhere."
    COMPONENT_ADDED "component-added" O N O
        "Nobody refers to it yet." "Nothing."
    PROPERTY_REMOVED_REQUEST "request-property-removed" W B O
        "Clients that send the property lose its effect; nobody is refused." "Keep it, deprecated, while clients send it."
    PROPERTY_REMOVED_RESPONSE "response-property-removed" W B O
        "Clients that read the property find nothing, which they had to expect." "Keep it, deprecated, while clients read it."
    PROPERTY_ADDED_REQUEST "request-property-added" N N O
        "Requests without the property stay valid." "Nothing."
    PROPERTY_ADDED_RESPONSE "response-property-added" N N O
        "Clients leave alone what they do not know." "Nothing."
    PROPERTY_BECAME_READ_ONLY "request-property-became-read-only" B B O
        "Clients that send it are refused or lose its effect." "Add a second property instead."
    PROPERTY_BECAME_WRITABLE "request-property-became-writable" N N O
        "Requests without the property stay valid." "Nothing."
    PROPERTY_BECAME_WRITE_ONLY "response-property-became-write-only" B B O
        "Clients that read the property find nothing." "Keep answering with it."
    PROPERTY_BECAME_READABLE "response-property-became-readable" N N O
        "Clients leave alone what they do not know." "Nothing."
    DEFAULT_CHANGED "default-changed" W W O
        "The same document means something else where the property is left out." "Keep the default, or introduce a new property."
    KNOWN_VALUES_CHANGED "known-values-changed" N N O
        "The list may grow at any time by its own promise." "Nothing."
    KNOWN_VALUE_REMOVED "request-known-value-removed" B B O
        "Clients that send the value may be refused." "Keep taking the value."
    DEPRECATED "schema-deprecated" N N O
        "Users should move away from it." "Say in the description what to use instead."
    DESCRIPTION_CHANGED "description-changed" O N O
        "Readers see other words; nothing that is sent changes." "Nothing."
    TITLE_CHANGED "title-changed" O N O
        "Readers see another name of the API." "Nothing."
    VERSION_CHANGED "version-changed" O N O
        "The document counts another version." "Nothing."
    VERSION_TOO_LOW "version-bump-too-small" O W O
        "The document's version does not say what the change does." "Raise `info.version` as the report says."
    RUST_ITEM_REMOVED "rust-item-removed" O O B
        "Code that names the item does not compile any more." "Keep the name with `x-rust-name`, or release a major version."
    RUST_ITEM_ADDED "rust-item-added" O O N
        "Nobody names it yet." "Nothing."
    RUST_ITEM_CHANGED "rust-item-changed" O O B
        "The item is of another kind, type or signature." "Release a major version."
    RUST_FIELD_ADDED "rust-field-added" O O B
        "Code that builds the struct field by field lacks a field; code that calls `new` compiles." "Release a major version, or tell callers to use `new`."
    RUST_OPEN_FIELD_ADDED "rust-open-field-added" O O N
        "The struct may grow: nobody outside can build or take it apart field by field." "Nothing."
    RUST_MEMBER_REMOVED "rust-member-removed" O O B
        "Code that names the field, variant or method does not compile any more." "Keep the name with `x-rust-name`, or release a major version."
    RUST_MEMBER_CHANGED "rust-member-changed" O O B
        "The field, variant or method has another type." "Release a major version."
    RUST_METHOD_ADDED "rust-method-added" O O N
        "Nobody calls it yet." "Nothing."
    RUST_VARIANT_ADDED "rust-variant-added" O O B
        "A `match` without a wildcard does not cover the new variant." "Release a major version."
    RUST_OPEN_VARIANT_ADDED "rust-open-variant-added" O O N
        "The enum may grow: every `match` has a wildcard." "Nothing."
    RUST_TRAIT_METHOD_ADDED "rust-trait-method-added" O O B
        "Implementations of the trait lack the method." "Release a major version; the server must implement it."
    RUST_IMPL_REMOVED "rust-impl-removed" O O B
        "Code that relies on the trait does not compile any more." "Release a major version."
    RUST_IMPL_ADDED "rust-impl-added" O O N
        "Nobody relies on it yet." "Nothing."
    RUST_UNEXPLAINED "rust-moved-alone" O O W
        "The generated code changed where nothing that was compared in the document did." "Read the generated difference: something stands or is called otherwise."
    RUST_UNKNOWN "rust-not-judged" O O W
        "A document with errors has no generated code to compare." "Mend the document first."
}

/// In which direction an instance travels, as seen from the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Travel {
    /// To the API.
    Request,
    /// From the API.
    Response,
    /// Nowhere: no operation uses the schema.
    Unused,
}

/// What a change does to the set of valid instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Fewer are valid.
    Narrows,
    /// More are valid.
    Widens,
}

impl Effect {
    /// The other one.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::Narrows => Self::Widens,
            Self::Widens => Self::Narrows,
        }
    }
}

/// Declares what a schema can say, and four rules for each: request and response, narrowed and widened.
macro_rules! keywords {
    ($($name:ident $id:literal $what:literal $narrower:literal $wider:literal)*) => {
        /// What a schema can say about its instances.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Keyword {
            $(#[doc = $what] $name,)*
        }

        impl Keyword {
            fn rules(self) -> &'static [Rule; 5] {
                match self {
                    $(Self::$name => {
                        static RULES: [Rule; 5] = [
                            Rule {
                                id: concat!("request-", $id, "-narrowed"),
                                levels: Levels { wire: B, document: B, rust: O },
                                reason: concat!("A request that was valid may be refused now: ", $narrower, "."),
                                remedy: concat!("Keep taking what was taken before, or make the change in a new version of the API: ", $what, "."),
                            },
                            Rule {
                                id: concat!("request-", $id, "-widened"),
                                levels: Levels { wire: N, document: N, rust: O },
                                reason: concat!("Every request that was valid still is: ", $wider, "."),
                                remedy: "Nothing.",
                            },
                            Rule {
                                id: concat!("response-", $id, "-widened"),
                                levels: Levels { wire: B, document: B, rust: O },
                                reason: concat!("A response may hold now what clients do not expect: ", $wider, "."),
                                remedy: concat!("Keep answering within what was promised before, or make the change in a new version of the API: ", $what, "."),
                            },
                            Rule {
                                id: concat!("response-", $id, "-narrowed"),
                                levels: Levels { wire: N, document: N, rust: O },
                                reason: concat!("Every response is still one that clients expect: ", $narrower, "."),
                                remedy: "Nothing; check that the server keeps the promise.",
                            },
                            Rule {
                                id: concat!("unused-", $id, "-changed"),
                                levels: Levels { wire: O, document: W, rust: O },
                                reason: "No operation uses the schema, but other tools and documents may.",
                                remedy: "Nothing where nobody else uses it.",
                            },
                        ];
                        &RULES
                    })*
                }
            }

            /// Everything that a schema can say.
            const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

keywords! {
    Type "type" "`type`" "fewer types are allowed" "more types are allowed"
    Null "null" "whether `null` is allowed" "`null` is not allowed any more" "`null` is allowed"
    Values "enum" "`enum` and `const`" "fewer values are listed" "more values are listed"
    Range "range" "the bounds of a number" "the range is smaller" "the range is larger"
    Multiple "multiple" "`multipleOf`" "fewer numbers are multiples" "more numbers are multiples"
    Length "length" "the length of a text" "fewer lengths are allowed" "more lengths are allowed"
    Pattern "pattern" "`pattern`" "a text must follow another pattern" "a text need not follow the pattern"
    Format "format" "`format`" "a text must have another format" "a text need not have the format"
    Content "content" "what a text stands for" "a text must stand for something else" "a text may stand for something else"
    Items "item-count" "the number of items" "fewer lengths of the array are allowed" "more lengths of the array are allowed"
    Unique "unique-items" "`uniqueItems`" "items must differ" "items may repeat"
    Contains "contains" "`contains`" "the array must contain something" "the array need not contain something"
    Tuple "prefix-items" "`prefixItems`" "an item has a schema of its own" "an item has no schema of its own"
    Required "required" "`required`" "a property must be there" "a property may be missing"
    Properties "property-count" "the number of properties" "fewer numbers of properties are allowed" "more numbers of properties are allowed"
    Property "property" "the properties that are known" "a property is not taken any more" "a property appears where there was none"
    Additional "additional-properties" "`additionalProperties`" "unknown properties are refused" "unknown properties are allowed"
    PatternProperties "pattern-properties" "`patternProperties`" "properties of some names have a schema" "properties of some names have no schema"
    Dependencies "dependencies" "`dependentRequired`" "a property asks for another one" "a property does not ask for another one"
    Union "union" "the branches of `oneOf` and `anyOf`" "a branch is gone" "a branch was added"
    Not "not" "`not`" "something is excluded" "something is not excluded any more"
    Condition "condition" "`if`, `then` and `else`" "a condition was added" "a condition is gone"
    Discriminator "discriminator" "`discriminator`" "branches are told apart another way" "branches are told apart another way"
    Meaning "meaning" "the schema as a whole" "an instance shows it" "an instance shows it"
}

impl Keyword {
    /// The rule of a change of this keyword.
    pub fn rule(self, direction: Travel, effect: Effect) -> &'static Rule {
        let [refused, taken, surprise, promised, unused] = self.rules();
        match (direction, effect) {
            (Travel::Request, Effect::Narrows) => refused,
            (Travel::Request, Effect::Widens) => taken,
            (Travel::Response, Effect::Widens) => surprise,
            (Travel::Response, Effect::Narrows) => promised,
            (Travel::Unused, _) => unused,
        }
    }
}

/// Every rule, sorted by id.
pub fn all() -> Vec<&'static Rule> {
    let keywords = Keyword::ALL.iter().flat_map(|it| it.rules());
    let mut all: Vec<&Rule> = PLAIN.iter().copied().chain(keywords).collect();
    all.sort_by_key(|it| it.id);
    all
}

/// The rule of this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().into_iter().find(|it| it.id == id)
}

/// A rule for people: what `explain` prints.
pub fn explain(rule: &Rule) -> String {
    let levels = Judgement::ALL.map(|it| format!("{} {}", it.as_str(), rule.levels.level(it)));
    format!("{}\n  {}\n\n{}\nWhat to do: {}\n", rule.id, levels.join(", "), rule.reason, rule.remedy)
}

/// The page about all rules, in Markdown: what `recipes/rules.md` holds.
pub fn page() -> String {
    format!(
        "# Rules of `specwright diff`\n\n\
         Each change that a report names has a rule: a stable id, and a level for each of those who may break.\n\
         The table `[diff.levels]` of `specwright.toml` gives a rule another level; `specwright explain RULE` prints one.\n\n\
         - **wire**: clients and servers that run already\n\
         - **document**: people who use the document with other tools\n\
         - **Rust**: code that calls the generated crate; what moves there is put down to the change of the document, \
         so that rules of the document have no level of their own\n\n\
         `breaking` is somebody who breaks, `warning` somebody who may, `note` a change that breaks nobody.\n\n{}",
        table()
    )
}

/// The table of all rules in Markdown.
pub fn table() -> String {
    let mut out =
        "| rule | wire | document | Rust | why | what to do |\n| --- | --- | --- | --- | --- | --- |\n".to_owned();
    for rule in all() {
        let Levels { wire, document, rust } = rule.levels;
        let _ = writeln!(out, "| `{}` | {wire} | {document} | {rust} | {} | {} |", rule.id, rule.reason, rule.remedy);
    }
    out.replace("| none ", "| – ")
}
