//! What stand-ins remember: what is created is found, listed, changed and deleted, in the shape of each operation.

use axum::Router;
use serde_json::{Value, json};

use crate::harness::{Seen, Wire, in_process, wires};
use crate::stand_ins::{samples, send};

/// A stand-in over a wire.
struct Round<'a> {
    api: &'static str,
    wire: &'a Wire,
}

impl Round<'_> {
    /// Calls an operation with its sample request, for an item and with other properties in the body.
    async fn call(&self, operation: &str, id: Option<&Value>, properties: Value) -> Seen {
        let all = samples(self.api);
        let mut request = all.into_iter().find(|it| it.operation == operation).expect("the operation exists");
        if let Some(id) = id {
            let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            request.target = format!("{}/{id}", request.target.rsplit_once('/').expect("a path").0);
        }
        if let (Some(Value::Object(body)), Value::Object(properties)) =
            (request.body.as_mut().map(|it| &mut it.value), properties)
        {
            body.extend(properties);
        }
        send(self.wire, &request).await
    }

    /// The body of a success.
    async fn body(&self, operation: &str, id: Option<&Value>, properties: Value) -> Value {
        let seen = self.call(operation, id, properties).await;
        assert!(seen.status.is_success(), "{operation}: {} {}", seen.status, seen.body_text());
        seen.json()
    }

    async fn status(&self, operation: &str, id: &Value) -> u16 {
        self.call(operation, Some(id), Value::Null).await.status.as_u16()
    }
}

/// The items of a list with an identifier.
fn with_id<'a>(items: &'a Value, name: &str, id: &Value) -> Vec<&'a Value> {
    items.as_array().expect("a list").iter().filter(|it| it[name] == *id).collect()
}

#[tokio::test]
async fn a_user_is_created_found_changed_and_deleted() {
    for wire in wires(generated::hbg_ramp::examples::router()).await {
        let round = Round { api: "hbg-ramp", wire: &wire };
        let before = round.body("listTeamUsers", None, Value::Null).await;
        let sent = json!({ "name": "Ada", "email": "ada@example.com", "password": "not for anybody" });
        let created = round.body("createTeamUser", None, sent).await;
        let id = &created["id"];
        assert_eq!((&created["name"], &created["email"]), (&json!("Ada"), &json!("ada@example.com")));
        assert!(id.is_i64() && *id != before["data"][0]["id"], "{created}");
        assert_eq!(created.get("password"), None);

        assert_eq!(round.body("getTeamUser", Some(id), Value::Null).await, created);
        let after = round.body("listTeamUsers", None, Value::Null).await;
        assert_eq!(with_id(&after["data"], "id", id), [&created]);
        assert_eq!(after["meta"]["total"], before["meta"]["total"].as_u64().unwrap() + 1);

        let changed = round.body("updateTeamUser", Some(id), json!({ "name": "Ada L." })).await;
        assert_eq!((&changed["name"], &changed["id"]), (&json!("Ada L."), id));
        assert_eq!(round.body("getTeamUser", Some(id), Value::Null).await, changed);

        assert_eq!(round.status("deleteTeamUser", id).await, 204);
        assert_eq!(round.status("getTeamUser", id).await, 404);
        assert_eq!(round.body("listTeamUsers", None, Value::Null).await, before);
    }
}

#[tokio::test]
async fn a_role_is_created_under_a_uuid_of_its_own() {
    for wire in wires(generated::brms::examples::router()).await {
        let round = Round { api: "brms", wire: &wire };
        let first = round.body("createRole", None, json!({ "name": "First" })).await;
        let second = round.body("createRole", None, json!({ "name": "Second" })).await;
        assert_ne!(first["id"], second["id"]);
        let changed = round.body("updateRole", Some(&first["id"]), json!({ "name": "Other" })).await;
        assert_eq!((&changed["id"], &changed["name"]), (&first["id"], &json!("Other")));
        let list = round.body("listRoles", None, Value::Null).await;
        assert_eq!(with_id(&list["results"], "id", &first["id"])[0]["name"], "Other");
        assert_eq!(with_id(&list["results"], "id", &second["id"])[0]["name"], "Second");
    }
}

