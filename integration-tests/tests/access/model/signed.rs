//! Messages that somebody signs and somebody else carries.

use fvm_ipld_encoding::{RawBytes, from_slice, to_vec};
use holdfast_api::access::{CarryParams, Signed, method};
use holdfast_integration_tests::carried;
use holdfast_integration_tests::model::Dice;
use holdfast_localnet::Kind;
use holdfast_runtime::method::Method;

use super::cast::{CALLERS, Named, Who};
use super::library::Library;
use super::operation::Call;
use super::refusals::Search;
use super::stage::Stage;
use super::wire;

const MESSAGE_EXPIRED: u32 = 151;
const NONCE_USED: u32 = 152;
const NOT_SIGNED: u32 = 153;
const AMBIGUOUS: u32 = 154;

/// A message of somebody.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    pub(super) signer: Who,
    /// A grant, a revocation, or terms that are accepted.
    pub(super) what: Call,
    pub(super) nonce: u64,
    pub(super) deadline: i64,
    /// Whether the signature is that of another message.
    pub(super) forged: bool,
}

impl Carried {
    /// Whether a wallet can sign it at all: typed data names everybody by a 0x form.
    pub(super) fn can_be_signed(&self, library: &Library) -> bool {
        let has_form = |named: &Named| {
            let account = matches!(named.who, Who::Stranger(Kind::Eth, _) | Who::Account(..));
            account || library.exists(named.who)
        };
        !is_typed(self.signer) || self.what.named().iter().all(has_form)
    }
}

/// Whether a wallet signs typed data.
fn is_typed(signer: Who) -> bool {
    matches!(signer, Who::Account(Kind::Eth, _))
}

impl Search<'_> {
    pub(super) fn carried(&mut self, carried: &Carried) {
        let by = std::mem::replace(&mut self.by, carried.signer);
        self.call(&carried.what);
        self.by = by;
        let Carried {
            signer,
            nonce,
            deadline,
            ..
        } = carried;
        self.add(self.library.epoch >= *deadline, MESSAGE_EXPIRED);
        self.add(self.library.nonces.contains(&(*signer, *nonce)), NONCE_USED);
        self.add(carried.forged, NOT_SIGNED);
        if let (true, Call::Grant(given)) = (is_typed(*signer), &carried.what) {
            self.add(given.terms.uses == Some(0), AMBIGUOUS);
        }
    }

    pub(super) fn cancelled(&mut self, nonce: u64) {
        self.add(self.library.nonces.contains(&(self.by, nonce)), NONCE_USED);
    }
}

impl Library {
    pub(super) fn carry(&mut self, carried: &Carried) -> Vec<u64> {
        self.nonces.insert((carried.signer, carried.nonce));
        self.effect(carried.signer, &carried.what)
    }

    pub(super) fn draw_carry(&self, dice: &mut Dice) -> (Who, Call) {
        // Nonces beside each other share a word.
        let nonce = u64::from(60 + dice.below(9));
        if dice.once_in(8) {
            return (dice.pick(&CALLERS), Call::CancelNonce(nonce));
        }
        let (signer, what) = match dice.below(6) {
            0 | 1 => self.draw_grant(dice),
            2 => self.draw_give_on(dice),
            3 => self.draw_accept_terms(dice),
            _ => {
                let (by, at) = self.draw_at(dice);
                (by, Call::Revoke(at))
            }
        };
        let carried = Carried {
            signer,
            what,
            nonce,
            deadline: self.epoch + dice.weighted(&[(10, 20), (1, 1), (1, 0)]),
            forged: dice.once_in(12),
        };
        (dice.pick(&CALLERS), Call::Carry(Box::new(carried)))
    }
}

/// The method's number and its parameters.
pub(super) fn message(stage: &Stage, carried: &Carried) -> (u64, Vec<u8>) {
    let key = stage.wallet(carried.signer).expect("a signer");
    let (_, params) = wire::message(stage, &carried.what);
    let what = match &carried.what {
        Call::Grant(_) => Signed::Grant {
            params: from_slice(&params).expect("a grant"),
        },
        Call::Revoke(_) => Signed::Revoke {
            params: from_slice(&params).expect("a revocation"),
        },
        _ => Signed::AcceptTerms {
            params: from_slice(&params).expect("accepted terms"),
        },
    };
    let message = CarryParams {
        signer: key.address(),
        what,
        nonce: carried.nonce,
        deadline: stage.chain_epoch(carried.deadline),
        signature: RawBytes::default(),
    };
    let good = carried::signed(&stage.w, stage.access, &key, message);
    let message = if carried.forged {
        let nonce = good.nonce + 1;
        let other = carried::signed(
            &stage.w,
            stage.access,
            &key,
            CarryParams {
                nonce,
                ..good.clone()
            },
        );
        CarryParams {
            signature: other.signature,
            ..good
        }
    } else {
        good
    };
    (
        method::Carry::NUMBER,
        to_vec(&message).expect("parameters that encode"),
    )
}

/// The numbers in what came back.
pub(super) fn numbers(returned: &[u8]) -> Vec<u64> {
    let made: Option<u64> = from_slice(returned).expect("a grant or none");
    made.into_iter().collect()
}
