//! Exploded objects: whatever else an operation reads in the same place is no property of them.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::support::params::{Location, Parameter, RawRequest, Shape, Siblings, Style, decode};

static RGB: Shape = Shape::Object(&[("R", Shape::Integer), ("G", Shape::Integer)], None);
static FREE: Shape = Shape::Object(&[], Some(&Shape::String));

fn exploded(location: Location, shape: &Shape) -> Parameter {
    Parameter { location, ..Parameter::query("color", "", *shape) }
}

/// What else an operation reads in the same place is no property of an exploded object, whatever its schema allows.
#[test]
fn exploded_objects_leave_alone_what_belongs_to_others() {
    for (location, header) in [(Location::Query, ""), (Location::Cookie, "cookie")] {
        let object = exploded(location, &FREE);
        let page = Parameter { name: "page", ..exploded(location, &Shape::String) };
        let range = Parameter { name: "range", ..exploded(location, &RGB) };
        let parameters = [&object, &page, &range];
        let siblings = Siblings { parameters: &parameters, keys: &[(location, "key"), (Location::Header, "other")] };
        let pairs = ["a=1", "key=secret", "page=2", "R=100", "other=3"];
        let (query, cookies) = (pairs.join("&"), HeaderValue::from_str(&pairs.join("; ")).unwrap());
        let headers = HeaderMap::from_iter([(HeaderName::from_static("cookie"), cookies)]);
        let query = if header.is_empty() { query } else { String::new() };
        let request = RawRequest { path: &[], query: &query, headers: &headers };
        assert_eq!(decode(&object, &request, siblings).unwrap(), Some(json!({"a": "1", "other": "3"})));
        assert_eq!(decode(&range, &request, siblings).unwrap(), Some(json!({"R": 100})));

        let refused = |value: Value| siblings.check(&object, &value).map_err(|it| it.to_string());
        assert_eq!(refused(json!({"a": 1, "other": 2, "color": 3})), Ok(()));
        let about = |name: &str| format!("property `{name}` of {} parameter `color` has the name of", location.name());
        let taken = "and would be taken for it";
        assert_eq!(refused(json!({"key": 1})), Err(format!("{} an API key, {taken}", about("key"))));
        for name in ["page", "R"] {
            assert_eq!(refused(json!({ name: 1 })), Err(format!("{} another parameter, {taken}", about(name))));
        }
    }
    // What the schema names itself is shared with a parameter of that name, and never with a key.
    let object = exploded(Location::Query, &RGB);
    let red = Parameter { name: "R", ..exploded(Location::Query, &Shape::String) };
    let request = RawRequest { path: &[], query: "R=1&G=2", headers: &HeaderMap::new() };
    let siblings = Siblings { parameters: &[&object, &red], keys: &[(Location::Query, "G")] };
    assert_eq!(decode(&object, &request, siblings).unwrap(), Some(json!({"R": 1})));
    assert!(siblings.check(&object, &json!({"R": 1})).is_ok() && siblings.check(&object, &json!({"G": 1})).is_err());
}

#[test]
fn an_exploded_object_leaves_other_parameters_alone() {
    let free = exploded(Location::Query, &FREE);
    let page = Parameter::query("page", "", Shape::Integer);
    let deep = Parameter { style: Style::DeepObject, ..exploded(Location::Query, &RGB) };
    let filter = Parameter { name: "filter", ..deep };
    let headers = HeaderMap::new();
    let request = RawRequest { path: &[], query: "page=1&a=2&filter[R]=3&b=4", headers: &headers };
    let value = decode(&free, &request, Siblings { parameters: &[&free, &page, &filter], keys: &[] }).unwrap();
    assert_eq!(value, Some(json!({"a": "2", "b": "4"})));
}
