//! Data sets against a model of them: every method by its number and by its selector, from wallets of every kind.
//!
//! `make model` sends ten thousand messages; the tests send some hundred. See `holdfast_integration_tests::model`.

mod cast;
mod compare;
mod decision;
mod delays;
mod draw;
mod effects;
mod faces;
mod library;
mod operation;
mod refusals;
mod rules;
mod sales;
mod shelves;
mod signed;
mod stage;
mod terms;
mod tickets;
mod wire;

use holdfast_api::access::Access;
use holdfast_integration_tests::model::{Plan, require_methods, run};
use holdfast_runtime::method::Interface;

use library::Library;
use stage::Set;

/// Methods that change state and are left to other tests, each with the name of one.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "ObserveHolder",
        "holdfast_access, others::tokens_that_have_to_be_held_for_a_time_count_from_when_they_were_seen",
    ),
    (
        "Receive",
        "holdfast_access, money::a_price_in_tokens_is_fetched_from_the_buyer_and_handed_over_to_those_who_share_it",
    ),
    (
        "withdrawToken",
        "sales::openzeppelins_token_pays_and_one_that_takes_a_fee_does_not",
    ),
    (
        "bindFunction",
        "contracts::openzeppelins_managed_contract_takes_the_actor_for_its_authority",
    ),
    (
        "bindService",
        "holdfast_access, authorizer::only_what_the_payer_has_bound_is_decided_here",
    ),
    (
        "isAuthorized",
        "holdfast_access, authorizer::who_may_write_adds_pieces_and_an_admin_removes_and_ends",
    ),
];

#[test]
fn the_model_knows_every_method_that_changes_state() {
    let (rounds, messages, seed) = (900, 150, 1);
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
