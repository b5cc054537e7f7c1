//! What of the chain is not as the model says.

use std::collections::BTreeMap;
use std::fmt::Debug;

use alloy_primitives::U256;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{GetAllowanceParams, ListHoldersParams, PastVotesParams, method};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_runtime::collections::{Packed, Top, Tree, TreeKey};
use holdfast_token::state::TokenState;

use super::cast::{Form, Who};
use super::ledger::{Ledger, START};
use super::operation::{Named, Operation};
use super::stage::Stage;

/// Names what differs.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, model: T, chain: T) {
        if model != chain {
            self.0.push(format!(
                "{what}: the model says {model:?}, the chain says {chain:?}"
            ));
        }
    }
}

/// Everything that the operation may have touched as callers see it, and all entries of all maps.
pub(super) fn differences(stage: &Stage, model: &Ledger, operation: &Operation) -> Vec<String> {
    let mut found = Findings::default();
    found.same("the epoch", model.epoch, stage.epoch());
    let touched = touched(operation);
    found.same(
        "actors",
        existence(model, &touched),
        existence_on(stage, &touched),
    );
    holders(stage, model, &mut found);
    settings(stage, model, &mut found);
    entries(stage, model, &mut found);
    views(stage, model, &touched, &mut found);
    votes(stage, model, &touched, &mut found);
    found.0
}

/// Caller and everybody who is named.
fn touched(operation: &Operation) -> Vec<Who> {
    let Operation::Send { caller, call, .. } = operation else {
        return Vec::new();
    };
    let named = call.named().into_iter().map(|named| named.who);
    let mut touched: Vec<Who> = named.chain([*caller]).collect();
    touched.sort_unstable();
    touched.dedup();
    touched
}

fn existence(model: &Ledger, of: &[Who]) -> Vec<(Who, bool)> {
    of.iter().map(|who| (*who, model.exists(*who))).collect()
}

fn existence_on(stage: &Stage, of: &[Who]) -> Vec<(Who, bool)> {
    let exists = |who: &Who| stage.w.network().actor(&stage.place(*who)).unwrap().is_some();
    of.iter().map(|who| (*who, exists(who))).collect()
}

/// The list of holders, in pages whose length depends on the epoch.
fn holders(stage: &Stage, model: &Ledger, found: &mut Findings) {
    let limit = [1_000, 7, 3][stage.w.network().epoch() as usize % 3];
    let (mut start, mut listed, mut count) = (None, BTreeMap::new(), 0);
    loop {
        let page = stage
            .w
            .view::<method::ListHolders>(stage.token, &ListHoldersParams { start, limit });
        count += page.holders.len();
        listed.extend(page.holders.into_iter().map(|holder| (holder.id, holder.balance)));
        start = page.next;
        if start.is_none() {
            break;
        }
    }
    found.same("the number of listed holders", model.balances.len(), count);
    found.same("holders", by_id(stage, &model.balances), listed);
}

fn by_id<T: Clone>(stage: &Stage, of: &BTreeMap<Who, T>) -> BTreeMap<u64, T> {
    of.iter()
        .map(|(who, value)| (id(stage, *who), value.clone()))
        .collect()
}

fn id(stage: &Stage, who: Who) -> u64 {
    stage.w.id(stage.place(who)).id().unwrap()
}

fn settings(stage: &Stage, model: &Ledger, found: &mut Findings) {
    let (w, token) = (&stage.w, stage.token);
    found.same("supply", model.supply.clone(), w.supply(token));
    found.same("paused", model.paused, w.view::<method::IsPaused>(token, &()));
    found.same(
        "supply cap",
        model.cap.clone(),
        w.view::<method::SupplyCap>(token, &()),
    );
    let roles = w.view::<method::Roles>(token, &());
    let expected = [model.owner, model.pending_owner, model.burner, model.pauser];
    found.same(
        "owner, pending owner, burner, pauser",
        expected.map(|role| role.map(|who| id(stage, who))),
        [roles.owner, roles.pending_owner, roles.burner, roles.pauser],
    );
}

/// What no view lists, read from the state.
fn entries(stage: &Stage, model: &Ledger, found: &mut Findings) {
    let network = stage.w.network();
    let state: TokenState = network.state(&stage.token).unwrap();
    let settings = state.settings.load(network.store()).unwrap();
    let by_ids = |((holder, operator), value): (&(Who, Who), &TokenAmount)| {
        ((id(stage, *holder), id(stage, *operator)), value.clone())
    };
    let allowances: BTreeMap<_, _> = model.allowances.iter().map(by_ids).collect();
    found.same("allowances", allowances, entries_of(stage, &state.allowances));
    found.same(
        "nonces",
        by_id(stage, &model.nonces),
        entries_of(stage, &state.nonces),
    );
    found.same(
        "minters",
        by_id(stage, &model.minters),
        entries_of(stage, &settings.minters),
    );
    let delegates = model
        .delegates
        .iter()
        .map(|(holder, delegate)| (id(stage, *holder), id(stage, *delegate)));
    let accounts = entries_of(stage, &state.accounts).into_iter();
    let delegated = accounts.filter_map(|(holder, account)| Some((holder, account.delegate?)));
    found.same(
        "delegates",
        delegates.collect::<BTreeMap<_, _>>(),
        delegated.collect(),
    );
}

