//! What the generator makes of texts and names: checks that need a document of their own.

use std::collections::BTreeMap;

use specwright::compile;
use specwright::document::NoFiles;
use specwright::plan::Naming;
use specwright::render::{CrateOptions, Delivery, render};

/// The files of a crate of some documents.
fn generate(documents: &[(&str, &str)]) -> BTreeMap<String, String> {
    let plan = |(name, text): &(&str, &str)| {
        let naming = Naming { name: (*name).to_owned(), source: format!("{name}.yaml") };
        compile(&naming, (*text).to_owned(), &NoFiles).plan.unwrap_or_else(|| panic!("{name} has errors"))
    };
    let plans: Vec<_> = documents.iter().map(plan).collect();
    let options = CrateOptions {
        name: "made".to_owned(),
        description: "Made.".to_owned(),
        workspace: false,
        runtime: Delivery::Copy,
    };
    let files = render(&plans, &options).unwrap();
    files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

const LOGIN: &str = r"
openapi: 3.1.0
info: { title: pa$$word, version: '1', description: 'Try pa$$word.' }
servers: [{ url: 'https://pa$$word.example.com' }]
paths:
  /login/pa$$word:
    post:
      operationId: login
      summary: Log in with pa$$word
      description: 'Such as `pa$$word`.'
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Login' }
            example: { password: pa$$word }
      responses: { '204': { description: 'Good pa$$word.' } }
components:
  schemas:
    Login:
      type: object
      description: 'Holds pa$$word.'
      properties:
        password: { type: string, description: 'Not pa$$word.', enum: [pa$$word, 'pa$word'], default: pa$$word }
        pattern: { type: string, pattern: '^pa\$\$word$' }
        pa$$word: { type: string, const: pa$$word, examples: [pa$$word] }
";

#[test]
fn check_10_dollars_survive_generation_unchanged() {
    let files = generate(&[("login", LOGIN)]);
    let all: String =
        files.iter().filter(|(path, _)| !path.contains("/support/")).map(|(_, text)| text.as_str()).collect();
    for expected in [
        "Try pa$$word.",
        "https://pa$$word.example.com",
        "\"/login/pa$$word\"",
        "Log in with pa$$word",
        "Such as `pa$$word`.",
        "Good pa$$word.",
        "Holds pa$$word.",
        "Not pa$$word.",
        "\"pa$$word\"",
        "\"pa$word\"",
    ] {
        assert!(all.contains(expected), "`{expected}` is missing");
    }
}

const HOOKS: &str = r"
openapi: 3.1.0
info: { title: Hooks, version: '1' }
paths: {}
components:
  schemas:
    WebhookEndpoint:
      type: object
      required: [url]
      properties: { PROPERTY: { type: string } }
";

#[test]
fn check_18_two_documents_with_one_name_have_separate_modules() {
    let (left, right) = (HOOKS.replace("PROPERTY", "secret_ref"), HOOKS.replace("PROPERTY", "event_types"));
    let files = generate(&[("portal-v2", &left), ("ramp", &right)]);
    let one = &files["src/portal_v2/models/webhook_endpoint.rs"];
    let two = &files["src/ramp/models/webhook_endpoint.rs"];
    assert!(one.contains("optional secret_ref ") && !one.contains("event_types"), "{one}");
    assert!(two.contains("optional event_types ") && !two.contains("secret_ref"), "{two}");
    assert!(files["src/lib.rs"].contains("pub mod portal_v2;"));
    assert!(files["src/lib.rs"].contains("pub mod ramp;"));
}

#[test]
fn check_18_types_of_one_name_in_two_apis_are_two_types() {
    let laravel = generated::nuweb::models::Error::new("no");
    let nest = generated::brms::models::Error::new(404, "no".to_owned().into());
    assert_eq!(serde_json::to_value(&laravel).unwrap(), serde_json::json!({ "message": "no" }));
    assert_eq!(serde_json::to_value(&nest).unwrap(), serde_json::json!({ "statusCode": 404, "message": "no" }));
}
