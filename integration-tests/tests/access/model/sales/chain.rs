//! Selling on the chain: messages, answers, and what differs.

use fvm_ipld_encoding::from_slice;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    self as api, BalanceParams, BuyParams, ChangePlanParams, PlanKind, PurchaseAt, ShareTimeParams, Split,
    WithdrawParams, method,
};
use holdfast_runtime::evm::Bytes32;

use super::super::cast::Named;
use super::super::compare::Found;
use super::super::library::Library;
use super::super::stage::Stage;
use super::super::wire::{scope, to};
use super::{Bought, Money, Offer, Sale, Sort, Wish};

/// The method's number and its parameters.
pub(in super::super) fn message(stage: &Stage, sale: &Sale) -> (u64, Vec<u8>) {
    match sale {
        Sale::Create(offer) => to::<method::CreatePlan>(&plan(stage, offer)),
        Sale::Change {
            data_set,
            plan,
            open,
            stock,
            money,
        } => to::<method::ChangePlan>(&ChangePlanParams {
            data_set: *data_set,
            plan: *plan,
            open: *open,
            price: amount(money.price),
            stock: *stock,
            referrer_bps: money.referrer_bps,
            splits: splits(stage, money),
        }),
        Sale::Buy(wish) => to::<method::Buy>(&wanted(stage, wish)),
        Sale::Renew(wish) => to::<method::Renew>(&wanted(stage, wish)),
        Sale::Refund { plan } => to::<method::Refund>(plan),
        Sale::Settle { plan, subject } => to::<method::Settle>(&PurchaseAt {
            plan: *plan,
            subject: stage.address(*subject),
        }),
        Sale::Share {
            plan,
            to: whom,
            epochs,
        } => to::<method::ShareTime>(&ShareTimeParams {
            plan: *plan,
            to: stage.address(*whom),
            epochs: *epochs,
        }),
        Sale::Withdraw { payee } => to::<method::Withdraw>(&WithdrawParams {
            asset: None,
            payee: somebody(stage, payee.as_ref()),
        }),
    }
}

/// FIL that goes along.
pub(in super::super) fn value(sale: &Sale) -> TokenAmount {
    match sale {
        Sale::Buy(wish) | Sale::Renew(wish) => amount(wish.pays),
        _ => TokenAmount::default(),
    }
}

/// The numbers in what a call returned.
pub(in super::super) fn numbers(sale: &Sale, returned: &[u8]) -> Vec<u64> {
    match sale {
        Sale::Change { .. } => Vec::new(),
        Sale::Refund { .. } | Sale::Settle { .. } | Sale::Withdraw { .. } => {
            let amount: TokenAmount = from_slice(returned).expect("an amount");
            vec![amount.atto().try_into().expect("a small amount")]
        }
        _ => vec![from_slice(returned).expect("a number")],
    }
}

fn amount(atto: u128) -> TokenAmount {
    TokenAmount::from_atto(atto)
}

fn somebody(stage: &Stage, named: Option<&Named>) -> Option<Address> {
    named.map(|named| stage.address(*named))
}

fn splits(stage: &Stage, money: &Money) -> Vec<Split> {
    let split = |(to, bps): &(Named, u64)| Split {
        to: stage.address(*to),
        bps: *bps,
    };
    money.splits.iter().map(split).collect()
}

fn plan(stage: &Stage, offer: &Offer) -> api::Plan {
    api::Plan {
        data_set: offer.data_set,
        scope: scope(offer.part),
        actions: offer.actions,
        rate: None,
        kind: match offer.kind {
            Sort::Once(epochs) => PlanKind::Once { epochs },
            Sort::Uses(uses) => PlanKind::PerUse { uses },
            Sort::Periods(period, trial) => PlanKind::Subscription { period, trial },
        },
        asset: None,
        price: amount(offer.money.price),
        stock: offer.stock,
        each: offer.each,
        shareable: offer.shareable,
        penalty_bps: offer.penalty,
        referrer_bps: offer.money.referrer_bps,
        splits: splits(stage, &offer.money),
    }
}

fn wanted(stage: &Stage, wish: &Wish) -> BuyParams {
    BuyParams {
        plan: wish.plan,
        subject: somebody(stage, wish.subject.as_ref()),
        periods: wish.periods,
        max_price: amount(wish.max_price),
        policy_version: wish.policy_version,
        terms_hash: Bytes32([wish.hash; 32]),
        referrer: somebody(stage, wish.referrer.as_ref()),
    }
}

/// What of selling is not as the model says: all purchases, all that waits, and the FIL that is there for it.
pub(in super::super) fn differences(stage: &Stage, model: &Library, found: &mut Found) {
    let access = stage.access;
    for (number, plan) in (1..).zip(&model.plans) {
        let info = stage.w.view::<method::GetPlan>(access, &number);
        let ours = (plan.open, plan.sold, plan.offer.stock, stage.id(plan.seller));
        found.same(
            "a plan",
            ours,
            (info.open, info.sold, info.plan.stock, info.seller),
        );
    }
    for ((plan, who), bought) in &model.purchases {
        let (plan, subject) = (*plan, stage.place(*who));
        let told = stage
            .w
            .view::<method::GetPurchase>(access, &PurchaseAt { plan, subject });
        found.same("a purchase", seen(stage, bought), told);
    }
    for (who, waits) in &model.balances {
        let (token, payee) = (None, stage.place(*who));
        let told = stage
            .w
            .view::<method::BalanceOfPayee>(access, &BalanceParams { token, payee });
        found.same("what waits", amount(*waits), told);
    }
    let escrows = model.purchases.values();
    let escrows = escrows.map(|bought| bought.escrow + bought.unshared());
    let owed = escrows.chain(model.balances.values().copied()).sum();
    let fil = stage.w.network().balance(&access).expect("the actor");
    found.same("the actor's FIL", amount(owed), fil);
}

fn seen(stage: &Stage, bought: &Bought) -> api::Purchase {
    let from = if bought.from == 0 {
        0
    } else {
        stage.chain_epoch(bought.from)
    };
    api::Purchase {
        grant: bought.grant,
        price: amount(bought.price),
        terms: bought.terms,
        count: bought.count,
        tried: bought.tried,
        referrer: bought.referrer.map(|(who, _)| stage.id(who)),
        referrer_bps: bought.referrer.map_or(0, |(_, bps)| bps),
        shares: bought.splits.1,
        escrow: amount(bought.escrow),
        deposit: amount(bought.deposit),
        earned: amount(bought.earned),
        from,
        shared: amount(bought.shared),
        uses: bought.uses,
    }
}
