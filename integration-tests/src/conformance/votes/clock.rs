//! What counts the time.

use super::IERC6372::{CLOCK_MODECall, clockCall};
use super::{Erc20Stage, at};

pub(super) fn the_clock_is_the_epoch(s: &mut Erc20Stage) {
    assert_eq!(s.ask(CLOCK_MODECall {}), "mode=blocknumber&from=default");
    for rounds in [0, 1, 10] {
        s.w.advance(rounds);
        // A question is answered in the epoch that comes next.
        let clock = s.ask(clockCall {});
        assert_eq!(clock.to::<u64>(), at(s.epoch() + 1).to::<u64>());
    }
}
