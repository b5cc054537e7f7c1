//! What the actor's messages cost at first.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{GrantTerms, READ, Scope, method};
use holdfast_localnet::Kind;
use holdfast_runtime::method::Method;

use crate::support::{Library, giving, question};

/// The most that the first grant of a data set costs.
const GRANT: u64 = 3_200_000;
/// The most that a question costs which a grant answers.
const CHECK: u64 = 2_000_000;

#[test]
fn giving_and_asking_cost_little() {
    let mut library = Library::new();
    let (owner, access) = (library.owner.clone(), library.access);
    let alice = library.w.account(Kind::Secp256k1, 1);
    let subject = library.w.id(&alice);
    let grant = giving(subject, GrantTerms::plain(READ), None);
    let params = fvm_ipld_encoding::RawBytes::serialize(&grant).unwrap();
    let given = library.w.send(
        &owner,
        access,
        TokenAmount::default(),
        method::Grant::NUMBER,
        params,
    );
    let params = fvm_ipld_encoding::RawBytes::serialize(question(subject, READ, Scope::All {})).unwrap();
    let asked = library.w.send(
        &owner,
        access,
        TokenAmount::default(),
        method::HasAccess::NUMBER,
        params,
    );
    assert!(given.is_ok() && asked.is_ok());
    println!("grant {}, check {}", given.gas_used, asked.gas_used);
    assert!(given.gas_used < GRANT, "{} gas", given.gas_used);
    assert!(asked.gas_used < CHECK, "{} gas", asked.gas_used);
}
