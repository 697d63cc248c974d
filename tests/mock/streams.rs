//! Streams: each item stands as its media type frames it.

use specwright::mock::Credentials;

use super::{Subject, subject};

const STREAMS: &str = r"
openapi: 3.2.0
info: { title: Streams, version: '1' }
paths:
  /lines: { get: { operationId: lines, responses: { '200': { description: They., content: { application/x-ndjson: { schema: { $ref: '#/components/schemas/Reading' } } } } } } }
  /list: { get: { operationId: list, responses: { '200': { description: They., content: { application/jsonl: { schema: { type: array, minItems: 2, items: { type: integer } } } } } } } }
  /items: { get: { operationId: items, responses: { '200': { description: They., content: { application/json-seq: { itemSchema: { $ref: '#/components/schemas/Reading' } } } } } } }
  /events: { get: { operationId: events, responses: { '200': { description: They., content: { text/event-stream: { schema: { $ref: '#/components/schemas/Reading' } } } } } } }
  /texts: { get: { operationId: texts, responses: { '200': { description: They., content: { text/event-stream: { schema: { type: string }, example: one } } } } } }
  /framed: { get: { operationId: framed, responses: { '200': { description: They., content: { text/event-stream: { schema: { type: string }, example: 'event: a

data: one

' } } } } } }
  /sequence: { get: { operationId: sequence, responses: { '200': { description: They., content: { application/geo+json-seq: { itemSchema: { type: string, example: one } } } } } } }
  /words: { get: { operationId: words, responses: { '200': { description: They., content: { application/jsonl: { schema: { type: array, minItems: 1, items: { type: string, example: one } } } } } } } }
  /written: { get: { operationId: written, responses: { '200': { description: They., content: { application/jsonl: { itemSchema: {}, example: '[1]

2

' } } } } } }
  /differing:
    get:
      operationId: differing
      responses:
        '200':
          description: They.
          content:
            text/event-stream:
              itemSchema:
                oneOf:
                  - { type: object, required: [event], properties: { event: { const: added }, data: { type: string } } }
                  - { type: object, required: [event], properties: { event: { const: gone }, data: { type: integer } } }
  /parts:
    get:
      operationId: parts
      responses:
        '200':
          description: They.
          content:
            text/event-stream:
              itemSchema:
                allOf:
                  - { type: object, properties: { event: { type: string }, data: { type: string } } }
                  - { type: object, properties: { data: { contentSchema: { $ref: '#/components/schemas/Reading' } } } }
components:
  schemas:
    Reading: { type: object, required: [n], properties: { n: { type: integer } } }
";

fn streams() -> Subject {
    subject(STREAMS, Credentials::Any)
}

const SENT: &str = r"
openapi: 3.1.0
info: { title: Sent, version: '1' }
paths:
  /lines:
    post:
      operationId: sendLines
      requestBody: { required: true, content: { application/jsonl: { schema: { type: array, items: { type: object, required: [n], properties: { n: { type: integer } } } } } } }
      responses: { '204': { description: Taken. } }
  /bytes:
    put:
      operationId: sendBytes
      requestBody: { required: true, content: { application/octet-stream: {} } }
      responses: { '204': { description: Taken. } }
  /either:
    get:
      operationId: either
      responses:
        '200':
          description: It.
          content: { '*/*': {}, application/octet-stream: {}, application/json: { schema: { type: integer, example: 7 } } }
";

/// A stand-in reads a stream to its end, and looks at each of its items.
#[tokio::test]
async fn streams_that_are_sent_are_read() {
    let sent = subject(SENT, Credentials::Any);
    let post = async |body: &str| {
        let request = axum::http::Request::post("/lines").header("content-type", "application/jsonl");
        let request = request.body(axum::body::Body::from(body.to_owned())).expect("a request");
        tower::ServiceExt::oneshot(sent.router.clone(), request).await.expect("an answer").status().as_u16()
    };
    assert_eq!(post("{\"n\": 1}\n{\"n\": 2}\n").await, 204);
    assert_eq!(post("{\"n\": 1}\n{\"n\": true}\n").await, 422);
    assert_eq!(post("{\"n\": 1}\n{\"n\"").await, 400);
    let told = sent.told();
    assert_eq!(told[1], "POST /lines 422 /body/1/n: must be an integer (type)");
}

#[tokio::test]
async fn whoever_takes_anything_gets_json() {
    let sent = subject(SENT, Credentials::Any);
    for accept in ["*/*", "application/json;q=0.5, */*;q=0.5"] {
        let seen = sent.send("GET /either", &[("accept", accept)], "").await;
        assert_eq!((seen.header("content-type"), seen.text.as_str()), ("application/json", "7"), "{accept}");
    }
    let seen = sent.send("GET /either", &[("accept", "application/octet-stream")], "").await;
    assert_eq!(seen.header("content-type"), "application/octet-stream");
}

#[tokio::test]
async fn each_item_is_framed() {
    let streams = streams();
    for (path, expected) in [
        ("/lines", "{\"n\":1}\n"),
        ("/list", "1\n2\n"),
        ("/items", "\u{1e}{\"n\":1}\n"),
        ("/events", "data: {\"n\":1}\n\n"),
        ("/texts", "data: one\n\n"),
        ("/framed", "event: a\ndata: one\n"),
        ("/sequence", "\u{1e}\"one\"\n"),
        ("/words", "\"one\"\n"),
        ("/written", "[1]\n2\n"),
        ("/differing", "data: example\n\n"),
        ("/parts", "data: {\"n\":1}\n\n"),
    ] {
        for target in [path.to_owned(), format!("{path}?__code=200")] {
            let seen = streams.get(&target).await;
            assert_eq!((seen.status, seen.text.as_str()), (200, expected), "{target}");
        }
    }
}
