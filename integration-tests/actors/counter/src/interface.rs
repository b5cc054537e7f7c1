//! What the counter offers: types, errors, events, and the method table.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::erc1363::TransferReceived;
use holdfast_runtime::evm::{Bytes4, EthAddress};
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::receiver::UniversalReceiverParams;
use holdfast_runtime::{errors, event, methods, record};

/// What one point costs, attoFIL.
pub const PRICE: i64 = 1_000;
/// The longest name, bytes.
pub const MAX_NAME: usize = 32;
/// The most entries of one page.
pub const MAX_PAGE: u32 = 100;
/// Gas that another counter gets to say how high it is.
pub const COMPARE_GAS: u64 = 20_000_000;

record! {
    /// What the counter is created with.
    pub struct ConstructorParams {
        /// Who may withdraw the FIL.
        pub owner: Address,
        /// The height that is never exceeded.
        pub limit: u64,
        /// A picture that lies outside the chain.
        pub emblem: Option<ForeignCid>,
    }
}

record! {
    /// By how much to raise.
    #[solidity]
    pub struct RaiseParams {
        /// Points.
        pub by: u64,
    }
}

record! {
    /// What was bought.
    pub struct BuyReturn {
        /// The height afterwards.
        pub height: u64,
        /// FIL that went back to the buyer, attoFIL.
        pub change: TokenAmount,
    }
}

record! {
    /// Points that change hands.
    #[solidity]
    pub struct GiveParams {
        /// Who gets them.
        pub to: Address,
        /// Points.
        pub points: u64,
        /// Words for the recipient.
        pub note: RawBytes,
    }
}

record! {
    /// FIL for someone.
    pub struct WithdrawParams {
        /// Who gets it. An address without an actor gets one.
        pub to: Address,
        /// attoFIL.
        pub amount: TokenAmount,
    }
}

record! {
    /// The caller's name.
    pub struct NameParams {
        /// At most 32 bytes.
        pub name: String,
    }
}

record! {
    /// Someone.
    #[solidity]
    pub struct OfParams {
        /// Who.
        pub who: Address,
    }
}

record! {
    /// Where a page starts and how long it is.
    pub struct PageParams {
        /// The cursor of the page before; none for the first page.
        pub start: Option<u64>,
        /// At most 100.
        pub limit: u32,
    }
}

record! {
    /// What someone owns.
    pub struct Holding {
        /// Id of the owner.
        pub who: u64,
        /// Points.
        pub points: u64,
    }
}

record! {
    /// One page of owners.
    pub struct HoldingsReturn {
        /// The owners, in no particular order.
        pub holdings: Vec<Holding>,
        /// The cursor of the next page; none after the last.
        pub next: Option<u64>,
    }
}

record! {
    /// One raise of the past.
    pub struct Raise {
        /// Who raised.
        pub who: u64,
        /// Points.
        pub by: u64,
    }
}

record! {
    /// One page of raises.
    pub struct HistoryReturn {
        /// The raises, oldest first.
        pub raises: Vec<Raise>,
        /// The cursor of the next page; none after the last.
        pub next: Option<u64>,
    }
}

errors! {
    /// What the counter refuses.
    pub enum CounterError {
        /// Raised when the counter would exceed its limit.
        64 Full { height: u64, by: u64, limit: u64 } = "{height} and {by} more exceed the limit of {limit} points",
            solidity "CounterFull(uint256,uint256,uint256)" (height, by, limit);
        /// Raised when someone other than the owner withdraws.
        65 NotOwner { caller: Address, owner: Address } = "only {owner} may withdraw, not {caller}";
        /// Raised when someone would give more points than they own.
        66 TooFewPoints { who: Address, points: u64, needed: u64 } = "{who} has {points} points and needs {needed}",
            solidity "CounterTooFewPoints(address,uint256,uint256)" (who, points, needed);
        /// Raised when the FIL that came along does not pay for a single point.
        67 Underpaid { value: TokenAmount, price: TokenAmount } = "{value} FIL pays for nothing: a point costs {price} FIL";
        /// Raised when a name has more than 32 bytes.
        68 NameTooLong { length: usize, limit: usize } = "the name has {length} bytes, the limit is {limit} bytes";
        /// Raised when a page of no entries, or of more than 100, is asked for.
        69 BadPage { limit: u32, most: u32 } = "a page has 1 to {most} entries, not {limit}";
        /// Raised when an address can receive nothing.
        70 NoRecipient { to: Address, why: String } = "nothing can be given to {to}: {why}";
        /// Raised when more is withdrawn than there is.
        71 TooLittleCash { cash: TokenAmount, needed: TokenAmount } = "the counter has {cash} FIL and needs {needed} FIL";
        /// Raised when the counter is given something that is no fungible token.
        72 UnknownGift { kind: u32 } = "gifts of type {kind} are not taken";
    }
}

