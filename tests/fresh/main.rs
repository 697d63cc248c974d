//! The tree on disk: fresh, complete, and touched by nothing but a run that succeeds.

mod check;
mod crash;
mod failures;
mod stable;
mod trees;
