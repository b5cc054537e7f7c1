//! Our token as a subject.

use alloy_primitives::{Address as Eth, U256};
use alloy_sol_types::SolCall;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{MintParams, Token, method};
use holdfast_localnet::Wallet;
use holdfast_runtime::method::{Interface, InterfaceInfo};

use super::{Erc20Subject, FaceSubject, Frc46Refusal, Frc46Subject, ReceiverSubject, SUPPLY, Subject};
use crate::abi::IToken;
use crate::{Answer, TokenParams, World};

/// Our token.
#[derive(Clone, Copy, Debug)]
pub struct HoldfastToken;

impl HoldfastToken {
    /// The parameters of an instance's constructor.
    pub(crate) fn params(&self, maker: &Wallet) -> TokenParams {
        let owner = Some(maker.address());
        TokenParams {
            name: "Harbour".to_owned(),
            symbol: "HRB".to_owned(),
            owner,
            supply_cap: None,
            initial_holder: owner,
            initial_supply: TokenAmount::from_atto(SUPPLY),
            voting: true,
        }
    }
}

impl Subject for HoldfastToken {
    fn create(&self, w: &mut World, maker: &Wallet) -> Address {
        let token = w.create_token(maker, &self.params(maker));
        let minter = IToken::setMinterCall {
            minter: w.eth(maker),
            cap: U256::MAX,
        };
        w.evm(maker, token, minter).ok();
        token
    }
}

impl Erc20Subject for HoldfastToken {
    fn metadata(&self) -> (&'static str, &'static str, u8) {
        ("Harbour", "HRB", 18)
    }

    fn mint(&self, to: Eth, value: U256) -> Vec<u8> {
        IToken::mintCall { to, value }.abi_encode()
    }

    fn burn(&self, amount: U256) -> Vec<u8> {
        IToken::burnCall { amount }.abi_encode()
    }
}

impl Frc46Subject for HoldfastToken {
    fn metadata(&self) -> (&'static str, &'static str, u64) {
        ("Harbour", "HRB", 1)
    }

    fn exit_code(&self, why: Frc46Refusal) -> u32 {
        match why {
            Frc46Refusal::Balance => 64,
            Frc46Refusal::Allowance => 65,
            Frc46Refusal::Operator => 67,
            Frc46Refusal::Amount => 69,
            Frc46Refusal::Hook => 23,
        }
    }
}

impl ReceiverSubject for HoldfastToken {
    fn mint(
        &self,
        w: &mut World,
        token: Address,
        maker: &Wallet,
        to: Address,
        amount: TokenAmount,
        operator_data: RawBytes,
    ) -> Answer<()> {
        let params = MintParams {
            to,
            amount,
            operator_data,
        };
        w.call::<method::Mint>(maker, token, &params).map(|_| ())
    }
}

impl FaceSubject for HoldfastToken {
    fn interface(&self) -> InterfaceInfo {
        Token::describe()
    }

    fn standards(&self) -> &'static [(&'static str, [u8; 4])] {
        &[
            ("ERC-20", [0x36, 0x37, 0x2b, 0x07]),
            ("ERC-20's metadata", [0xa2, 0x19, 0xa0, 0x25]),
            ("ERC-2612", [0x9d, 0x8f, 0xf7, 0xda]),
            ("ERC-5267", [0x84, 0xb0, 0x19, 0x6e]),
            ("ERC-1363", [0xb0, 0x20, 0x2a, 0x11]),
            ("ERC-5805", [0xe9, 0x0f, 0xb3, 0xf6]),
            ("ERC-6372", [0xda, 0x28, 0x7a, 0x1d]),
        ]
    }
}
