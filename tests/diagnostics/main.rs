//! What is said about wrong documents: one code a fixture, as it is printed.

mod codes;
mod inline;
mod listings;
