//! The server of these tests.

use std::sync::{Arc, Mutex};

use programs::support::http::{Binary, ByteStream, RawResponse};
use programs::support::server::{ApiKey, Context, Denied, Failure};
use programs::wire::models::{Fault, Item};
use programs::wire::operations::{
    get_file, get_image, get_item, get_lists, get_number, head_file, left_open, narrow, only, open_session, put_color, put_image, put_item,
    put_note, put_number, search, see_session, send_parts, send_row, send_scopes,
};
use programs::wire::server::Api;

/// A server that remembers what it was given, and answers what it is told.
#[derive(Default)]
pub(crate) struct Wire {
    pub(crate) items: Mutex<Vec<send_parts::Body>>,
    pub(crate) lists: Mutex<Vec<get_lists::Request>>,
    pub(crate) searches: Mutex<Vec<search::Request>>,
    pub(crate) shown: Mutex<Vec<Option<String>>>,
    pub(crate) image: Mutex<Option<&'static str>>,
    pub(crate) tags: Mutex<Vec<&'static str>>,
}

/// The server that several tests look into.
pub(crate) struct Shared(pub(crate) Arc<Wire>);

impl Api for Shared {
    type Principal = ();
    type Error = Failure;

    async fn sid_and_key(&self, sid: ApiKey, key: ApiKey, _: &Context) -> Result<(), Denied> {
        let is_right = sid.0.expose() == SID && key.0.expose() == KEY;
        if is_right { Ok(()) } else { Err(Denied::Unauthorized) }
    }

    async fn sid(&self, sid: ApiKey, _: &Context) -> Result<(), Denied> {
        if sid.0.expose() == SID { Ok(()) } else { Err(Denied::Unauthorized) }
    }

    async fn token(&self, token: ApiKey, _: &Context) -> Result<(), Denied> {
        if token.0.expose() == TOKEN { Ok(()) } else { Err(Denied::Unauthorized) }
    }

    async fn search(&self, _: (), request: search::Request, _: &Context) -> Result<search::Response, Failure> {
        self.0.searches.lock().unwrap().push(request);
        Ok(search::Response::NoContent)
    }

    async fn narrow(&self, _: (), request: narrow::Request, _: &Context) -> Result<narrow::Response, Failure> {
        self.0.shown.lock().unwrap().push(request.paging.map(|it| format!("{:?}", it.page)));
        Ok(narrow::Response::NoContent)
    }

    async fn left_open(&self, _: left_open::Request, context: &Context) -> Result<left_open::Response, Failure> {
        let status = context.header("x-status").and_then(|it| it.parse().ok()).unwrap_or(200);
        let body = RawResponse::bytes(status, "text/html", "<h1>no</h1>");
        Ok(match status {
            200 => left_open::Response::Ok("it".to_owned()),
            500.. => left_open::Response::ServerError(body),
            _ => left_open::Response::Default { x_reason: Some("tea".to_owned()), body },
        })
    }

    async fn only(&self, _: only::Request, _: &Context) -> Result<only::Response, Failure> {
        Ok(only::Response::Default(RawResponse::bytes(203, "text/csv", "a,b")))
    }

    async fn send_parts(&self, request: send_parts::Request, _: &Context) -> Result<send_parts::Response, Failure> {
        self.0.items.lock().unwrap().push(request.body);
        Ok(send_parts::Response::NoContent)
    }

    async fn send_row(&self, request: send_row::Request, _: &Context) -> Result<send_row::Response, Failure> {
        self.0.shown.lock().unwrap().push(Some(format!("{:?}", request.body.cells)));
        Ok(send_row::Response::NoContent)
    }

    async fn send_scopes(&self, request: send_scopes::Request, _: &Context) -> Result<send_scopes::Response, Failure> {
        self.0.shown.lock().unwrap().push(request.body.scope.map(|it| format!("{it:?}")));
        Ok(send_scopes::Response::NoContent)
    }

