//! Where localnet and Lotus differ, in words.

use std::collections::BTreeMap;
use std::fmt::Display;

use holdfast_localnet::{Actor, Network, Receipt, Tipset};

use crate::record;

/// Differences of one tipset, each a line.
#[derive(Default)]
pub(crate) struct Differences(Vec<String>);

impl Differences {
    /// Note the values if they are not the same.
    pub(crate) fn equal<T: PartialEq + Display>(&mut self, what: impl Display, lotus: T, localnet: T) {
        if lotus != localnet {
            self.0.push(format!("{what}: Lotus {lotus}, localnet {localnet}"));
        }
    }

    /// The differences as one text, if there are any.
    pub(crate) fn text(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join("\n  "))
    }
}

/// Everything that a block header or a receipt says about the tipset.
pub(crate) fn tipset(found: &mut Differences, lotus: &record::Tipset, ours: &Tipset) {
    for (i, (round, root)) in lotus.null_rounds.iter().zip(&ours.null_roots).enumerate() {
        found.equal(format!("state after null round {i}"), round.root.0, *root);
    }
    for (i, (block, root)) in lotus.blocks.iter().zip(&ours.message_roots).enumerate() {
        found.equal(format!("messages of block {i}"), block.messages_root.0, *root);
    }
    found.equal("messages that ran", lotus.messages.len(), ours.messages.len());
    found.equal("receipts", lotus.receipts.len(), ours.receipts.len());
    for (i, (cid, receipt)) in lotus.messages.iter().zip(&ours.receipts).enumerate() {
        found.equal(format!("message {i}"), cid.0, receipt.message);
    }
    for (i, (theirs, receipt)) in lotus.receipts.iter().zip(&ours.receipts).enumerate() {
        let message = ours.messages.get(i).map(|m| &m.message);
        let about = message.map_or_else(String::new, |m| format!(" to {} method {}", m.to, m.method_num));
        self::receipt(found, &format!("message {i}{about}"), theirs, receipt);
    }
    found.equal("receipts root", lotus.receipts_root.0, ours.receipts_root);
    found.equal("state root", lotus.root.0, ours.root);
}

fn receipt(found: &mut Differences, name: &str, lotus: &record::Receipt, ours: &Receipt) {
    let hex = |bytes: &[u8]| alloy_primitives::hex::encode(bytes);
    let root = |root: Option<cid::Cid>| root.map_or_else(|| "none".into(), |root| root.to_string());
    found.equal(
        format!("{name}: exit code ({})", ours.error),
        lotus.exit_code,
        ours.exit_code.value(),
    );
    found.equal(
        format!("{name}: return value"),
        hex(&lotus.return_data.0),
        hex(ours.return_data.bytes()),
    );
    found.equal(format!("{name}: gas used"), lotus.gas_used, ours.gas_used);
    found.equal(
        format!("{name}: event root"),
        root(lotus.events_root.0),
        root(ours.events_root),
    );
}

/// The actors that a tipset left in another state than on Lotus.
pub(crate) fn actors(
    found: &mut Differences,
    before: &BTreeMap<String, record::Actor>,
    lotus: &record::Tipset,
    net: &Network,
) {
    let after = actors_of(net);
    let touched = after.iter().filter(|(at, actor)| before.get(*at) != Some(actor));
    let names = lotus.changed.keys().chain(touched.map(|(at, _)| at));
    for at in names.collect::<std::collections::BTreeSet<_>>() {
        let expected = lotus.changed.get(at).or_else(|| before.get(at));
        for (field, lotus, ours) in fields(expected, after.get(at)) {
            found.equal(format!("actor {at}: {field}"), lotus, ours);
        }
    }
}

/// All actors by address, in the form of the record.
pub(crate) fn actors_of(net: &Network) -> BTreeMap<String, record::Actor> {
    let all = net.actors().expect("a state that can be read");
    all.into_iter()
        .map(|Actor { id, state, .. }| {
            let delegated = state.delegated_address.map(|at| net.display(&at));
            let actor = record::Actor {
                code: state.code.to_string(),
                head: state.state.to_string(),
                balance: state.balance.atto().to_string(),
                nonce: state.sequence,
                delegated: delegated.unwrap_or_default(),
            };
            (net.display(&fvm_shared::address::Address::new_id(id)), actor)
        })
        .collect()
}

/// The fields of an actor on both sides; those of an actor that is not there are "none".
fn fields(
    lotus: Option<&record::Actor>,
    ours: Option<&record::Actor>,
) -> [(&'static str, String, String); 5] {
    let field = |name, get: fn(&record::Actor) -> String| {
        let text = |actor: Option<&record::Actor>| actor.map_or_else(|| "none".into(), get);
        (name, text(lotus), text(ours))
    };
    [
        field("code", |actor| actor.code.clone()),
        field("head", |actor| actor.head.clone()),
        field("nonce", |actor| actor.nonce.to_string()),
        field("balance in attoFIL", |actor| actor.balance.clone()),
        field("delegated address", |actor| actor.delegated.clone()),
    ]
}
