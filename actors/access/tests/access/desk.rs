//! Data sets on a desk: a mock machine with short words for what tests do.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::error::ExitCode;
use holdfast_access::AccessActor;
use holdfast_access::invariants;
use holdfast_access::state::AccessState;
use holdfast_api::access::{
    Access, AccessAnswer, CreateDataSetParams, DataSetId, Delay, DelayInfo, GrantAt, GrantId, GrantParams,
    GrantTerms, HasAccessParams, ListProof, Node, OfferDataSetParams, OfferedDataSet, PruneParams,
    PruneReturn, READ, Reason, RenounceParams, Rule, ScheduleParams, Scope, SetDelayParams, SetRuleParams,
    SetTermsParams, SuspendParams, method,
};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;
use holdfast_runtime::testing::Mock;
use holdfast_runtime::{ActorError, Runtime};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Owns the data set on the desk.
pub const OWNER: ActorID = 100;
/// Watches over it.
pub const GUARDIAN: ActorID = 101;
/// Gets grants.
pub const ALICE: ActorID = 102;
/// Gets grants from Alice.
pub const BOB: ActorID = 103;
/// Gets grants from Bob.
pub const CAROL: ActorID = 104;
/// The data set on the desk.
pub const DATA: DataSetId = 1;
/// The epoch at which a desk starts.
pub const NOW: ChainEpoch = 1_000;

/// The id address.
pub fn id(actor: ActorID) -> Address {
    Address::new_id(actor)
}

/// A part by its path.
pub fn path(path: &str) -> Scope {
    let path = path.to_owned();
    Scope::Path { path }
}

/// A grant of actions in the whole data set, from now on and without end.
pub fn terms(actions: u8) -> GrantTerms {
    GrantTerms::plain(actions)
}

/// A data set that the caller owns.
pub fn plain() -> CreateDataSetParams {
    CreateDataSetParams {
        owner: None,
        guardian: Some(id(GUARDIAN)),
        content: Vec::new(),
        metadata: None,
        metadata_size: 0,
    }
}

/// The suspension of a grant until an epoch.
pub fn resting(subject: ActorID, grant: GrantId, until: ChainEpoch) -> SuspendParams {
    SuspendParams {
        data_set: DATA,
        subject: id(subject),
        grant,
        until,
    }
}

/// Terms by what their text hashes to; fresh ones have to be accepted anew.
pub fn wording(hash: u8, fresh: bool) -> SetTermsParams {
    SetTermsParams {
        data_set: DATA,
        hash: Bytes32([hash; 32]),
        fresh,
    }
}

/// An offer of the data set to somebody, or to nobody any more.
pub fn offer(to: Option<ActorID>, keep_grants: bool) -> OfferDataSetParams {
    OfferDataSetParams {
        data_set: DATA,
        to: to.map(id),
        keep_grants,
    }
}

/// The exit code of a call, 0 of one that was done.
pub fn code<T>(done: Result<T, ActorError>) -> u32 {
    done.err().map_or(0, |error| error.code.value())
}

/// A mock machine with one data set.
pub struct Desk(pub Mock);

impl Desk {
    pub fn new() -> Self {
        let mut desk = Self(Mock::unwatched());
        desk.call::<method::Constructor>(1, &())
            .expect("the actor is created");
        desk.call::<method::CreateDataSet>(OWNER, &plain())
            .expect("a data set is made");
        desk
    }

