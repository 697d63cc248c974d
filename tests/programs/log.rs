//! Everything that is traced on this thread, as text.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, OnceLock};

use tracing::dispatcher::{DefaultGuard, Dispatch, set_default};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What was traced so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<String>>);

/// Captures spans and events of every level, until the guard goes.
pub(crate) fn capture() -> (Log, DefaultGuard) {
    // With less than two dispatchers, what another thread comes by first is off everywhere.
    static ALIVE: OnceLock<[Dispatch; 2]> = OnceLock::new();
    ALIVE.get_or_init(|| [(); 2].map(|()| Dispatch::new(Log::default())));
    let log = Log::default();
    let guard = set_default(&Dispatch::new(log.clone()));
    (log, guard)
}

impl Log {
    pub(crate) fn written(&self) -> String {
        self.0.lock().unwrap().clone()
    }

    fn write(&self, what: &str, record: impl FnOnce(&mut Fields<'_>)) {
        let mut text = self.0.lock().unwrap();
        text.push_str(what);
        record(&mut Fields(&mut text));
        text.push('\n');
    }
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }

    fn record_error(&mut self, field: &Field, error: &(dyn std::error::Error + 'static)) {
        let mut error = Some(error);
        while let Some(cause) = error {
            let _ = write!(self.0, " {}={cause} {cause:?}", field.name());
            error = cause.source();
        }
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.write(&format!("span {}", span.metadata().name()), |fields| span.record(fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.write("record", |fields| values.record(fields));
    }

    fn event(&self, event: &Event<'_>) {
        self.write(&event.metadata().level().to_string(), |fields| event.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
