//! What happens in one tipset: every order of giving, taking back, freezing and using ends as the model of it says.

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use holdfast_api::access::{
    Access, ConsumeAccessParams, GRANT, GrantAt, GrantTerms, ListGrantsParams, READ, Scope, method,
};
use holdfast_integration_tests::access::{DATA, giving};
use holdfast_integration_tests::model::{Outcome, Reasons, by_calldata, wrapped};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::method::{Interface, Method};
use serde::Serialize;

use crate::support::Library;

/// Uses that Alice's grant starts with.
const USES: u64 = 5;
/// Alice's grant, which is there before.
const ALICES: u64 = 1;

/// One message of the tipset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Alice gives Bob one use on.
    GiveOn,
    /// The owner takes Alice's grant back.
    Revoke,
    /// The owner freezes the data set.
    Freeze,
    /// Alice uses the data set once.
    Consume,
}

const ACTS: [Act; 4] = [Act::GiveOn, Act::Revoke, Act::Freeze, Act::Consume];

/// What the four are about, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ended {
    uses: u64,
    given_on: bool,
    revoked: bool,
    frozen: bool,
    /// How each act ended, in the order of [`ACTS`].
    ends: [Outcome<()>; 4],
}

/// The model: each act on what those before it left.
fn expected(order: &[Act]) -> Ended {
    let mut now = Ended {
        uses: USES,
        given_on: false,
        revoked: false,
        frozen: false,
        ends: [const { Ok(()) }; 4],
    };
    for act in order {
        let code = match act {
            Act::GiveOn if now.revoked => 77,
            Act::GiveOn if now.frozen => 70,
            Act::Consume if now.revoked || now.frozen => 91,
            _ => 0,
        };
        if code != 0 {
            now.ends[*act as usize] = Err(Reasons::from_iter([code]));
        }
        match act {
            Act::GiveOn => now.given_on |= code == 0,
            Act::Revoke => now.revoked = true,
            Act::Freeze => now.frozen = true,
            Act::Consume => now.uses -= u64::from(code == 0),
        }
    }
    now
}

/// Every order of some acts.
fn orders(acts: &[Act]) -> Vec<Vec<Act>> {
    let Some((first, rest)) = acts.split_first() else {
        return vec![Vec::new()];
    };
    let shorter = orders(rest);
    let longer = shorter.iter().flat_map(|order| {
        (0..=order.len()).map(|at| {
            let mut order = order.clone();
            order.insert(at, *first);
            order
        })
    });
    longer.collect()
}

fn counted(actions: u8, uses: u64) -> GrantTerms {
    GrantTerms {
        uses: Some(uses),
        ..GrantTerms::plain(actions)
    }
}

#[test]
fn every_order_of_four_messages_in_one_tipset_ends_as_it_would_one_by_one() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let (alice, bob) = (
        library.w.account(Kind::Secp256k1, 1),
        library.w.account(Kind::Secp256k1, 2),
    );
    library.grant(&owner, &alice, counted(READ | GRANT, USES), None);
    let all = orders(&ACTS);
    assert_eq!(all.len(), 24);
    for order in all {
        let found = together(&library, &order, (&owner, &alice, &bob));
        assert_eq!(found, expected(&order), "{order:?}");
    }
}

/// Sends them in one tipset, in this order; gives how it ended.
fn together(library: &Library, order: &[Act], (owner, alice, bob): (&Wallet, &Wallet, &Wallet)) -> Ended {
    let mut w = library.w.fork();
    let access = library.access;
    let (to_bob, alices) = (w.id(bob), w.id(alice));
    let message = |act: Act| match act {
        Act::GiveOn => {
            let given = giving(to_bob, counted(READ, 1), Some(ALICES));
            (alice, access, by_number::<method::Grant>(&given))
        }
        Act::Revoke => {
            let at = GrantAt {
                data_set: DATA,
                subject: alices,
                grant: ALICES,
            };
            (owner, access, by_number::<method::Revoke>(&at))
        }
        Act::Freeze => (owner, access, by_number::<method::Freeze>(&DATA)),
        Act::Consume => {
            let used = ConsumeAccessParams {
                data_set: DATA,
                scope: Scope::All {},
                action: READ,
                uses: 1,
                proofs: Vec::new(),
            };
            (alice, access, by_number::<method::ConsumeAccess>(&used))
        }
    };
    let four: [Act; 4] = order.try_into().expect("four acts");
    let answers = w.together(four.map(message));
    let interface = Access::describe();
    let end = |act: Act| {
        let at = order.iter().position(|other| *other == act);
        let answer = &answers[at.expect("one of the four")];
        by_calldata(&interface, &answer.receipt).map(drop)
    };
    let (data_set, start, limit) = (DATA, 0, 10);
    let listed = w.view::<method::ListGrants>(
        access,
        &ListGrantsParams {
            data_set,
            start,
            limit,
        },
    );
    let of = |who: Address| {
        let found = listed
            .subjects
            .iter()
            .find(|of| Address::new_id(of.subject) == who);
        found.map(|of| of.grants[0].clone())
    };
    let own = of(alices).expect("Alice's grant");
    Ended {
        uses: own.uses_left.expect("a counted grant"),
        given_on: of(to_bob).is_some(),
        revoked: own.revoked,
        frozen: w.view::<method::GetDataSet>(access, &DATA).frozen,
        ends: ACTS.map(end),
    }
}

/// The calldata of a call by number.
fn by_number<M: Method<Params: Serialize>>(params: &M::Params) -> Vec<u8> {
    wrapped(M::NUMBER, to_vec(params).expect("parameters that encode"))
}
