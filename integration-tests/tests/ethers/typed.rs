//! Errors and events of the interfaces with given values, made as the actors make them.

use alloy_primitives::{U256, hex};
use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::ActorEvent;
use holdfast_api::access::AccessError;
use holdfast_api::init::{self, InitError};
use holdfast_api::token::{TokenError, events};
use holdfast_runtime::ActorError;
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::EthAddress;
use serde_json::Value;

/// The values of a row, one after the other.
struct Row<'a>(core::slice::Iter<'a, Value>);

impl Row<'_> {
    fn next(&mut self) -> &Value {
        self.0.next().expect("as many values as the signature has types")
    }

    fn eth(&mut self) -> EthAddress {
        let text = self.next().as_str().expect("an address");
        EthAddress(hex::decode_to_array(text).expect("an address"))
    }

    fn address(&mut self) -> Address {
        self.eth().to_filecoin().expect("an address")
    }

    fn amount(&mut self) -> TokenAmount {
        let number: U256 = self
            .next()
            .as_str()
            .and_then(|n| n.parse().ok())
            .expect("a number");
        TokenAmount::from_atto(BigInt::from_bytes_be(Sign::Plus, &number.to_be_bytes::<32>()))
    }

    fn number<N: TryFrom<u64, Error: std::fmt::Debug>>(&mut self) -> N {
        let number = self.next().as_u64().expect("a number of 64 bits");
        N::try_from(number).expect("a number in its range")
    }
}

/// The types of an error's values as Rust has them: numbers of things, and nonces, are uint256 in Solidity and have 64 bits;
/// epochs have 63 of them.
pub(super) fn types<'a>(interface: &str, signature: &'a str) -> Vec<&'a str> {
    let (name, _) = signature.split_once('(').expect("a signature");
    let width = match (interface, name) {
        ("access", "TooDear" | "InexactPayment" | "InvalidNumber") => "uint256",
        ("access", "NotScheduled" | "NotReady" | "OperationExpired" | "Resting") => "uint63",
        ("access" | "init", _) | (_, "InvalidAccountNonce") => "uint64",
        _ => "uint256",
    };
    let narrow = |kind| if kind == "uint256" { width } else { kind };
    crate::values::types(signature).into_iter().map(narrow).collect()
}

/// An error of an interface.
pub(super) fn error(interface: &str, name: &str, values: &[Value]) -> ActorError {
    let row = Row(values.iter());
    match interface {
        "token" => token_error(name, row).into(),
        "init" => init_error(name, row).into(),
        "access" => access_error(name, row).into(),
        other => panic!("no test makes the errors of {other}"),
    }
}

fn token_error(name: &str, mut row: Row<'_>) -> TokenError {
    let why = String::new();
    match name {
        "InsufficientBalance" => TokenError::InsufficientBalance {
            holder: row.address(),
            balance: row.amount(),
            needed: row.amount(),
        },
        "InsufficientAllowance" => TokenError::InsufficientAllowance {
            operator: row.address(),
            allowance: row.amount(),
            needed: row.amount(),
        },
        "InvalidReceiver" => TokenError::InvalidReceiver {
            to: row.address(),
            why,
        },
        "InvalidOperator" => TokenError::InvalidOperator {
            operator: row.address(),
            why,
        },
        "InvalidSender" => TokenError::InvalidSender { from: row.address() },
        "Paused" => TokenError::Paused,
        "NotPaused" => TokenError::NotPaused,
        "NotOwner" => TokenError::NotOwner {
            caller: row.address(),
        },
        "NotPendingOwner" => TokenError::NotPendingOwner {
            caller: row.address(),
        },
        "SupplyCapExceeded" => TokenError::SupplyCapExceeded {
            supply: row.amount(),
            cap: row.amount(),
        },
        "InvalidSupplyCap" => {
            let (lowest, highest) = Default::default();
            TokenError::InvalidSupplyCap {
                cap: row.amount(),
                lowest,
                highest,
            }
        }
        "PermitExpired" => TokenError::PermitExpired {
            deadline: row.amount(),
            now: 0,
        },
        "InvalidPermit" => TokenError::InvalidPermit {
            signer: row.address(),
            owner: row.address(),
        },
        "TransferNotAccepted" => TokenError::TransferNotAccepted {
            to: row.address(),
            why,
        },
        "ApprovalNotAccepted" => TokenError::ApprovalNotAccepted {
            spender: row.address(),
            why,
        },
        "FutureLookup" => TokenError::FutureLookup {
            timepoint: row.amount(),
            clock: row.number(),
        },
        "DelegationExpired" => TokenError::DelegationExpired {
            expiry: row.amount(),
            now: 0,
        },
        "InvalidNonce" => TokenError::InvalidNonce {
            signer: row.address(),
            nonce: row.number(),
        },
        "InvalidSignature" => TokenError::InvalidSignature,
        other => panic!("no test makes the token's error {other}: add it here"),
    }
}

fn init_error(name: &str, mut row: Row<'_>) -> InitError {
    match name {
        "UnknownType" => InitError::UnknownType {
            actor_type: row.number(),
        },
        "OfficialType" => InitError::OfficialType {
            actor_type: row.number(),
            first: row.number(),
        },
        "CanonicalExists" => InitError::CanonicalExists {
            actor_type: row.number(),
            address: row.address(),
            id: 0,
        },
        other => panic!("no test makes Init's error {other}: add it here"),
    }
}

