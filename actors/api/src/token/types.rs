//! Parameters and return values of the methods that have a number. Those of FRC-46 methods are wire-compatible with the
//! `frc46_token` crate.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::record;

/// Decimals that tools show.
pub const DECIMALS: u8 = 18;
/// What the clock of votes counts (ERC-6372).
pub const CLOCK_MODE: &str = "mode=blocknumber&from=default";
/// The longest name, bytes.
pub const MAX_NAME: usize = 64;
/// The longest symbol, bytes.
pub const MAX_SYMBOL: usize = 16;
/// The largest page of holders.
pub const MAX_PAGE: u64 = 1_000;
/// The most entries of a batch.
pub const MAX_BATCH: usize = 200;
/// The longest operator data of a transfer, mint or batch, bytes.
pub const MAX_OPERATOR_DATA: usize = 2_048;

record! {
    /// What a new token is.
    pub struct ConstructorParams {
        /// The name, 1 to 64 bytes of UTF-8.
        pub name: String,
        /// The ticker symbol, 1 to 16 bytes of UTF-8.
        pub symbol: String,
        /// Who manages it, in any address form; null for nobody. An address without an actor gets one.
        pub owner: Option<Address>,
        /// The most tokens that may ever exist, atto-tokens; null for no cap.
        pub supply_cap: Option<TokenAmount>,
        /// Who holds the first tokens; null for nobody.
        pub initial_holder: Option<Address>,
        /// The first tokens, atto-tokens; needs a holder unless it is zero. No receiver hook.
        pub initial_supply: TokenAmount,
        /// Whether holders can delegate votes, for good. A token that is not voting, such as an economic share without a say, refuses
        /// delegations and has no votes.
        pub voting: bool,
    }
}

record! {
    /// Whose allowance to look up.
    #[solidity]
    pub struct GetAllowanceParams {
        /// The holder.
        pub owner: Address,
        /// The one who may spend.
        pub operator: Address,
    }
}

record! {
    /// Tokens to move.
    pub struct TransferParams {
        /// Who receives, in any address form. An address without an actor gets one.
        pub to: Address,
        /// Atto-tokens.
        pub amount: TokenAmount,
        /// Passed on to the recipient's hook, at most 2 048 bytes.
        pub operator_data: RawBytes,
    }
}

record! {
    /// Balances after the transfer and the hook, atto-tokens.
    pub struct TransferReturn {
        /// The sender's balance.
        pub from_balance: TokenAmount,
        /// The recipient's balance.
        pub to_balance: TokenAmount,
        /// What the hook answered.
        pub recipient_data: RawBytes,
    }
}

record! {
    /// Somebody else's tokens to move.
    pub struct TransferFromParams {
        /// Whose tokens.
        pub from: Address,
        /// Who receives, in any address form. An address without an actor gets one.
        pub to: Address,
        /// Atto-tokens.
        pub amount: TokenAmount,
        /// Passed on to the recipient's hook, at most 2 048 bytes.
        pub operator_data: RawBytes,
    }
}

record! {
    /// Balances and allowance after the transfer and the hook, atto-tokens.
    pub struct TransferFromReturn {
        /// The holder's balance.
        pub from_balance: TokenAmount,
        /// The recipient's balance.
        pub to_balance: TokenAmount,
        /// What the operator may still spend.
        pub allowance: TokenAmount,
        /// What the hook answered.
        pub recipient_data: RawBytes,
    }
}

record! {
    /// An allowance to raise.
    pub struct IncreaseAllowanceParams {
        /// Who may spend.
        pub operator: Address,
        /// By how much, atto-tokens.
        pub increase: TokenAmount,
    }
}

record! {
    /// An allowance to lower.
    pub struct DecreaseAllowanceParams {
        /// Who may spend.
        pub operator: Address,
        /// By how much, atto-tokens.
        pub decrease: TokenAmount,
    }
}

record! {
    /// An allowance to end.
    pub struct RevokeAllowanceParams {
        /// Who may no longer spend.
        pub operator: Address,
    }
}