    async fn put_note(&self, request: put_note::Request, _: &Context) -> Result<put_note::Response, Failure> {
        let put_note::Request { about, x_about, body, .. } = request;
        self.0.shown.lock().unwrap().push(Some(format!("{about:?} {x_about:?} {body:?}")));
        Ok(put_note::Response::NoContent)
    }

    async fn get_image(&self, _: get_image::Request, _: &Context) -> Result<get_image::Response, Failure> {
        Ok(match *self.0.image.lock().unwrap() {
            Some(media_type) => get_image::Response::Ok(Binary::new(media_type, "picture")),
            None => get_image::Response::NotFound(Fault::new("no picture")),
        })
    }

    async fn put_image(&self, request: put_image::Request, _: &Context) -> Result<put_image::Response, Failure> {
        self.0.shown.lock().unwrap().push(Some(request.body.media_type));
        Ok(put_image::Response::NoContent)
    }

    async fn get_lists(&self, _: (), request: get_lists::Request, _: &Context) -> Result<get_lists::Response, Failure> {
        self.0.lists.lock().unwrap().push(request);
        let tags: Vec<_> = self.0.tags.lock().unwrap().iter().map(|it| (*it).to_owned()).collect();
        Ok(get_lists::Response::NoContent { x_list: Some(tags).filter(|it| !it.is_empty()) })
    }

    async fn head_file(&self, _: head_file::Request, _: &Context) -> Result<head_file::Response, Failure> {
        Ok(head_file::Response::Ok { content_length: Some(4096), e_tag: Some("\"one\"".to_owned()) })
    }

    async fn get_file(&self, _: get_file::Request, _: &Context) -> Result<get_file::Response, Failure> {
        Ok(get_file::Response::Ok(ByteStream::from("bytes")))
    }

    async fn get_number(&self, _: get_number::Request, _: &Context) -> Result<get_number::Response, Failure> {
        Ok(get_number::Response::Ok(get_number::OkBody(-7)))
    }

    async fn put_number(&self, request: put_number::Request, _: &Context) -> Result<put_number::Response, Failure> {
        self.0.shown.lock().unwrap().push(Some(request.body.0.to_string()));
        Ok(put_number::Response::NoContent)
    }

    async fn get_item(&self, _: get_item::Request, context: &Context) -> Result<get_item::Response, Failure> {
        Ok(get_item::Response::Ok(match context.header("accept").unwrap_or_default() {
            "application/json; version=2" => get_item::OkBody::JsonVersion2(Fault::new("two")),
            "application/json; version=3" => get_item::OkBody::JsonVersion3(get_item::OkBodyJsonVersion3::new(3)),
            _ => get_item::OkBody::JsonVersion1(Item::new("one")),
        }))
    }

    async fn open_session(&self, _: open_session::Request, _: &Context) -> Result<open_session::Response, Failure> {
        let tags: Vec<_> = self.0.tags.lock().unwrap().iter().map(|it| (*it).to_owned()).collect();
        Ok(open_session::Response::NoContent { set_cookie: Some(tags), link: None, x_count: None })
    }

    async fn see_session(&self, _: see_session::Request, _: &Context) -> Result<see_session::Response, Failure> {
        Ok(see_session::Response::Ok { set_cookie: Some("a=1\r\nb=2".to_owned()) })
    }

    async fn put_item(&self, request: put_item::Request, _: &Context) -> Result<put_item::Response, Failure> {
        Ok(put_item::Response::Ok(request.body))
    }

    async fn put_color(&self, request: put_color::Request, _: &Context) -> Result<put_color::Response, Failure> {
        Ok(put_color::Response::Ok(match request.body {
            put_color::Body::Red => put_color::OkBody::Green,
            _ => put_color::OkBody::Red,
        }))
    }
}

/// Values with signs that RFC 6265 lets a cookie have, and that a header has as they are.
pub(crate) const SID: &str = "a/b+c=d:e!f";
pub(crate) const KEY: &str = "a-b.c_d~e";
/// One that a query has as it is, but for the plus sign, which forms read as a space.
pub(crate) const TOKEN: &str = "t-o.k_e~n+";