    /// Calls a method. The invariants are checked after it.
    #[track_caller]
    pub fn call<M>(&mut self, from: ActorID, params: &M::Params) -> Result<M::Return, ActorError>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        let done = self.0.caller(from).call::<Access, AccessActor, M>(params);
        self.state_is_sound();
        done
    }

    /// Calls a method that has to be refused with a code.
    #[track_caller]
    pub fn refused<M>(&mut self, from: ActorID, params: &M::Params, code: u32) -> String
    where
        M: Method<Params: Serialize, Return: DeserializeOwned + std::fmt::Debug>,
    {
        let error = self.call::<M>(from, params).expect_err("refused");
        assert_eq!(error.code, ExitCode::new(code), "{error}");
        error.message
    }

    /// The last that the world was told is this.
    #[track_caller]
    pub fn told(&self, event: impl Event) {
        let event = event.to_actor_event().expect("an event");
        assert_eq!(self.0.emitted().last(), Some(&event));
    }

    #[track_caller]
    fn state_is_sound(&self) {
        if let Ok(state) = self.0.state::<AccessState>() {
            let now = self.0.network().epoch;
            invariants::check(&state, self.0.store(), now).assert_none();
            let owed = invariants::owed(&state, self.0.store()).expect("what is owed");
            let owed = owed.get(&0).cloned().unwrap_or_default();
            let balance = self.0.balance();
            assert!(owed == balance, "{owed} FIL are owed, {balance} are there");
        }
    }

    /// Goes on to an epoch.
    pub fn at(&mut self, epoch: ChainEpoch) -> &mut Self {
        self.0.epoch(epoch, 1_700_000_000 + (epoch - NOW) as u64 * 30);
        self
    }

    /// The owner gives a grant.
    #[track_caller]
    pub fn grant(&mut self, subject: ActorID, terms: GrantTerms) -> GrantId {
        self.give(OWNER, subject, terms, None).expect("a grant")
    }

    /// Somebody gives a grant on.
    #[track_caller]
    pub fn give_on(&mut self, from: (ActorID, GrantId), subject: ActorID, terms: GrantTerms) -> GrantId {
        self.give(from.0, subject, terms, Some(from.1)).expect("a grant")
    }

    #[track_caller]
    pub fn give(
        &mut self,
        by: ActorID,
        subject: ActorID,
        terms: GrantTerms,
        from: Option<GrantId>,
    ) -> Result<GrantId, ActorError> {
        let params = GrantParams {
            data_set: DATA,
            subject: id(subject),
            terms,
            from,
        };
        self.call::<method::Grant>(by, &params)
    }

    #[track_caller]
    pub fn revoke(&mut self, by: ActorID, subject: ActorID, grant: GrantId) -> Result<(), ActorError> {
        let at = GrantAt {
            data_set: DATA,
            subject: id(subject),
            grant,
        };
        self.call::<method::Revoke>(by, &at)
    }

    /// Somebody lets a grant rest until an epoch.
    #[track_caller]
    pub fn suspend(
        &mut self,
        by: ActorID,
        subject: ActorID,
        grant: GrantId,
        until: ChainEpoch,
    ) -> Result<(), ActorError> {
        self.call::<method::Suspend>(by, &resting(subject, grant, until))
    }

    /// Somebody gives its own grant back.
    #[track_caller]
    pub fn renounce(&mut self, who: ActorID, grant: GrantId) -> Result<(), ActorError> {
        let data_set = DATA;
        self.call::<method::Renounce>(who, &RenounceParams { data_set, grant })
    }

    /// Somebody clears dead grants away.
    #[track_caller]
    pub fn prune(&mut self, by: ActorID, start: ActorID, limit: u64) -> PruneReturn {
        let params = PruneParams {
            data_set: DATA,
            start,
            limit,
        };
        self.call::<method::Prune>(by, &params).expect("pruned")
    }

    /// The owner offers the data set to somebody, or to nobody any more.
    #[track_caller]
    pub fn offers(&mut self, to: Option<ActorID>, keep_grants: bool) {
        self.call::<method::OfferDataSet>(OWNER, &offer(to, keep_grants))
            .expect("an offer");
    }

    /// What somebody sees of the data set, to take it over so.
    #[track_caller]
    pub fn seen(&mut self) -> OfferedDataSet {
        let head = self.call::<method::GetDataSet>(OWNER, &DATA).expect("a data set");
        let delays = self.call::<method::GetDelays>(OWNER, &DATA).expect("delays");
        let coming = |delay: &DelayInfo| delay.pending.as_ref().map_or(0, |pending| pending.delay);
        let longest = delays.iter().map(|delay| delay.delay.max(coming(delay)));
        OfferedDataSet {
            data_set: DATA,
            keep_grants: head.keep_grants,
            generation: head.generation,
            policy_version: head.policy_version,
            terms_version: head.terms_version,
            frozen: head.frozen,
            max_delay: longest.max().unwrap_or(0) as u64,
        }
    }

    /// Somebody takes the data set over as it is.
    #[track_caller]
    pub fn takes_over(&mut self, to: ActorID) {
        let seen = self.seen();
        self.call::<method::AcceptDataSet>(to, &seen)
            .expect("a new owner");
    }

    /// The owner sets terms; gives their version.
    #[track_caller]
    pub fn set_terms(&mut self, hash: u8, fresh: bool) -> u64 {
        self.call::<method::SetTerms>(OWNER, &wording(hash, fresh))
            .expect("terms")
    }

    /// Sets a rule for reading the whole data set.
    #[track_caller]
    pub fn rule(&mut self, requires: Option<Vec<Node>>, opens: Option<Vec<Node>>) {
        let rule = Rule {
            scope: Scope::All {},
            actions: READ,
            requires,
            opens,
            sealed: false,
        };
        self.set_rule(rule).expect("a rule");
    }

    #[track_caller]
    pub fn set_rule(&mut self, rule: Rule) -> Result<u64, ActorError> {
        let params = SetRuleParams { data_set: DATA, rule };
        self.call::<method::SetRule>(OWNER, &params)
    }

    /// The owner sets a delay.
    #[track_caller]
    pub fn delay(&mut self, what: Delay, delay: ChainEpoch) {
        let params = SetDelayParams {
            data_set: DATA,
            what,
            delay,
        };
        self.call::<method::SetDelay>(OWNER, &params).expect("a delay");
    }

    /// Somebody announces a call.
    #[track_caller]
    pub fn schedule<M: Method<Params: Serialize>>(
        &mut self,
        by: ActorID,
        params: &M::Params,
    ) -> Result<Bytes32, ActorError> {
        let params = ScheduleParams {
            data_set: DATA,
            method: M::NUMBER,
            params: RawBytes::serialize(params).unwrap(),
            at: None,
        };
        self.call::<method::Schedule>(by, &params)
    }

    /// The answer to a question.
    #[track_caller]
    pub fn ask(&mut self, subject: ActorID, action: u8, scope: Scope) -> AccessAnswer {
        self.ask_with(subject, action, scope, Vec::new())
    }

    #[track_caller]
    pub fn ask_with(
        &mut self,
        subject: ActorID,
        action: u8,
        scope: Scope,
        proofs: Vec<ListProof>,
    ) -> AccessAnswer {
        let params = HasAccessParams {
            data_set: DATA,
            scope,
            subject: id(subject),
            action,
            proofs,
        };
        self.call::<method::HasAccess>(subject, &params)
            .expect("an answer")
    }

    /// Whether somebody may read everything.
    #[track_caller]
    pub fn reads(&mut self, subject: ActorID) -> bool {
        self.ask(subject, READ, Scope::All {}).allowed
    }

    /// Why somebody may, or may not, read everything.
    #[track_caller]
    pub fn reason(&mut self, subject: ActorID) -> Reason {
        self.ask(subject, READ, Scope::All {}).reason
    }
}
