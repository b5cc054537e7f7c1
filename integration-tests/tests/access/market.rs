//! What sellers and buyers do, and what the actor then owes and holds.

use alloy_primitives::U256;
use alloy_sol_types::sol;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use holdfast_access::invariants;
use holdfast_access::state::AccessState;
use holdfast_api::access::{
    Asset, BalanceParams, BuyParams, Plan, PlanId, QuoteParams, WithdrawParams, method,
};
use holdfast_api::token::{IncreaseAllowanceParams, method as token_method};
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::access::agreed;
use holdfast_integration_tests::{Answer, Party};
use holdfast_localnet::Wallet;

use crate::support::Library;

/// FIL among the assets that the actor's invariants count.
const FIL: ActorID = 0;

sol! {
    interface IMoney {
        function mint(address to, uint256 value) external;
        function approve(address spender, uint256 value) external returns (bool);
    }
    interface IFace {
        function quote(uint64 plan, address subject, uint64 periods) external view returns (uint256 price, address token, bool renewal, uint64 end, uint64 policyVersion, bytes32 termsHash);
        function buy(uint64 plan, address subject, uint64 periods, uint256 maxPrice, uint64 policyVersion, bytes32 termsHash, address referrer) external payable returns (uint64);
        function renew(uint64 plan, address subject, uint64 periods, uint256 maxPrice, uint64 policyVersion, bytes32 termsHash, address referrer) external payable returns (uint64);
        function refund(uint64 plan) external returns (uint256);
        function withdraw() external returns (uint256);
        function withdraw(address token) external returns (uint256);
    }
}

impl Library {
    #[track_caller]
    pub(crate) fn sells(&mut self, plan: &Plan) -> PlanId {
        let (owner, access) = (self.owner.clone(), self.access);
        self.w.call::<method::CreatePlan>(&owner, access, plan).ok()
    }

    #[track_caller]
    pub(crate) fn buys(&mut self, who: &Wallet, plan: PlanId) -> Answer<u64> {
        let (value, params) = self.wanted(who, plan);
        self.w.pay::<method::Buy>(who, self.access, value, &params)
    }

    #[track_caller]
    pub(crate) fn renews(&mut self, who: &Wallet, plan: PlanId) -> Answer<u64> {
        let (value, params) = self.wanted(who, plan);
        self.w.pay::<method::Renew>(who, self.access, value, &params)
    }

    /// What somebody sends who has just asked for the price, with the FIL that it takes.
    #[track_caller]
    fn wanted(&self, who: &Wallet, plan: PlanId) -> (TokenAmount, BuyParams) {
        let params = QuoteParams {
            plan,
            subject: self.w.id(who),
            periods: 1,
        };
        let quote = self.w.view::<method::Quote>(self.access, &params);
        let value = match quote.asset {
            None => quote.price.clone(),
            Some(_) => TokenAmount::default(),
        };
        (value, agreed(plan, &quote))
    }

    /// The same by calldata.
    #[track_caller]
    pub(crate) fn wanted_by_calldata(&self, who: impl Party, plan: PlanId) -> IFace::buyCall {
        let (subject, periods) = (self.w.eth(who), 1);
        let asked = IFace::quoteCall {
            plan,
            subject,
            periods,
        };
        let quote = self.w.ask(self.access, asked);
        IFace::buyCall {
            plan,
            subject: Default::default(),
            periods,
            maxPrice: quote.price,
            policyVersion: quote.policyVersion,
            termsHash: quote.termsHash,
            referrer: Default::default(),
        }
    }

    #[track_caller]
    pub(crate) fn waits(&self, token: Option<Address>, payee: impl Party) -> TokenAmount {
        let payee = payee.address();
        let params = BalanceParams { token, payee };
        self.w.view::<method::BalanceOfPayee>(self.access, &params)
    }

    #[track_caller]
    pub(crate) fn fetches(&mut self, who: &Wallet, asset: Option<Asset>) -> Answer<TokenAmount> {
        let params = WithdrawParams { asset, payee: None };
        self.w.call::<method::Withdraw>(who, self.access, &params)
    }

    /// Lets the actor take so much of our token.
    #[track_caller]
    pub(crate) fn allows(&mut self, who: &Wallet, token: Address, increase: TokenAmount) {
        let operator = self.access;
        let params = IncreaseAllowanceParams { operator, increase };
        self.w
            .call::<token_method::IncreaseAllowance>(who, token, &params)
            .ok();
    }

    /// What the actor owes in a token, or in FIL.
    #[track_caller]
    pub(crate) fn owes(&self, token: Option<Address>) -> TokenAmount {
        let network = self.w.network();
        let state: AccessState = network.state(&self.access).expect("the actor's state");
        let owed = invariants::owed(&state, network.store()).expect("what is owed");
        let asset = token.map_or(FIL, |token| self.w.id(token).id().expect("an id address"));
        owed.get(&asset).cloned().unwrap_or_default()
    }

    /// What the actor has of a token, or of FIL.
    #[track_caller]
    pub(crate) fn has(&self, token: Option<Address>) -> TokenAmount {
        match token {
            Some(token) => self.holding(token, self.access),
            None => self.w.network().balance(&self.access).expect("a balance"),
        }
    }

    /// The actor has what it owes in a token, or in FIL, and nothing else.
    #[track_caller]
    pub(crate) fn require_covered(&self, token: Option<Address>, after: &str) {
        let (owes, has) = (self.owes(token), self.has(token));
        assert_eq!(owes, has, "after {after}: what is owed, and what is held");
    }

    /// What somebody has of a token, atto-tokens.
    #[track_caller]
    pub(crate) fn holding(&self, token: Address, who: impl Party) -> TokenAmount {
        let held: U256 = self.w.ask(token, IToken::balanceOfCall(self.w.eth(who)));
        let held = BigInt::from_bytes_be(Sign::Plus, &held.to_be_bytes::<32>());
        TokenAmount::from_atto(held)
    }
}
