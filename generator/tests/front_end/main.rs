//! The front end through its public interface: texts in, resolved documents or printed findings out.

mod checking;
mod harness;
mod ledger;
mod listing;
mod reading;
mod references;
mod robustness;
mod skeleton;
