//! Values and media types that are rarely met: integers of any size, `null` alone, HEAD, ranges, and lists whose items
//! hold their delimiter.

use specwright::mock::Credentials;

use super::{Subject, subject};

const KINDS: &str = r"
openapi: 3.1.0
info: { title: Kinds, version: '1' }
paths:
  /large:
    get:
      operationId: getLarge
      responses:
        '200': { description: It., content: { application/json: { schema: { type: integer, minimum: 18446744073709551616 } } } }
    put:
      operationId: putLarge
      requestBody: { required: true, content: { application/json: { schema: { type: integer } } } }
      responses: { '204': { description: Done. } }
  /nothing:
    get:
      operationId: getNothing
      responses:
        '200':
          description: It.
          content:
            application/json:
              schema: { type: object, required: [is, was], properties: { is: { enum: [null] }, was: { type: 'null' } } }
    put:
      operationId: putNothing
      requestBody: { required: true, content: { application/json: { schema: { enum: [null] } } } }
      responses: { '204': { description: Done. } }
  /file:
    get:
      operationId: getFile
      responses:
        '200': { description: It., content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } } }
  /own:
    head:
      operationId: headOwn
      responses: { '200': { description: It is there., headers: { Content-Length: { schema: { type: integer }, example: 4096 } } } }
  /listed:
    get:
      operationId: getListed
      responses:
        '200':
          description: It.
          headers:
            X-Tags: { required: true, schema: { type: array, minItems: 1, items: { type: string, example: 'a,b' } } }
            X-Sizes: { required: true, example: { a: 'b,c' }, schema: { type: object, required: [a], properties: { a: { type: string } } } }
            X-Until: { required: true, schema: { type: string }, example: 'Wed, 21 Oct 2015 07:28:00 GMT' }
            X-Name: { required: true, schema: { type: string, example: ' naïve ' } }
            X-None: { schema: { type: array, minItems: 1, items: { enum: ['a,b'] } } }
          content: { application/json: { schema: { type: boolean } } }
  /image:
    get:
      operationId: getImage
      responses: { '200': { description: It., content: { 'image/*': { schema: { type: string, format: binary } } } } }
    put:
      operationId: putImage
      requestBody: { required: true, content: { 'image/*': { schema: { type: string, format: binary } } } }
      responses: { '204': { description: Done. } }
  /pet:
    get:
      operationId: getPet
      responses: { '200': { description: It., content: { '*/*': { schema: { type: object, required: [name], properties: { name: { type: string, minLength: 1 } } } } } } }
  /lists/{ids}:
    get:
      operationId: getLists
      parameters:
        - { name: ids, in: path, required: true, schema: { type: array, maxItems: 2, items: { type: string } } }
        - { name: comma, in: query, style: form, explode: false, schema: { type: array, maxItems: 2, items: { type: string } } }
        - { name: piped, in: query, style: pipeDelimited, explode: false, schema: { type: array, maxItems: 2, items: { type: string } } }
      responses:
        '204': { description: Seen. }
";

const JSON: (&str, &str) = ("content-type", "application/json");

fn kinds() -> Subject {
    subject(KINDS, Credentials::Any)
}

/// What an author shows and no header carries gives way to what the schema allows.
#[tokio::test]
async fn headers_hold_what_a_header_can_carry() {
    let mock = kinds();
    for line in ["GET /listed", "GET /listed?__dynamic=true", "GET /listed?__code=200"] {
        let seen = mock.send(line, &[], "").await;
        assert_eq!(seen.status, 200, "{line}: {}", seen.text);
        assert_eq!(seen.header("x-until"), "Wed, 21 Oct 2015 07:28:00 GMT", "{line}");
        let (tags, sizes) = (seen.header("x-tags"), seen.header("x-sizes"));
        assert!(!tags.is_empty() && !tags.contains("a,b"), "{line}: `{tags}`");
        assert!(sizes.starts_with("a,") && sizes.matches(',').count() == 1, "{line}: `{sizes}`");
        assert!(!seen.header("x-name").is_empty() && seen.header("x-none").is_empty(), "{line}");
    }
}

#[tokio::test]
async fn integers_have_any_size() {
    let kinds = kinds();
    let large = kinds.get("/large").await;
    assert_eq!((large.status, large.json().as_f64()), (200, Some(18_446_744_073_709_551_616.0)), "{large:?}");
    for (body, status) in [("1180591620717411303424", 204), ("-1180591620717411303424", 204), ("1.5", 422)] {
        assert_eq!(kinds.send("PUT /large", &[JSON], body).await.status, status, "{body}");
    }
}

