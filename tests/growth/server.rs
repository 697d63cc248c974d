//! A program that serves the shop, the way that the promise asks for.

use growth::MODULE::models::{Card, Order, Orders, Parcel, Payment, Problem, Receipt, State, Voucher, Wrapping};
use growth::MODULE::operations::{create_order, fill_shelf, list_orders, put_voucher, send_parcel};
use growth::MODULE::server::{Api, router};
use growth::support::server::{Context, Failure};

struct Shop;

fn order(note: Option<String>) -> Order {
    let order = Order::new(1, State::Open, Payment::from(Card::new("4242"))).with_receipt(Receipt::new(1));
    match note {
        Some(note) => order.with_note(note),
        None => order,
    }
}

impl Api for Shop {
    type Error = Failure;

    async fn list_orders(&self, request: list_orders::Request, _: &Context) -> Result<list_orders::Response, Failure> {
        if request.page == Some(0) {
            return Ok(list_orders::Response::UnprocessableContent(Problem::new("pages count from 1")));
        }
        Ok(list_orders::Response::Ok(Orders::new(vec![order(None)])))
    }

    async fn create_order(&self, request: create_order::Request, _: &Context) -> Result<create_order::Response, Failure> {
        if request.body.article.is_empty() {
            return Ok(create_order::Response::UnprocessableContent(Problem::new("an article has a name")));
        }
        let wrapping: Option<Wrapping> = request.body.wrapping;
        let note = wrapping.map_or(request.body.article, |it| format!("opens with {}", it.lock));
        Ok(create_order::Response::Created(order(Some(note))))
    }

    async fn put_voucher(&self, request: put_voucher::Request, _: &Context) -> Result<put_voucher::Response, Failure> {
        let sent: Voucher = request.body;
        Ok(put_voucher::Response::Ok(Voucher::new(sent.code)))
    }

    async fn send_parcel(&self, request: send_parcel::Request, _: &Context) -> Result<send_parcel::Response, Failure> {
        Ok(send_parcel::Response::Created(Parcel::new(1, request.body.place)))
    }

    async fn fill_shelf(&self, request: fill_shelf::Request, _: &Context) -> Result<fill_shelf::Response, Failure> {
        let fill_shelf::Body(articles) = request.body;
        let counts = articles.into_iter().map(|article| (article, 1)).collect();
        Ok(fill_shelf::Response::Ok(fill_shelf::OkBody(counts)))
    }
}

fn main() {
    drop(router(Shop));
}
