//! Paths of servers: a client that is sent to another host keeps them.

use specwright::mock::Credentials;

use super::subject;

const SERVERS: &str = r"
openapi: 3.1.0
info: { title: Bases, version: '1' }
servers:
  - { url: 'https://pets.example/api/v1' }
  - { url: /v2/ }
  - { url: 'https://{tenant}.pets.example/{version}', variables: { tenant: { default: a }, version: { default: v3 } } }
  - { url: 'https://pets.example/a//{b}' }
  - { url: / }
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: It., content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string } } } } } }
  /{word}:
    get:
      operationId: getWord
      parameters: [{ name: word, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: It., content: { text/plain: { schema: { type: string } } } } }
";

#[tokio::test]
async fn operations_are_below_the_paths_of_servers_too() {
    let subject = subject(SERVERS, Credentials::Any);
    for base in ["", "/api/v1", "/v2", "/v3"] {
        let seen = subject.get(&format!("{base}/pets/7")).await;
        assert_eq!((seen.status, seen.json()["id"].as_str()), (200, Some("7")), "{base}");
        assert_eq!(subject.send(&format!("DELETE {base}/pets/7"), &[], "").await.header("allow"), "GET, HEAD, OPTIONS");
    }
    // What a path means of itself comes first.
    assert_eq!(subject.get("/v2").await.status, 200);
    for target in ["/v4/pets/7", "/api/pets/7", "/v2/v2/pets/7", "/pets/7/8"] {
        assert_eq!(subject.get(target).await.status, 404, "{target}");
    }
    assert_eq!(subject.told()[2], "GET /api/v1/pets/7 200 ");
}