#[tokio::test]
async fn null_alone_is_a_value() {
    let kinds = kinds();
    assert_eq!(kinds.get("/nothing").await.text, r#"{"is":null,"was":null}"#);
    assert_eq!(kinds.send("PUT /nothing", &[JSON], "null").await.status, 204);
    assert_eq!(kinds.send("PUT /nothing", &[JSON], "0").await.status, 422);
}

#[tokio::test]
async fn head_is_answered_without_a_body() {
    let kinds = kinds();
    let (get, head) = (kinds.get("/file").await, kinds.send("HEAD /file", &[], "").await);
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.text.len().to_string());
    let own = kinds.send("HEAD /own", &[], "").await;
    assert_eq!((own.status, own.header("content-length")), (200, "4096"));
    assert_eq!(kinds.get("/own").await.status, 405);
}

#[tokio::test]
async fn a_range_is_answered_in_a_media_type_of_it() {
    let kinds = kinds();
    for accept in ["image/png", "image/*", "*/*"] {
        let image = kinds.send("GET /image", &[("accept", accept)], "").await;
        let media_type = image.header("content-type").to_owned();
        assert!(image.status == 200 && !media_type.contains('*'), "{accept}: {image:?}");
    }
    assert_eq!(kinds.send("GET /image", &[("accept", "text/html")], "").await.status, 406);
    assert_eq!(kinds.send("PUT /image", &[("content-type", "image/webp")], "picture").await.status, 204);
    assert_eq!(kinds.send("PUT /image", &[("content-type", "text/html")], "picture").await.status, 415);
    let pet = kinds.get("/pet").await;
    assert_eq!((pet.status, pet.header("content-type")), (200, "application/json"));
    assert!(pet.json()["name"].is_string(), "{pet:?}");
}

#[tokio::test]
async fn items_keep_their_delimiter_where_it_is_escaped() {
    let kinds = kinds();
    for (target, status) in [
        ("/lists/a,b", 204),
        ("/lists/a%2Cb,c", 204),
        ("/lists/a,b,c", 400),
        ("/lists/a?comma=a%2Cb,c", 204),
        ("/lists/a?comma=a,b,c", 400),
        ("/lists/a?piped=a%7Cb", 204),
        ("/lists/a?piped=a%7Cb%7Cc", 400),
    ] {
        let seen = kinds.get(target).await;
        assert_eq!(seen.status, status, "{target}: {seen:?}");
    }
}

/// A parameter has the name of a member that is no list of messages, so the messages go where there is room for them.
#[tokio::test]
async fn a_refusal_is_in_its_form_whatever_parameters_are_called() {
    let errors = subject(
        r"
openapi: 3.1.0
info: { title: Errors, version: '1' }
paths:
  /errors:
    get:
      operationId: getErrors
      parameters: [{ name: id, in: query, required: true, schema: { type: string } }]
      responses:
        '204': { description: None. }
        '400':
          description: Wrong.
          content:
            application/json:
              schema:
                type: object
                required: [error]
                properties:
                  error: { type: object, properties: { id: { enum: [quota, other] }, message: { type: string } } }
",
        Credentials::Any,
    );
    let refused = errors.get("/errors").await;
    assert_eq!(refused.status, 400, "{refused:?}");
    assert_eq!(refused.text, r#"{"error":{"message":"/query/id: is missing (required)"}}"#);
}

/// The document says nothing about the body of the success, so nobody is refused for asking for one.
#[tokio::test]
async fn a_success_without_a_body_is_for_whoever_asks() {
    let exports = subject(
        r"
openapi: 3.0.3
info: { title: Exports, version: '1' }
paths:
  /exports/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: rows, in: query, schema: { type: integer } }
      responses:
        '200': { description: The file. }
        '404': { description: None., content: { application/json: { schema: { type: object } } } }
",
        Credentials::Any,
    );
    let ask = async |line: &str| exports.send(line, &[("accept", "application/octet-stream")], "").await.status;
    assert_eq!(ask("GET /exports/1").await, 200);
    assert_eq!(ask("GET /exports/1?rows=31058650623081200229975851008").await, 200, "an integer has any size");
    assert_eq!(ask("GET /exports/1?rows=3.5").await, 400);
}
