//! The token's two faces, as stories call them.

use fvm_ipld_encoding::{CBOR, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::StampedEvent;
use holdfast_api::token::{
    BurnFromParams, BurnFromReturn, BurnParams, BurnReturn, DecreaseAllowanceParams, GetAllowanceParams,
    IncreaseAllowanceParams, MintParams, MintReturn, RevokeAllowanceParams, TransferFromParams,
    TransferFromReturn, TransferParams, TransferReturn, method,
};
use holdfast_localnet::Wallet;
use holdfast_runtime::method::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::abi::{IToken, word};
use crate::event::log;
use crate::party::Party;
use crate::world::{EvmCall, cbor, decoded};
use crate::{Answer, World};

/// A token as Filecoin callers see it.
pub struct Frc46<'a> {
    world: &'a mut World,
    token: Address,
}

/// A token as Ethereum callers see it.
pub struct Erc20<'a> {
    world: &'a mut World,
    token: Address,
}

impl World {
    /// A token by its FRC-46 methods.
    pub fn frc46(&mut self, token: Address) -> Frc46<'_> {
        Frc46 { world: self, token }
    }

    /// A token by its ERC-20 methods.
    pub fn erc20(&mut self, token: Address) -> Erc20<'_> {
        Erc20 { world: self, token }
    }

    /// Calls a Filecoin method through the Ethereum face, as 0x wallets do.
    ///
    /// # Panics
    /// As [`World::evm`], or when the return value does not decode.
    #[track_caller]
    pub fn by_filecoin_method<M>(
        &mut self,
        from: &Wallet,
        to: Address,
        params: &M::Params,
    ) -> Answer<M::Return>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        let params = cbor(params).to_vec();
        let codec = if params.is_empty() { 0 } else { CBOR };
        let call = IToken::handle_filecoin_methodCall {
            method: M::NUMBER,
            codec,
            params: params.into(),
        };
        self.evm(from, to, call).map(|answer| {
            assert_eq!(answer._0, 0, "a failing method reverts");
            decoded(&answer._2)
        })
    }

    /// A balance, atto-tokens.
    ///
    /// # Panics
    /// When the two faces do not agree.
    #[track_caller]
    pub fn balance(&self, token: Address, of: impl Party) -> TokenAmount {
        let balance = self.view::<method::BalanceOf>(token, &of.address());
        assert_eq!(
            self.ask(token, IToken::balanceOfCall(self.eth(of))),
            word(&balance),
            "erc20_and_frc46_views_agree"
        );
        balance
    }

    /// An allowance, atto-tokens.
    ///
    /// # Panics
    /// When the two faces do not agree.
    #[track_caller]
    pub fn allowance(&self, token: Address, owner: impl Party, operator: impl Party) -> TokenAmount {
        let call = IToken::allowanceCall {
            owner: self.eth(&owner),
            operator: self.eth(&operator),
        };
        let (owner, operator) = (owner.address(), operator.address());
        let allowance = self.view::<method::Allowance>(token, &GetAllowanceParams { owner, operator });
        assert_eq!(
            self.ask(token, call),
            word(&allowance),
            "erc20_and_frc46_views_agree"
        );
        allowance
    }

    /// All tokens that exist, atto-tokens.
    ///
    /// # Panics
    /// When the two faces do not agree.
    #[track_caller]
    pub fn supply(&self, token: Address) -> TokenAmount {
        let supply = self.view::<method::TotalSupply>(token, &());
        assert_eq!(
            self.ask(token, IToken::totalSupplyCall {}),
            word(&supply),
            "erc20_and_frc46_views_agree"
        );
        supply
    }

    /// The log of a movement.
    #[track_caller]
    pub fn moved(
        &self,
        token: Address,
        from: impl Party,
        to: impl Party,
        value: &TokenAmount,
    ) -> StampedEvent {
        let (from, to, value) = (self.eth(from), self.eth(to), word(value));
        log(token, &IToken::Transfer { from, to, value })
    }

    /// The log of an allowance.
    #[track_caller]
    pub fn approved(
        &self,
        token: Address,
        owner: impl Party,
        spender: impl Party,
        value: &TokenAmount,
    ) -> StampedEvent {
        let (owner, spender, value) = (self.eth(owner), self.eth(spender), word(value));
        log(
            token,
            &IToken::Approval {
                owner,
                spender,
                value,
            },
        )
    }
}

