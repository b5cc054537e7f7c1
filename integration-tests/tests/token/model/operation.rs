//! What can happen to a token.

use fvm_shared::econ::TokenAmount;

use super::cast::{Form, Route, Who};

/// Somebody as a call names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) who: Who,
    pub(super) form: Form,
}

impl Named {
    /// Whether it is the 0x0 of Solidity, which stands for nobody.
    pub(super) fn is_0x0(self) -> bool {
        self.who == Who::Zero && self.form == Form::Robust
    }
}

/// One message, or time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// Null rounds.
    Wait { epochs: u64 },
    /// A call of the token, its bytes cut short or whole.
    Send {
        caller: Who,
        route: Route,
        call: Call,
        cut: bool,
    },
}

/// Calls of the token. Where both faces have the same thing under two names, the route says which.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "ERC-1363 names them so")]
pub(super) enum Call {
    Constructor,
    /// `data` is the length of the operator data; the ERC-20 side has none.
    Transfer {
        to: Named,
        amount: TokenAmount,
        data: usize,
    },
    TransferFrom {
        from: Named,
        to: Named,
        amount: TokenAmount,
        data: usize,
    },
    Mint {
        to: Named,
        amount: TokenAmount,
        data: usize,
    },
    BatchTransfer(Batch),
    BatchMint(Batch),
    /// `data` is the length of the data for the recipient; none calls the method without data.
    TransferAndCall {
        to: Named,
        amount: TokenAmount,
        data: Option<usize>,
    },
    TransferFromAndCall {
        from: Named,
        to: Named,
        amount: TokenAmount,
        data: Option<usize>,
    },
    ApproveAndCall {
        operator: Named,
        amount: TokenAmount,
        data: Option<usize>,
    },
    Burn {
        amount: TokenAmount,
    },
    BurnFrom {
        holder: Named,
        amount: TokenAmount,
    },
    BurnByRole {
        holder: Named,
        amount: TokenAmount,
    },
    IncreaseAllowance {
        operator: Named,
        by: TokenAmount,
    },
    DecreaseAllowance {
        operator: Named,
        by: TokenAmount,
    },
    RevokeAllowance {
        operator: Named,
    },
    Approve {
        operator: Named,
        amount: TokenAmount,
    },
    Permit {
        owner: Named,
        spender: Named,
        value: TokenAmount,
        signed: Signed,
    },
    Delegate {
        to: Named,
    },
    DelegateBySig {
        to: Named,
        signed: Signed,
    },
    SetMinter {
        minter: Named,
        cap: TokenAmount,
    },
    SetBurner(Option<Named>),
    SetPauser(Option<Named>),
    Pause,
    Unpause,
    LowerSupplyCap {
        cap: TokenAmount,
    },
    TransferOwnership {
        to: Named,
    },
    AcceptOwnership,
    RenounceOwnership,
}

/// Tokens for many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) entries: Vec<(Named, TokenAmount)>,
    /// The length of the operator data.
    pub(super) data: usize,
    /// Whether the last value is missing, which calldata can be like.
    pub(super) uneven: bool,
}

/// A signature of a holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    /// Whose key signs.
    pub(super) by: Who,
    /// The nonce that is signed.
    pub(super) nonce: u64,
    /// The last second in which it is good.
    pub(super) until: u64,
    pub(super) flaw: Option<Flaw>,
}

/// What can be wrong with a signature that is the right one else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Its twin in the upper half of the curve's order.
    HighS,
    /// A recovery byte of 0 or 1.
    LowV,
    /// Other terms were signed.
    OtherTerms,
    /// It is for another token.
    OtherToken,
}

impl Batch {
    /// All of it.
    pub(super) fn sum(&self) -> TokenAmount {
        self.entries.iter().map(|(_, amount)| amount).sum()
    }
}

impl Flaw {
    /// Whether nobody can have made the signature; with the other flaws somebody unknown made it.
    pub(super) fn is_malformed(self) -> bool {
        matches!(self, Self::HighS | Self::LowV)
    }
}

impl Operation {
    /// How many epochs it takes.
    pub(super) fn epochs(&self) -> u64 {
        match self {
            Self::Wait { epochs } => *epochs,
            Self::Send { .. } => 1,
        }
    }
}

