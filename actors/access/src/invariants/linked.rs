//! Of keys, logs, tickets and commitments.

use std::collections::BTreeMap;

use fvm_ipld_blockstore::Blockstore;
use holdfast_api::access::MAX_ENVELOPE;
use holdfast_policies::access::reader_key::is_small_order;
use holdfast_policies::access::ticket::MAX_TTL;
use holdfast_runtime::ActorError;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::testing::Violations;

use crate::convert;
use crate::state::{AccessState, Annex, Commitments, Keys, Logs, Tickets};

pub(super) fn check<BS: Blockstore>(state: &AccessState, annex: &Annex, store: &BS, found: &mut Violations) {
    if let Some(all) = found.note("keys_are_readable", annex.keys.load(store)) {
        let walked = keys(state, &all, store, found);
        found.note("keys_are_readable", walked);
    }
    if let Some(all) = found.note("logs_are_readable", annex.logs.load(store)) {
        let walked = logs(state, &all, store, found);
        found.note("logs_are_readable", walked);
    }
    if let Some(all) = found.note("tickets_are_readable", annex.tickets.load(store)) {
        let walked = tickets(state, &all, store, found);
        found.note("tickets_are_readable", walked);
    }
    if let Some(all) = found.note("commitments_are_readable", annex.commitments.load(store)) {
        let walked = commitments(state, &all, store, found);
        found.note("commitments_are_readable", walked);
    }
}

fn keys<BS: Blockstore>(
    state: &AccessState,
    keys: &Keys,
    store: &BS,
    found: &mut Violations,
) -> Result<(), ActorError> {
    keys.readers.for_each(store, |reader, key| {
        found.require("reader_keys_can_be_sealed_to", !is_small_order(&key.0), || {
            format!("f0{reader} has {key}")
        });
        Ok(())
    })?;
    keys.envelopes
        .for_each(store, |((data_set, key_epoch), reader), sealed| {
            let envelope = || format!("of f0{reader} in key epoch {key_epoch} of data set {data_set}");
            let present = state.data_set(store, data_set)?.key_epoch;
            found.require(
                "envelopes_are_of_key_epochs_that_were",
                (1..=present).contains(&key_epoch),
                envelope,
            );
            let len = sealed.read()?.envelope.len();
            let fits = (1..=MAX_ENVELOPE).contains(&len);
            found.require("envelopes_fit", fits, envelope);
            let has_key = keys.readers.get(store, &reader)?.is_some();
            found.require("envelopes_are_for_readers_with_keys", has_key, envelope);
            Ok(())
        })
}

fn logs<BS: Blockstore>(
    state: &AccessState,
    logs: &Logs,
    store: &BS,
    found: &mut Violations,
) -> Result<(), ActorError> {
    let (mut numbers, mut ends) = (BTreeMap::new(), BTreeMap::new());
    logs.logs.for_each(store, |(data_set, number), log| {
        let (log, at) = (log.read()?, || format!("log {number} of data set {data_set}"));
        let last = numbers.insert(data_set, number).unwrap_or(0);
        let next = number == last.saturating_add(1) && log.log == number;
        found.require("logs_are_counted_from_one", next, at);
        let end = ends.insert((data_set, log.gateway), log.to).unwrap_or(0);
        let apart = end <= log.from && log.from < log.to;
        found.require("logs_of_a_gateway_do_not_overlap", apart, at);
        let past = log.to <= log.anchored;
        found.require("logs_are_of_the_past", past, at);
        let something = log.count > 0 && log.root != Bytes32::default();
        found.require("logs_have_entries", something, at);
        state.data_set(store, data_set).map(drop)
    })?;
    logs.gateways.for_each(store, |at, gateway| {
        let end = ends.remove(&at).unwrap_or(0);
        found.require(
            "gateways_go_on_where_they_ended",
            gateway.read()?.logged_until == end,
            || format!("(data set, gateway): {at:?}"),
        );
        Ok(())
    })?;
    found.require("gateways_go_on_where_they_ended", ends.is_empty(), || {
        format!("logs of nobody: {ends:?}")
    });
    Ok(())
}

fn tickets<BS: Blockstore>(
    state: &AccessState,
    tickets: &Tickets,
    store: &BS,
    found: &mut Violations,
) -> Result<(), ActorError> {
    let mut last = 0;
    tickets.tickets.for_each(store, |number, ticket| {
        let (ticket, at) = (ticket.read()?, || format!("ticket {number}"));
        let in_order = number == ticket.ticket && number < tickets.next_ticket && ticket.issued >= last;
        last = ticket.issued;
        found.require("tickets_come_in_order", in_order, at);
        let longest = ticket.issued.saturating_add_unsigned(MAX_TTL);
        let short = ticket.issued < ticket.expires && ticket.expires <= longest;
        found.require("tickets_are_short", short, at);
        let readable = convert::scope(&ticket.scope).and(convert::action(ticket.action));
        found.require("tickets_are_for_one_thing", readable.is_ok(), at);
        state.data_set(store, ticket.data_set).map(drop)
    })
}

fn commitments<BS: Blockstore>(
    state: &AccessState,
    commitments: &Commitments,
    store: &BS,
    found: &mut Violations,
) -> Result<(), ActorError> {
    commitments
        .commitments
        .for_each(store, |(data_set, commitment), committed| {
            let (committed, at) = (committed.read()?, || {
                format!("{commitment} of data set {data_set}")
            });
            let head = state.data_set(store, data_set)?;
            let known = committed.generation <= head.generation && commitment != Bytes32::default();
            found.require("commitments_are_of_generations_that_were", known, at);
            let fixed = committed.terms.start.is_some();
            found.require("commitments_leave_no_start_open", fixed, at);
            Ok(())
        })
}
