//! Short words for what tests sell and buy.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    BalanceParams, BuyParams, ChangePlanParams, ConsumeAccessParams, GrantId, GrantInfo, ListGrantsParams,
    Plan, PlanId, PlanKind, QuoteParams, QuoteReturn, READ, Scope, Split, method,
};
use holdfast_runtime::ActorError;
use holdfast_runtime::method::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::desk::*;

/// Gets the larger part of every price, and what divisions leave.
pub const TREASURY: ActorID = 106;
/// Gets the other part.
pub const SECOND: ActorID = 107;

pub fn atto(amount: u64) -> TokenAmount {
    TokenAmount::from_atto(amount)
}

pub fn subscription(period: u64, trial: u64) -> PlanKind {
    PlanKind::Subscription { period, trial }
}

/// A plan for reading everything, for FIL and without refunds.
pub fn plan(kind: PlanKind, price: u64) -> Plan {
    Plan {
        data_set: DATA,
        scope: Scope::All {},
        actions: READ,
        rate: None,
        kind,
        asset: None,
        price: atto(price),
        stock: None,
        each: 0,
        shareable: false,
        penalty_bps: None,
        referrer_bps: 0,
        splits: vec![
            Split {
                to: id(TREASURY),
                bps: 7_000,
            },
            Split {
                to: id(SECOND),
                bps: 3_000,
            },
        ],
    }
}

impl Desk {
    #[track_caller]
    pub fn sells(&mut self, plan: Plan) -> PlanId {
        self.call::<method::CreatePlan>(OWNER, &plan).expect("a plan")
    }

    #[track_caller]
    pub fn pay<M>(&mut self, from: ActorID, value: u64, params: &M::Params) -> Result<M::Return, ActorError>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        self.0.value(atto(value));
        self.call::<M>(from, params)
    }

    #[track_caller]
    pub fn quote(&mut self, subject: ActorID, plan: PlanId, periods: u64) -> Result<QuoteReturn, ActorError> {
        let subject = id(subject);
        self.call::<method::Quote>(
            ALICE,
            &QuoteParams {
                plan,
                subject,
                periods,
            },
        )
    }

    /// What a buyer names who has just asked for the price.
    #[track_caller]
    pub fn wanted(&mut self, subject: ActorID, plan: PlanId, periods: u64) -> BuyParams {
        let mut wanted = self.wanted_unquoted(plan, periods);
        if let Ok(quote) = self.quote(subject, plan, periods) {
            wanted.max_price = quote.price;
        }
        wanted
    }

    /// What a buyer names who pays any price.
    #[track_caller]
    pub fn wanted_unquoted(&mut self, plan: PlanId, periods: u64) -> BuyParams {
        let data_set = self.call::<method::GetDataSet>(ALICE, &DATA).expect("a data set");
        BuyParams {
            plan,
            subject: None,
            periods,
            max_price: TokenAmount::from_whole(1_000),
            policy_version: data_set.policy_version,
            terms_hash: data_set.terms_hash,
            referrer: None,
        }
    }

    #[track_caller]
    pub fn buys(&mut self, who: ActorID, plan: PlanId, periods: u64) -> Result<GrantId, ActorError> {
        let price = self.quote(who, plan, periods).expect("a price").price;
        let wanted = self.wanted(who, plan, periods);
        self.0.value(price);
        self.call::<method::Buy>(who, &wanted)
    }

    #[track_caller]
    pub fn renews(&mut self, who: ActorID, plan: PlanId, periods: u64) -> Result<GrantId, ActorError> {
        let quote = self.quote(who, plan, periods).expect("a price");
        assert!(quote.renewal);
        let wanted = self.wanted(who, plan, periods);
        self.0.value(quote.price);
        self.call::<method::Renew>(who, &wanted)
    }

    #[track_caller]
    pub fn uses(&mut self, who: ActorID, uses: u64) -> Result<Option<GrantId>, ActorError> {
        let params = ConsumeAccessParams {
            data_set: DATA,
            scope: Scope::All {},
            action: READ,
            uses,
            proofs: Vec::new(),
        };
        self.call::<method::ConsumeAccess>(who, &params)
    }

    /// What waits for somebody in FIL, attoFIL.
    #[track_caller]
    pub fn waits(&mut self, payee: ActorID) -> u64 {
        let params = BalanceParams {
            token: None,
            payee: id(payee),
        };
        let waits = self
            .call::<method::BalanceOfPayee>(ALICE, &params)
            .expect("a balance");
        waits.atto().try_into().expect("a small balance")
    }

    /// The change of a plan that changes nothing.
    #[track_caller]
    pub fn unchanged(&mut self, plan: PlanId) -> ChangePlanParams {
        let info = self.call::<method::GetPlan>(ALICE, &plan).expect("a plan");
        ChangePlanParams {
            data_set: info.plan.data_set,
            plan,
            open: info.open,
            price: info.plan.price,
            stock: info.plan.stock,
            referrer_bps: info.plan.referrer_bps,
            splits: info.plan.splits,
        }
    }

    #[track_caller]
    pub fn change_plan(&mut self, plan: PlanId, change: impl FnOnce(&mut ChangePlanParams)) {
        let mut params = self.unchanged(plan);
        change(&mut params);
        self.call::<method::ChangePlan>(OWNER, &params)
            .expect("another plan");
    }

    #[track_caller]
    pub fn hand_over(&mut self, to: ActorID, keep_grants: bool) {
        self.offers(Some(to), keep_grants);
        self.takes_over(to);
    }

    #[track_caller]
    pub fn grant_info(&mut self, subject: ActorID, grant: GrantId) -> GrantInfo {
        let page = ListGrantsParams {
            data_set: DATA,
            start: subject,
            limit: 1,
        };
        let page = self.call::<method::ListGrants>(ALICE, &page).expect("grants");
        let mut grants = page.subjects.into_iter().flat_map(|held| held.grants);
        grants.find(|info| info.grant == grant).expect("the grant")
    }
}
