//! Destroys any holder's tokens. For the burner that the owner has named.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{BurnByRoleParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::{Party, transferred, votes_changed};
use crate::recipient::holder;
use crate::state::{TokenState, require_amount};

impl Handle<method::BurnByRole> for TokenActor {
    fn handle<R: Runtime>(
        rt: &mut R,
        caller: Caller,
        p: BurnByRoleParams,
    ) -> Result<TokenAmount, ActorError> {
        require_amount(&p.amount)?;
        let holder = holder(rt, &p.holder)?;
        let (account, votes) = rt.transaction(|st: &mut TokenState, scope| {
            st.settings.load(scope)?.require_burner(caller)?;
            st.burn(scope, holder, &p.amount)
        })?;
        transferred(rt, Some(Party::holder(holder, &account)), None, &p.amount)?;
        votes_changed(rt, votes)?;
        Ok(account.balance)
    }
}
