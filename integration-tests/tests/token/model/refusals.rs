//! Why a call has to be refused.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::MAX_OPERATOR_DATA;
use holdfast_integration_tests::endless;
use holdfast_integration_tests::model::Reasons;

use super::cast::{Form, Who};
use super::ledger::{By, Ledger, is_amount};
use super::operation::{Call, Named, Permit};

/// USR_ILLEGAL_ARGUMENT: nothing is left of the parameters.
const ILLEGAL_ARGUMENT: u32 = 16;
/// USR_FORBIDDEN.
const FORBIDDEN: u32 = 18;
/// USR_SERIALIZATION.
const SERIALIZATION: u32 = 21;
/// USR_UNSPECIFIED: the receiver hook failed.
const CALLEE_FAILED: u32 = 23;
const INSUFFICIENT_BALANCE: u32 = 64;
const INSUFFICIENT_ALLOWANCE: u32 = 65;
const INVALID_RECEIVER: u32 = 66;
const INVALID_OPERATOR: u32 = 67;
const INVALID_SENDER: u32 = 68;
const INVALID_AMOUNT: u32 = 69;
const PAUSED: u32 = 70;
const NOT_PAUSED: u32 = 71;
const NOT_OWNER: u32 = 72;
const NOT_PENDING_OWNER: u32 = 73;
const NOT_IN_ROLE: u32 = 74;
const MINTER_CAP_EXCEEDED: u32 = 75;
const SUPPLY_CAP_EXCEEDED: u32 = 76;
const INVALID_SUPPLY_CAP: u32 = 77;
const OPERATOR_DATA_TOO_LONG: u32 = 79;
const PERMIT_EXPIRED: u32 = 81;
const INVALID_PERMIT: u32 = 82;

/// The search for what is wrong with one call.
struct Search<'a> {
    ledger: &'a Ledger,
    by: By,
    found: Reasons,
}

impl Ledger {
    /// Everything that is wrong with a call.
    pub(super) fn reasons(&self, by: By, call: &Call) -> Reasons {
        let found = Reasons::default();
        let mut search = Search {
            ledger: self,
            by,
            found,
        };
        search.add(!call.amounts().into_iter().all(is_amount), INVALID_AMOUNT);
        search.call(call);
        search.found
    }

    /// What is wrong with a call whose bytes are cut short, whatever the state is.
    pub(super) fn reasons_of_a_cut(call: &Call) -> Reasons {
        match call {
            Call::Constructor => Reasons::from_iter([FORBIDDEN]),
            _ => Reasons::from_iter([ILLEGAL_ARGUMENT, SERIALIZATION]),
        }
    }
}

