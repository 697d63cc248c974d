//! A program that calls the shop, the way that the promise asks for.

use growth::MODULE::client::Client;
use growth::MODULE::models::carton::CartonRequired;
use growth::MODULE::models::{Carton, NewOrder, Order, ParcelWritable, Payment, State, Voucher, Wrapping};
use growth::MODULE::operations::{create_order, fill_shelf, list_orders, put_voucher, send_parcel};
use growth::support::client::{CallError, Config};

async fn orders(client: &Client) -> Result<Vec<Order>, CallError<list_orders::Response>> {
    let request = list_orders::Request::new().with_page(1).with_state(State::Open);
    let orders = client.list_orders(&request).await?;
    Ok(orders.data)
}

fn carton() -> Carton {
    Carton::new(CartonRequired {
        width: 30,
        height: 20,
        depth: 10,
        weight: 400,
        colour: "brown".to_owned(),
        label: "tea".to_owned(),
        seal: "wax".to_owned(),
        layers: 2,
    })
}

async fn order(client: &Client) -> Result<Order, String> {
    let wrapping = Wrapping::new("gold", 4711);
    let order = NewOrder::new("tea").with_count(2).with_wrapping(wrapping).with_carton(carton());
    let request = create_order::Request::new(order);
    match client.create_order(&request).await {
        Ok(order) => Ok(order),
        Err(CallError::Documented { failure: create_order::Response::UnprocessableContent(problem), .. }) => {
            Err(problem.message)
        }
        Err(error) => Err(error.to_string()),
    }
}

async fn voucher(client: &Client) -> Result<String, CallError<put_voucher::Response>> {
    let voucher: Voucher = client.put_voucher(&put_voucher::Request::new(Voucher::new("TEA"))).await?;
    Ok(voucher.code)
}

async fn parcel(client: &Client) -> Result<i64, CallError<send_parcel::Response>> {
    let parcel = client.send_parcel(&send_parcel::Request::new(ParcelWritable::new("Rome"))).await?;
    let again = client.send_parcel(&send_parcel::Request::new(parcel.into())).await?;
    Ok(again.id)
}

async fn shelf(client: &Client) -> Result<i64, CallError<fill_shelf::Response>> {
    let body = fill_shelf::Body(vec!["tea".to_owned()]);
    let fill_shelf::OkBody(counts) = client.fill_shelf(&fill_shelf::Request::new(body)).await?;
    Ok(counts.values().sum())
}

fn line(order: &Order) -> String {
    let state = match &order.state {
        State::Open => "open",
        State::Paid => "paid",
        _ => "in a state that this program does not know",
    };
    let by = match &order.payment {
        Payment::Card(card) => card.number.clone(),
        Payment::Transfer(transfer) => transfer.iban.clone(),
        _ => "other means".to_owned(),
    };
    let id: i64 = order.id;
    let note: &Option<String> = &order.note;
    let receipt: Option<i64> = order.receipt.as_ref().map(|it| it.number);
    format!("{id} is {state}, by {by}, {receipt:?}: {}", note.as_deref().unwrap_or("nothing to note"))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let Ok(client) = Client::new(Config::new("https://shop.example")) else { return };
    for order in orders(&client).await.unwrap_or_default() {
        println!("{}", line(&order));
    }
    println!("{:?} {:?}", voucher(&client).await.ok(), parcel(&client).await.ok());
    println!("{:?}", shelf(&client).await.ok());
    if let Ok(order) = order(&client).await {
        println!("{}", line(&order));
    }
}
