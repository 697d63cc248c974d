//! Identifiers agree: what a list shows is found, what is created as well, and everything else is not.

use serde_json::json;
use specwright::mock::Credentials;

use super::{Subject, library, subject};

const TOKEN: (&str, &str) = ("authorization", "Bearer x");

async fn titles(library: &Subject, target: &str) -> Vec<String> {
    let list = library.get(target).await.json();
    let titles = list["data"].as_array().expect("books").iter();
    titles.map(|it| it["title"].as_str().expect("a title").to_owned()).collect()
}

#[tokio::test]
async fn what_a_list_shows_is_found_under_its_identifier() {
    let library = library();
    for book in library.get("/books").await.json()["data"].as_array().expect("books") {
        let found = library.get(&format!("/books/{}", book["id"].as_str().expect("an id"))).await;
        assert_eq!((found.status, &found.json()["title"]), (200, &book["title"]));
    }
    // What only the item shows stays, and so does what the list says about another one.
    assert_eq!(
        library.get("/books/b1").await.json(),
        json!({ "id": "b1", "title": "Emma", "genre": "novel", "pages": 474 })
    );
    assert_eq!(library.get("/books/b2").await.json()["genre"], "verse");
    // The document shows this identifier for the path.
    assert_eq!(library.get("/books/b9").await.json()["id"], "b9");
}

#[tokio::test]
async fn other_identifiers_are_not_found_whether_that_is_documented_or_not() {
    let library = library();
    let missing = library.get("/books/b7").await;
    assert_eq!((missing.status, missing.header("content-type")), (404, "application/json"));
    assert!(missing.json()["message"].is_string(), "{missing:?}");
    let undocumented = library.send("DELETE /books/b7", &[TOKEN], "").await;
    assert_eq!((undocumented.status, undocumented.header("content-type")), (404, "application/problem+json"));
    assert_eq!(library.get("/books/b7/loans").await.status, 404);
    assert_eq!(library.get("/books/b2/loans").await.status, 200);
    // What is no identifier at all is wrong in another way.
    assert_eq!(library.send("DELETE /books/b", &[TOKEN], "").await.status, 400);
}

#[tokio::test]
async fn what_is_deleted_is_gone_from_everywhere() {
    let library = library();
    assert_eq!(library.send("DELETE /books/b2", &[TOKEN], "").await.status, 204);
    assert_eq!(library.get("/books/b2").await.status, 404);
    assert_eq!(library.get("/books/b2/loans").await.status, 404);
    assert_eq!(library.send("DELETE /books/b2", &[TOKEN], "").await.status, 404);
    assert_eq!(titles(&library, "/books").await, ["Emma", "Ivanhoe"]);
    assert_eq!(library.get("/books").await.json()["total"], 2);
}

