//! Lists the holders page by page.

use holdfast_api::token::{Holder, ListHoldersParams, ListHoldersReturn, MAX_PAGE, TokenError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::state::TokenState;

impl Answer<method::ListHolders> for TokenActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: ListHoldersParams) -> Result<ListHoldersReturn, ActorError> {
        let limit = usize::try_from(p.limit)
            .ok()
            .filter(|_| (1..=MAX_PAGE).contains(&p.limit));
        let limit = limit.ok_or(TokenError::InvalidPage {
            limit: p.limit,
            max: MAX_PAGE,
        })?;
        let state: TokenState = rt.state()?;
        let page = state.accounts.page(rt.store(), p.start.as_ref(), limit)?;
        // Who has delegated the votes of tokens to come has an account and holds nothing.
        let holders = page
            .entries
            .into_iter()
            .filter(|(_, account)| account.balance.is_positive());
        let holders = holders.map(|(id, account)| Holder {
            id,
            balance: account.balance,
        });
        let holders = holders.collect();
        Ok(ListHoldersReturn {
            holders,
            next: page.next,
        })
    }
}