fn entries_of<K: TreeKey + Ord, V: Packed, T: Top>(stage: &Stage, tree: &Tree<K, V, T>) -> BTreeMap<K, V> {
    let mut entries = BTreeMap::new();
    let walked = tree.for_each(stage.w.network().store(), |key, value| {
        entries.insert(key, value);
        Ok(())
    });
    walked.unwrap();
    entries
}

/// Balances, allowances, nonces and caps of those touched, as both faces tell them.
fn views(stage: &Stage, model: &Ledger, touched: &[Who], found: &mut Findings) {
    for who in touched {
        let (balance, cap) = (
            model.balance(*who),
            model.minters.get(who).cloned().unwrap_or_default(),
        );
        let address = stage.place(*who);
        found.same(
            "a balance by number",
            balance.clone(),
            stage.w.view::<method::BalanceOf>(stage.token, &address),
        );
        found.same(
            "a minter's cap by number",
            cap.clone(),
            stage.w.view::<method::MinterCap>(stage.token, &address),
        );
        if let Some(eth) = eth(stage, model, *who) {
            let asked = stage.w.ask(stage.token, IToken::balanceOfCall(eth));
            found.same("a balance by calldata", word(&balance), asked);
            let asked = stage.w.ask(stage.token, IToken::noncesCall(eth));
            found.same("a nonce", U256::from(model.nonce(*who)), asked);
        }
    }
    for (owner, operator) in touched
        .iter()
        .flat_map(|one| touched.iter().map(move |other| (*one, *other)))
    {
        allowance(stage, model, (owner, operator), found);
    }
}

fn allowance(stage: &Stage, model: &Ledger, (holder, operator): (Who, Who), found: &mut Findings) {
    let expected = model.allowance(holder, operator);
    let params = GetAllowanceParams {
        owner: stage.place(holder),
        operator: stage.place(operator),
    };
    let told = stage.w.view::<method::Allowance>(stage.token, &params);
    found.same("an allowance by number", expected.clone(), told);
    if let (Some(owner), Some(operator)) = (eth(stage, model, holder), eth(stage, model, operator)) {
        let told = stage
            .w
            .ask(stage.token, IToken::allowanceCall { owner, operator });
        found.same("an allowance by calldata", word(&expected), told);
    }
}

/// Delegates, votes now, and votes and supply at the end of some epoch that is over, as both faces tell them.
fn votes(stage: &Stage, model: &Ledger, touched: &[Who], found: &mut Findings) {
    let (w, token) = (&stage.w, stage.token);
    found.same("voting", model.voting, w.view::<method::IsVoting>(token, &()));
    // From two epochs before the token was made to the last one, every one some time.
    let since = model.epoch - START + 2;
    let past = model.epoch - 1 - (model.epoch * 7) % since;
    let epoch = stage.chain_epoch(past);
    let delegates = touched.iter().filter_map(|who| model.delegates.get(who));
    for who in touched.iter().chain(delegates) {
        let (address, votes) = (stage.place(*who), model.votes().remove(who).unwrap_or_default());
        found.same(
            "votes by number",
            votes.clone(),
            w.view::<method::Votes>(token, &address),
        );
        let delegate = model.delegates.get(who).map(|delegate| id(stage, *delegate));
        found.same(
            "a delegate by number",
            delegate,
            w.view::<method::DelegateOf>(token, &address),
        );
        let (then, supply) = model.past(*who, past);
        let params = PastVotesParams {
            account: address,
            epoch,
        };
        found.same(
            "past votes by number",
            then.clone(),
            w.view::<method::PastVotes>(token, &params),
        );
        found.same("a past supply", supply, w.past_supply(token, epoch));
        if let Some(eth) = eth(stage, model, *who) {
            found.same(
                "votes by calldata",
                word(&votes),
                w.ask(token, IToken::getVotesCall(eth)),
            );
            let (account, timepoint) = (eth, U256::from(epoch as u64));
            let told = w.ask(token, IToken::getPastVotesCall { account, timepoint });
            found.same("past votes by calldata", word(&then), told);
        }
    }
}

/// The 0x form by which somebody can be asked for now.
fn eth(stage: &Stage, model: &Ledger, who: Who) -> Option<alloy_primitives::Address> {
    let form = if who.has_0x_form() { Form::Robust } else { Form::Id };
    let known = form == Form::Robust || model.resolves(who);
    known.then(|| stage.eth(Named { who, form }))
}
