//! The token against a model of it: both faces, every caller and recipient of [`cast`], every method of the table.
//!
//! `make model` sends ten thousand messages; the tests send some hundred. See `holdfast_integration_tests::model`.

mod cast;
mod compare;
mod draw;
mod effects;
mod ledger;
mod operation;
mod refusals;
mod stage;
mod wire;

use holdfast_api::token::Token;
use holdfast_integration_tests::model::{Plan, require_every_method, run};
use holdfast_runtime::method::Interface;

use ledger::Ledger;
use stage::Set;

#[test]
fn the_model_knows_every_method_that_changes_state() {
    let (rounds, messages, seed) = (100, 100, 1);
    let plan = Plan {
        rounds,
        messages,
        seed,
    };
    require_every_method::<Ledger>(&Token::describe(), plan);
}

#[test]
fn the_token_does_what_its_model_does() {
    let set = Set::new();
    run("token", Plan::from_environment(), |model: &Ledger| {
        set.stage(model)
    });
}
