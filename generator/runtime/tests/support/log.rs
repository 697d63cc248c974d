//! What a request leaves in the log.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use tracing::dispatcher::Dispatch;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::http_server::Seen;

/// Keeps spans and events on for all threads; whoever asks a router or a client of the sample calls it first.
///
/// Whether a place in the code is on is decided once, for everybody, by who comes by first: where less than two dispatchers
/// are alive it is asked for on that thread alone, and a test without a log would say no for those that have one.
pub(super) fn watch() {
    static ALIVE: LazyLock<[Dispatch; 2]> = LazyLock::new(|| [(); 2].map(|()| Dispatch::new(Log::default())));
    LazyLock::force(&ALIVE);
}

/// What is logged of a call, but that it is answered.
pub(super) fn logged(call: impl Future<Output = Seen>) -> Vec<String> {
    let log = Log::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    tracing::subscriber::with_default(log.clone(), || runtime.block_on(call));
    let lines = log.lines.lock().unwrap().clone();
    lines.into_iter().filter(|it| !it.ends_with("answered")).collect()
}

/// What is logged, one line each, and how many spans it is in.
#[derive(Debug, Clone, Default)]
struct Log {
    lines: Arc<Mutex<Vec<String>>>,
    depth: Arc<AtomicUsize>,
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = event.metadata().level().to_string();
        event.record(&mut |field: &tracing::field::Field, value: &dyn std::fmt::Debug| {
            if field.name() == "message" && !format!("{value:?}").starts_with('"') {
                line = format!("{line} {value:?}");
            }
        });
        if self.depth.load(Ordering::Relaxed) == 0 {
            line += " outside of every span";
        }
        self.lines.lock().unwrap().push(line);
    }

    fn enter(&self, _: &Id) {
        self.depth.fetch_add(1, Ordering::Relaxed);
    }

    fn exit(&self, _: &Id) {
        self.depth.fetch_sub(1, Ordering::Relaxed);
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
}