#[tokio::test]
async fn what_is_created_is_listed_and_found_and_changed() {
    let library = library();
    let made = library.send("POST /books", &[TOKEN], r#"{"title": "Middlemarch", "genre": "novel"}"#).await;
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!((made.status, made.header("location")), (201, format!("/books/{id}").as_str()));
    assert_eq!(titles(&library, "/books").await, ["Emma", "Odes", "Ivanhoe", "Middlemarch"]);
    assert_eq!(library.get(&format!("/books/{id}")).await.json()["title"], "Middlemarch");
    let line = format!("PATCH /books/{id}");
    assert_eq!(library.send(&line, &[TOKEN], r#"{"title": "Romola"}"#).await.json()["title"], "Romola");
    let changed = library.get(&format!("/books/{id}")).await.json();
    assert_eq!((&changed["title"], &changed["genre"]), (&json!("Romola"), &json!("novel")));
    // A part of one that the document shows.
    let changed = library.send("PATCH /books/b2", &[TOKEN], r#"{"title": "Sonnets"}"#).await.json();
    assert_eq!((&changed["title"], &changed["genre"]), (&json!("Sonnets"), &json!("verse")));
    assert_eq!(titles(&library, "/books?genre=verse").await, ["Sonnets"]);
}

#[tokio::test]
async fn lists_have_pages_and_filters() {
    let library = library();
    let page = library.get("/books?limit=2").await.json();
    assert_eq!((&page["total"], &page["limit"], &page["has_more"]), (&json!(3), &json!(2), &json!(true)));
    assert_eq!(titles(&library, "/books?limit=2").await, ["Emma", "Odes"]);
    assert_eq!(titles(&library, "/books?limit=2&offset=2").await, ["Ivanhoe"]);
    assert_eq!(titles(&library, "/books?offset=9").await, [""; 0]);
    assert_eq!(titles(&library, "/books?genre=novel").await, ["Emma", "Ivanhoe"]);
    let none = library.get("/books?genre=drama").await.json();
    assert_eq!((&none["data"], &none["total"]), (&json!([]), &json!(0)));
    assert_eq!(library.get("/books?limit=0").await.status, 400);
}

/// `/pet/findByTag` looks at the pets of `/pet/{pet}`; identifiers are numbers here.
#[tokio::test]
async fn another_way_to_look_at_a_collection_shows_its_items() {
    let pets = subject(
        "
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pet:
    post:
      operationId: addPet
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
  /pet/findByTag:
    get:
      operationId: findByTag
      parameters: [{ name: tag, in: query, schema: { type: string } }]
      responses:
        '200':
          description: They.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Pet' } }
              example: [{ id: 4, tag: red }, { id: 5, tag: blue }]
  /pet/{petId}:
    get:
      operationId: getPet
      parameters: [{ name: petId, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas:
    Pet: { type: object, required: [id], properties: { id: { type: integer, example: 10 }, tag: { type: string } } }
",
        Credentials::Any,
    );
    assert_eq!(pets.get("/pet/findByTag?tag=blue").await.json(), json!([{ "id": 5, "tag": "blue" }]));
    assert_eq!(pets.get("/pet/5").await.json(), json!({ "id": 5, "tag": "blue" }));
    assert_eq!(pets.get("/pet/6").await.status, 404);
    pets.send("POST /pet", &[], r#"{"id": 6, "tag": "green"}"#).await;
    assert_eq!(pets.get("/pet/6").await.json()["tag"], "green");
    assert_eq!(pets.get("/pet/findByTag?tag=green").await.json(), json!([{ "id": 6, "tag": "green" }]));
}

/// Passwords at the top, in an object, in a list, behind a reference and in one branch of a union.
const ACCOUNTS: &str = r"
openapi: 3.1.0
info: { title: Accounts, version: '1' }
paths:
  /accounts:
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Account' } } } }
      responses: { '201': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Account' } } } } }
  /accounts/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: It.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Account' }
              examples:
                whole: { value: { id: a1, secret: s, login: { name: Jo, secret: s }, more: [{ name: Mo, secret: s }], kind: { card: 1, secret: s } } }
                public: { value: { id: a1, secret: s, login: { name: Jo }, kind: { open: true, secret: told } } }
components:
  schemas:
    Secret: { type: string, writeOnly: true }
    Login: { type: object, required: [name, secret], properties: { name: { type: string }, secret: { $ref: '#/components/schemas/Secret' } } }
    Account:
      type: object
      properties:
        id: { type: string, readOnly: true }
        secret: { $ref: '#/components/schemas/Secret' }
        login: { $ref: '#/components/schemas/Login' }
        more: { type: array, items: { allOf: [{ $ref: '#/components/schemas/Login' }] } }
        kind:
          oneOf:
            - { type: object, required: [card], properties: { card: { type: integer }, secret: { type: string, writeOnly: true } } }
            - { type: object, required: [open], properties: { open: { type: boolean }, secret: { type: string } } }
";

#[tokio::test]
async fn what_clients_never_see_is_hidden_however_deep_it_is() {
    let accounts = subject(ACCOUNTS, Credentials::Any);
    let named = async |name: &str| accounts.send("GET /accounts/a1", &[("prefer", name)], "").await.json();
    let whole = named("example=whole").await;
    assert_eq!(whole, json!({"id": "a1", "login": {"name": "Jo"}, "more": [{"name": "Mo"}], "kind": {"card": 1}}));
    let public = named("example=public").await;
    assert_eq!(public["kind"], json!({"open": true, "secret": "told"}), "another branch has this in the open");
    assert_eq!((&public["secret"], &public["login"]), (&json!(null), &json!({"name": "Jo"})));

    let new = json!({"secret": "s", "login": {"name": "Bo", "secret": "s"}, "more": [{"name": "Ed", "secret": "s"}]});
    let made = accounts.send("POST /accounts", &[("content-type", "application/json")], &new.to_string()).await;
    assert_eq!((made.status, &made.json()["login"]), (201, &json!({"name": "Bo"})), "{made:?}");
    assert_eq!((&made.json()["more"], made.json().get("secret")), (&json!([{"name": "Ed"}]), None));
    let found = accounts.get(&format!("/accounts/{}", made.json()["id"].as_str().unwrap_or_default())).await;
    assert!(found.status == 200 && found.text.contains("Bo") && !found.text.contains("secret"), "{found:?}");
}

/// The document lets clients send any text, and says which ones it answers with.
#[tokio::test]
async fn what_a_client_says_is_shown_only_where_the_document_knows_it() {
    let domains = subject(
        r"
openapi: 3.1.0
info: { title: Domains, version: '1' }
paths:
  /domains:
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, properties: { mode: { type: string } } } } }
      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Domain' } } } } }
  /domains/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Domain' } } } } }
components:
  schemas:
    Domain:
      type: object
      required: [id, mode]
      properties: { id: { type: string, example: d1 }, mode: { type: string, enum: [manual, automatic] } }
",
        Credentials::Any,
    );
    let post = async |mode: &str| {
        let body = json!({ "mode": mode }).to_string();
        domains.send("POST /domains", &[("content-type", "application/json")], &body).await.json()
    };
    assert_eq!(post("automatic").await["mode"], "automatic");
    let made = post("never heard of").await;
    assert_eq!(made["mode"], "manual");
    let found = domains.get(&format!("/domains/{}", made["id"].as_str().unwrap_or_default())).await.json();
    assert_eq!(found["mode"], "manual");
}

const PARCELS: &str = r"
openapi: 3.1.0
info: { title: Parcels, version: '1' }
paths:
  /parcels:
    post:
      operationId: add
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } } }
      responses: { '201': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } } } }
  /parcels/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, pattern: '^[a-z]{3}-[A-Z]$' } }]
    get: { operationId: get, responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Parcel' } } } } } }
components:
  schemas:
    Parcel: { type: object, properties: { id: { type: string, example: xyz-Z }, size: { type: integer } } }
";

#[tokio::test]
async fn a_new_identifier_is_one_that_a_path_may_have() {
    let parcels = subject(PARCELS, Credentials::Any);
    for id in ["xza-A", "xza-B"] {
        let made = parcels.send("POST /parcels", &[], r#"{"size": 3}"#).await.json();
        assert_eq!(made, json!({ "id": id, "size": 3 }));
        assert_eq!(parcels.get(&format!("/parcels/{id}")).await.json(), made);
    }
}

const PETS: &str = r"
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    post:
      operationId: add
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '201': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get, responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } } }
components:
  schemas:
    Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
    Cat: { type: object, required: [kind, name], properties: { id: { type: string }, kind: { const: cat }, name: { type: string, example: Tom }, voice: { type: string } } }
    Dog: { type: object, required: [kind, name], properties: { id: { type: string }, kind: { const: dog }, name: { type: string }, bark: { type: string } } }
