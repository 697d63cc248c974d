//! Texts: as they are in forms, in parts, in parameters and as a body.

use programs::support::http::File;
use programs::wire::operations::{put_note, send_row, send_scopes};

use crate::server::Wire;
use crate::{Failed, ask, body_text, served, watched};

#[tokio::test]
async fn a_part_with_commas_is_a_list_where_the_document_says_so() -> Result<(), Failed> {
    let (wire, router) = served();
    let (client, sent) = watched(router.clone())?;
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        send_row::Request::new(send_row::Body::new(File::new("text"), cells))
    };
    client.send_row(&row(&["a b", "c+d", "100%2C"])).await?;
    assert!(sent.lock().unwrap()[0].body.contains("\r\n\r\na b,c+d,100%2C\r\n"), "{:?}", sent.lock().unwrap()[0]);
    assert_eq!(wire.shown.lock().unwrap().pop().flatten().unwrap_or_default(), r#"["a b", "c+d", "100%2C"]"#);
    let ambiguous = client.send_row(&row(&["a,b", "c"])).await.unwrap_err().to_string();
    assert!(ambiguous.contains("form field `cells`") && ambiguous.contains("comma"), "{ambiguous}");
    Ok(())
}

#[tokio::test]
async fn a_text_or_a_list_in_a_form_is_written_as_either_is() -> Result<(), Failed> {
    let (wire, router) = served();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for (body, expected) in [
        ("scope=abc", r#"Some("String(\"abc\")")"#),
        ("scope=a&scope=b", r#"Some("StringArray([\"a\", \"b\"])")"#),
        ("", "None"),
    ] {
        let (status, response) = ask(&router, "POST /scopes", &form, body).await;
        assert_eq!(status, 204, "{body}: {}", body_text(response).await);
        assert_eq!(format!("{:?}", wire.shown.lock().unwrap().pop().ok_or("nothing")?), expected, "{body}");
    }
    let (client, sent) = watched(router)?;
    let scope = send_scopes::BodyScope::String("a b".to_owned());
    client.send_scopes(&send_scopes::Request::new(send_scopes::Body::default().with_scope(scope))).await?;
    assert_eq!(sent.lock().unwrap()[0].body, "scope=a%20b");
    Ok(())
}

/// An empty text is a text, and text in `content` is no JSON.
#[tokio::test]
async fn text_is_as_it_is() -> Result<(), Failed> {
    let (wire, router) = served();
    let (client, sent) = watched(router.clone())?;
    client.put_note(&put_note::Request::new("").with_about("a \"b\"").with_x_about("c")).await?;
    assert_eq!(sent.lock().unwrap()[0].target, "http://wire.example/note?about=a%20%22b%22");
    assert_eq!(sent.lock().unwrap()[0].header("x-about"), "c");
    let shown = |wire: &Wire| wire.shown.lock().unwrap().pop().flatten().unwrap_or_default();
    assert_eq!(shown(&wire), r#"Some("a \"b\"") Some("c") """#);
    assert_eq!(ask(&router, "PUT /note?about=abc", &[("content-type", "text/plain")], "it").await.0, 204);
    assert_eq!(shown(&wire), r#"Some("abc") None "it""#);
    assert_eq!(ask(&router, "PUT /note", &[], "").await.0, 422, "nothing in no media type is no text");
    Ok(())
}
