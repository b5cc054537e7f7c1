//! Making tokens.

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::ConstructorParams;
use holdfast_localnet::Wallet;

use crate::World;

/// The token's name in the bundle.
const ACTOR: &str = "holdfast_token";

/// Parameters of a token's constructor.
pub type TokenParams = ConstructorParams;

/// Whole tokens.
pub fn tokens(n: u64) -> TokenAmount {
    TokenAmount::from_whole(n)
}

impl World {
    /// Creates a token through Init; gives its id address.
    ///
    /// # Panics
    /// When Init or the constructor refuses.
    #[track_caller]
    pub fn create_token(&mut self, from: &Wallet, params: &TokenParams) -> Address {
        let params = to_vec(params).expect("parameters that encode");
        let (created, _) = self.run(from, |network| {
            network.exec(from, ACTOR, &params, TokenAmount::default())
        });
        created.id_address
    }

    /// Creates the token of most stories: Alice owns it, may mint a million, and holds the first 1 000.
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
        };
        self.create_token(alice, &params)
    }
}
