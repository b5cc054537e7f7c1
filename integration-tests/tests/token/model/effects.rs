//! What a call that is not refused changes, and what it gives back.

use fvm_shared::econ::TokenAmount;
use holdfast_integration_tests::endless;

use super::cast::Who;
use super::ledger::{By, Ledger, put};
use super::operation::{Call, Named};

impl Ledger {
    /// Changes everything that the call changes; gives the amounts that come back.
    pub(super) fn change(&mut self, by: By, call: &Call) -> Vec<TokenAmount> {
        match call {
            Call::Transfer { to, amount, .. } => {
                self.moves(by.who, to.who, amount);
                by.answer([self.balance(by.who), self.balance(to.who)])
            }
            Call::TransferFrom { from, to, amount, .. } => {
                let allowance = self.spend_allowance(from.who, by.who, amount);
                self.moves(from.who, to.who, amount);
                by.answer([self.balance(from.who), self.balance(to.who), allowance])
            }
            Call::Mint { to, amount, .. } => {
                self.make(by.who, to.who, amount);
                by.answer([self.balance(to.who), self.supply.clone()])
            }
            Call::Burn { amount } => vec![self.destroy(by.who, amount)],
            Call::BurnByRole { holder, amount } => vec![self.destroy(holder.who, amount)],
            Call::BurnFrom { holder, amount } => {
                let allowance = self.spend_allowance(holder.who, by.who, amount);
                let balance = self.destroy(holder.who, amount);
                by.answer([balance, allowance])
            }
            Call::BatchTransfer(batch) => {
                batch
                    .entries
                    .iter()
                    .for_each(|(to, amount)| self.moves(by.who, to.who, amount));
                by.answer([self.balance(by.who)])
            }
            Call::BatchMint(batch) => {
                batch
                    .entries
                    .iter()
                    .for_each(|(to, amount)| self.make(by.who, to.who, amount));
                by.answer([self.supply.clone()])
            }
            Call::TransferAndCall { to, amount, .. } => {
                self.moves(by.who, to.who, amount);
                Vec::new()
            }
            Call::TransferFromAndCall { from, to, amount, .. } => {
                self.spend_allowance(from.who, by.who, amount);
                self.moves(from.who, to.who, amount);
                Vec::new()
            }
            Call::ApproveAndCall { operator, amount, .. } => {
                self.allow(by.who, operator.who, amount.clone());
                self.spend_allowance(by.who, operator.who, amount);
                self.moves(by.who, operator.who, amount);
                Vec::new()
            }
            _ => self.change_right(by, call),
        }
    }

    /// Allowances by their holder, roles, pause, cap.
    fn change_right(&mut self, by: By, call: &Call) -> Vec<TokenAmount> {
        match call {
            Call::IncreaseAllowance { operator, by: more } => {
                let raised = (self.allowance(by.who, operator.who) + more).min(endless());
                return vec![self.allow(by.who, operator.who, raised)];
            }
            Call::DecreaseAllowance { operator, by: less } => {
                let lowered = (self.allowance(by.who, operator.who) - less).max(TokenAmount::default());
                put(&mut self.allowances, (by.who, operator.who), lowered.clone());
                return vec![lowered];
            }
            Call::RevokeAllowance { operator } => {
                self.allowances.remove(&(by.who, operator.who));
            }
            Call::Approve { operator, amount } => {
                self.allow(by.who, operator.who, amount.clone());
            }
            Call::Permit {
                owner,
                spender,
                value,
                ..
            } => {
                self.use_nonce(owner.who);
                self.allow(owner.who, spender.who, value.clone());
            }
            Call::Delegate { to } => self.entrust(by.who, *to),
            Call::DelegateBySig { to, signed } => {
                self.use_nonce(signed.by);
                self.entrust(signed.by, *to);
            }
            Call::SetMinter { minter, cap } => {
                self.meet(minter.who);
                put(&mut self.minters, minter.who, cap.clone());
            }
            Call::SetBurner(role) => self.burner = self.somebody(*role),
            Call::SetPauser(role) => self.pauser = self.somebody(*role),
            Call::Pause => self.paused = true,
            Call::Unpause => self.paused = false,
            Call::LowerSupplyCap { cap } => self.cap = cap.clone(),
            Call::TransferOwnership { to } => self.pending_owner = self.somebody(Some(*to)),
            Call::AcceptOwnership => (self.owner, self.pending_owner) = (Some(by.who), None),
            Call::RenounceOwnership => (self.owner, self.pending_owner) = (None, None),
            other => unreachable!("{other:?} has its own effects"),
        }
        Vec::new()
    }

    fn moves(&mut self, from: Who, to: Who, amount: &TokenAmount) {
        self.meet(to);
        let left = self.balance(from) - amount;
        put(&mut self.balances, from, left);
        self.credit(to, amount);
    }

    fn make(&mut self, minter: Who, to: Who, amount: &TokenAmount) {
        let left = self.minters.get(&minter).cloned().unwrap_or_default() - amount;
        put(&mut self.minters, minter, left);
        self.supply += amount;
        self.meet(to);
        self.credit(to, amount);
    }

    fn use_nonce(&mut self, holder: Who) {
        *self.nonces.entry(holder).or_default() += 1;
    }

    fn entrust(&mut self, holder: Who, to: Named) {
        match self.somebody(Some(to)) {
            Some(delegate) => self.delegates.insert(holder, delegate),
            None => self.delegates.remove(&holder),
        };
    }

    fn credit(&mut self, to: Who, amount: &TokenAmount) {
        let balance = self.balance(to) + amount;
        put(&mut self.balances, to, balance);
    }

    fn destroy(&mut self, holder: Who, amount: &TokenAmount) -> TokenAmount {
        let left = self.balance(holder) - amount;
        put(&mut self.balances, holder, left.clone());
        self.supply -= amount;
        left
    }

    fn allow(&mut self, holder: Who, operator: Who, amount: TokenAmount) -> TokenAmount {
        self.meet(operator);
        put(&mut self.allowances, (holder, operator), amount.clone());
        amount
    }

    fn spend_allowance(&mut self, holder: Who, operator: Who, amount: &TokenAmount) -> TokenAmount {
        let allowance = self.allowance(holder, operator);
        if allowance == endless() {
            return allowance;
        }
        let left = allowance - amount;
        put(&mut self.allowances, (holder, operator), left.clone());
        left
    }

    /// 0x0 stands for nobody.
    fn somebody(&mut self, named: Option<Named>) -> Option<Who> {
        let who = named.filter(|named| !named.is_0x0())?.who;
        self.meet(who);
        Some(who)
    }
}

impl By {
    /// FRC-46 methods give balances; their ERC-20 twins give nothing but success.
    fn answer<const N: usize>(self, amounts: [TokenAmount; N]) -> Vec<TokenAmount> {
        if self.number() { amounts.into() } else { Vec::new() }
    }
}