#[allow(
    missing_docs,
    reason = "the methods of FRC-46, one by one; see the token's interface"
)]
impl Frc46<'_> {
    #[track_caller]
    pub fn transfer(&mut self, from: &Wallet, to: impl Party, amount: TokenAmount) -> Answer<TransferReturn> {
        let (to, operator_data) = (to.address(), RawBytes::default());
        let params = TransferParams {
            to,
            amount,
            operator_data,
        };
        self.world.call::<method::Transfer>(from, self.token, &params)
    }

    #[track_caller]
    pub fn transfer_from(
        &mut self,
        operator: &Wallet,
        from: impl Party,
        to: impl Party,
        amount: TokenAmount,
    ) -> Answer<TransferFromReturn> {
        let (from, to, operator_data) = (from.address(), to.address(), RawBytes::default());
        let params = TransferFromParams {
            from,
            to,
            amount,
            operator_data,
        };
        self.world
            .call::<method::TransferFrom>(operator, self.token, &params)
    }

    #[track_caller]
    pub fn increase_allowance(
        &mut self,
        from: &Wallet,
        operator: impl Party,
        increase: TokenAmount,
    ) -> Answer<TokenAmount> {
        let params = IncreaseAllowanceParams {
            operator: operator.address(),
            increase,
        };
        self.world
            .call::<method::IncreaseAllowance>(from, self.token, &params)
    }

    #[track_caller]
    pub fn decrease_allowance(
        &mut self,
        from: &Wallet,
        operator: impl Party,
        decrease: TokenAmount,
    ) -> Answer<TokenAmount> {
        let params = DecreaseAllowanceParams {
            operator: operator.address(),
            decrease,
        };
        self.world
            .call::<method::DecreaseAllowance>(from, self.token, &params)
    }

    #[track_caller]
    pub fn revoke_allowance(&mut self, from: &Wallet, operator: impl Party) -> Answer<()> {
        let params = RevokeAllowanceParams {
            operator: operator.address(),
        };
        self.world
            .call::<method::RevokeAllowance>(from, self.token, &params)
    }

    #[track_caller]
    pub fn burn(&mut self, from: &Wallet, amount: TokenAmount) -> Answer<BurnReturn> {
        self.world
            .call::<method::Burn>(from, self.token, &BurnParams { amount })
    }

    #[track_caller]
    pub fn burn_from(
        &mut self,
        operator: &Wallet,
        owner: impl Party,
        amount: TokenAmount,
    ) -> Answer<BurnFromReturn> {
        let params = BurnFromParams {
            owner: owner.address(),
            amount,
        };
        self.world.call::<method::BurnFrom>(operator, self.token, &params)
    }

    #[track_caller]
    pub fn mint(&mut self, minter: &Wallet, to: impl Party, amount: TokenAmount) -> Answer<MintReturn> {
        let (to, operator_data) = (to.address(), RawBytes::default());
        self.world.call::<method::Mint>(
            minter,
            self.token,
            &MintParams {
                to,
                amount,
                operator_data,
            },
        )
    }
}

#[allow(
    missing_docs,
    reason = "the methods of ERC-20 and its companions; see the token's interface"
)]
impl Erc20<'_> {
    #[track_caller]
    pub fn transfer(
        &mut self,
        from: &Wallet,
        to: impl Party,
        value: TokenAmount,
    ) -> EvmCall<IToken::transferCall> {
        let (to, value) = (self.world.eth(to), word(&value));
        self.world
            .evm(from, self.token, IToken::transferCall { to, value })
    }

    #[track_caller]
    pub fn transfer_from(
        &mut self,
        operator: &Wallet,
        from: impl Party,
        to: impl Party,
        value: TokenAmount,
    ) -> EvmCall<IToken::transferFromCall> {
        let (from, to, value) = (self.world.eth(from), self.world.eth(to), word(&value));
        self.world
            .evm(operator, self.token, IToken::transferFromCall { from, to, value })
    }

    #[track_caller]
    pub fn approve(
        &mut self,
        from: &Wallet,
        spender: impl Party,
        value: TokenAmount,
    ) -> EvmCall<IToken::approveCall> {
        let (spender, value) = (self.world.eth(spender), word(&value));
        self.world
            .evm(from, self.token, IToken::approveCall { spender, value })
    }

    #[track_caller]
    pub fn burn(&mut self, from: &Wallet, amount: TokenAmount) -> EvmCall<IToken::burnCall> {
        let amount = word(&amount);
        self.world.evm(from, self.token, IToken::burnCall { amount })
    }

    #[track_caller]
    pub fn burn_from(
        &mut self,
        operator: &Wallet,
        owner: impl Party,
        value: TokenAmount,
    ) -> EvmCall<IToken::burnFromCall> {
        let (owner, value) = (self.world.eth(owner), word(&value));
        self.world
            .evm(operator, self.token, IToken::burnFromCall { owner, value })
    }

    #[track_caller]
    pub fn transfer_and_call(
        &mut self,
        from: &Wallet,
        to: impl Party,
        value: TokenAmount,
    ) -> EvmCall<IToken::transferAndCall_0Call> {
        let (to, value) = (self.world.eth(to), word(&value));
        self.world
            .evm(from, self.token, IToken::transferAndCall_0Call { to, value })
    }

    #[track_caller]
    pub fn mint(&mut self, minter: &Wallet, to: impl Party, value: TokenAmount) -> EvmCall<IToken::mintCall> {
        let (to, value) = (self.world.eth(to), word(&value));
        self.world.evm(minter, self.token, IToken::mintCall { to, value })
    }
}
