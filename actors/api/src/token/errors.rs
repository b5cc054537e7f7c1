//! What the token refuses. Where ERC-6093 has an error for it, the Ethereum face reverts with that one.

use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::errors;
use holdfast_runtime::recipient::NoRecipient;

errors! {
    /// What the token refuses.
    pub enum TokenError {
        /// Raised when a holder would spend more than they hold.
        64 InsufficientBalance { holder: Address, balance: TokenAmount, needed: TokenAmount }
            = "{holder} holds {balance} tokens and needs {needed}",
            solidity "ERC20InsufficientBalance(address,uint256,uint256)" (holder, balance, needed);
        /// Raised when an operator would spend more than its allowance.
        65 InsufficientAllowance { operator: Address, allowance: TokenAmount, needed: TokenAmount }
            = "{operator} may spend {allowance} tokens and needs {needed}",
            solidity "ERC20InsufficientAllowance(address,uint256,uint256)" (operator, allowance, needed);
        /// Raised when a recipient is the token itself, is reserved, or has no actor and cannot get one.
        66 InvalidReceiver { to: Address, why: String }
            = "{to} cannot receive tokens: {why}",
            solidity "ERC20InvalidReceiver(address)" (to);
        /// Raised when an operator of an allowance is reserved, or has no actor and cannot get one.
        67 InvalidOperator { operator: Address, why: String }
            = "{operator} cannot be given an allowance: {why}",
            solidity "ERC20InvalidSpender(address)" (operator);
        /// Raised when the holder that an operator names has no actor.
        68 InvalidSender { from: Address }
            = "{from} has no actor and so no tokens",
            solidity "ERC20InvalidSender(address)" (from);
        /// Raised when an amount is negative or above 2^256 - 1.
        69 InvalidAmount { amount: TokenAmount }
            = "{amount} tokens are no amount: it lies between 0 and 2^256 - 1 atto-tokens";
        /// Raised when a transfer, mint or new allowance meets a paused token.
        70 Paused = "the token is paused",
            solidity "EnforcedPause()" ();
        /// Raised when a token that is not paused is unpaused.
        71 NotPaused = "the token is not paused",
            solidity "ExpectedPause()" ();
        /// Raised when somebody other than the owner uses an owner's power.
        72 NotOwner { caller: Address } = "{caller} is not the owner",
            solidity "OwnableUnauthorizedAccount(address)" (caller);
        /// Raised when somebody to whom the ownership is not offered accepts it.
        73 NotPendingOwner { caller: Address } = "the ownership is not offered to {caller}",
            solidity "OwnableUnauthorizedAccount(address)" (caller);
        /// Raised when somebody without a role uses its power.
        74 NotInRole { caller: Address, role: &'static str } = "{caller} is not the {role}";
        /// Raised when a minter would mint more than its cap.
        75 MinterCapExceeded { minter: Address, cap: TokenAmount, needed: TokenAmount }
            = "{minter} may mint {cap} tokens and needs {needed}";
        /// Raised when more tokens would exist than the supply cap allows.
        76 SupplyCapExceeded { supply: TokenAmount, cap: TokenAmount }
            = "{supply} tokens would exist where the cap is {cap}",
            solidity "ERC20ExceededCap(uint256,uint256)" (supply, cap);
        /// Raised when a new supply cap is above the old one or below what exists.
        77 InvalidSupplyCap { cap: TokenAmount, lowest: TokenAmount, highest: TokenAmount }
            = "a supply cap of {cap} tokens lies outside {lowest} to {highest}",
            solidity "ERC20InvalidCap(uint256)" (cap);
        /// Raised when a name or symbol is empty or too long.
        78 InvalidText { what: &'static str, len: usize, max: usize }
            = "the {what} has {len} bytes where 1 to {max} are allowed";
        /// Raised when operator data is too long.
        79 OperatorDataTooLong { len: usize, max: usize }
            = "operator data of {len} bytes exceeds the limit of {max} bytes";
        /// Raised when a page has no entries or too many.
        80 InvalidPage { limit: u64, max: u64 } = "a page of {limit} holders lies outside 1 to {max}";
        /// Raised when a permit comes after its deadline.
        81 PermitExpired { deadline: TokenAmount, now: u64 }
            = "the permit was good until second {deadline:?} and it is second {now}",
            solidity "ERC2612ExpiredSignature(uint256)" (deadline);
        /// Raised when a permit is not signed by its owner.
        82 InvalidPermit { signer: Address, owner: Address } = "the permit of {owner} is signed by {signer}",
            solidity "ERC2612InvalidSigner(address,address)" (signer, owner);
        /// Raised when first tokens have no holder to go to.
        83 NoInitialHolder { amount: TokenAmount } = "{amount} first tokens have no initial holder";
        /// Raised when a batch has no entries or too many.
        84 InvalidBatch { len: usize, max: usize } = "a batch of {len} entries lies outside 1 to {max}";
        /// Raised when a batch has not as many values as recipients.
        85 UnevenBatch { recipients: usize, values: usize }
            = "a batch names {recipients} recipients and {values} values";
        /// Raised when a recipient does not accept tokens by its ERC-1363 callback, and does not say why.
        86 TransferNotAccepted { to: Address, why: String }
            = "{to} did not accept the tokens: {why}",
            solidity "ERC1363InvalidReceiver(address)" (to);
        /// Raised when a spender does not accept an allowance by its ERC-1363 callback, and does not say why.
        87 ApprovalNotAccepted { spender: Address, why: String }
            = "{spender} did not accept the allowance: {why}",
            solidity "ERC1363InvalidSpender(address)" (spender);
        /// Raised when votes are looked up for an epoch that is not over.
        88 FutureLookup { timepoint: TokenAmount, clock: ChainEpoch }
            = "the votes of epoch {timepoint:?} are not settled in epoch {clock}",
            solidity "ERC5805FutureLookup(uint256,uint48)" (timepoint, clock);
        /// Raised when a signed delegation comes after its expiry.
        89 DelegationExpired { expiry: TokenAmount, now: u64 }
            = "the delegation was good until second {expiry:?} and it is second {now}",
            solidity "VotesExpiredSignature(uint256)" (expiry);
        /// Raised when a signed delegation has another nonce than the signer's next.
        90 InvalidNonce { signer: Address, nonce: u64 } = "the next nonce of {signer} is {nonce}",
            solidity "InvalidAccountNonce(address,uint256)" (signer, nonce);
        /// Raised when a delegation has a signature that nobody can have made, or that has a twin.
        91 InvalidSignature = "the signature is malformed",
            solidity "ECDSAInvalidSignature()" ();
        /// Raised when votes of a token are delegated that has none.
        92 NotVoting = "the token is not voting: it has no votes to delegate";
        /// Raised when a delegate is reserved, or has no actor and cannot get one.
        93 InvalidDelegate { delegate: Address, why: String } = "{delegate} cannot be given votes: {why}";
    }
}

impl TokenError {
    /// The address that cannot be a delegate, with the reason.
    pub fn invalid_delegate(delegate: Address, why: NoRecipient) -> Self {
        Self::InvalidDelegate {
            delegate,
            why: why.to_string(),
        }
    }

    /// The address that cannot be an operator, with the reason.
    pub fn invalid_operator(operator: Address, why: NoRecipient) -> Self {
        Self::InvalidOperator {
            operator,
            why: why.to_string(),
        }
    }

    /// The address that cannot receive, with the reason.
    pub fn invalid_receiver(to: Address, why: NoRecipient) -> Self {
        Self::InvalidReceiver {
            to,
            why: why.to_string(),
        }
    }
}
