//! What buying access costs.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{BuyParams, Plan, PlanKind, READ, Scope, Split, method};
use holdfast_localnet::ids;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;

use super::Pair;
use super::crowd::{among, send};
use crate::access::{DATA, data_set, id};
use crate::message::Message;

/// A month's reading for FIL, which two share. The recipient sells.
pub(super) fn buy_plan(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 0);
    let seller = pair.recipient.clone();
    send::<method::CreateDataSet>(&mut pair.network, access, &seller, &data_set());
    let price = TokenAmount::from_whole(1);
    let payees = [(pair.recipient_id, 7_500), (ids::RESERVE, 2_500)];
    let plan = Plan {
        data_set: DATA + 1,
        scope: Scope::All {},
        actions: READ,
        rate: None,
        kind: PlanKind::Once { epochs: Some(86_400) },
        asset: None,
        price: price.clone(),
        stock: None,
        each: 0,
        shareable: false,
        penalty_bps: None,
        referrer_bps: 0,
        splits: payees.map(|(to, bps)| Split { to: id(to), bps }).to_vec(),
    };
    send::<method::CreatePlan>(&mut pair.network, access, &seller, &plan);
    let params = BuyParams {
        plan: 1,
        subject: None,
        periods: 1,
        max_price: price.clone(),
        policy_version: 1,
        terms_hash: Bytes32::default(),
        referrer: None,
    };
    let value = price;
    Message {
        value,
        ..Message::call(access, method::Buy::NUMBER, &params)
    }
}
