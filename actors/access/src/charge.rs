//! What a purchase or a renewal comes to. The quote and the charge are this one function.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    AccessError, BuyParams, MAX_PAID_EPOCHS, Plan, PlanId, PlanInfo, PlanKind, Purchase,
};
use holdfast_policies::access::grant::Grant;
use holdfast_policies::amount::{is_amount, max_amount};
use holdfast_runtime::ActorError;
use holdfast_runtime::decimal::Decimal;
use holdfast_runtime::evm::Bytes32;

use crate::convert;
use crate::data_set::DataSet;
use crate::state::AccessState;

/// What somebody wants.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) plan: PlanId,
    pub(crate) subject: ActorID,
    pub(crate) periods: u64,
    pub(crate) now: ChainEpoch,
}

/// What it comes to.
pub(crate) struct Charge {
    pub(crate) info: PlanInfo,
    pub(crate) head: DataSet,
    /// The hash of the data set's terms.
    pub(crate) terms_hash: Bytes32,
    /// What the subject has bought by the plan before.
    pub(crate) before: Option<Purchase>,
    /// The grant of that, as long as it is there.
    pub(crate) held: Option<Grant>,
    /// Whether that goes on.
    pub(crate) renewal: bool,
    /// Whether it is the trial.
    pub(crate) trial: bool,
    /// attoFIL or atto-tokens.
    pub(crate) price: TokenAmount,
    /// When it was asked for.
    now: ChainEpoch,
    /// The first epoch of it: later than now where grants are delayed.
    pub(crate) start: ChainEpoch,
    /// The first epoch after it.
    pub(crate) end: Option<ChainEpoch>,
}

impl Charge {
    /// Looks at the plan and at what the subject has.
    ///
    /// # Errors
    /// [`AccessError::NoPlan`], [`AccessError::InvalidPeriods`], [`AccessError::NoTrial`].
    pub(crate) fn new<BS: Blockstore>(st: &AccessState, store: &BS, wish: Wish) -> Result<Self, ActorError> {
        let Wish {
            plan,
            subject,
            periods,
            now,
        } = wish;
        let shelves = st.shelves(store)?;
        let market = shelves.market.load(store)?;
        let info = market.plan(store, plan)?;
        let data_set = info.plan.data_set;
        let head = st.data_set(store, data_set)?;
        let terms_hash = if head.terms_version > 0 {
            shelves.content(store, data_set)?.terms_hash
        } else {
            Bytes32::default()
        };
        let before = market.purchase(store, plan, subject)?;
        let held = match &before {
            Some(before) => st.held(store, data_set, subject)?.find(before.grant).cloned(),
            None => None,
        };
        let goes_on = held
            .as_ref()
            .filter(|grant| !grant.is_dead_for_good(head.generation, now));
        let renewal = goes_on.is_some();
        let trial = periods == 0;
        require_periods(
            &info.plan,
            plan,
            periods,
            before.as_ref().is_some_and(|it| it.tried),
        )?;
        let start = match goes_on {
            Some(grant) => grant.span.end.unwrap_or(now),
            None => {
                let actions = convert::actions(info.plan.actions)?;
                let delay = st.grant_delay(store, (data_set, &head), actions, now)?;
                now.saturating_add(delay)
            }
        };
        let end = epochs(&info.plan, periods).map(|epochs| start.saturating_add_unsigned(epochs));
        let price = if trial {
            TokenAmount::default()
        } else {
            info.plan.price.clone() * periods
        };
        if !is_amount(price.atto()) {
            let most = max_amount()
                .checked_div(info.plan.price.atto())
                .map(u64::try_from);
            let max = most.and_then(Result::ok).unwrap_or(u64::MAX);
            return Err(AccessError::InvalidPeriods { periods, max }.into());
        }
        Ok(Self {
            info,
            head,
            terms_hash,
            before,
            held,
            renewal,
            trial,
            price,
            now,
            start,
            end,
        })
    }

    /// Refuses while nothing is sold or renewed by the plan at all.
    ///
    /// # Errors
    /// [`AccessError::Frozen`], [`AccessError::PlanClosed`].
    pub(crate) fn require_seller(&self, plan: PlanId) -> Result<(), ActorError> {
        let data_set = self.info.plan.data_set;
        if self.head.is_frozen() {
            return Err(AccessError::Frozen { data_set }.into());
        }
        if self.info.seller != self.head.owner {
            return Err(AccessError::PlanClosed { plan }.into());
        }
        Ok(())
    }

    /// Refuses what the buyer has not agreed to, and what is not sold.
    ///
    /// # Errors
    /// What has changed since the buyer looked, or that nothing is sold.
    pub(crate) fn require_agreed(&self, p: &BuyParams) -> Result<(), ActorError> {
        self.require_seller(p.plan)?;
        let data_set = self.info.plan.data_set;
        let (policy_version, version) = (self.head.policy_version, self.head.terms_version);
        if p.terms_hash != self.terms_hash {
            return Err(AccessError::OtherTerms { data_set, version }.into());
        }
        if p.policy_version != policy_version {
            return Err(AccessError::OtherVersion {
                data_set,
                policy_version,
            }
            .into());
        }
        if self.price > p.max_price {
            let (price, max_price) = (self.price.clone(), p.max_price.clone());
            return Err(AccessError::TooDear { price, max_price }.into());
        }
        Ok(())
    }

