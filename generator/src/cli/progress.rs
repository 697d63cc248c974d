//! What a terminal sees of a run that takes longer than a moment.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that a terminal sees once the run has taken longer than a moment.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_secs(1);

    pub(super) fn new(steps: usize, start: Instant) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self { bar, start }
    }

    /// Says what comes next.
    pub(super) fn step(&self, message: &str) {
        if self.bar.is_hidden() && self.start.elapsed() > Self::PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(message.to_owned());
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
