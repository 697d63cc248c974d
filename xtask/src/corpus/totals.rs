//! What became of all documents together.

use super::{Args, Tried};

/// How many documents ended in each way.
#[derive(Default)]
pub(super) struct Totals {
    generated: usize,
    refused: usize,
    bugs: usize,
    unexpected: usize,
    pub(super) compiled: usize,
    pub(super) not_compiled: usize,
    /// Components with instances, those at which something was wrong, and documents that could not be tried.
    tried: usize,
    faulty: usize,
    untried: usize,
    operations: usize,
    /// Operations with pages, and documents that have some.
    paged: usize,
    with_pages: usize,
}

impl Totals {
    pub(super) fn add(&mut self, tried: &Tried) {
        match tried.verdict {
            "generated" => self.generated += 1,
            "refused" => self.refused += 1,
            _ => self.bugs += 1,
        }
        self.unexpected += usize::from(tried.unexpected);
        self.operations += tried.operations;
        self.paged += tried.pages;
        self.with_pages += usize::from(tried.pages > 0);
        self.compiled += usize::from(tried.compiles == Some(true));
        self.not_compiled += usize::from(tried.compiles == Some(false));
        match &tried.round_trip {
            Some(Ok(outcome)) => {
                self.tried += outcome.tried;
                self.faulty += outcome.faulty;
            }
            Some(Err(_)) => self.untried += 1,
            None => {}
        }
    }

    pub(super) fn is_clean(&self) -> bool {
        self.bugs + self.unexpected + self.not_compiled + self.faulty + self.untried == 0
    }

    pub(super) fn print(&self, documents: usize, args: &Args) {
        let Self { generated, refused, bugs, unexpected, compiled, not_compiled, tried, faulty, untried, .. } = self;
        let Self { operations, paged, with_pages, .. } = self;
        println!("{paged} of {operations} operations have pages, in {with_pages} documents");
        println!(
            "{documents} documents: {generated} generated, {refused} refused, {bugs} failed, {unexpected} not as expected"
        );
        if args.compile {
            println!("{generated} documents: {compiled} compile without a warning, {not_compiled} do not");
        }
        if args.round_trip {
            println!("{tried} components with instances: {faulty} at fault; {untried} crates could not be tried");
        }
    }
}