record! {
    /// Tokens to destroy.
    #[solidity]
    pub struct BurnParams {
        /// Atto-tokens.
        pub amount: TokenAmount,
    }
}

record! {
    /// What is left after a burn.
    #[solidity]
    pub struct BurnReturn {
        /// The holder's balance, atto-tokens.
        pub balance: TokenAmount,
    }
}

record! {
    /// Somebody else's tokens to destroy.
    pub struct BurnFromParams {
        /// Whose tokens.
        pub owner: Address,
        /// Atto-tokens.
        pub amount: TokenAmount,
    }
}

record! {
    /// What is left after a burn on an allowance, atto-tokens.
    pub struct BurnFromReturn {
        /// The holder's balance.
        pub balance: TokenAmount,
        /// What the operator may still spend.
        pub allowance: TokenAmount,
    }
}

record! {
    /// Tokens to make.
    pub struct MintParams {
        /// Who receives, in any address form. An address without an actor gets one.
        pub to: Address,
        /// Atto-tokens.
        pub amount: TokenAmount,
        /// Passed on to the recipient's hook, at most 2 048 bytes.
        pub operator_data: RawBytes,
    }
}

record! {
    /// Balance and supply after the mint and the hook, atto-tokens.
    pub struct MintReturn {
        /// The recipient's balance.
        pub balance: TokenAmount,
        /// All tokens that exist.
        pub supply: TokenAmount,
        /// What the hook answered.
        pub recipient_data: RawBytes,
    }
}

record! {
    /// Tokens for one of a batch.
    pub struct BatchEntry {
        /// Who receives, in any address form. An address without an actor gets one.
        pub to: Address,
        /// Atto-tokens.
        pub amount: TokenAmount,
    }
}

record! {
    /// Tokens for many.
    pub struct BatchParams {
        /// Who receives how many, 1 to 200 entries. The same recipient may come more than once.
        pub entries: Vec<BatchEntry>,
        /// Passed on to every recipient's hook, at most 2 048 bytes.
        pub operator_data: RawBytes,
    }
}

record! {
    /// Tokens that the burner destroys.
    #[solidity]
    pub struct BurnByRoleParams {
        /// Whose tokens.
        pub holder: Address,
        /// Atto-tokens.
        pub amount: TokenAmount,
    }
}

record! {
    /// A minter and what it may mint.
    #[solidity]
    pub struct SetMinterParams {
        /// The minter. A DAO or any other actor can be one.
        pub minter: Address,
        /// What it may mint from now on, atto-tokens; zero takes the right away.
        pub cap: TokenAmount,
    }
}

record! {
    /// Who manages the token.
    pub struct RolesReturn {
        /// The owner's id; null if nobody is.
        pub owner: Option<ActorID>,
        /// Whom the ownership is offered to.
        pub pending_owner: Option<ActorID>,
        /// Who may destroy any holder's tokens.
        pub burner: Option<ActorID>,
        /// Who may pause.
        pub pauser: Option<ActorID>,
    }
}

record! {
    /// Which page of the holders.
    pub struct ListHoldersParams {
        /// The id to start at, from the page before; null for the first page.
        pub start: Option<ActorID>,
        /// How many, 1 to 1 000.
        pub limit: u64,
    }
}

record! {
    /// A holder.
    pub struct Holder {
        /// Its id.
        pub id: ActorID,
        /// Its balance, atto-tokens, never zero.
        pub balance: TokenAmount,
    }
}

record! {
    /// A page of the holders.
    pub struct ListHoldersReturn {
        /// The holders, in the order of the map.
        pub holders: Vec<Holder>,
        /// Where the next page starts; null after the last.
        pub next: Option<ActorID>,
    }
}

record! {
    /// Whose votes to look up, and when.
    pub struct PastVotesParams {
        /// The delegate.
        pub account: Address,
        /// An epoch that is over.
        pub epoch: ChainEpoch,
    }
}
