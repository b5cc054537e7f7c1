//! What wallets of every kind sign, carried by somebody who may do nothing.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::access::{
    AcceptTermsParams, AcceptedTermsParams, CarryParams, GRANT, GrantAt, GrantId, GrantTerms, READ,
    SetTermsParams, Signed, method,
};
use holdfast_integration_tests::access::{DATA, data_set, giving};
use holdfast_integration_tests::carried::{digest, sign_digest, signed};
use holdfast_integration_tests::{Answer, Party};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::evm::Bytes32;

use crate::support::Library;

const KINDS: [Kind; 3] = [Kind::Secp256k1, Kind::Bls, Kind::Eth];

/// The refusal of what is not signed by whom it says.
const NOT_SIGNED: u32 = 153;
const NONCE_USED: u32 = 152;
const HASH: Bytes32 = Bytes32([7; 32]);

fn message(signer: impl Party, what: Signed, nonce: u64) -> CarryParams {
    CarryParams {
        signer: signer.address(),
        what,
        nonce,
        deadline: 1_000_000,
        signature: RawBytes::default(),
    }
}

fn reading(subject: impl Party, from: Option<GrantId>) -> Signed {
    let params = giving(subject.address(), GrantTerms::plain(READ), from);
    Signed::Grant { params }
}

fn back(subject: impl Party, grant: GrantId) -> Signed {
    let params = GrantAt {
        data_set: DATA,
        subject: subject.address(),
        grant,
    };
    Signed::Revoke { params }
}

fn accepting() -> Signed {
    let params = AcceptTermsParams {
        data_set: DATA,
        version: 1,
        hash: HASH,
    };
    Signed::AcceptTerms { params }
}

impl Library {
    /// Somebody who is on no list carries a message.
    #[track_caller]
    fn carries(&mut self, message: &CarryParams) -> Answer<Option<GrantId>> {
        let carrier = self.w.account(Kind::Secp256k1, 9);
        self.tries::<method::Carry>(&carrier, message)
    }

    fn signed(&self, key: &Wallet, message: CarryParams) -> CarryParams {
        signed(&self.w, self.access, key, message)
    }

    /// A message of a contract, with a key's signature.
    fn signed_for(&self, key: &Wallet, message: CarryParams) -> CarryParams {
        let digest = digest(&self.w, self.access, &message);
        let signature = sign_digest(key, &digest);
        CarryParams { signature, ..message }
    }

    fn accepted(&self, subject: impl Party) -> u64 {
        let (data_set, subject) = (DATA, subject.address());
        let asked = AcceptedTermsParams { data_set, subject };
        let found = self.w.view::<method::AcceptedTerms>(self.access, &asked);
        found.map_or(0, |accepted| accepted.version)
    }

    /// Terms that can be accepted, and a grant that can be given on.
    #[track_caller]
    fn prepared(&mut self, signer: impl Party) -> GrantId {
        let owner = self.owner.clone();
        self.grant(&owner, signer, GrantTerms::plain(READ | GRANT), None)
    }
}

fn with_terms() -> Library {
    let mut library = Library::new();
    let (owner, access) = (library.owner.clone(), library.access);
    let terms = SetTermsParams {
        data_set: DATA,
        hash: HASH,
        fresh: false,
    };
    library.w.call::<method::SetTerms>(&owner, access, &terms).ok();
    library
}

#[test]
fn wallets_of_every_kind_grant_revoke_and_accept_by_signing() {
    let mut library = with_terms();
    for kind in KINDS {
        let (signer, reader) = (library.w.account(kind, 5), library.w.account(kind, 6));
        let own = library.prepared(&signer);
        let grant = library.signed(&signer, message(&signer, reading(&reader, Some(own)), 1));
        let made = library.carries(&grant).ok().expect("a grant");
        assert!(library.reads(&reader));
        library.carries(&grant).refused(NONCE_USED);

        let revoke = library.signed(&signer, message(&signer, back(&reader, made), 2));
        assert_eq!(library.carries(&revoke).ok(), None);
        assert!(!library.reads(&reader));

        let accept = library.signed(&signer, message(&signer, accepting(), 3));
        library.carries(&accept).ok();
        assert_eq!(library.accepted(&signer), 1);
        assert_eq!(library.accepted(library.w.account(Kind::Secp256k1, 9)), 0);
    }
}

#[test]
fn a_signature_is_of_one_signer_and_of_what_it_says() {
    let mut library = with_terms();
    for kind in KINDS {
        let (signer, other) = (library.w.account(kind, 5), library.w.account(kind, 6));
        let own = library.prepared(&signer);
        let good = library.signed(&signer, message(&signer, reading(&other, Some(own)), 1));
        let by_another = library.signed(&other, message(&signer, reading(&other, Some(own)), 1));
        let nothing = message(&signer, reading(&other, Some(own)), 1);
        let later = CarryParams {
            deadline: good.deadline + 1,
            ..good.clone()
        };
        let another_nonce = CarryParams {
            nonce: 2,
            ..good.clone()
        };
        let for_itself = CarryParams {
            what: reading(&signer, Some(own)),
            ..good.clone()
        };
        for forged in [by_another, nothing, later, another_nonce, for_itself] {
            library.carries(&forged).refused(NOT_SIGNED);
        }
        library.carries(&good).ok();
    }
}

