//! Bytes to models: whatever is decoded is written as JSON that decodes to the same.
#![no_main]

use generated::brms::models::{Error, RoleList, UpdateUserRequest, UserList};
use generated::nuweb::models::{CreatedIncludedResource, IncludedResource};
use generated::support::{Direction, Model, decode_in, json};
use libfuzzer_sys::fuzz_target;

/// Decodes bytes as a model, and what comes of it once more.
fn twice<T: Model + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    for direction in [Direction::Request, Direction::Response] {
        match decode_in::<T>(bytes, direction) {
            Ok(value) => {
                let text = json::to_value(&value).to_string();
                let again = decode_in::<T>(text.as_bytes(), direction);
                assert_eq!(again.ok().as_ref(), Some(&value), "{text}");
            }
            Err(violations) => assert!(violations.iter().next().is_some(), "what is refused says why"),
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    twice::<Error>(bytes);
    twice::<RoleList>(bytes);
    twice::<UpdateUserRequest>(bytes);
    twice::<UserList>(bytes);
    twice::<CreatedIncludedResource>(bytes);
    twice::<IncludedResource>(bytes);
});
