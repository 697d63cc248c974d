//! Callbacks that share a name: each has a path of its own, and is taken by its own handler.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use programs::callbacks::models::Played;
use programs::callbacks::operations::{all_ended, get_ended, post_ended, post_ended_of_play, stopped};
use programs::callbacks::receiver::{Webhooks, webhooks_router};
use programs::callbacks::sender::Sender;
use programs::support::client::{Config, ServiceTransport};
use programs::support::server::{Context, Delivery, Denied, Failure};

/// Who was called.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }
}

impl Webhooks for Log {
    type Error = Failure;

    async fn verify(&self, delivery: &Delivery) -> Result<(), Denied> {
        self.note(format!("verify {}", delivery.operation().id));
        Ok(())
    }

    async fn all_ended(&self, _: all_ended::Request, _: &Context) -> Result<all_ended::Response, Failure> {
        self.note("all_ended");
        Ok(all_ended::Response::NoContent)
    }

    async fn get_ended(&self, _: get_ended::Request, _: &Context) -> Result<get_ended::Response, Failure> {
        self.note("get_ended");
        Ok(get_ended::Response::NoContent)
    }

    async fn post_ended(&self, _: post_ended::Request, _: &Context) -> Result<post_ended::Response, Failure> {
        self.note("post_ended");
        Ok(post_ended::Response::NoContent)
    }

    async fn post_ended_of_play(
        &self,
        request: post_ended_of_play::Request,
        _: &Context,
    ) -> Result<post_ended_of_play::Response, Failure> {
        self.note(format!("post_ended_of_play {}", request.body.seconds));
        Ok(post_ended_of_play::Response::NoContent)
    }

    async fn stopped(&self, request: stopped::Request, _: &Context) -> Result<stopped::Response, Failure> {
        self.note(format!("stopped {}", request.signature));
        Ok(stopped::Response::NoContent)
    }
}

#[tokio::test]
async fn each_callback_reaches_its_own_handler() -> Result<(), Box<dyn std::error::Error>> {
    let log = Log::default();
    let sender = Sender::new(Config::with_transport("", ServiceTransport::new(webhooks_router(log.clone()), Body::from)));
    let all = [&all_ended::OPERATION, &get_ended::OPERATION, &post_ended::OPERATION, &post_ended_of_play::OPERATION, &stopped::OPERATION];
    let [first, read, held, played, stop] = all.map(|it| format!("http://me.example{}", it.path));
    sender.all_ended(&first, &all_ended::Request::new()).await?;
    sender.get_ended(&read, &get_ended::Request::new()).await?;
    sender.post_ended(&held, &post_ended::Request::new()).await?;
    sender.post_ended_of_play(&played, &post_ended_of_play::Request::new(Played::new(7))).await?;
    sender.stopped(&format!("{stop}?by=jo"), &stopped::Request::new("mine")).await?;
    let handlers: Vec<_> = log.0.lock().unwrap().iter().filter(|it| !it.starts_with("verify")).cloned().collect();
    assert_eq!(handlers, ["all_ended", "get_ended", "post_ended", "post_ended_of_play 7", "stopped mine"]);
    let verified: Vec<_> = log.0.lock().unwrap().iter().filter(|it| it.starts_with("verify")).cloned().collect();
    assert_eq!(verified, ["verify allEnded", "verify get ended", "verify post ended", "verify post ended of play", "verify stopped"]);
    // Webhooks keep their names, whatever stands before them.
    assert_eq!([first, read], ["http://me.example/ended", "http://me.example/ended"]);
    assert_eq!(played, "http://me.example/ended-of-play");
    Ok(())
}
