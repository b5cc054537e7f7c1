//! Grants between wallets of every kind.

use holdfast_api::access::{GRANT, GrantAt, GrantTerms, READ, RELAY, Reason, Scope, WRITE, method};
use holdfast_integration_tests::access::DATA;
use holdfast_localnet::Kind;

use crate::support::Library;

fn folder(actions: u8, path: &str) -> GrantTerms {
    let path = path.to_owned();
    GrantTerms {
        scope: Scope::Path { path },
        ..GrantTerms::plain(actions)
    }
}

fn file(path: &str) -> Scope {
    let path = path.to_owned();
    Scope::Path { path }
}

#[test]
fn a_researcher_gives_reading_on_until_the_owner_takes_it_back() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let (researcher, student) = (library.w.account(Kind::Bls, 0), library.w.account(Kind::Eth, 0));
    let (provider, stranger) = (
        library.w.account(Kind::Secp256k1, 1),
        library.w.account(Kind::Secp256k1, 2),
    );
    let own = library.grant(&owner, &researcher, GrantTerms::plain(READ | GRANT), None);
    let given = library.grant(&researcher, &student, folder(READ, "trial/images"), Some(own));
    library.grant(&owner, &provider, GrantTerms::plain(RELAY), None);

    assert!(library.ask(&student, READ, file("trial/images/7.png")).allowed);
    assert!(!library.ask(&student, READ, file("trial/names.csv")).allowed);
    assert!(!library.ask(&student, WRITE, file("trial/images/7.png")).allowed);
    let relays = library.ask(&provider, RELAY, Scope::All {});
    assert!(relays.allowed && !library.reads(&provider) && !library.reads(&stranger));

    let revoke = GrantAt {
        data_set: DATA,
        subject: holdfast_integration_tests::Party::address(&researcher),
        grant: own,
    };
    library
        .w
        .call::<method::Revoke>(&stranger, library.access, &revoke)
        .refused(79);
    library
        .w
        .call::<method::Revoke>(&owner, library.access, &revoke)
        .ok();
    let answer = library.ask(&student, READ, file("trial/images/7.png"));
    let dead = Reason::Dead {
        grant: given,
        at: own,
        why: "revoked".to_owned(),
    };
    assert_eq!((answer.allowed, answer.reason), (false, dead));
}

#[test]
fn a_reader_who_is_not_on_the_chain_yet_gets_an_account_with_the_grant() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    for kind in [Kind::Secp256k1, Kind::Bls, Kind::Eth] {
        let new = library.w.account(kind, 700);
        library.grant(&owner, &new, GrantTerms::plain(READ), None);
        assert!(library.reads(&new));
    }
}
