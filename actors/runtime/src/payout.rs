//! FIL that must leave after the state is saved.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;

use crate::error::ActorError;
use crate::runtime::Runtime;
use crate::send::{Call, METHOD_SEND};

/// FIL owed to someone, decided inside a transaction and paid after it.
///
/// A transaction returns it; whoever lets it fall unpaid is told by the compiler (`#[must_use]`) and, when the
/// call succeeds all the same, by a panic of the test double.
#[must_use = "money that is owed has to be paid with `Payout::pay`"]
#[derive(Debug, PartialEq, Eq)]
pub struct Payout {
    to: ActorID,
    amount: TokenAmount,
    settled: bool,
}

impl Payout {
    /// `amount` attoFIL owed to `to`.
    pub fn new(to: ActorID, amount: TokenAmount) -> Self {
        Self {
            to,
            settled: amount.is_zero(),
            amount,
        }
    }

    /// Pays. Zero sends nothing.
    ///
    /// # Errors
    /// When the recipient refuses the FIL or the actor has too little of it; the call must then abort.
    pub fn pay<R: Runtime>(mut self, rt: &mut R) -> Result<(), ActorError> {
        if core::mem::replace(&mut self.settled, true) {
            return Ok(());
        }
        let call = Call::new(Address::new_id(self.to), METHOD_SEND).with_value(self.amount.clone());
        rt.send(&call).map(|_| ()).map_err(|e| e.into_error(&call))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Drop for Payout {
    fn drop(&mut self) {
        if !self.settled {
            let amount = crate::decimal::Decimal(&self.amount);
            crate::testing::owed::forget(format!(
                "a payout of {amount} FIL to f0{} was dropped unpaid",
                self.to
            ));
        }
    }
}