impl Call {
    /// The name by which a route calls it.
    pub(super) fn name(&self, route: Route) -> &'static str {
        let (by_number, by_calldata) = self.names();
        match route {
            Route::Number | Route::Wrapped => by_number,
            Route::Calldata => by_calldata,
        }
    }

    /// Whether a caller's route leads to it.
    pub(super) fn is_open_to(&self, caller: Who, route: Route) -> bool {
        // The EVM and handle_filecoin_method call no method below 2^24.
        let reserved = *self == Self::Constructor && (caller == Who::Holder || route != Route::Number);
        !self.name(route).is_empty() && !reserved
    }

    /// The name by number and the one by calldata; none is empty.
    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Constructor => ("Constructor", ""),
            Self::Transfer { .. } => ("Transfer", "transfer"),
            Self::TransferFrom { .. } => ("TransferFrom", "transferFrom"),
            Self::Mint { .. } => ("Mint", "mint"),
            Self::Burn { .. } => ("Burn", "burn"),
            Self::BurnFrom { .. } => ("BurnFrom", "burnFrom"),
            Self::BurnByRole { .. } => ("BurnByRole", "burnByRole"),
            Self::IncreaseAllowance { .. } => ("IncreaseAllowance", ""),
            Self::DecreaseAllowance { .. } => ("DecreaseAllowance", ""),
            Self::RevokeAllowance { .. } => ("RevokeAllowance", ""),
            Self::Approve { .. } => ("", "approve"),
            Self::Permit { .. } => ("", "permit"),
            Self::BatchTransfer(_) => ("BatchTransfer", "batchTransfer"),
            Self::BatchMint(_) => ("BatchMint", "batchMint"),
            Self::TransferAndCall { data: None, .. } => ("", "transferAndCall"),
            Self::TransferAndCall { .. } => ("", "transferAndCallWithData"),
            Self::TransferFromAndCall { data: None, .. } => ("", "transferFromAndCall"),
            Self::TransferFromAndCall { .. } => ("", "transferFromAndCallWithData"),
            Self::ApproveAndCall { data: None, .. } => ("", "approveAndCall"),
            Self::ApproveAndCall { .. } => ("", "approveAndCallWithData"),
            Self::Delegate { .. } => ("Delegate", "delegate"),
            Self::DelegateBySig { .. } => ("", "delegateBySig"),
            Self::SetMinter { .. } => ("SetMinter", "setMinter"),
            Self::SetBurner(_) => ("SetBurner", "setBurner"),
            Self::SetPauser(_) => ("SetPauser", "setPauser"),
            Self::Pause => ("Pause", "pause"),
            Self::Unpause => ("Unpause", "unpause"),
            Self::LowerSupplyCap { .. } => ("LowerSupplyCap", "lowerSupplyCap"),
            Self::TransferOwnership { .. } => ("TransferOwnership", "transferOwnership"),
            Self::AcceptOwnership => ("AcceptOwnership", "acceptOwnership"),
            Self::RenounceOwnership => ("RenounceOwnership", "renounceOwnership"),
        }
    }

    /// Everybody whom it names.
    pub(super) fn named(&self) -> Vec<Named> {
        match self {
            Self::Transfer { to, .. }
            | Self::TransferAndCall { to, .. }
            | Self::Mint { to, .. }
            | Self::Delegate { to }
            | Self::DelegateBySig { to, .. }
            | Self::TransferOwnership { to } => vec![*to],
            Self::TransferFrom { from, to, .. } | Self::TransferFromAndCall { from, to, .. } => {
                vec![*from, *to]
            }
            Self::BatchTransfer(batch) | Self::BatchMint(batch) => {
                batch.entries.iter().map(|(to, _)| *to).collect()
            }
            Self::BurnFrom { holder, .. } | Self::BurnByRole { holder, .. } => vec![*holder],
            Self::IncreaseAllowance { operator, .. }
            | Self::DecreaseAllowance { operator, .. }
            | Self::RevokeAllowance { operator }
            | Self::ApproveAndCall { operator, .. }
            | Self::Approve { operator, .. } => vec![*operator],
            Self::Permit { owner, spender, .. } => vec![*owner, *spender],
            Self::SetMinter { minter, .. } => vec![*minter],
            Self::SetBurner(who) | Self::SetPauser(who) => who.iter().copied().collect(),
            Self::Constructor
            | Self::Burn { .. }
            | Self::Pause
            | Self::Unpause
            | Self::LowerSupplyCap { .. }
            | Self::AcceptOwnership
            | Self::RenounceOwnership => Vec::new(),
        }
    }

    /// Every amount in it.
    pub(super) fn amounts(&self) -> Vec<&TokenAmount> {
        match self {
            Self::Transfer { amount, .. }
            | Self::TransferAndCall { amount, .. }
            | Self::TransferFrom { amount, .. }
            | Self::TransferFromAndCall { amount, .. }
            | Self::Mint { amount, .. }
            | Self::Burn { amount }
            | Self::BurnFrom { amount, .. }
            | Self::BurnByRole { amount, .. }
            | Self::ApproveAndCall { amount, .. }
            | Self::Approve { amount, .. } => vec![amount],
            Self::BatchTransfer(batch) | Self::BatchMint(batch) => {
                batch.entries.iter().map(|(_, amount)| amount).collect()
            }
            Self::IncreaseAllowance { by, .. } | Self::DecreaseAllowance { by, .. } => vec![by],
            Self::Permit { value, .. } => vec![value],
            Self::SetMinter { cap, .. } | Self::LowerSupplyCap { cap } => vec![cap],
            _ => Vec::new(),
        }
    }
}