impl Search<'_> {
    fn add(&mut self, applies: bool, code: u32) {
        self.found.add_if(applies, code);
    }

    fn call(&mut self, call: &Call) {
        let (ledger, by) = (self.ledger, self.by);
        match call {
            Call::Constructor => self.add(true, FORBIDDEN),
            Call::Transfer { to, amount, data } => {
                self.receiver(*to, *data);
                self.spends(by.who, amount);
            }
            Call::TransferFrom {
                from,
                to,
                amount,
                data,
            } => {
                self.receiver(*to, *data);
                self.spends_allowed(*from, amount);
            }
            Call::Mint { to, amount, data } => {
                self.receiver(*to, *data);
                self.mints(amount);
            }
            Call::Burn { amount } => self.spends(by.who, amount),
            Call::BurnFrom { holder, amount } => self.spends_allowed(*holder, amount),
            Call::BurnByRole { holder, amount } => {
                self.add(!ledger.resolves(holder.who), INVALID_SENDER);
                self.add(ledger.burner != Some(by.who), NOT_IN_ROLE);
                self.spends(holder.who, amount);
            }
            Call::IncreaseAllowance { operator, .. } => {
                self.operator(operator.who);
                self.add(operator.who == by.who, INVALID_OPERATOR);
                self.add(ledger.paused, PAUSED);
            }
            Call::DecreaseAllowance { operator, .. } => {
                self.add(operator.who == by.who, INVALID_OPERATOR);
            }
            Call::RevokeAllowance { .. } => {}
            Call::Approve { operator, amount } => self.approves(operator.who, amount),
            Call::Permit(permit) => self.permit(permit),
            Call::AcceptOwnership => {
                self.add(ledger.pending_owner != Some(by.who), NOT_PENDING_OWNER);
            }
            Call::Pause | Call::Unpause => self.pauses(*call == Call::Pause),
            _ => self.owners(call),
        }
    }

    /// What only the owner may do.
    fn owners(&mut self, call: &Call) {
        let ledger = self.ledger;
        self.add(ledger.owner != Some(self.by.who), NOT_OWNER);
        match call {
            Call::SetMinter { minter, .. } => self.operator(minter.who),
            Call::SetBurner(Some(role)) | Call::SetPauser(Some(role)) => {
                let nobody = role.is_0x0() && !self.by.number();
                if !nobody {
                    self.operator(role.who);
                }
            }
            Call::TransferOwnership { to } if !to.is_0x0() => self.operator(to.who),
            Call::LowerSupplyCap { cap } => {
                self.add(*cap < ledger.supply || *cap > ledger.cap, INVALID_SUPPLY_CAP);
            }
            _ => {}
        }
    }

    fn receiver(&mut self, to: Named, data: usize) {
        self.add(to.who.is_nobody() || to.who == Who::Token, INVALID_RECEIVER);
        self.add(self.ledger.paused, PAUSED);
        if self.by.number() {
            self.add(data > MAX_OPERATOR_DATA, OPERATOR_DATA_TOO_LONG);
            self.add(!to.who.takes_frc46(), CALLEE_FAILED);
        }
    }

    fn operator(&mut self, who: Who) {
        self.add(who.is_nobody(), INVALID_OPERATOR);
    }

    fn spends(&mut self, holder: Who, amount: &TokenAmount) {
        self.add(self.ledger.balance(holder) < *amount, INSUFFICIENT_BALANCE);
    }

    fn spends_allowed(&mut self, holder: Named, amount: &TokenAmount) {
        let (ledger, by) = (self.ledger, self.by);
        self.add(!ledger.resolves(holder.who), INVALID_SENDER);
        self.add(by.number() && holder.who == by.who, INVALID_OPERATOR);
        let allowance = ledger.allowance(holder.who, by.who);
        self.add(
            allowance != endless() && allowance < *amount,
            INSUFFICIENT_ALLOWANCE,
        );
        self.spends(holder.who, amount);
    }

    fn mints(&mut self, amount: &TokenAmount) {
        let ledger = self.ledger;
        match ledger.minters.get(&self.by.who) {
            None => self.add(true, NOT_IN_ROLE),
            Some(cap) => self.add(cap < amount, MINTER_CAP_EXCEEDED),
        }
        self.add(&ledger.supply + amount > ledger.cap, SUPPLY_CAP_EXCEEDED);
    }

    fn approves(&mut self, operator: Who, amount: &TokenAmount) {
        self.operator(operator);
        self.add(self.ledger.paused && !amount.is_zero(), PAUSED);
    }

    fn permit(&mut self, permit: &Permit) {
        let (ledger, owner) = (self.ledger, permit.owner);
        self.add(permit.deadline < ledger.now, PERMIT_EXPIRED);
        self.add(!ledger.resolves(owner.who), INVALID_SENDER);
        self.approves(permit.spender.who, &permit.value);
        let signed = permit.signer == owner.who && owner.form == Form::Robust && permit.flaw.is_none();
        self.add(!signed || permit.nonce != ledger.nonce(owner.who), INVALID_PERMIT);
    }

    fn pauses(&mut self, pause: bool) {
        let (ledger, who) = (self.ledger, Some(self.by.who));
        self.add(ledger.pauser != who && ledger.owner != who, NOT_IN_ROLE);
        self.add(pause && ledger.paused, PAUSED);
        self.add(!pause && !ledger.paused, NOT_PAUSED);
    }
}
