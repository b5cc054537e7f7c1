//! What the question of a storage service costs. Who sends is the service, and pays for the data set there too.

use alloy_primitives::{U256, keccak256};
use alloy_sol_types::SolCall;
use holdfast_api::access::{ADD_PIECES, GrantTerms, WRITE, method};
use holdfast_localnet::{Kind, evm_answer};

use super::crowd::{among, before};
use super::{Pair, eth, gas_of};
use crate::abi::IAccess;
use crate::access::{DATA, giving};
use crate::carried::sign_digest;
use crate::message::Message;

/// The service's number of the data set.
const NUMBER: u64 = 42;
/// A 0x key of nobody else's.
const WRITER: u32 = 3_000;

/// Pieces are added by somebody who may write by a grant, the only one.
pub(super) fn is_authorized(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 0);
    let writer = pair.network.account(Kind::Eth, WRITER);
    let grant = giving(writer.address(), GrantTerms::plain(WRITE), None);
    before::<method::Grant>(pair, &grant);
    let bind = IAccess::bindServiceCall {
        service: eth(pair.sender_id),
        serviceDataSet: U256::from(NUMBER),
        dataSet: DATA,
        path: String::new(),
    };
    let bind = Message::evm(access, &bind);
    gas_of("a step before", &mut pair.network, &pair.sender, bind);
    let digest = keccak256("pieces");
    let asked = IAccess::isAuthorizedCall {
        dataSetId: U256::from(NUMBER),
        payer: eth(pair.sender_id),
        operation: ADD_PIECES.into(),
        digest,
        signature: sign_digest(&writer, &digest).to_vec().into(),
        operationData: Vec::new().into(),
    };
    let message = Message::evm(access, &asked);
    require_yes(pair, &message);
    message
}

/// What is measured is a yes: a no costs less.
fn require_yes(pair: &Pair<'_>, message: &Message) {
    let Message {
        to, method, params, ..
    } = message.clone();
    let answer = pair.network.view(pair.sender.address(), to, method, params);
    let answer = answer
        .and_then(|receipt| evm_answer(&receipt))
        .expect("an answer");
    let yes = IAccess::isAuthorizedCall::abi_decode_returns_validate(&answer);
    assert_eq!(yes, Ok(true), "is_authorized");
}