    /// Refuses what is not sold any more, or not to this subject.
    ///
    /// # Errors
    /// [`AccessError::AlreadyBought`], [`AccessError::PlanClosed`], [`AccessError::SoldOut`], [`AccessError::BoughtEnough`],
    /// [`AccessError::OwnerNeedsNone`], [`AccessError::Resting`].
    pub(crate) fn require_sold(&self, Wish { plan, subject, .. }: Wish) -> Result<(), ActorError> {
        let (info, each) = (&self.info, self.info.plan.each);
        let count = self.before.as_ref().map_or(0, |before| before.count);
        let address = Address::new_id(subject);
        if subject == self.head.owner {
            let data_set = info.plan.data_set;
            return Err(AccessError::OwnerNeedsNone { data_set }.into());
        }
        if self.renewal {
            let subject = address;
            return Err(AccessError::AlreadyBought { plan, subject }.into());
        }
        self.require_no_rest(plan, address)?;
        if !info.open {
            return Err(AccessError::PlanClosed { plan }.into());
        }
        if info.plan.stock == Some(0) {
            return Err(AccessError::SoldOut { plan }.into());
        }
        if each > 0 && count >= each {
            let subject = address;
            return Err(AccessError::BoughtEnough { plan, subject, each }.into());
        }
        Ok(())
    }

    /// Refuses whose purchase is suspended: buying it anew would end the suspension, and renewing it would pay for nothing.
    fn require_no_rest(&self, plan: PlanId, subject: Address) -> Result<(), ActorError> {
        let (generation, now) = (self.head.generation, self.now);
        match self
            .held
            .as_ref()
            .filter(|grant| grant.holds_back(generation, now))
        {
            None => Ok(()),
            Some(grant) => {
                let until = grant.suspended_until;
                Err(AccessError::Resting { plan, subject, until }.into())
            }
        }
    }

    /// Refuses a renewal that is none, or a worse one than what was bought; gives what was.
    ///
    /// # Errors
    /// [`AccessError::NotBought`], [`AccessError::AlreadyBought`], [`AccessError::NoTrial`], [`AccessError::FreeRenewal`],
    /// [`AccessError::PlanClosed`], [`AccessError::CheaperForOthers`], [`AccessError::Resting`], [`AccessError::WorseTerms`].
    pub(crate) fn require_renewal(&self, wish: Wish, by: ActorID) -> Result<(Purchase, Grant), ActorError> {
        let Wish { plan, subject, .. } = wish;
        let goes_on = self.before.clone().zip(self.held.clone());
        let Some((before, grant)) = goes_on.filter(|_| self.renewal) else {
            return Err(AccessError::not_bought(plan, subject).into());
        };
        if self.trial {
            let why = "a renewal is paid";
            return Err(AccessError::NoTrial { plan, why }.into());
        }
        if matches!(self.info.plan.kind, PlanKind::Once { .. }) {
            let subject = Address::new_id(subject);
            return Err(AccessError::AlreadyBought { plan, subject }.into());
        }
        // Else stock and shares of a dispenser would bind nobody.
        if self.price.is_zero() {
            return Err(AccessError::FreeRenewal { plan }.into());
        }
        // Who closes a plan and shares its price otherwise is paid by nobody for whom it shared it before.
        if !self.info.open && self.info.shares != before.shares {
            return Err(AccessError::PlanClosed { plan }.into());
        }
        // Else what others paid would be earned as slowly as somebody likes.
        if by != subject && !before.escrow.is_zero() && self.info.plan.price < before.price {
            let (price, paid) = (self.info.plan.price.clone(), before.price);
            return Err(AccessError::CheaperForOthers { plan, price, paid }.into());
        }
        self.require_no_rest(plan, Address::new_id(subject))?;
        let worse = |why: String| AccessError::WorseTerms { plan, why }.into();
        if self.info.plan.price > before.price {
            let (now, then) = (Decimal(&self.info.plan.price), Decimal(&before.price));
            return Err(worse(format!(
                "it costs {now:?} atto a time where {then:?} were paid"
            )));
        }
        if self.head.terms_version != before.terms {
            let (now, then) = (self.head.terms_version, before.terms);
            return Err(worse(format!("the terms are in version {now}, not {then}")));
        }
        Ok((before, grant))
    }
}

/// How long a plan's periods are; none for good, or where uses are counted.
fn epochs(plan: &Plan, periods: u64) -> Option<u64> {
    match plan.kind {
        PlanKind::Once { epochs } => epochs,
        PlanKind::PerUse { .. } => None,
        PlanKind::Subscription { trial, .. } if periods == 0 => Some(trial),
        PlanKind::Subscription { period, .. } => Some(period.saturating_mul(periods)),
    }
}

fn require_periods(plan: &Plan, number: PlanId, periods: u64, tried: bool) -> Result<(), ActorError> {
    let max = match plan.kind {
        PlanKind::Subscription { trial, .. } if periods == 0 => {
            let why = match (trial, tried) {
                (0, _) => "it has no trial",
                (_, true) => "the subject has tried it already",
                (_, false) => return Ok(()),
            };
            return Err(AccessError::NoTrial { plan: number, why }.into());
        }
        PlanKind::Subscription { period, .. } => MAX_PAID_EPOCHS.checked_div(period).unwrap_or(1),
        PlanKind::Once { .. } | PlanKind::PerUse { .. } => 1,
    };
    if (1..=max).contains(&periods) {
        return Ok(());
    }
    Err(AccessError::InvalidPeriods { periods, max }.into())
}
