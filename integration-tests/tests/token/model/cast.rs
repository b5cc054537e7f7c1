//! Everybody in the story, without a chain: the model needs to know of them only what is written here.

use holdfast_localnet::Kind;

/// Somebody, something or nobody with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Who {
    /// A key with FIL, that sends messages.
    Account(Kind, u32),
    /// A key that the network has never seen.
    Stranger(Kind, u32),
    /// The official multisig, which calls when its one signer proposes it.
    Multisig,
    /// A contract that takes FRC-46 tokens and calls methods by their numbers.
    Holder,
    /// A contract that passes calldata on.
    Proxy,
    /// A contract whose Filecoin handler refuses.
    Closed,
    /// A contract without a Filecoin handler.
    Purse,
    /// A contract that answers everything with nothing.
    EmptyFallback,
    /// A contract with the callbacks of ERC-1363, which collects an allowance at once. It has no Filecoin handler.
    Shop,
    /// The official payment channel.
    Channel,
    /// The genesis miner.
    Miner,
    /// Another token.
    OtherToken,
    /// The token itself.
    Token,
    /// 0x0.
    Zero,
    /// 0x1, a precompile.
    Precompile,
    /// The f410 address that holds the masked form of an id.
    MaskedId,
    /// An f4 address of a namespace that creates nobody.
    ForeignNamespace,
    /// An id that no actor has.
    AbsentId,
    /// An f2 address that no actor has.
    AbsentActor,
}

/// How an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// f1, f2, f3 or f410; on the Ethereum face the 0x address.
    Robust,
    /// f0; on the Ethereum face the masked id.
    Id,
}

/// Everybody who calls.
pub(super) const CALLERS: [Who; 8] = [
    Who::Account(Kind::Secp256k1, 0),
    Who::Account(Kind::Secp256k1, 1),
    Who::Account(Kind::Bls, 0),
    Who::Account(Kind::Eth, 0),
    Who::Account(Kind::Eth, 1),
    Who::Multisig,
    Who::Holder,
    Who::Proxy,
];

/// Everybody else whom tokens can be sent to, whether they take them or not.
pub(super) const BYSTANDERS: [Who; 9] = [
    Who::Shop,
    Who::EmptyFallback,
    Who::Closed,
    Who::Purse,
    Who::Channel,
    Who::Miner,
    Who::OtherToken,
    Who::Token,
    Who::AbsentId,
];

/// Addresses at which nobody can be.
pub(super) const NOBODIES: [Who; 5] = [
    Who::Zero,
    Who::Precompile,
    Who::MaskedId,
    Who::ForeignNamespace,
    Who::AbsentActor,
];

impl Who {
    /// Whether nobody there can be given anything.
    pub(super) fn is_nobody(self) -> bool {
        self == Self::AbsentId || NOBODIES.contains(&self)
    }

    /// Whether there is an actor from the beginning. Genesis puts a placeholder at 0x0.
    pub(super) fn is_there(self) -> bool {
        self == Self::Zero || !(self.is_nobody() || matches!(self, Self::Stranger(..)))
    }

    /// Whether the receiver hook succeeds there.
    pub(super) fn takes_frc46(self) -> bool {
        !matches!(
            self,
            Self::Closed
                | Self::Purse
                | Self::Shop
                | Self::Channel
                | Self::Miner
                | Self::OtherToken
                | Self::Token
        )
    }

    /// Whether the Ethereum face can name it otherwise than by an id.
    pub(super) fn has_0x_form(self) -> bool {
        match self {
            Self::Account(kind, _) | Self::Stranger(kind, _) => kind == Kind::Eth,
            Self::Holder
            | Self::Proxy
            | Self::Closed
            | Self::Purse
            | Self::EmptyFallback
            | Self::Shop
            | Self::Zero
            | Self::Precompile => true,
            _ => false,
        }
    }

    /// The ways in which it can call the token.
    pub(super) fn routes(self) -> &'static [Route] {
        match self {
            Self::Account(Kind::Eth, _) | Self::Proxy => &[Route::Calldata, Route::Wrapped],
            Self::Account(..) => &[Route::Number, Route::Calldata, Route::Wrapped],
            Self::Multisig | Self::Holder => &[Route::Number],
            _ => &[],
        }
    }
}

/// How a call reaches the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// By method number.
    Number,
    /// By calldata.
    Calldata,
    /// By method number inside of calldata, through `handle_filecoin_method`.
    Wrapped,
}
