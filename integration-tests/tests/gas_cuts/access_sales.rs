//! Selling, by the access actor's method numbers.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    Asset, BalanceParams, BuyParams, ChangePlanParams, Plan, PlanId, PurchaseAt, QuoteParams,
    ShareTimeParams, Standard, WithdrawParams, method,
};
use holdfast_api::token::{IncreaseAllowanceParams, method as token_method};
use holdfast_integration_tests::access::{DATA, agreed, monthly};
use holdfast_integration_tests::cuts::{Case, Scene, Sent};
use holdfast_integration_tests::tokens;
use holdfast_localnet::Wallet;
use holdfast_runtime::method::Method;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};

use crate::access::act;
use crate::support::cbor;

/// What a message needs that asks a token: each question is given its limit, or not asked.
pub(crate) const GAS_OF_TOKENS: u64 = 500_000_000;

pub(crate) fn price() -> TokenAmount {
    TokenAmount::from_whole(2)
}

fn plan(s: &Scene, asset: Option<Asset>) -> Plan {
    monthly(asset, price(), [s.alice.address(), s.carol.address()])
}

/// Alice sells reading for FIL.
pub(crate) fn sells(s: &mut Scene) -> PlanId {
    let (alice, plan) = (s.alice.clone(), plan(s, None));
    act::<method::CreatePlan>(s, &alice, &plan)
}

/// What somebody would agree to.
pub(crate) fn wanted(s: &Scene, who: &Wallet, plan: PlanId) -> BuyParams {
    let subject = s.w.id(who);
    let params = QuoteParams {
        plan,
        subject,
        periods: 1,
    };
    agreed(plan, &s.w.view::<method::Quote>(s.actor, &params))
}

fn buys(s: &Scene, plan: PlanId) -> Sent {
    let sent = s.call::<method::Buy>(&wanted(s, &s.bob, plan));
    sent.by(&s.bob).with_value(price())
}

/// Somebody has bought it.
pub(crate) fn bought(s: &mut Scene, who: &Wallet) -> PlanId {
    let plan = sells(s);
    let params = BuyParams {
        subject: Some(who.address()),
        ..wanted(s, who, plan)
    };
    let (bob, access, number) = (s.bob.clone(), s.actor, method::Buy::NUMBER);
    let sent = s.w.send(&bob, access, price(), number, cbor(&params).into());
    assert!(sent.is_ok(), "{}", sent.error);
    plan
}

/// Bob has bought it and given it up, so that something waits for everybody.
pub(crate) fn waits(s: &mut Scene) {
    let bob = s.bob.clone();
    let plan = bought(s, &bob);
    act::<method::Refund>(s, &bob, &plan);
}

/// Alice sells for tokens of which Bob has some, and lets the actor take them.
fn sells_for_tokens(s: &mut Scene, standard: Standard) -> (Asset, PlanId) {
    let bob = s.bob.clone();
    let token = s.w.story_token(&bob);
    let asset = Asset { token, standard };
    let (alice, plan) = (s.alice.clone(), plan(s, Some(asset.clone())));
    let allow = IncreaseAllowanceParams {
        operator: s.actor,
        increase: tokens(100),
    };
    s.w.call::<token_method::IncreaseAllowance>(&bob, token, &allow)
        .ok();
    (asset, act::<method::CreatePlan>(s, &alice, &plan))
}

fn buys_for_tokens(s: &mut Scene, standard: Standard) -> Sent {
    let (_, plan) = sells_for_tokens(s, standard);
    let sent = s.call::<method::Buy>(&wanted(s, &s.bob, plan));
    sent.by(&s.bob).with_gas_limit(GAS_OF_TOKENS)
}

/// The same in tokens.
pub(crate) fn tokens_wait(s: &mut Scene, standard: Standard) -> Asset {
    let (asset, plan) = sells_for_tokens(s, standard);
    let (bob, params) = (s.bob.clone(), wanted(s, &s.bob, plan));
    act::<method::Buy>(s, &bob, &params);
    act::<method::Refund>(s, &bob, &plan);
    asset
}

