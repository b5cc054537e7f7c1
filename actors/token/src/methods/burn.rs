//! Destroys the caller's tokens. A pause does not stop it.

use holdfast_api::token::{BurnParams, BurnReturn, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::{Party, transferred, votes_changed};
use crate::state::{TokenState, require_amount};

impl Handle<method::Burn> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: BurnParams) -> Result<BurnReturn, ActorError> {
        require_amount(&p.amount)?;
        let holder = caller.id();
        let (account, votes) =
            rt.transaction(|st: &mut TokenState, scope| st.burn(scope, holder, &p.amount))?;
        transferred(rt, Some(Party::holder(holder, &account)), None, &p.amount)?;
        votes_changed(rt, votes)?;
        let balance = account.balance;
        Ok(BurnReturn { balance })
    }
}