event! {
    /// The counter was raised.
    log Raised {
        /// By whom.
        indexed who: EthAddress,
        /// Points.
        data by: u64,
        /// The height afterwards.
        data height: u64,
    }
}

event! {
    /// Points changed hands.
    log Given {
        /// Who gave.
        indexed from: EthAddress,
        /// Who got them.
        indexed to: EthAddress,
        /// Points.
        data points: u64,
    }
}

event! {
    /// The owner withdrew FIL.
    cbor Withdrawn("withdrawn") {
        /// Id of who got it.
        indexed to: u64,
        /// attoFIL.
        data amount: TokenAmount,
    }
}

event! {
    /// Someone gave tokens to the counter.
    cbor GiftTaken("gift-taken") {
        /// Id of the token's actor.
        indexed token: u64,
        /// Atto-tokens.
        data amount: TokenAmount,
    }
}

methods! {
    /// A counter that anyone may raise.
    pub interface Counter("counter") {
        errors CounterError;
        events [Raised, Given, Withdrawn, GiftTaken];
        methods {
            /// Creates the counter.
            constructor Constructor(ConstructorParams), from Init;
            /// Raises the counter; gives the height afterwards.
            call Raise(RaiseParams) -> u64, from Anyone, solidity raise in Counter;
            /// Buys as many points as the FIL pays for; change goes back to the caller.
            pay Buy() -> BuyReturn, from Anyone;
            /// Gives points away. The recipient is told by the receiver hook and can refuse.
            call Give(GiveParams), from Anyone, solidity give;
            /// Pays FIL out. For the owner only.
            call Withdraw(WithdrawParams), from Anyone;
            /// Gives the caller a name.
            call SetName(NameParams), from Anyone;
            /// The receiver hook: takes fungible tokens and counts them.
            call Receive(UniversalReceiverParams), from Anyone;
            /// How high the counter is.
            view Height() -> u64, from Anyone, solidity height in Counter;
            /// How many points someone owns.
            view PointsOf(OfParams) -> u64, from Anyone, solidity pointsOf;
            /// The name that someone gave themselves.
            view NameOf(OfParams) -> Option<String>, from Anyone;
            /// How many of a token's atto-tokens were given to the counter.
            view GiftsOf(OfParams) -> TokenAmount, from Anyone;
            /// The picture of the counter.
            view Emblem() -> Option<ForeignCid>, from Anyone;
            /// All owners of points, in pages.
            view Holdings(PageParams) -> HoldingsReturn, from Anyone;
            /// All raises, in pages.
            view History(PageParams) -> HistoryReturn, from Anyone;
            /// Whether this counter is higher than another one, which is asked.
            view IsHigherThan(OfParams) -> bool, from Anyone, solidity isHigherThan;
        }
        solidity {
            /// Buys points for the FIL that came along, as `Buy`; gives the height afterwards.
            pay buy() -> u64, from Anyone;
            /// The callback of ERC-1363: takes fungible tokens and counts them.
            call onTransferReceived(TransferReceived) -> Bytes4, from Anyone;
            /// Whether the counter is higher than a number.
            view isHigherThanNumber(u64) -> bool, from Anyone, named isHigherThan;
        }
    }
}