fn withdraws_tokens(s: &mut Scene, standard: Standard) -> Sent {
    let (asset, payee) = (Some(tokens_wait(s, standard)), None);
    let sent = s.call::<method::Withdraw>(&WithdrawParams { asset, payee });
    sent.by(&s.bob).with_gas_limit(GAS_OF_TOKENS)
}

pub(crate) const ALL: &[Case] = &[
    ("CreatePlan", |s| s.call::<method::CreatePlan>(&plan(s, None))),
    ("ChangePlan", |s| {
        let plan = sells(s);
        let splits = self::plan(s, None).splits;
        s.call::<method::ChangePlan>(&ChangePlanParams {
            data_set: DATA,
            plan,
            open: false,
            price: price(),
            stock: Some(7),
            referrer_bps: 100,
            splits,
        })
    }),
    ("GetPlan", |s| {
        let plan = sells(s);
        s.call::<method::GetPlan>(&plan)
    }),
    ("Quote", |s| {
        let (plan, subject) = (sells(s), s.bob.address());
        s.call::<method::Quote>(&QuoteParams {
            plan,
            subject,
            periods: 1,
        })
    }),
    ("Buy for FIL", |s| {
        let plan = sells(s);
        buys(s, plan)
    }),
    ("Buy again, after what was bought was taken away", |s| {
        let (alice, bob) = (s.alice.clone(), s.bob.clone());
        let plan = bought(s, &bob);
        act::<method::RevokeAll>(s, &alice, &DATA);
        buys(s, plan)
    }),
    ("Buy for tokens by number", |s| {
        buys_for_tokens(s, Standard::Frc46 {})
    }),
    ("Buy for tokens by calldata", |s| {
        buys_for_tokens(s, Standard::Erc20 {})
    }),
    ("Renew", |s| {
        let bob = s.bob.clone();
        let plan = bought(s, &bob);
        let sent = s.call::<method::Renew>(&wanted(s, &bob, plan));
        sent.by(&bob).with_value(price())
    }),
    ("GetPurchase", |s| {
        let bob = s.bob.clone();
        let (plan, subject) = (bought(s, &bob), bob.address());
        s.call::<method::GetPurchase>(&PurchaseAt { plan, subject })
    }),
    ("Refund", |s| {
        let bob = s.bob.clone();
        let plan = bought(s, &bob);
        s.call::<method::Refund>(&plan).by(&bob)
    }),
    ("Settle", |s| {
        let bob = s.bob.clone();
        let (plan, subject) = (bought(s, &bob), bob.address());
        s.call::<method::Settle>(&PurchaseAt { plan, subject })
    }),
    ("ShareTime", |s| {
        let bob = s.bob.clone();
        let (plan, to) = (bought(s, &bob), s.carol.address());
        let params = ShareTimeParams {
            plan,
            to,
            epochs: 2_880,
        };
        s.call::<method::ShareTime>(&params).by(&bob)
    }),
    ("Withdraw FIL", |s| {
        waits(s);
        let (asset, payee) = (None, Some(s.carol.address()));
        s.call::<method::Withdraw>(&WithdrawParams { asset, payee })
    }),
    ("Withdraw tokens by number", |s| {
        withdraws_tokens(s, Standard::Frc46 {})
    }),
    ("Withdraw tokens by calldata", |s| {
        withdraws_tokens(s, Standard::Erc20 {})
    }),
    ("BalanceOfPayee", |s| {
        waits(s);
        let (token, payee) = (None, s.bob.address());
        s.call::<method::BalanceOfPayee>(&BalanceParams { token, payee })
    }),
    // Tokens come with a purchase only; a hook that is called by itself is refused.
    ("Receive", |s| {
        let to = s.actor.id().expect("an id");
        let gift = Frc46TokenReceived {
            from: 100,
            to,
            operator: 100,
            amount: tokens(1),
            operator_data: RawBytes::default(),
            token_data: RawBytes::default(),
        };
        let (type_, payload) = (FRC46_PAYLOAD, cbor(&gift).into());
        let params = UniversalReceiverParams { type_, payload };
        s.call::<method::Receive>(&params).refused(112)
    }),
];
