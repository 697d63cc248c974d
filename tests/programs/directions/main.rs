//! What a request sends and what a server answers, where `readOnly` and `writeOnly` make a difference: two types, of
//! which each has what its direction has, and no other type where there is no difference.

use programs::directions::models::{
    Account, AccountWritable, Login, Mail, MailWritable, Member, MemberWritable, Password, Photo, Place, Session, Team,
    TeamWritable,
};
use programs::directions::operations::{account_closed, add_photo, create_account, put_team};
use programs::support::Direction::{self, Request, Response};
use programs::support::http::File;
use programs::support::{Model, decode_in, json};
use serde_json::{Value, json};

fn read<T: Model>(value: &Value, direction: Direction) -> Result<T, Vec<String>> {
    let faults = |it: &programs::support::Violation| format!("{} {}", it.pointer, it.keyword);
    decode_in(value.to_string().as_bytes(), direction).map_err(|all| all.iter().map(faults).collect())
}

#[test]
fn an_answer_has_what_it_must_have_without_an_option() {
    let sent = json!({ "id": 7, "name": "Jo", "place": { "city": "Rome" } });
    let account: Account = read(&sent, Response).unwrap();
    let (id, city): (i64, &str) = (account.id, &account.place.city);
    assert_eq!((id, city), (7, "Rome"));
    assert_eq!(json::to_value(&account), sent);
    let lacking = json!({ "name": "Jo", "place": { "city": "Rome" } });
    assert_eq!(read::<Account>(&lacking, Response).unwrap_err(), ["/id required"]);
}

#[test]
fn a_request_holds_what_it_must_send_and_no_more() {
    let account = AccountWritable::new("Jo", Password("correct horse".into()), Place::new("Rome"));
    let sent = json!({ "name": "Jo", "password": "correct horse", "place": { "city": "Rome" } });
    assert_eq!(json::to_value(&account), sent);
    assert!(account.validate(Request).is_ok());
    let lacking = json!({ "name": "Jo", "place": { "city": "Rome" } });
    assert_eq!(read::<AccountWritable>(&lacking, Request).unwrap_err(), ["/password required"]);
    let _: create_account::Request = create_account::Request::new(account);
}

#[test]
fn what_does_not_travel_is_read_over_as_long_as_it_is_valid() {
    let whole = json!({ "id": 7, "name": "Jo", "password": "correct horse", "place": { "city": "Rome" } });
    let account: AccountWritable = read(&whole, Request).unwrap();
    let sent = json!({ "name": "Jo", "password": "correct horse", "place": { "city": "Rome" } });
    assert_eq!(json::to_value(&account), sent, "a request does not pass `id` on");
    let account: Account = read(&whole, Response).unwrap();
    assert!(
        !format!("{account:?} {}", json::to_value(&account)).contains("horse"),
        "an answer does not keep a password"
    );

    let mut wrong = whole.clone();
    wrong["id"] = json!(0);
    assert_eq!(read::<AccountWritable>(&wrong, Request).unwrap_err(), ["/id minimum"]);
    let mut wrong = whole.clone();
    wrong["password"] = json!("short");
    assert_eq!(read::<Account>(&wrong, Response).unwrap_err(), ["/password minLength"]);
    let mut further = whole;
    further["other"] = json!(1);
    assert_eq!(read::<Account>(&further, Response).unwrap_err(), ["/other additionalProperties"]);
    assert_eq!(read::<AccountWritable>(&further, Request).unwrap_err(), ["/other additionalProperties"]);
}

#[test]
fn an_open_object_keeps_what_nobody_names_and_not_what_does_not_travel() {
    let member = json!({ "id": 1, "name": "Jo", "note": null, "color": "red" });
    let sent: MemberWritable = read(&member, Request).unwrap();
    assert_eq!(json::to_value(&sent), json!({ "name": "Jo", "note": null, "color": "red" }));
    let session: Session = read(&json!({ "token": "t", "secret": "s", "color": "red" }), Response).unwrap();
    assert_eq!(json::to_value(&session), json!({ "token": "t", "color": "red" }));
}

