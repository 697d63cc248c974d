//! A server and a client of an API that the build script has generated, in one process.

/// What is generated stands in a module like any other.
mod api {
    include!(concat!(env!("OUT_DIR"), "/api/mod.rs"));
}

use api::pets::client::Client;
use api::pets::models::Pet;
use api::pets::operations::list_pets;
use api::pets::server::{Api, router};
use api::support::client::{Config, ServiceTransport};
use api::support::server::{Context, Failure};

struct Shelter;

impl Api for Shelter {
    type Error = Failure;

    async fn list_pets(&self, _: list_pets::Request, _: &Context) -> Result<list_pets::Response, Failure> {
        Ok(list_pets::Response::Ok(list_pets::OkBody(vec![Pet::new("Rex")])))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let transport = ServiceTransport::new(router(Shelter), axum::body::Body::from);
    let client = Client::new(Config::with_transport("http://localhost", transport))?;
    for pet in client.list_pets(&list_pets::Request::default()).await?.0 {
        println!("{}", pet.name);
    }
    Ok(())
}
