//! Judging the suites: subjects with one fault each (`solidity/contracts/peers/Faults.sol`), and the case that has to see it.

use holdfast_integration_tests::conformance::{Case, Cast, Subject, failures};

/// Checks that each subject fails the case beside it.
pub(crate) fn caught<S: Subject + ?Sized + 'static>(cases: &[Case<S>], faults: &[(&'static S, &str)]) {
    for (subject, name) in faults {
        let case = cases.iter().filter(|case| case.name == *name);
        let failed = failures(case, *subject, Cast::ethereum);
        assert_eq!(failed.len(), 1, "{name} sees no fault: {failed:?}");
    }
}
