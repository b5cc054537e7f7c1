//! Data sets and who may do what with them. One actor a network holds them all.

mod commitment;
mod data_set;
mod errors;
mod ethereum;
pub mod events;
mod grant;
mod group;
mod guard;
mod key;
mod plan;
mod question;
mod receipt;
mod rule;
mod scope;
mod signed;
mod ticket;

pub use commitment::*;
pub use data_set::*;
pub use errors::AccessError;
pub use ethereum::*;
pub use grant::*;
pub use group::*;
pub use guard::*;
pub use key::*;
pub use plan::*;
pub use question::*;
pub use receipt::*;
pub use rule::*;
pub use scope::*;
pub use signed::*;
pub use ticket::*;

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::{Bytes32, EthAddress};
use holdfast_runtime::methods;
use holdfast_runtime::receiver::UniversalReceiverParams;

/// The most entries of a batch.
pub const MAX_BATCH: usize = 200;
/// The most entries of a page.
pub const MAX_PAGE: u64 = 1_000;

methods! {
    /// Data sets, and who may do what with them: grants, policies, groups, lists and terms; keys, receipts and tickets.
    pub interface Access("access") {
        errors AccessError;
        events [
            events::DataSetCreated, events::DataSetOffered, events::DataSetTransferred, events::ContentSet,
            events::GuardianSet, events::FrozenSet, events::TermsSet, events::TermsAccepted,
            events::RuleSet, events::RuleRemoved, events::AllowListSet, events::Granted,
            events::Revoked, events::AllRevoked, events::Suspended, events::Consumed,
            events::GroupCreated, events::MembersAdded, events::MembersRemoved,
            events::PlanCreated, events::PlanChanged, events::Bought, events::Renewed,
            events::Refunded, events::Settled, events::TimeShared, events::Withdrawn,
            events::FunctionBound, events::ServiceBound,
            events::DelaySet, events::OperationScheduled, events::OperationCancelled,
            events::Carried, events::NonceCancelled,

            events::ReaderKeySet, events::KeysRotated, events::EnvelopesPut,
            events::GatewaySet, events::LogAnchored, events::TicketIssued,
            events::Committed, events::CommitmentRevoked,
        ];
        methods {
            /// Creates the actor. It takes nothing and has no owner: anyone may create the canonical instance once.
            constructor Constructor(), from Init;

            /// Makes a data set; gives its number.
            call CreateDataSet(CreateDataSetParams) -> DataSetId, from Anyone;
            /// Makes 1 to 200 data sets; gives the number of the first, the others follow it.
            call CreateDataSets(Vec<CreateDataSetParams>) -> DataSetId, from Anyone;
            /// A data set.
            view GetDataSet(DataSetId) -> DataSetInfo, from Anyone;
            /// Says what a data set consists of and what describes it. Owner and admins.
            call SetContent(SetContentParams), from Anyone;
            /// Names the guardian, or nobody. Owner only.
            call SetGuardian(SetGuardianParams), from Anyone;
            /// Offers a data set to somebody, who has to accept it. Owner only.
            call OfferDataSet(OfferDataSetParams), from Anyone;
            /// A data set as who takes it over has to name it.
            view GetOffer(DataSetId) -> OfferedDataSet, from Anyone, solidity getOffer;
            /// Takes an offered data set, if it is as the caller has seen it. Unless they are kept, all grants are void from then
            /// on.
            call AcceptDataSet(OfferedDataSet), from Anyone, solidity acceptDataSet;
            /// Closes a data set to everybody. It never stops revoking, giving back or suspending. Owner and guardian.
            call Freeze(DataSetId), from Anyone, solidity freeze;
            /// Opens a frozen data set again. Owner only.
            call Unfreeze(DataSetId), from Anyone, solidity unfreeze;

            /// Sets new terms; gives their version. Owner and admins.
            call SetTerms(SetTermsParams) -> u64, from Anyone, solidity setTerms;
            /// Accepts the present terms.
            call AcceptTerms(AcceptTermsParams), from Anyone, solidity acceptTerms;

            /// Sets a rule; gives the new version of the rules. Owner and admins.
            call SetRule(SetRuleParams) -> u64, from Anyone;
            /// Takes a rule away; gives the new version of the rules. Owner and admins.
            call RemoveRule(RemoveRuleParams) -> u64, from Anyone;
            /// The rules of a data set.
            view ListRules(DataSetId) -> Vec<Rule>, from Anyone;
            /// Sets, replaces or takes away a list of subjects; gives the new version of the rules. Owner and admins.
            call SetAllowList(SetAllowListParams) -> u64, from Anyone, solidity setAllowList;

            /// Gives somebody a grant; gives its number. Owner and admins, and whoever has a grant that can be given on.
            call Grant(GrantParams) -> GrantId, from Anyone;
            /// Gives the same grant to 1 to 200 subjects; gives the number of the first, the others follow it.
            call GrantMany(GrantManyParams) -> GrantId, from Anyone;
            /// Takes a grant back for good, and with it all that were made from it. Owner, admins, those above it, and before it
            /// begins the guardian. One that was given for good can be taken back before it begins, if a delay held it up when it was
            /// made. What is in escrow and is over, or ended with all others, is taken back from nobody, and nothing is told.
            call Revoke(GrantAt), from Anyone, solidity revoke;
            /// Takes all grants of a data set back; gives the generation of those to come. Owner only.
            call RevokeAll(DataSetId) -> u64, from Anyone, solidity revokeAll;
            /// Gives the caller's own grant back.
            call Renounce(RenounceParams), from Anyone, solidity renounce;
            /// Lets a grant rest until an epoch. Owner, admins and guardian; to end it sooner owner and admins.
            call Suspend(SuspendParams), from Anyone;
            /// Clears dead grants away, and those that came from them. For anyone.
            call Prune(PruneParams) -> PruneReturn, from Anyone;
            /// The grants of a data set, page by page.
            view ListGrants(ListGrantsParams) -> ListGrantsReturn, from Anyone;
            /// The data sets in which somebody has grants, page by page.
            view ListDataSets(ListDataSetsParams) -> ListDataSetsReturn, from Anyone;

            /// May somebody do something? The one decision function. It never changes anything, and what cannot be known opens
            /// nothing.
            view HasAccess(HasAccessParams) -> AccessAnswer, from Anyone;
            /// The same for up to 200 questions.
            view HasAccessBatch(Vec<HasAccessParams>) -> Vec<AccessAnswer>, from Anyone;
            /// Counts uses by the caller, who has to have access; gives the grant that
            /// it came by, null for the owner and where a policy opens. Tickets count too; nothing else does.
            call ConsumeAccess(ConsumeAccessParams) -> Option<GrantId>, from Anyone;

            /// Looks at what somebody holds of a token, and writes it down. A policy that asks for how long tokens were held counts
            /// from here; who is seen with fewer later has had fewer all along. For anyone; but only holders themselves begin anew
            /// with more.
            call ObserveHolder(ObserveHolderParams) -> TokenAmount, from Anyone;

            /// Makes a group, owned by the caller; gives its number.
            call CreateGroup() -> u64, from Anyone, solidity createGroup;
            /// Adds 1 to 200 members. The group's owner only.
            call AddMembers(MembersParams), from Anyone, solidity addMembers;
            /// Removes 1 to 200 members. The group's owner only.
            call RemoveMembers(MembersParams), from Anyone, solidity removeMembers;
            /// Whether somebody is in a group.
            view InGroup(InGroupParams) -> bool, from Anyone, solidity inGroup;
            /// The members of a group, page by page.
            view ListMembers(ListMembersParams) -> ListMembersReturn, from Anyone;
            /// Who owns a group.
            view GroupOwner(u64) -> ActorID, from Anyone;
            /// The version of a data set's terms that somebody has accepted last, and when; null for none.
            view AcceptedTerms(AcceptedTermsParams) -> Option<Acceptance>, from Anyone;

            /// Makes a plan, by which access is sold; gives its number. Owner and admins.
            call CreatePlan(Plan) -> PlanId, from Anyone;
            /// Changes the price, the stock or the splits of a plan, or whether it is sold. Owner and admins.
            call ChangePlan(ChangePlanParams), from Anyone;
            /// A plan.
            view GetPlan(PlanId) -> PlanInfo, from Anyone;
            /// What a purchase or a renewal would be charged in this epoch, and what has to be named for it. Whether somebody else may buy
            /// or renew it for the subject, and whether there is room for another grant, is not asked here.
            view Quote(QuoteParams) -> QuoteReturn, from Anyone;
            /// Buys access, for FIL that comes along or for tokens that the caller has allowed this actor to take; gives the grant.
            /// What costs nothing, such as a trial, is taken by its subject alone. Who buys for somebody else names no referrer, and
            /// finds room up to 8 grants of that subject in the data set.
            pay Buy(BuyParams) -> GrantId, from Anyone;
            /// Adds a period or uses to what somebody has, never on worse terms than it was bought. For anyone; while money for it is in
            /// escrow, for less than it was bought for by its subject alone. Not by a closed plan whose shares have changed since.
            pay Renew(BuyParams) -> GrantId, from Anyone;
            /// What somebody has bought.
            view GetPurchase(PurchaseAt) -> Purchase, from Anyone;
            /// Gives up what the caller has bought; what is unused comes back, less the penalty. What others took away, or withhold,
            /// comes back without one. Gives how much waits for the caller by it.
            call Refund(PlanId) -> TokenAmount, from Anyone, solidity refund;
            /// Shares out what of an escrow has been earned; gives how much. What others withheld goes back; so does what is unused
            /// of what they took away, and of what its subject gave back what a refund gives. For anyone.
            call Settle(PurchaseAt) -> TokenAmount, from Anyone, solidity settle;
            /// Gives somebody a part of the time that the caller has bought, and what is in its bucket; gives the grant. There is room
            /// for it up to 8 grants of the receiver in the data set.
            call ShareTime(ShareTimeParams) -> GrantId, from Anyone, solidity shareTime;
            /// Fetches all that waits for somebody, in FIL or in a token; gives how much. For anyone: it goes to the payee.
            call Withdraw(WithdrawParams) -> TokenAmount, from Anyone;
            /// What waits for somebody, attoFIL or atto-tokens.
            view BalanceOfPayee(BalanceParams) -> TokenAmount, from Anyone;
            /// The receiver hook of FRC-46: tokens are taken in the course of a purchase only.
            call Receive(UniversalReceiverParams), from Anyone;

            /// Sets a delay: how much later grants begin, or how much earlier a power has to be announced. Owner only.
            call SetDelay(SetDelayParams), from Anyone;
            /// The delays of a data set that are not 0, present and to come.
            view GetDelays(DataSetId) -> Vec<DelayInfo>, from Anyone;
            /// Announces a call that a delay holds up; gives the operation's id. The very same caller makes the very same call
            /// once it is ready, and within a week (20 160 epochs) from then on. Whoever may make the call.
            call Schedule(ScheduleParams) -> Bytes32, from Anyone;
            /// Takes an operation from the schedule. Owner, guardian, and who scheduled it.
            call Cancel(OperationAt), from Anyone;
            /// A scheduled operation.
            view GetOperation(OperationAt) -> OperationInfo, from Anyone;
            /// The operations that are scheduled in a data set, at most 64, in the order in which they were; expired ones too
            /// as long as nothing new is scheduled.
            view ListOperations(DataSetId) -> Vec<OperationInfo>, from Anyone;

            /// Does what somebody signed, exactly as if they had sent it; gives the number of a grant that it made. For anyone.
            call Carry(CarryParams) -> Option<GrantId>, from Anyone;
            /// Makes a nonce of the caller useless, and with it what was signed with it.
            call CancelNonce(u64), from Anyone;
            /// Whether a nonce was used or taken back.
            view IsNonceUsed(NonceParams) -> bool, from Anyone;

            /// Sets the caller's public key of X25519, to which keys of data sets are sealed.
            call SetReaderKey(Bytes32), from Anyone;
            /// A reader's public key; null if it has set none.
            view ReaderKey(Address) -> Option<Bytes32>, from Anyone;
            /// Begins a new key epoch; gives its number, 1 for the first keys. A freeze does not stop it. Owner and admins.
            call RotateKeys(DataSetId) -> u64, from Anyone;
            /// Gives 1 to 200 readers the present key. A freeze stops it. Owner and admins.
            call PutEnvelopes(PutEnvelopesParams), from Anyone;
            /// A reader's envelope; null if it has none. Readers fetch it without sending a message.
            view GetEnvelope(GetEnvelopeParams) -> Option<RawBytes>, from Anyone;
            /// Takes envelopes of a past key epoch away; gives the next reader, null after the last one. What was encrypted then can
            /// be opened by those only who have kept the key. Owner and admins.
            call DropEnvelopes(DropEnvelopesParams) -> Option<ActorID>, from Anyone;
            /// Who may read by a grant and has no envelope of the present key, page by page. Rules are not looked at, the
            /// owner has the keys, and who is throttled just now is left out. Empty while there are no keys.
            view ListRewraps(ListRewrapsParams) -> ListRewrapsReturn, from Anyone;

            /// Lets a gateway anchor logs, or no longer; its logs stay. Owner and admins.
            call SetGateway(SetGatewayParams), from Anyone;
            /// Whether somebody may anchor logs.
            view IsGateway(IsGatewayParams) -> bool, from Anyone;
            /// Anchors a log of what was given out; gives its number. A freeze does not stop it. Gateways only.
            call AnchorLog(AnchorLogParams) -> LogId, from Anyone;
            /// A log.
            view GetLog(GetLogParams) -> LogInfo, from Anyone;
            /// The logs of a data set, page by page.
            view ListLogs(ListLogsParams) -> ListLogsReturn, from Anyone;
            /// Whether an entry is in a log.
            view ProveEntry(ProveEntryParams) -> bool, from Anyone;

            /// Issues a ticket to the caller, who has to have access; gives its number. It counts uses as ConsumeAccess does. What
            /// others say of the caller is asked now, and not again while the ticket counts.
            call IssueTicket(IssueTicketParams) -> TicketId, from Anyone;
            /// A ticket, and whether it counts now; null if it was never issued or is cleared away. For gateways.
            view CheckTicket(TicketId) -> Option<TicketInfo>, from Anyone;
            /// Clears away tickets whose time is over; gives how many. For anyone.
            call PruneTickets(PruneTicketsParams) -> u64, from Anyone;

            /// Gives a grant to somebody who is not named. As Grant.
            call GrantCommitted(GrantCommittedParams), from Anyone;
            /// Takes back a grant whose subject has not revealed itself. Those who could revoke it; anyone, once it can no longer be
            /// revealed.
            call RevokeCommitted(CommitmentParams), from Anyone;
            /// Turns a commitment to the caller into a grant; gives its number. The generation has to be the same, and the terms have
            /// to hold and be no wider than the grant above, now.
            call Reveal(RevealParams) -> GrantId, from Anyone;
            /// A grant that waits for its subject; null if there is none.
            view GetCommitted(CommitmentParams) -> Option<CommittedGrant>, from Anyone;
            /// The commitments of a data set that nobody has revealed, page by page.
            view ListCommitted(ListCommittedParams) -> ListCommittedReturn, from Anyone;
        }
        solidity {
            /// Makes a data set that the caller owns; gives its number.
            call createDataSet() -> DataSetId, from Anyone;
            /// The owner of a data set; 0x0 if there is no such data set.
            view dataSetOwner(DataSetId) -> EthAddress, from Anyone;
            /// Gives somebody a grant that can be taken back; gives its number. Owner and admins, and whoever has a grant that can
            /// be given on.
            call grant(SolidityGrantParams) -> GrantId, from Anyone;
            /// May somebody do something?
            view hasAccess(SolidityQuestion) -> SolidityAnswer, from Anyone;
            /// The same with a proof that the subject is on a list.
            view hasAccessWithProof(SolidityProvedQuestion) -> SolidityAnswer, from Anyone, named hasAccess;
            /// The same about what is behind a CID.
            view hasAccessToCid(SolidityCidQuestion) -> SolidityAnswer, from Anyone;
            /// Counts uses by the caller, who has to have access; gives the grant that it came by, 0 for the owner and where a policy
            /// opens.
            call consumeAccess(SolidityConsumeParams) -> GrantId, from Anyone;
            /// What a purchase or a renewal would be charged in this epoch.
            view quote(SolidityQuoteParams) -> SolidityQuote, from Anyone;
            /// Buys access, for FIL that comes along or for tokens that the caller has allowed this actor to take; gives the grant.
            pay buy(SolidityBuyParams) -> GrantId, from Anyone;
            /// Adds a period or uses to what somebody has.
            pay renew(SolidityBuyParams) -> GrantId, from Anyone;
            /// Fetches all FIL that waits for the caller; gives how much, attoFIL.
            call withdraw() -> TokenAmount, from Anyone;
            /// Fetches all that waits for the caller of an ERC-20 token; gives how much, atto-tokens.
            call withdrawToken(Address) -> TokenAmount, from Anyone, named withdraw;

            /// May an account call a function of a contract that has bound it to a data set? As OpenZeppelin's AccessManager
            /// answers its contracts.
            view canCall(CanCallParams) -> CanCallReturn, from Anyone in IAuthority;
            /// Has a data set's rules decide who may call a function of the caller's.
            call bindFunction(BindFunctionParams), from Anyone;
            /// Has a data set's rules decide who writes to a data set of a storage service that the caller pays for. The caller owns or
            /// administers the data set, and the binding counts as long as it does.
            call bindService(BindServiceParams), from Anyone;
            /// May who signed a digest do an operation on a data set of the storage service that calls? The hook of the Filecoin Warm
            /// Storage Service, `IDataSetAuthorizer`. It counts a use where uses are counted, and takes a digest
            /// once for a data set of the service.
            call isAuthorized(IsAuthorizedParams) -> bool, from Anyone in IDataSetAuthorizer;

            /// A grant as one number, as ERC-4907 and ERC-5539 name things: data set, subject and grant in 64 bits each.
            view passOf(GrantAt) -> TokenAmount, from Anyone;
            /// Who may use a pass: its subject, as long as the grant counts; else 0x0. As in ERC-4907. A pass is a grant: what rules
            /// require of its subject besides, `hasAccess` knows.
            view userOf(TokenAmount) -> EthAddress, from Anyone;
            /// When a pass ends, seconds since 1970: 2^64 - 1 for never, 0 if it does not count now. As in ERC-4907.
            view userExpires(TokenAmount) -> TokenAmount, from Anyone;
            /// Whether a pass is revoked: its grant, or one above it, is taken back or gone. As in ERC-5539; what is named wrongly is
            /// revoked.
            view isRevoked(IsRevokedParams) -> bool, from Anyone;
        }
    }
}
