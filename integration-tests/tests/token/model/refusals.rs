//! Why a call has to be refused.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{MAX_BATCH, MAX_OPERATOR_DATA};
use holdfast_integration_tests::endless;
use holdfast_integration_tests::model::Reasons;

use super::cast::{Form, Who};
use super::ledger::{By, Ledger, is_amount};
use super::operation::{Batch, Call, Flaw, Named, Signed};

/// USR_ILLEGAL_ARGUMENT: nothing is left of the parameters.
const ILLEGAL_ARGUMENT: u32 = 16;
/// USR_FORBIDDEN.
const FORBIDDEN: u32 = 18;
/// USR_SERIALIZATION.
const SERIALIZATION: u32 = 21;
/// USR_UNSPECIFIED: the receiver hook or a callback failed.
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
const INVALID_BATCH: u32 = 84;
const UNEVEN_BATCH: u32 = 85;
const TRANSFER_NOT_ACCEPTED: u32 = 86;
const APPROVAL_NOT_ACCEPTED: u32 = 87;
const DELEGATION_EXPIRED: u32 = 89;
const INVALID_NONCE: u32 = 90;
const INVALID_SIGNATURE: u32 = 91;
const NOT_VOTING: u32 = 92;
const INVALID_DELEGATE: u32 = 93;

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
                self.hooked(*to, *data);
                self.spends(by.who, amount);
            }
            Call::TransferAndCall { to, amount, .. } => {
                self.called_back(*to);
                self.spends(by.who, amount);
            }
            Call::TransferFrom {
                from,
                to,
                amount,
                data,
            } => {
                self.hooked(*to, *data);
                self.spends_allowed(*from, amount);
            }
            Call::TransferFromAndCall { from, to, amount, .. } => {
                self.called_back(*to);
                self.spends_allowed(*from, amount);
            }
            Call::BatchTransfer(batch) => {
                self.batch(batch);
                self.spends(by.who, &batch.sum());
            }
            Call::BatchMint(batch) => {
                self.batch(batch);
                self.mints(&batch.sum());
            }
            Call::Mint { to, amount, data } => {
                self.hooked(*to, *data);
                self.mints(amount);
            }
            Call::Burn { amount } => self.spends(by.who, amount),
            Call::BurnFrom { holder, amount } => self.spends_allowed(*holder, amount),
            Call::BurnByRole { holder, amount } => {
                self.sender(holder.who);
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
            Call::ApproveAndCall { operator, amount, .. } => {
                self.approves(operator.who, amount);
                self.collected(operator.who, amount);
            }
            Call::Permit {
                owner,
                spender,
                value,
                signed,
            } => {
                self.approves(spender.who, value);
                self.permit(*owner, signed);
            }
            Call::Delegate { to } => self.delegates(*to),
            Call::DelegateBySig { to, signed } => {
                self.delegates(*to);
                self.delegation(signed);
            }
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

    /// A movement from 0x0 would read as a mint.
    fn sender(&mut self, from: Who) {
        self.add(!self.ledger.resolves(from) || from == Who::Zero, INVALID_SENDER);
    }

    fn receiver(&mut self, to: Named) {
        self.add(to.who.is_nobody() || to.who == Who::Token, INVALID_RECEIVER);
        self.add(self.ledger.paused, PAUSED);
    }

    /// By number the recipient's hook decides.
    fn hooked(&mut self, to: Named, data: usize) {
        self.receiver(to);
        if self.by.number() {
            self.add(data > MAX_OPERATOR_DATA, OPERATOR_DATA_TOO_LONG);
            self.add(!to.who.takes_frc46(), CALLEE_FAILED);
        }
    }

    /// The recipient's callback decides. Only the shop has one; another token says why it has none.
    fn called_back(&mut self, to: Named) {
        self.receiver(to);
        let says_why = to.who == Who::OtherToken;
        self.add(says_why, CALLEE_FAILED);
        self.add(!says_why && to.who != Who::Shop, TRANSFER_NOT_ACCEPTED);
    }

    fn batch(&mut self, batch: &Batch) {
        self.add(!(1..=MAX_BATCH).contains(&batch.entries.len()), INVALID_BATCH);
        self.add(batch.uneven && !self.by.number(), UNEVEN_BATCH);
        for (to, _) in &batch.entries {
            self.hooked(*to, batch.data);
        }
    }

    /// The spender's callback decides. The shop collects what it is allowed.
    fn collected(&mut self, spender: Who, amount: &TokenAmount) {
        if spender == Who::Shop {
            self.add(self.ledger.paused, PAUSED);
            return self.spends(self.by.who, amount);
        }
        let says_why = matches!(spender, Who::OtherToken | Who::Token);
        self.add(says_why, CALLEE_FAILED);
        self.add(!says_why, APPROVAL_NOT_ACCEPTED);
    }

    fn operator(&mut self, who: Who) {
        self.add(who.is_nobody(), INVALID_OPERATOR);
    }

    fn spends(&mut self, holder: Who, amount: &TokenAmount) {
        self.add(self.ledger.balance(holder) < *amount, INSUFFICIENT_BALANCE);
    }

    fn spends_allowed(&mut self, holder: Named, amount: &TokenAmount) {
        let (ledger, by) = (self.ledger, self.by);
        self.sender(holder.who);
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

    fn permit(&mut self, owner: Named, signed: &Signed) {
        let ledger = self.ledger;
        self.add(signed.until < ledger.now(), PERMIT_EXPIRED);
        self.add(!ledger.resolves(owner.who), INVALID_SENDER);
        let by_owner = signed.by == owner.who && owner.form == Form::Robust && signed.flaw.is_none();
        self.add(
            !by_owner || signed.nonce != ledger.nonce(owner.who),
            INVALID_PERMIT,
        );
    }

    fn delegates(&mut self, to: Named) {
        self.add(!self.ledger.voting, NOT_VOTING);
        self.add(to.who.is_nobody() && !to.is_0x0(), INVALID_DELEGATE);
    }

    fn delegation(&mut self, signed: &Signed) {
        let ledger = self.ledger;
        self.add(signed.until < ledger.now(), DELEGATION_EXPIRED);
        let malformed = signed.flaw.is_some_and(Flaw::is_malformed);
        self.add(malformed, INVALID_SIGNATURE);
        let unknown = signed.flaw.is_some() || !ledger.resolves(signed.by);
        self.add(!malformed && unknown, INVALID_SENDER);
        self.add(signed.nonce != ledger.nonce(signed.by), INVALID_NONCE);
    }

    fn pauses(&mut self, pause: bool) {
        let (ledger, who) = (self.ledger, Some(self.by.who));
        self.add(ledger.pauser != who && ledger.owner != who, NOT_IN_ROLE);
        self.add(pause && ledger.paused, PAUSED);
        self.add(!pause && !ledger.paused, NOT_PAUSED);
    }
}