";

/// Open objects take whatever a branch does not name, and nobody sent that.
#[tokio::test]
async fn an_item_that_only_names_its_branch_has_nothing_of_another_one() {
    let pets = subject(PETS, Credentials::Any);
    let made = pets.send("POST /pets", &[], r#"{"kind": "dog", "name": "Rex"}"#).await.json();
    assert_eq!(made, json!({ "id": "example-1", "kind": "dog", "name": "Rex" }));
    assert_eq!(pets.get("/pets/example-1").await.json(), made);
    let made = pets.send("POST /pets", &[], r#"{"kind": "cat", "name": "Kit"}"#).await.json();
    assert_eq!(made, json!({ "id": "example-2", "kind": "cat", "name": "Kit", "voice": "example" }));
}

const SHAPES: &str = r"
openapi: 3.1.0
info: { title: Shapes, version: '1' }
paths:
  /shapes:
    get: { operationId: list, responses: { '200': { description: They., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Shape' } } } } } } }
    post:
      operationId: add
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Shape' } } } }
      responses: { '201': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Shape' } } } } }
  /shapes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get, responses: { '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Shape' } } } } } }
components:
  schemas:
    Shape: { oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Box' }], discriminator: { propertyName: kind } }
    Circle: { type: object, required: [kind, radius], properties: { kind: { const: Circle }, id: { type: string }, radius: { type: integer } } }
    Box: { type: object, required: [kind], additionalProperties: false, properties: { kind: { const: Box }, id: { type: string }, width: { type: integer }, key: { type: string, writeOnly: true } } }
";

#[tokio::test]
async fn an_item_of_another_branch_than_the_example_is_itself() {
    let subject = subject(SHAPES, Credentials::Any);
    let made = subject.send("POST /shapes", &[], r#"{"kind": "Box", "width": 3, "key": "k"}"#).await;
    assert_eq!(made.json(), json!({ "id": "example-1", "kind": "Box", "width": 3 }));
    subject.send("POST /shapes", &[], r#"{"kind": "Circle", "radius": 7}"#).await;
    assert_eq!(subject.get("/shapes/example-1").await.json(), made.json());
    assert_eq!(
        subject.get("/shapes").await.json(),
        json!([
            { "id": "example", "kind": "Circle", "radius": 1 },
            { "id": "example-1", "kind": "Box", "width": 3 },
            { "id": "example-2", "kind": "Circle", "radius": 7 }
        ])
    );
}
