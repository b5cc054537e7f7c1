//! Making tokens.

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::ConstructorParams;
use holdfast_localnet::{Kind, Wallet, ids};
use holdfast_token::state::max_amount;

use crate::World;
use crate::abi::IInit;

/// The token's name in the bundle.
const ACTOR: &str = "holdfast_token";

/// Parameters of a token's constructor.
pub type TokenParams = ConstructorParams;

/// Whole tokens.
pub fn tokens(n: u64) -> TokenAmount {
    TokenAmount::from_whole(n)
}

/// 2^256 - 1 atto-tokens: an allowance without end.
pub fn endless() -> TokenAmount {
    max_amount()
}

impl World {
    /// Creates a token through Init, by a 0x wallet through Init's Ethereum face; gives its id address.
    ///
    /// # Panics
    /// When Init or the constructor refuses.
    #[track_caller]
    pub fn create_token(&mut self, from: &Wallet, params: &TokenParams) -> Address {
        let params = to_vec(params).expect("parameters that encode");
        if from.kind() == Kind::Eth {
            let actor_type = self
                .network()
                .bundle()
                .actor_type(ACTOR)
                .expect("the token's type");
            let call = IInit::createCall {
                actorType: actor_type,
                params: params.into(),
            };
            let created = self.evm(from, Address::new_id(ids::INIT), call).ok();
            return Address::new_id(created.id);
        }
        let none = TokenAmount::default();
        let (created, _) = self.run(from, |network| network.exec(from, ACTOR, &params, none));
        created.id_address
    }

    /// Creates the token of most stories: Alice owns it and holds the first 1 000.
    ///
    /// # Panics
    /// As [`World::create_token`].
    #[track_caller]
    pub fn story_token(&mut self, alice: &Wallet) -> Address {
        let owner = Some(alice.address());
        let params = TokenParams {
            name: "Story".to_owned(),
            symbol: "STRY".to_owned(),
            owner,
            supply_cap: None,
            initial_holder: owner,
            initial_supply: tokens(1_000),
            voting: true,
        };
        self.create_token(alice, &params)
    }
}
