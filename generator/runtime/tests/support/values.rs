//! Types that macros make: unions of JSON types, and arrays of fixed length.

use serde_json::json;

use crate::support::{self, Direction, Json, Validate, json};

/// Settings, as deep as one likes.
type Settings = Vec<Setting>;

static SCHEMAS: support::Schemas = support::Schemas::new(r#"{ "/setting": true }"#);

support::type_union! {
    /// A word, a count or settings.
    #[derive(Eq, Hash)]
    pub enum Setting in SCHEMAS["/setting"] {
        /// A word.
        string => String(String) [as_string into_string from],
        /// A count.
        integer => Integer(i64) [as_integer into_integer from],
        /// Settings.
        array => Array(Box<Settings>) [as_array into_array],
    }
}

#[test]
fn the_json_type_chooses_the_branch() {
    let read = |value| json::from_value::<Setting>(value).ok();
    assert_eq!(read(json!("a")), Some(Setting::String("a".to_owned())));
    assert_eq!(read(json!(2.0)), Some(Setting::Integer(2)));
    assert_eq!(read(json!([2])), Some(Setting::Array(Box::new(vec![Setting::Integer(2)]))));
    for refused in [json!(0.5), json!([true]), json!({}), json!(null), json!(false)] {
        assert_eq!(read(refused.clone()), None, "{refused}");
    }
    assert_eq!(json::to_value(&Setting::Integer(3)), json!(3));
    assert!(Setting::Integer(3).holds(Direction::Request));
}

/// JSON has neither, and would have `null` in their place.
#[test]
fn floats_are_numbers_of_json() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(!odd.holds(Direction::Request) && !vec![1.5, odd].holds(Direction::Response), "{odd}");
        assert!(!(1_i64, odd).holds(Direction::Request) && !Some(odd).holds(Direction::Request), "{odd}");
    }
    assert!((f64::MAX, -0.0).holds(Direction::Request) && f32::MIN.holds(Direction::Request));
}

support::object! {
    /// A word with its spellings.
    pub struct Word in SCHEMAS["/word"] {
        required text: String = "text",
        optional spellings with_spellings: Vec<String> = "spellings",
        tristate setting with_setting: Setting = "setting",
    }
    closed,
    new(text: impl Into<String>),
    holds(self, direction) {
        static LETTERS: support::Pattern = support::Pattern::new("^[a-zé]+$");
        support::has_length(&self.text, 1..=3)
            && LETTERS.is_match(&self.text)
            && support::has_length(&self.spellings, ..=3)
            && self.setting.holds(direction)
    },
}

#[test]
fn an_object_holds_what_its_conditions_say() {
    let holds = |word: Word| word.holds(Direction::Request);
    let spelled = |spelling: &str| Word::new("a").with_spellings(vec!["a".to_owned(), spelling.to_owned()]);
    assert!(holds(Word::new("ééé")) && holds(spelled("ééé")) && holds(spelled("").with_setting(Setting::Integer(1))));
    for refused in [Word::new(""), Word::new("éééé"), Word::new("A"), spelled("éééé")] {
        assert!(!holds(refused.clone()), "{refused:?}");
    }
}

support::aliases! {
    "#/components/schemas/Page" {
        /// How many words a page has.
        "/properties/count": PageCount = Setting,
        "/properties/word": PageWord = Word,
    }
}

#[test]
fn an_alias_is_the_type_that_places_share() {
    let (count, word): (PageCount, PageWord) = (Setting::Integer(1), Word::new("a"));
    assert_eq!((count.as_integer(), word.text.as_str()), (Some(&1), "a"));
}

#[test]
fn integers_are_not_rounded_into_their_range() {
    let read = |text: &str| json::from_value::<i64>(serde_json::from_str(text).unwrap()).ok();
    assert_eq!(read("-9223372036854775808"), Some(i64::MIN));
    assert_eq!((read("-1e18"), read("9223372036854775807")), (Some(-1_000_000_000_000_000_000), Some(i64::MAX)));
    for refused in ["-9223372036854775809", "9223372036854775808", "-1e19", "1e19"] {
        assert_eq!(read(refused), None, "{refused}");
    }
}

#[test]
fn accessors_look_at_one_branch() {
    let setting = Setting::Array(Box::default());
    assert_eq!((setting.as_string(), setting.as_integer(), setting.as_array()), (None, None, Some(&Vec::new())));
    assert_eq!(setting.clone().into_integer(), None);
    assert_eq!(setting.into_array(), Some(Vec::new()));
    assert_eq!(Setting::String("a".to_owned()).into_string().as_deref(), Some("a"));
}

#[test]
fn tuples_have_exactly_their_items() {
    fn read<T: Json>(text: &str) -> Option<T> {
        json::from_value(serde_json::from_str(text).ok()?).ok()
    }
    assert_eq!(read(r#"["a", 1, null]"#), Some(("a".to_owned(), 1_i64, None::<bool>)));
    assert_eq!(read("[1]"), Some((1_i64,)));
    for refused in ["[1]", "[1, 2, 3]", "[1, true]", "{}", "1"] {
        assert_eq!(read::<(i64, i64)>(refused), None, "{refused}");
    }
    assert_eq!(json::to_value(&("a".to_owned(), (1_i64, true))), json!(["a", [1, true]]));
}