/// The responses to writing show the identifier in an envelope, and updates name the item in the body.
#[tokio::test]
async fn an_item_is_known_by_the_identifier_in_an_envelope() {
    for wire in wires(generated::nexudus::examples::router()).await {
        let round = Round { api: "nexudus", wire: &wire };
        let created = round.body("createUser", None, json!({ "FullName": "Ada", "Email": "ada@example.com" })).await;
        let id = &created["Value"]["Id"];
        let found = round.body("getUser", Some(id), Value::Null).await;
        assert_eq!((&found["Id"], &found["FullName"], &found["Email"]), (id, &json!("Ada"), &json!("ada@example.com")));
        let changed = round.body("updateUser", None, json!({ "Id": id, "FullName": "Ada L." })).await;
        assert_eq!(changed["Value"]["Id"], *id);
        let list = round.body("searchUsers", None, Value::Null).await;
        assert_eq!(with_id(&list["Records"], "Id", id)[0]["FullName"], "Ada L.");
        assert_eq!(round.status("deleteUser", id).await, 200);
        assert_eq!(round.status("getUser", id).await, 404);
    }
}

/// Candidates come as forms, and each is shown in a list of one.
#[tokio::test]
async fn what_a_form_says_is_kept() {
    for wire in wires(generated::hbg_portal_v1::examples::router()).await {
        let round = Round { api: "hbg-portal-v1", wire: &wire };
        let created = round.body("v1CreateCandidate", None, json!({ "first_name": "Ada" })).await;
        let id = &created["response"]["candidate_ref"];
        let found = round.body("v1GetCandidate", Some(id), Value::Null).await;
        assert_eq!(
            (&found[0]["candidate"]["candidate_ref"], &found[0]["candidate"]["first_name"]),
            (id, &json!("Ada"))
        );
        let list = round.body("v1ListCandidates", None, Value::Null).await;
        assert_eq!(with_id(&list, "candidate_ref", id)[0]["first_name"], "Ada");
    }
}

/// Properties stand in `attributes` there, as JSON:API has it.
#[tokio::test]
async fn properties_are_kept_where_the_item_has_them() {
    let wire = in_process(generated::nuweb::examples::router());
    let round = Round { api: "nuweb", wire: &wire };
    let created = round.body("createCompanyUser", None, json!({ "email": "ada@example.com" })).await;
    assert_eq!(created["data"]["attributes"]["email"], "ada@example.com");
    let list = round.body("retrieveCompanyUsers", None, Value::Null).await;
    assert_eq!(with_id(&list["data"], "id", &created["data"]["id"])[0]["attributes"]["email"], "ada@example.com");
}

/// `role` is an open set for answers and any text for requests; an identifier is a number for both.
#[tokio::test]
async fn what_nobody_created_is_an_example_that_can_be_changed() {
    let wire = in_process(generated::hbg_ramp::examples::router());
    let round = Round { api: "hbg-ramp", wire: &wire };
    let id = json!(302);
    let example = round.body("getTeamUser", Some(&id), Value::Null).await;
    let changed = round.body("updateTeamUser", Some(&id), json!({ "name": "Ada" })).await;
    assert_eq!((&changed["id"], &changed["email"]), (&id, &example["email"]));
    assert_eq!(round.body("getTeamUser", Some(&id), Value::Null).await, changed);
    let list = round.body("listTeamUsers", None, Value::Null).await;
    assert_eq!(with_id(&list["data"], "id", &id)[0]["name"], "Ada");
    assert_eq!(round.status("getTeamUser", &json!(8)).await, 404);
}

#[tokio::test]
async fn routers_do_not_share_what_they_remember() {
    let router: fn() -> Router = generated::hbg_ramp::examples::router;
    let (one, other) = (in_process(router()), in_process(router()));
    let (one, other) = (Round { api: "hbg-ramp", wire: &one }, Round { api: "hbg-ramp", wire: &other });
    let created = one.body("createTeamUser", None, json!({ "name": "Ada" })).await;
    assert_eq!(one.status("getTeamUser", &created["id"]).await, 200);
    assert_eq!(other.status("getTeamUser", &created["id"]).await, 404);
}

#[tokio::test]
async fn the_oldest_is_forgotten_first() {
    let wire = in_process(generated::hbg_ramp::examples::router());
    let round = Round { api: "hbg-ramp", wire: &wire };
    let first = round.body("createTeamUser", None, json!({ "name": "First" })).await;
    let last = {
        let body = json!({ "name": "Last", "email": "a@example.com", "password": "12345678", "role": "manager" });
        let mut last = Value::Null;
        for _ in 0..1000 {
            let headers = ["authorization: Bearer demo", crate::harness::JSON];
            last = wire.ask("POST /v1/team/users", &headers, body.to_string()).await.json();
        }
        last
    };
    assert_eq!(round.status("getTeamUser", &first["id"]).await, 404);
    assert_eq!(round.body("getTeamUser", Some(&last["id"]), Value::Null).await, last);
}
