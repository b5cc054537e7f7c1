//! Why a token refuses.

use alloy_primitives::{Address as Eth, U256};
use alloy_sol_types::SolError;

use super::erc20::IERC20Errors::{
    ERC20InsufficientAllowance, ERC20InsufficientBalance, ERC20InvalidReceiver, ERC20InvalidSpender,
};
use super::votes::IVotes::{ERC5805FutureLookup, VotesExpiredSignature};

/// A reason to refuse a message. The standards ask for the refusal and leave its error open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A holder has less than is needed.
    Balance {
        /// Who.
        holder: Eth,
        /// What they have.
        has: U256,
        /// What is needed.
        needs: U256,
    },
    /// A spender may spend less than is needed.
    Allowance {
        /// Who.
        spender: Eth,
        /// What they may spend.
        has: U256,
        /// What is needed.
        needs: U256,
    },
    /// Somebody cannot receive tokens.
    Receiver(Eth),
    /// Somebody cannot be allowed anything.
    Spender(Eth),
    /// A point in time has not passed.
    FutureLookup {
        /// Which.
        timepoint: U256,
        /// What the token's clock shows.
        clock: U256,
    },
    /// A signed delegation came too late.
    Expired {
        /// The last second in which it was good.
        expiry: U256,
    },
}

impl Refusal {
    /// The usual error, ABI-encoded: ERC-6093's, or of votes OpenZeppelin's.
    pub fn usual_error(&self) -> Vec<u8> {
        match *self {
            Self::Balance { holder, has, needs } => ERC20InsufficientBalance {
                sender: holder,
                balance: has,
                needed: needs,
            }
            .abi_encode(),
            Self::Allowance { spender, has, needs } => ERC20InsufficientAllowance {
                spender,
                allowance: has,
                needed: needs,
            }
            .abi_encode(),
            Self::Receiver(receiver) => ERC20InvalidReceiver { receiver }.abi_encode(),
            Self::Spender(spender) => ERC20InvalidSpender { spender }.abi_encode(),
            Self::FutureLookup { timepoint, clock } => ERC5805FutureLookup {
                timepoint,
                clock: clock.to(),
            }
            .abi_encode(),
            Self::Expired { expiry } => VotesExpiredSignature { expiry }.abi_encode(),
        }
    }
}
