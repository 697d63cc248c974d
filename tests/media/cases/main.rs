//! Generated client against generated router.

mod choices;
mod forms;
mod harness;
mod multipart;
mod queries;
mod streams;
mod webhooks;
