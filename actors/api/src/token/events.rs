//! What the token reports. ERC-20, ERC-5805, OpenZeppelin's Ownable2Step and Pausable define the logs; what they do not define is CBOR.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::event;
use holdfast_runtime::evm::EthAddress;

event! {
    /// Tokens moved; from 0x0 when they were made, to 0x0 when they were destroyed (ERC-20).
    log Transfer {
        /// Whose tokens.
        indexed from: EthAddress,
        /// Who received them.
        indexed to: EthAddress,
        /// Atto-tokens.
        data value: TokenAmount,
    }
}

event! {
    /// An allowance was set (ERC-20). Spending does not repeat it.
    log Approval {
        /// The holder.
        indexed owner: EthAddress,
        /// Who may spend.
        indexed spender: EthAddress,
        /// The new allowance, atto-tokens.
        data value: TokenAmount,
    }
}

event! {
    /// The ownership was offered.
    log OwnershipTransferStarted {
        /// The owner.
        indexed previous_owner: EthAddress,
        /// Whom it was offered to; 0x0 when an offer was taken back.
        indexed new_owner: EthAddress,
    }
}

event! {
    /// The ownership changed hands, or was given up.
    log OwnershipTransferred {
        /// The owner before; 0x0 for a new token.
        indexed previous_owner: EthAddress,
        /// The owner now; 0x0 for nobody.
        indexed new_owner: EthAddress,
    }
}

event! {
    /// Transfers, mints and new allowances stopped.
    log Paused {
        /// Who paused.
        data account: EthAddress,
    }
}

event! {
    /// They go on.
    log Unpaused {
        /// Who ended the pause.
        data account: EthAddress,
    }
}

event! {
    /// A minter's cap was set.
    cbor MinterSet("minter-set") {
        /// The minter's id.
        indexed minter: ActorID,
        /// What it may mint from now on, atto-tokens.
        data cap: TokenAmount,
    }
}

event! {
    /// The burner was named.
    cbor BurnerSet("burner-set") {
        /// The burner's id; null for nobody.
        indexed burner: Option<ActorID>,
    }
}

event! {
    /// The pauser was named.
    cbor PauserSet("pauser-set") {
        /// The pauser's id; null for nobody.
        indexed pauser: Option<ActorID>,
    }
}

event! {
    /// The supply cap was lowered.
    cbor SupplyCapLowered("supply-cap-lowered") {
        /// The new cap, atto-tokens.
        data cap: TokenAmount,
    }
}

event! {
    /// A holder delegated their votes (ERC-5805).
    log DelegateChanged {
        /// The holder.
        indexed delegator: EthAddress,
        /// Whom before; 0x0 for nobody.
        indexed from_delegate: EthAddress,
        /// Whom now; 0x0 for nobody.
        indexed to_delegate: EthAddress,
    }
}

event! {
    /// A delegate has more votes now, or fewer (ERC-5805).
    log DelegateVotesChanged {
        /// The delegate.
        indexed delegate: EthAddress,
        /// The votes before.
        data previous_votes: TokenAmount,
        /// The votes now.
        data new_votes: TokenAmount,
    }
}