fn access_error(name: &str, mut row: Row<'_>) -> AccessError {
    let (why, now) = (String::new(), 0);
    match name {
        "NotOwner" | "NotOffered" => {
            let (data_set, caller) = (0, row.address());
            if name == "NotOwner" {
                AccessError::NotOwner { data_set, caller }
            } else {
                AccessError::NotOffered { data_set, caller }
            }
        }
        "TooDear" => AccessError::TooDear {
            price: row.amount(),
            max_price: row.amount(),
        },
        "InexactPayment" => AccessError::InexactPayment {
            value: row.amount(),
            price: row.amount(),
        },
        "InvalidNumber" => AccessError::InvalidNumber { number: row.amount() },
        "NothingWaits" => AccessError::NothingWaits { payee: row.address() },
        "NoPlan" => AccessError::NoPlan { plan: row.number() },
        "PlanClosed" => AccessError::PlanClosed { plan: row.number() },
        "SoldOut" => AccessError::SoldOut { plan: row.number() },
        "FreeRenewal" => AccessError::FreeRenewal { plan: row.number() },
        "Resting" => AccessError::Resting {
            plan: row.number(),
            subject: row.address(),
            until: row.number(),
        },
        "NotBought" | "AlreadyBought" | "NothingInEscrow" => {
            let (plan, subject) = (row.number(), row.address());
            match name {
                "NotBought" => AccessError::NotBought { plan, subject },
                "AlreadyBought" => AccessError::AlreadyBought { plan, subject },
                _ => AccessError::NothingInEscrow { plan, subject },
            }
        }
        "NotReady" => AccessError::NotReady {
            ready: row.number(),
            now,
        },
        "OperationExpired" => AccessError::OperationExpired {
            expires: row.number(),
            now,
        },
        other => of_data_set(other, row, why),
    }
}

fn of_data_set(name: &str, mut row: Row<'_>, why: String) -> AccessError {
    let data_set = row.number();
    match name {
        "NoDataSet" => AccessError::NoDataSet { data_set },
        "Frozen" => AccessError::Frozen { data_set },
        "NotAdmin" => AccessError::NotAdmin {
            data_set,
            caller: row.address(),
        },
        "NotGuardian" => AccessError::NotGuardian {
            data_set,
            caller: row.address(),
        },
        "NotGateway" => AccessError::NotGateway {
            data_set,
            caller: row.address(),
        },
        "AccessDenied" => AccessError::AccessDenied {
            data_set,
            caller: row.address(),
            why,
        },
        "OtherTerms" => AccessError::OtherTerms {
            data_set,
            version: row.number(),
        },
        "OtherVersion" => AccessError::OtherVersion {
            data_set,
            policy_version: row.number(),
        },
        "NotScheduled" => AccessError::NotScheduled {
            data_set,
            delay: row.number(),
        },
        "OfferChanged" => AccessError::OfferChanged {
            data_set,
            what: "",
            now: 0,
            named: 0,
        },
        other => panic!("no test makes the error {other} of access: add it here"),
    }
}

/// The log of an event of an interface.
pub(super) fn event(interface: &str, name: &str, values: &[Value]) -> ActorEvent {
    let mut row = Row(values.iter());
    let log = match (interface, name) {
        ("token", "Transfer") => events::Transfer {
            from: row.eth(),
            to: row.eth(),
            value: row.amount(),
        }
        .to_actor_event(),
        ("token", "Approval") => events::Approval {
            owner: row.eth(),
            spender: row.eth(),
            value: row.amount(),
        }
        .to_actor_event(),
        ("token", "OwnershipTransferStarted") => {
            let (previous_owner, new_owner) = (row.eth(), row.eth());
            events::OwnershipTransferStarted {
                previous_owner,
                new_owner,
            }
            .to_actor_event()
        }
        ("token", "OwnershipTransferred") => {
            let (previous_owner, new_owner) = (row.eth(), row.eth());
            events::OwnershipTransferred {
                previous_owner,
                new_owner,
            }
            .to_actor_event()
        }
        ("token", "DelegateChanged") => {
            let (delegator, from_delegate, to_delegate) = (row.eth(), row.eth(), row.eth());
            events::DelegateChanged {
                delegator,
                from_delegate,
                to_delegate,
            }
            .to_actor_event()
        }
        ("token", "DelegateVotesChanged") => events::DelegateVotesChanged {
            delegate: row.eth(),
            previous_votes: row.amount(),
            new_votes: row.amount(),
        }
        .to_actor_event(),
        ("token", "Paused") => events::Paused { account: row.eth() }.to_actor_event(),
        ("token", "Unpaused") => events::Unpaused { account: row.eth() }.to_actor_event(),
        ("init", "Created") => {
            let (creator, id, actor_type) = (row.eth(), row.number(), row.number());
            init::events::Created {
                creator,
                id,
                actor_type,
            }
            .to_actor_event()
        }
        _ => panic!("no test makes the event {name} of {interface}: add it here"),
    };
    log.expect("an event that encodes")
}
