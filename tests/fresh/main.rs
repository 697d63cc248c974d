//! The generated tree on disk: up to date, written whole or not at all, and the same for the same input.

mod check;
mod crash;
mod forms;
mod refusals;
mod reruns;
mod tree;