#[test]
fn what_was_signed_for_one_data_set_is_nothing_in_another() {
    let mut library = Library::new();
    let (owner, access) = (library.owner.clone(), library.access);
    for kind in KINDS {
        let (signer, reader) = (library.w.account(kind, 5), library.w.account(kind, 6));
        let theirs = library.w.call::<method::CreateDataSet>(
            &owner,
            access,
            &holdfast_api::access::CreateDataSetParams {
                owner: Some(signer.address()),
                ..data_set()
            },
        );
        let theirs = theirs.ok();
        let mut params = giving(reader.address(), GrantTerms::plain(READ), None);
        params.data_set = theirs;
        let good = library.signed(
            &signer,
            message(
                &signer,
                Signed::Grant {
                    params: params.clone(),
                },
                1,
            ),
        );
        params.data_set = DATA;
        let replayed = CarryParams {
            what: Signed::Grant { params },
            ..good.clone()
        };
        library.carries(&replayed).refused(NOT_SIGNED);
        library.carries(&good).ok();
    }
}

#[test]
fn what_was_signed_for_another_actor_is_nothing_here() {
    let mut library = Library::new();
    let token = library.owner.clone();
    let elsewhere = library.w.story_token(&token);
    let owner = library.owner.clone();
    let reader = library.w.account(Kind::Bls, 6);
    let native = message(&owner, reading(&reader, None), 1);
    library
        .carries(&signed(&library.w, elsewhere, &owner, native))
        .refused(NOT_SIGNED);

    let signer = library.w.account(Kind::Eth, 5);
    let own = library.prepared(&signer);
    let typed = message(&signer, reading(&reader, Some(own)), 1);
    library
        .carries(&signed(&library.w, elsewhere, &signer, typed))
        .refused(NOT_SIGNED);
    assert!(!library.reads(&reader));
}

/// A contract in whose name something is carried, with the signature of a key.
fn of_contract(library: &Library, contract: Address, key: &Wallet, nonce: u64) -> CarryParams {
    library.signed_for(key, message(contract, accepting(), nonce))
}

#[test]
fn a_contract_wallet_signs_by_the_key_of_its_owner() {
    let mut library = with_terms();
    let (key, other) = (library.w.account(Kind::Eth, 5), library.w.account(Kind::Eth, 6));
    let owner = library.w.eth(&key);
    let wallet = library.w.deploy_with(&other, "SigningWallet", &(owner,));
    let forged = of_contract(&library, wallet, &other, 1);
    library.carries(&forged).refused(NOT_SIGNED);
    let good = of_contract(&library, wallet, &key, 1);
    library.carries(&good).ok();
    assert_eq!(library.accepted(wallet), 1);
    library.carries(&good).refused(NONCE_USED);

    // The same key signs for itself and for two wallets: a message of one is none of another.
    let second = library.w.deploy_with(&other, "SigningWallet", &(owner,));
    for signer in [second, key.address()] {
        let replayed = CarryParams {
            signer,
            ..good.clone()
        };
        library.carries(&replayed).refused(NOT_SIGNED);
    }
}

#[test]
fn a_contract_that_says_yes_in_another_way_has_not_signed() {
    let mut library = with_terms();
    let key = library.w.account(Kind::Eth, 5);
    for contract in ["EmptyFallback", "Nodding", "Ward"] {
        let wallet = if contract == "Ward" {
            let access = library.w.eth(library.access);
            library.w.deploy_with(&key, contract, &(access, DATA))
        } else {
            library.w.deploy(&key, contract)
        };
        let message = of_contract(&library, wallet, &key, 1);
        library.carries(&message).refused(NOT_SIGNED);
        assert_eq!(library.accepted(wallet), 0);
    }
}

#[test]
fn an_actor_that_answers_nothing_has_not_signed() {
    let mut library = with_terms();
    let key = library.owner.clone();
    // The token has no such method, and no account behind it.
    let token = library.w.story_token(&key);
    let native = library.signed(&key, message(token, accepting(), 1));
    library.carries(&native).refused(NOT_SIGNED);
}

#[test]
fn a_nonce_that_was_taken_back_carries_nothing() {
    let mut library = with_terms();
    for kind in KINDS {
        let signer = library.w.account(kind, 5);
        let accept = library.signed(&signer, message(&signer, accepting(), 64));
        library.by::<method::CancelNonce>(&signer, &64);
        library.carries(&accept).refused(NONCE_USED);
        assert_eq!(library.accepted(&signer), 0);
    }
}