#[test]
fn what_travels_one_way_only_is_one_type() {
    let login = Login::new("Jo", "s");
    assert_eq!(json::to_value(&login), json!({ "name": "Jo", "secret": "s" }));
    let session: Session = read(&json!({ "token": "t" }), Response).unwrap();
    let token: String = session.token;
    assert_eq!(token, "t");
}

#[test]
fn what_a_server_answered_becomes_what_a_request_sends() {
    let answered = json!({
        "seen": "today",
        "lead": { "id": 1, "name": "Jo", "note": null },
        "members": [{ "id": 2, "name": "Mo", "color": "red" }],
        "guests": { "a": { "id": 3, "name": "Al" } },
        "badge": { "color": "blue", "number": 4 },
        "parent": { "seen": "never", "lead": { "id": 5, "name": "Di" }, "members": [] },
    });
    let member: Member = read(&answered["lead"], Response).unwrap();
    assert_eq!(json::to_value(&MemberWritable::from(member)), json!({ "name": "Jo", "note": null }));
    let account: Account = read(&json!({ "id": 7, "name": "Jo", "place": { "city": "Rome" } }), Response).unwrap();
    let sent = AccountWritable::from_account(account, Password("correct horse".into()));
    let expected = json!({ "name": "Jo", "password": "correct horse", "place": { "city": "Rome" } });
    assert_eq!(json::to_value(&sent), expected);
    let mail: Mail = read(&json!({ "kind": "Mail", "address": "jo@example.com", "checked": true }), Response).unwrap();
    assert_eq!(json::to_value(&MailWritable::from(mail)), json!({ "kind": "Mail", "address": "jo@example.com" }));
    let team: Team = read(&answered, Response).unwrap();
    assert_eq!((team.lead.id, team.members[0].id), (1, 2));
}

#[test]
fn what_holds_such_an_object_has_two_types_as_well() {
    let whole = json!({
        "seen": "today",
        "lead": { "id": 1, "name": "Jo" },
        "members": [{ "id": 2, "name": "Mo" }],
        "guests": { "a": { "id": 3, "name": "Al" } },
        "badge": { "color": "blue", "number": 4 },
        "parent": { "seen": "never", "lead": { "id": 5, "name": "Di" }, "members": [] },
        "contact": { "kind": "Mail", "address": "jo@example.com", "checked": true },
    });
    let team: TeamWritable = read(&whole, Request).unwrap();
    let sent = json!({
        "lead": { "name": "Jo" },
        "members": [{ "name": "Mo" }],
        "guests": { "a": { "name": "Al" } },
        "badge": { "color": "blue" },
        "parent": { "lead": { "name": "Di" }, "members": [] },
        "contact": { "kind": "Mail", "address": "jo@example.com" },
    });
    assert_eq!(json::to_value(&team), sent);
    let _: put_team::Request = put_team::Request::new(1, team);
    let answered: Team = read(&whole, Response).unwrap();
    assert_eq!(json::to_value(&answered), whole);
    let faults = ["/lead/id required", "/members/0/id required", "/seen required"];
    let lacking = json!({ "lead": { "name": "Jo" }, "members": [{ "name": "Mo" }] });
    let mut found = read::<Team>(&lacking, Response).unwrap_err();
    found.sort();
    assert_eq!(found, faults);
}

#[test]
fn a_webhook_is_sent_as_answers_are_and_answered_as_requests_are() {
    let account: Account = read(&json!({ "id": 7, "name": "Jo", "place": { "city": "Rome" } }), Response).unwrap();
    let _ = account_closed::Request::new(account);
    let wanted = AccountWritable::new("Jo", Password("correct horse".into()), Place::new("Rome"));
    let _ = account_closed::Response::Ok(wanted);
}

#[test]
fn a_form_with_files_has_what_a_request_sends() {
    let form = add_photo::Body::new(File::new("a photo")).with_title("Rome");
    let _ = add_photo::Request::new(form);
    let photo: Photo = read(&json!({ "id": 1, "title": "Rome" }), Response).unwrap();
    let id: i64 = photo.id;
    assert_eq!(id, 1);
}
