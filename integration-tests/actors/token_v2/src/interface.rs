//! The interface of the first version, and one method more on both faces.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use holdfast_api::token::Token;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::dispatch::Dispatch;
use holdfast_runtime::method::{Answer, Method, SolidityMethod};
use holdfast_runtime::{ActorError, Runtime, methods};

use crate::TokenActor;
use crate::state::TokenState;

methods! {
    /// What the second version of the token can do that the first could not.
    pub interface Addition("token_v2") {
        errors holdfast_api::token::TokenError;
        events [];
        methods {
            /// How many transfers there were since the second version.
            view Moves() -> u64, from Anyone, solidity moves;
        }
        solidity {}
    }
}

/// The token's interface since its second version.
pub struct TokenV2;

impl Dispatch<TokenActor> for TokenV2 {
    fn by_number<R: Runtime>(
        rt: &mut R,
        number: u64,
        params: Option<IpldBlock>,
    ) -> Result<Option<IpldBlock>, ActorError> {
        match number {
            method::Moves::NUMBER => <Addition as Dispatch<TokenActor>>::by_number(rt, number, params),
            _ => <Token as Dispatch<TokenActor>>::by_number(rt, number, params),
        }
    }

    fn by_selector<R: Runtime>(rt: &mut R, selector: u32, args: &[u8]) -> Result<Vec<u8>, ActorError> {
        match selector {
            method::Moves::SELECTOR => <Addition as Dispatch<TokenActor>>::by_selector(rt, selector, args),
            _ => <Token as Dispatch<TokenActor>>::by_selector(rt, selector, args),
        }
    }

    const STANDARDS: &'static [(&'static str, u32)] = <Token as Dispatch<TokenActor>>::STANDARDS;
}

impl Answer<method::Moves> for TokenActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, (): ()) -> Result<u64, ActorError> {
        Ok(rt.state::<TokenState>()?.moves)
    }
}
