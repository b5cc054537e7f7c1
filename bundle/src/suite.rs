//! The actors of the suite and their places in the manifest.

/// Where an actor of the suite stands in the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Instead of the official actor of the same name.
    Official,
    /// With a type number of its own, final with the first release.
    Type(u32),
}

/// One actor of the suite.
#[derive(Clone, Copy, Debug)]
pub struct SuiteActor {
    /// The name in the manifest.
    pub name: &'static str,
    /// The cargo package.
    pub package: &'static str,
    /// Where it stands.
    pub place: Place,
    /// The most that the WASM module may weigh, in bytes.
    pub size_budget: usize,
}

/// Every actor of the suite; those with numbers in the order of their numbers, from 17 on. Only ever append.
pub const SUITE: &[SuiteActor] = &[
    SuiteActor {
        name: "init",
        package: "holdfast_init",
        place: Place::Official,
        size_budget: 400_000,
    },
    SuiteActor {
        name: "holdfast_token",
        package: "holdfast_token",
        place: Place::Type(17),
        size_budget: 960_000,
    },
    SuiteActor {
        name: "holdfast_access",
        package: "holdfast_access",
        place: Place::Type(18),
        size_budget: 2_700_000,
    },
];

/// The most that the WASM module of an added actor may weigh, in bytes.
pub const ADDED_SIZE_BUDGET: usize = 1_000_000;

/// The size budget of a name in the manifest, in bytes.
pub fn size_budget(name: &str) -> usize {
    let actor = SUITE.iter().find(|actor| actor.name == name);
    actor.map_or(ADDED_SIZE_BUDGET, |actor| actor.size_budget)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{OFFICIAL_NAMES, check_name};

    #[test]
    fn the_type_numbers_of_the_suite_follow_the_official_ones_without_a_gap() {
        let numbers = SUITE.iter().filter_map(|actor| match actor.place {
            Place::Official => None,
            Place::Type(number) => Some(number),
        });
        let first = u32::try_from(OFFICIAL_NAMES.len()).unwrap() + 1;
        for (number, expected) in numbers.zip(first..) {
            assert_eq!(number, expected);
        }
    }

    #[test]
    fn new_names_are_prefixed_and_replaced_ones_are_official() {
        for actor in SUITE {
            check_name(actor.name).unwrap();
            match actor.place {
                Place::Official => assert!(OFFICIAL_NAMES.contains(&actor.name)),
                Place::Type(_) => assert!(actor.name.starts_with("holdfast_")),
            }
        }
    }
}
