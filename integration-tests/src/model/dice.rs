//! The dice that choose an operation.

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// Dice that depend on a seed.
pub struct Dice(TestRng);

impl Dice {
    /// The dice of a round.
    pub(super) fn new(seed: u64, round: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_be_bytes());
        bytes[8..16].copy_from_slice(&round.to_be_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
    }

    /// A number from 0 to one below `end`; 0 if that is 0.
    pub fn below(&mut self, end: u32) -> u32 {
        self.0.next_u32() % end.max(1)
    }

    /// Whether something happens that happens once in `n` times.
    pub fn once_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }

    /// One of the list.
    ///
    /// # Panics
    /// When the list is empty.
    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        let at = self.below(of.len() as u32) as usize;
        of[at].clone()
    }

    /// One of the list, each as often as its weight says.
    ///
    /// # Panics
    /// When the weights are all zero.
    pub fn weighted<T: Clone>(&mut self, of: &[(u32, T)]) -> T {
        let sum = of.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(sum);
        for (weight, item) in of {
            match left.checked_sub(*weight) {
                None => return item.clone(),
                Some(rest) => left = rest,
            }
        }
        panic!("nothing in the list has a weight");
    }
}
