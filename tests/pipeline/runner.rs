//! Property tests that take the same course everywhere; more cases by `PROPTEST_CASES` take another one each time.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// Checks a property for generated inputs.
pub(crate) fn check<S: Strategy>(cases: u32, inputs: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let explores = std::env::var_os("PROPTEST_CASES").is_some();
    let given = Config { failure_persistence: None, ..Config::default() };
    let mut runner = if explores {
        TestRunner::new(given)
    } else {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        TestRunner::new_with_rng(Config { cases, ..given }, rng)
    };
    if let Err(failure) = runner.run(inputs, property) {
        panic!("{failure}");
    }
}
