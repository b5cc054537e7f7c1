//! From a sequence that fails to a short one that fails.

/// Leaves out what is not needed for the failure: halves first, then ever smaller pieces, then one operation at a time.
/// `fails` gives the reason if what is left still fails, whichever it is.
pub(super) fn shorten<O: Clone>(
    mut operations: Vec<O>,
    mut reason: String,
    fails: impl Fn(&[O]) -> Option<String>,
) -> (Vec<O>, String) {
    let mut piece = operations.len().div_ceil(2);
    while piece > 0 {
        let mut at = 0;
        while at < operations.len() {
            let end = (at + piece).min(operations.len());
            let left = [&operations[..at], &operations[end..]].concat();
            match fails(&left) {
                Some(why) => (operations, reason) = (left, why),
                None => at = end,
            }
        }
        piece /= 2;
    }
    (operations, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_failure_needs_is_left() {
        let needed = [3, 50, 51, 97];
        let fails = |of: &[i32]| {
            needed
                .iter()
                .all(|n| of.contains(n))
                .then(|| of.len().to_string())
        };
        let (left, reason) = shorten((0..100).collect(), String::new(), fails);
        assert_eq!((left.as_slice(), reason.as_str()), (needed.as_slice(), "4"));
    }
}
