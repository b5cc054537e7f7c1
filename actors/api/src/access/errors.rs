//! What the access actor refuses.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::errors;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::recipient::NoRecipient;

use super::data_set::DataSetId;
use super::grant::GrantId;
use super::plan::PlanId;
use super::receipt::LogId;

errors! {
    /// What the access actor refuses.
    pub enum AccessError {
        /// Raised when a data set is named that was never made.
        64 NoDataSet { data_set: DataSetId } = "there is no data set {data_set}",
            solidity "NoDataSet(uint256)" (data_set);
        /// Raised when somebody other than the owner uses an owner's power.
        65 NotOwner { data_set: DataSetId, caller: Address } = "{caller} does not own data set {data_set}",
            solidity "OwnableUnauthorizedAccount(address)" (caller);
        /// Raised when somebody who is neither owner nor admin uses an admin's power, or suspends without being the guardian either.
        66 NotAdmin { data_set: DataSetId, caller: Address }
            = "{caller} is neither the owner of data set {data_set} nor an admin of it",
            solidity "NotAdmin(uint256,address)" (data_set, caller);
        /// Raised when somebody to whom a data set is not offered accepts it.
        67 NotOffered { data_set: DataSetId, caller: Address } = "data set {data_set} is not offered to {caller}",
            solidity "OwnableUnauthorizedAccount(address)" (caller);
        /// Raised when somebody who is neither owner nor guardian freezes.
        68 NotGuardian { data_set: DataSetId, caller: Address }
            = "{caller} is neither the owner of data set {data_set} nor its guardian",
            solidity "NotGuardian(uint256,address)" (data_set, caller);
        /// Raised when an address that is named has no actor and cannot get one.
        69 Nobody { address: Address, why: String } = "{address} cannot be given anything: {why}";
        /// Raised when a frozen data set is changed in a way that a freeze stops.
        70 Frozen { data_set: DataSetId } = "data set {data_set} is frozen",
            solidity "DataSetFrozen(uint256)" (data_set);
        /// Raised when a path or CID is no scope.
        71 InvalidScope { scope: String, why: String } = "`{scope}` is no part of a data set: {why}";
        /// Raised when a mask is empty or has a bit that stands for nothing, or when one action is meant and there are several.
        72 InvalidActions { mask: u8, why: &'static str } = "the mask {mask:#b} is no good: {why}";
        /// Raised when a grant would begin after its end, or end in the past.
        73 InvalidSpan { start: ChainEpoch, end: ChainEpoch, now: ChainEpoch }
            = "a grant from epoch {start} to {end} is empty or over in epoch {now}";
        /// Raised when a grant is throttled to nothing.
        74 InvalidRate { capacity: u64, refill: u64, period: u64 }
            = "a rate of {refill} uses in {period} epochs, at most {capacity} at once, never lets anything through";
        /// Raised when a grant would be wider than the one that it is made from.
        75 WiderThanAbove { grant: GrantId, what: String } = "grant {grant} cannot be given on so: {what}";
        /// Raised when a grant that is named does not exist.
        76 NoGrant { data_set: DataSetId, subject: Address, grant: GrantId }
            = "{subject} has no grant {grant} in data set {data_set}";
        /// Raised when a grant that is to be given on or used, or whose time is to be shared, does not count now.
        77 DeadGrant { grant: GrantId, why: String } = "grant {grant} does not count: {why}";
        /// Raised when one subject would have too many grants in one data set.
        78 TooManyGrants { subject: Address, max: usize }
            = "{subject} has {max} grants in the data set, which is the most; prune dead ones";
        /// Raised when somebody revokes what is not theirs to revoke.
        79 NotAbove { grant: GrantId, caller: Address }
            = "{caller} is neither the owner, nor an admin, nor above grant {grant}";
        /// Raised when a grant is revoked that was given for good.
        80 NotRevocable { grant: GrantId } = "grant {grant} was given for good: only its subject can give it back";
        /// Raised when a list of nodes is no policy.
        81 InvalidPolicy { which: &'static str, why: String } = "the policy that {which} is none: {why}";
        /// Raised when a data set would have too many rules.
        82 TooManyRules { max: usize } = "a data set has at most {max} rules";
        /// Raised when a rule that is named does not exist.
        83 NoRule { data_set: DataSetId } = "data set {data_set} has no such rule";
        /// Raised when a rule would neither require, nor open, nor seal.
        84 EmptyRule = "a rule requires, opens or seals";
        /// Raised when a batch has no entries or too many.
        85 InvalidBatch { len: usize, max: usize } = "a batch of {len} entries lies outside 1 to {max}";
        /// Raised when a page has no entries or too many.
        86 InvalidPage { limit: u64, max: u64 } = "a page of {limit} entries lies outside 1 to {max}";
        /// Raised when a data set would name too much content.
        87 TooMuchContent { len: usize, max: usize } = "{len} CIDs of content exceed the limit of {max}: name a manifest";
        /// Raised when terms are accepted that are not the present ones.
        88 OtherTerms { data_set: DataSetId, version: u64 }
            = "the terms of data set {data_set} are in version {version}, and with another hash than was named or it is not that version",
            solidity "OtherTerms(uint256,uint256)" (data_set, version);
        /// Raised when a group is named that was never made.
        89 NoGroup { group: u64 } = "there is no group {group}";
        /// Raised when somebody other than the owner changes a group.
        90 NotGroupOwner { group: u64, caller: Address } = "{caller} does not own group {group}";
        /// Raised when something is used that the caller has no access to.
        91 AccessDenied { data_set: DataSetId, caller: Address, why: String }
            = "{caller} has no access to data set {data_set}: {why}",
            solidity "AccessDenied(uint256,address)" (data_set, caller);
        /// Raised when no uses are counted, or a grant that is counted has none.
        92 NoUses = "at least one use has to be counted";
        /// Raised when the owner, who needs no grant, is given one.
        93 OwnerNeedsNone { data_set: DataSetId } = "the owner of data set {data_set} needs no grant";
        /// Raised when a token does not say what somebody holds.
        94 NoBalance { token: Address, why: String } = "{token} does not say what is held: {why}";
        /// Raised when a plan is named that was never made.
        95 NoPlan { plan: PlanId } = "there is no plan {plan}", solidity "NoPlan(uint256)" (plan);
        /// Raised when a plan could not be what it says.
        96 InvalidPlan { why: String } = "the plan is none: {why}";
        /// Raised when a plan is bought that is not sold now or was made by an earlier owner, or renewed that is closed and shared
        /// otherwise than what was bought.
        97 PlanClosed { plan: PlanId } = "plan {plan} is not sold now", solidity "PlanClosed(uint256)" (plan);
        /// Raised when all that a plan had to sell is sold.
        98 SoldOut { plan: PlanId } = "plan {plan} is sold out", solidity "SoldOut(uint256)" (plan);
        /// Raised when a subject has bought a plan as often as it may.
        99 BoughtEnough { plan: PlanId, subject: Address, each: u64 }
            = "{subject} has bought plan {plan} {each} times, which is the most";
        /// Raised when something costs more than the buyer would pay.
        100 TooDear { price: TokenAmount, max_price: TokenAmount }
            = "the price is {price}, more than the {max_price} that would be paid",
            solidity "TooDear(uint256,uint256)" (price, max_price);
        /// Raised when rules or plans have changed since the buyer looked.
        101 OtherVersion { data_set: DataSetId, policy_version: u64 }
            = "the rules and plans of data set {data_set} are in version {policy_version}, not in the one that was named",
            solidity "OtherVersion(uint256,uint256)" (data_set, policy_version);
        /// Raised when the FIL that comes along is not the price.
        102 InexactPayment { value: TokenAmount, price: TokenAmount }
            = "{value} FIL came along where exactly {price} FIL are due",
            solidity "InexactPayment(uint256,uint256)" (value, price);
        /// Raised when something is done with a purchase that was never made, or that is over.
        103 NotBought { plan: PlanId, subject: Address } = "{subject} has nothing by plan {plan}",
            solidity "NotBought(uint256,address)" (plan, subject);
        /// Raised when something is bought that the subject has: it can be renewed, or is for good.
        104 AlreadyBought { plan: PlanId, subject: Address } = "{subject} has what plan {plan} sells",
            solidity "AlreadyBought(uint256,address)" (plan, subject);
        /// Raised when a renewal would be on worse terms than what was bought.
        105 WorseTerms { plan: PlanId, why: String } = "a renewal of plan {plan} would be worse than what was bought: {why}";
        /// Raised when nothing of what was paid can come back, or be earned.
        106 NothingInEscrow { plan: PlanId, subject: Address }
            = "nothing of what was paid for {subject} by plan {plan} is in escrow",
            solidity "NothingInEscrow(uint256,address)" (plan, subject);
        /// Raised when a trial is taken that a plan does not have, or a second time.
        107 NoTrial { plan: PlanId, why: &'static str } = "plan {plan} cannot be tried: {why}";
        /// Raised when more or fewer periods are bought than a plan sells at once.
        108 InvalidPeriods { periods: u64, max: u64 } = "{periods} periods lie outside 1 to {max}";
        /// Raised when time is given away that cannot be.
        109 NotShareable { plan: PlanId, why: String } = "what plan {plan} sold cannot be shared: {why}";
        /// Raised when there is nothing to fetch.
        110 NothingWaits { payee: Address } = "nothing waits for {payee}", solidity "NothingWaits(address)" (payee);
        /// Raised when a token does not move what it was to move.
        111 TokenFailed { token: Address, why: String } = "{token} did not do its part: {why}";
        /// Raised when tokens come that nobody asked for.
        112 UnaskedTokens { token: Address } = "{token} sends tokens that no purchase asked for";
        /// Raised when a number of another contract is larger than any that it gives.
        113 InvalidNumber { number: TokenAmount } = "the number of a data set is larger than 2^64 - 1",
            solidity "InvalidNumber(uint256)" (number);
        /// Raised when somebody takes for somebody else what costs nothing.
        114 NotForOthers { plan: PlanId } = "plan {plan} takes nothing for this: who is to have it takes it itself";
        /// Raised when something is renewed, or bought anew, whose suspension is not over.
        115 Resting { plan: PlanId, subject: Address, until: ChainEpoch }
            = "what plan {plan} sold to {subject} is suspended until epoch {until}: it is neither renewed nor bought anew before",
            solidity "Resting(uint256,address,uint256)" (plan, subject, until);
        /// Raised when something is renewed that costs nothing.
        116 FreeRenewal { plan: PlanId } = "plan {plan} costs nothing and is not renewed: take it anew when it is over",
            solidity "FreeRenewal(uint256)" (plan);
        /// Raised when an envelope is sealed to a key that is not the reader's present one.
        117 OtherReaderKey { recipient: Address, key: Bytes32 }
            = "{recipient} has the reader key {key}, not the one that the envelope was sealed to";

        /// Raised when a reader's key is one that everybody shares a secret with.
        120 SmallOrderKey { key: Bytes32 } = "{key} is a point of small order, which nothing can be sealed to (RFC 7748)";
        /// Raised when envelopes are put that are not of the present key epoch.
        121 NotKeyEpoch { data_set: DataSetId, named: u64, present: u64 }
            = "envelopes of key epoch {named} are put where data set {data_set} is in {present}, and there are no keys in 0";
        /// Raised when an envelope is empty or too large.
        122 InvalidEnvelope { recipient: Address, len: usize, max: usize }
            = "an envelope of {len} bytes for {recipient} lies outside 1 to {max}";
        /// Raised when an envelope is for somebody who has set no key.
        123 NoReaderKey { recipient: Address } = "{recipient} has set no reader key";
        /// Raised when envelopes of the present key epoch, or of one to come, are to be dropped.
        124 KeysInUse { data_set: DataSetId, named: u64, present: u64 }
            = "key epoch {named} of data set {data_set} is not past: the present one is {present}";
        /// Raised when somebody anchors a log who is no gateway of the data set.
        125 NotGateway { data_set: DataSetId, caller: Address } = "{caller} is no gateway of data set {data_set}",
            solidity "NotGateway(uint256,address)" (data_set, caller);
        /// Raised when a log has no entries or no root.
        126 EmptyLog = "a log has at least one entry, and a root";
        /// Raised when the epochs of a log are none, or not all of them are past.
        127 InvalidLogSpan { from: ChainEpoch, to: ChainEpoch, now: ChainEpoch }
            = "a log from epoch {from} to {to} is empty or not over in epoch {now}";
        /// Raised when a log begins before the gateway's last one ended.
        128 LogOverlaps { from: ChainEpoch, end: ChainEpoch }
            = "a log from epoch {from} on overlaps the gateway's last one, which ended at {end}";
        /// Raised when a log is named that was never anchored.
        129 NoLog { data_set: DataSetId, log: LogId } = "data set {data_set} has no log {log}";
        /// Raised when an entry is too large to be proved.
        130 EntryTooLarge { len: usize, max: usize } = "an entry of {len} bytes exceeds the limit of {max}";
        /// Raised when a proof is too long, or no list of hashes.
        131 InvalidProof { len: usize, max: usize } = "a proof of {len} bytes is not made of at most {max} hashes of 32 bytes";
        /// Raised when a ticket would count for no time or too long.
        132 InvalidTtl { ttl: u64, max: u64 } = "a ticket for {ttl} epochs lies outside 1 to {max}";
        /// Raised when a ticket by a grant whose uses are counted would count none.
        133 UsesNotCounted { grant: GrantId }
            = "the uses of grant {grant} are counted, so a ticket by it counts at least one";
        /// Raised when nothing is committed to.
        134 EmptyCommitment = "a commitment is a hash, not zeros";
        /// Raised when there is the same commitment already.
        135 CommitmentTaken { data_set: DataSetId, commitment: Bytes32 }
            = "data set {data_set} has the commitment {commitment} already: take another salt";
        /// Raised when a commitment is named, or revealed, that is not there.
        136 NoCommitment { data_set: DataSetId, commitment: Bytes32 }
            = "data set {data_set} has no commitment {commitment}";
        /// Raised when a commitment is revealed after all grants of its time were taken back.
        137 OldCommitment { generation: u64, present: u64 }
            = "the commitment is of generation {generation}, and the data set in {present}";
        /// Raised when somebody takes a commitment back that is not theirs to take back.
        138 NotAboveCommitment { commitment: Bytes32, caller: Address }
            = "{caller} is neither the owner, nor an admin, nor above the commitment {commitment}";
        /// Raised when a commitment is taken back that was made for good.
        139 CommittedForGood { commitment: Bytes32 } = "the commitment {commitment} was made for good";

        /// Raised when a delay, or the time until a scheduled operation, would be negative or longer than ten years.
        140 InvalidDelay { delay: ChainEpoch, max: ChainEpoch } = "{delay} epochs lie outside 0 to {max}";
        /// Raised when something is scheduled that no delay can hold up.
        141 NeverDelayed { method: u64 } = "method {method} is not one that a delay can hold up";
        /// Raised when something is scheduled that is not held up in this data set.
        142 NotDelayed { data_set: DataSetId, method: u64 }
            = "method {method} has no delay in data set {data_set}: call it";
        /// Raised when the parameters of what is scheduled are none of its method, too long, or for another data set.
        143 InvalidOperation { method: u64, why: String } = "the parameters of method {method} are no good: {why}";
        /// Raised when the same is scheduled again before it expires.
        144 AlreadyScheduled { data_set: DataSetId, expires: ChainEpoch }
            = "the same is scheduled in data set {data_set} until epoch {expires}: cancel that to schedule it anew";
        /// Raised when a data set would have too many scheduled operations.
        145 TooManyOperations { data_set: DataSetId, max: usize }
            = "{max} operations are scheduled in data set {data_set}, which is the most; cancel some";
        /// Raised when something is done at once that has to be scheduled first.
        146 NotScheduled { data_set: DataSetId, delay: ChainEpoch }
            = "this is delayed by {delay} epochs in data set {data_set}: schedule the very same call first",
            solidity "NotScheduled(uint256,uint256)" (data_set, delay);
        /// Raised when something scheduled is done too early.
        147 NotReady { ready: ChainEpoch, now: ChainEpoch } = "this is scheduled for epoch {ready}, and it is epoch {now}",
            solidity "NotReady(uint256)" (ready);
        /// Raised when something scheduled is done too late.
        148 OperationExpired { expires: ChainEpoch, now: ChainEpoch }
            = "what was scheduled expired at epoch {expires}, and it is epoch {now}: schedule it anew",
            solidity "OperationExpired(uint256)" (expires);
        /// Raised when an operation is named that is not scheduled.
        149 NoOperation { data_set: DataSetId } = "data set {data_set} has no such scheduled operation";
        /// Raised when somebody cancels who is neither owner, nor guardian, nor scheduled it.
        150 NotCanceller { data_set: DataSetId, caller: Address }
            = "{caller} is neither the owner of data set {data_set}, nor its guardian, nor scheduled this";
        /// Raised when a signed message is carried too late.
        151 MessageExpired { deadline: ChainEpoch, now: ChainEpoch }
            = "the message was good before epoch {deadline}, and it is epoch {now}";
        /// Raised when a nonce is used a second time.
        152 NonceUsed { signer: Address, nonce: u64 } = "{signer} has used the nonce {nonce}";
        /// Raised when a message is not signed by whom it says.
        153 NotSigned { signer: Address, why: String } = "{signer} has not signed this: {why}";
        /// Raised when a message that is signed as typed data has a number that could be taken for null.
        154 Ambiguous { field: &'static str } = "{field} is 0 or negative, where typed data says null with a 0";
        /// Raised when a data set is not as it was when somebody decided to take it over.
        155 OfferChanged { data_set: DataSetId, what: &'static str, now: u64, named: u64 }
            = "data set {data_set} has changed since it was looked at: {what} is {now}, and {named} was named",
            solidity "OfferChanged(uint256)" (data_set);
        /// Raised when what describes a data set may be larger than readers can expect.
        156 MetadataTooLarge { size: u64, max: u64 } = "{size} bytes of metadata exceed the limit of {max}";
        /// Raised when a question comes with more proofs than a policy has nodes.
        157 TooManyProofs { len: usize, max: usize } = "{len} proofs for lists exceed the limit of {max}";
        /// Raised when a rule asks for a purchase by a plan of another data set, which nobody has in this one.
        158 OtherPlan { plan: PlanId, data_set: DataSetId } = "plan {plan} is not one of data set {data_set}";
        /// Raised when somebody names who brought another buyer: a referrer has a part of all that is ever paid for it.
        159 NotBroughtByOthers { plan: PlanId }
            = "what somebody else buys by plan {plan} has no referrer: only who is to have it names one";
        /// Raised when somebody buys for a subject, or shares with it, that has grants enough.
        160 NoRoomForPresents { subject: Address, max: usize }
            = "{subject} has {max} grants or more in the data set: others leave the rest of its room to itself and its owner";
        /// Raised when a grant asks for a version of the terms that there is not yet.
        161 NoTerms { version: u64, last: u64 } = "there is no version {version} of the terms: the last one is {last}";
        /// Raised when a signature is longer than any is.
        162 SignatureTooLong { len: usize, max: usize } = "a signature of {len} bytes exceeds the limit of {max}";
        /// Raised when somebody else renews what has become cheaper while money for it is in escrow: that would be earned more slowly.
        163 CheaperForOthers { plan: PlanId, price: TokenAmount, paid: TokenAmount }
            = "plan {plan} costs {price:?} atto a time and was bought for {paid:?}, so while money for it is in escrow only who has it renews";
        /// Raised when a token that was asked to move had something changed that a purchase by it depends on.
        164 ChangedMeanwhile { plan: PlanId }
            = "what plan {plan} costs, or how long it lasts, changed while its token was asked to move";
        /// Raised when all rules of a data set together would be longer than they may be.
        165 RulesTooLong { len: usize, max: usize } = "the rules of a data set would have {len} bytes, which exceeds the limit of {max}";
    }
}

impl AccessError {
    /// The subject that has nothing by a plan.
    pub fn not_bought(plan: PlanId, subject: ActorID) -> Self {
        let subject = Address::new_id(subject);
        Self::NotBought { plan, subject }
    }

    /// The subject of whose purchase nothing is in escrow.
    pub fn nothing_in_escrow(plan: PlanId, subject: ActorID) -> Self {
        let subject = Address::new_id(subject);
        Self::NothingInEscrow { plan, subject }
    }

    /// The payee for whom nothing waits.
    pub fn nothing_waits(payee: ActorID) -> Self {
        let payee = Address::new_id(payee);
        Self::NothingWaits { payee }
    }

    /// The address that is nobody, with the reason.
    pub fn nobody(address: Address, why: NoRecipient) -> Self {
        Self::Nobody {
            address,
            why: why.to_string(),
        }
    }
}
