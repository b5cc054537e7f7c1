//! Data sets against a model of them: every method by its number, from wallets of every kind.
//!
//! `make model` sends ten thousand messages; the tests send some hundred. See `holdfast_integration_tests::model`.

mod cast;
mod compare;
mod decision;
mod draw;
mod effects;
mod library;
mod operation;
mod refusals;
mod stage;
mod terms;
mod wire;

use holdfast_api::access::Access;
use holdfast_integration_tests::model::{Plan, require_methods, run};
use holdfast_runtime::method::Interface;

use library::Library;
use stage::Set;

/// Methods that change state and are left to other tests, each with the name of one.
const ELSEWHERE: &[(&str, &str)] = &[(
    "ObserveHolder",
    "holdfast_access, others::tokens_that_have_to_be_held_for_a_time_count_from_when_they_were_seen",
)];

#[test]
fn the_model_knows_every_method_that_changes_state() {
    let (rounds, messages, seed) = (100, 100, 1);
    let plan = Plan {
        rounds,
        messages,
        seed,
    };
    require_methods::<Library>(&Access::describe(), plan, ELSEWHERE);
}

#[test]
fn access_does_what_its_model_does() {
    let set = Set::new();
    run("access", Plan::from_environment(), |model: &Library| {
        set.stage(model)
    });
}
