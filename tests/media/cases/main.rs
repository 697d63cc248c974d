//! Generated client against generated router.

mod choices;
mod forms;
mod harness;
mod multipart;
mod streams;
mod webhooks;
