//! What of the chain is not as the model says.

use std::fmt::Debug;

use holdfast_api::access::{
    AcceptedTermsParams, GrantInfo, HasAccessParams, ListDataSetsParams, ListGrantsParams, ListMembersParams,
    method,
};

use super::cast::{CALLERS, Who};
use super::decision::Asked;
use super::library::{DataSet, Grant, Library};
use super::operation::{Call, Operation};
use super::stage::Stage;
use super::terms::Part;
use super::wire::{offered, scope};
use super::{delays, sales, shelves, tickets};

/// So many epochs ahead a no is asked again.
const FAR: i64 = 60;
/// Questions that are asked after each message.
const QUESTIONS: u64 = 12;
/// Most entries of a page.
const PAGE: u64 = 1_000;

/// Differences found so far.
#[derive(Default)]
pub(super) struct Found(Vec<String>);

impl Found {
    pub(super) fn same<T: PartialEq + Debug>(&mut self, what: &str, model: T, chain: T) {
        if model != chain {
            self.0
                .push(format!("{what}: the model says {model:?}, the chain {chain:?}"));
        }
    }
}

pub(super) fn differences(stage: &Stage, model: &Library, operation: &Operation) -> Vec<String> {
    let mut found = Found::default();
    let next = stage.model_epoch(stage.w.network().epoch() + 1);
    found.same("the clock", model.epoch, next);
    questions(stage, model, &mut found);
    tickets::differences(stage, model, &mut found);
    let Operation::Send { call, .. } = operation else {
        return found.0;
    };
    let about = match call {
        Call::Carry(carried) => carried.what.data_set(),
        call => call.data_set(),
    };
    if let Some(number) = about
        && let Some(head) = model.data_set(number)
    {
        data_set(stage, model, (number, head), &mut found);
        grants(stage, model, number, &mut found);
    }
    subjects(stage, model, &mut found);
    delays::differences(stage, model, &mut found);
    groups(stage, model, &mut found);
    match call {
        Call::Sale(_) => sales::differences(stage, model, &mut found),
        Call::Shelf(_) => shelves::differences(stage, model, &mut found),
        _ => {}
    }
    found.0
}

/// The number of a list, which changes with the message and the question.
fn choice(model: &Library, question: u64, of: usize) -> usize {
    let mixed = (model.epoch as u64 * QUESTIONS + question).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 33) as usize % of
}

/// Anybody for anything, as the actor's one decision function answers.
fn questions(stage: &Stage, model: &Library, found: &mut Found) {
    for question in 0..QUESTIONS {
        let pick = |n: u64, of: usize| choice(model, question * 7 + n, of);
        let data_set = pick(0, model.data_sets.len() + 1) as u64;
        let met: Vec<Who> = CALLERS.iter().chain(&model.met).copied().collect();
        let subject = met[pick(1, met.len())];
        let (action, part) = (1 << pick(2, 5), Part::GOOD[pick(3, Part::GOOD.len())]);
        let params = HasAccessParams {
            data_set,
            scope: scope(part),
            subject: stage.place(subject),
            action,
            proofs: Vec::new(),
        };
        let answer = stage.w.view::<method::HasAccess>(stage.access, &params);
        let now = stage.model_epoch(answer.epoch);
        let asked = Asked {
            data_set,
            subject,
            action,
            part,
            now,
        };
        let what = format!("{asked:?}, {:?}", answer.reason);
        let by = model.may(asked);
        let allowed = by.is_some();
        found.same(&what, allowed, answer.allowed);
        let until = answer.valid_until.map(|epoch| stage.model_epoch(epoch));
        if let (Some(by), true) = (by, answer.allowed) {
            found.same(&what, model.holds_until(asked, by), until);
            continue;
        }
        let holds = until.map_or(FAR, |until| until - now).min(FAR);
        let opens = (now..now + holds).find(|then| model.may(Asked { now: *then, ..asked }).is_some());
        found.same(&what, None, opens);
    }
}

fn data_set(stage: &Stage, model: &Library, (number, head): (u64, &DataSet), found: &mut Found) {
    let info = stage.w.view::<method::GetDataSet>(stage.access, &number);
    let id = |who: Who| stage.id(who);
    found.same("owner", id(head.owner), info.owner);
    found.same("guardian", head.guardian.map(id), info.guardian);
    found.same("offer", head.offer.map(|(to, _)| id(to)), info.pending_owner);
    let numbers = [
        head.generation,
        head.policy_version,
        head.terms,
        head.required,
        head.size,
        head.key_epoch,
    ];
    let told = [
        info.generation,
        info.policy_version,
        info.terms_version,
        info.terms_required,
        info.metadata_size,
        info.key_epoch,
    ];
    found.same(
        "generation, policy, terms, required terms, size, key epoch",
        numbers,
        told,
    );
    found.same("frozen", head.is_frozen(), info.frozen);
    let keeps = head.offer.is_some_and(|(_, keep)| keep);
    found.same("kept grants", keeps, info.keep_grants);
    found.same("terms", [head.hash; 32], info.terms_hash.0);
    let told = stage.w.view::<method::GetOffer>(stage.access, &number);
    found.same(
        "what would be taken over",
        offered(number, &model.seen(number)),
        told,
    );
    let rules = stage.w.view::<method::ListRules>(stage.access, &number);
    found.same("rules", head.rules.len(), rules.len());
    for who in CALLERS {
        let params = AcceptedTermsParams {
            data_set: number,
            subject: stage.place(who),
        };
        let accepted = stage.w.view::<method::AcceptedTerms>(stage.access, &params);
        let known = model.accepted.get(&(number, who));
        let known = known.map(|(version, epoch)| (*version, stage.chain_epoch(*epoch)));
        let accepted = accepted.map(|accepted| (accepted.version, accepted.epoch));
        found.same("accepted terms", known, accepted);
    }
}

/// Of a grant, when it counts, and what changes after it was made.
type Row = (
    u64,
    u64,
    (bool, bool),
    Option<u64>,
    i64,
    Option<u64>,
    (i64, Option<i64>),
);

fn grants(stage: &Stage, model: &Library, data_set: u64, found: &mut Found) {
    let (start, limit) = (0, PAGE);
    let params = ListGrantsParams {
        data_set,
        start,
        limit,
    };
    let page = stage.w.view::<method::ListGrants>(stage.access, &params);
    let told = page.subjects.iter().flat_map(|of| {
        let seen = |grant: &GrantInfo| {
            let from = grant.from.as_ref().map(|from| from.grant);
            let rests = if grant.suspended_until == 0 {
                0
            } else {
                stage.model_epoch(grant.suspended_until)
            };
            let end = grant.end.map(|end| stage.model_epoch(end));
            (
                of.subject,
                grant.grant,
                (grant.revoked, grant.held_up),
                grant.uses_left,
                rests,
                from,
                (stage.model_epoch(grant.start), end),
            )
        };
        of.grants.iter().map(seen).collect::<Vec<Row>>()
    });
    let known = |grant: &Grant| {
        let above = grant.above.map(|(_, id)| id);
        let rests = grant.suspended_until;
        (
            stage.id(grant.subject),
            grant.id,
            (grant.revoked, grant.held_up),
            grant.uses,
            rests,
            above,
            (grant.start, grant.end),
        )
    };
    let ours = model.grants.iter().filter(|grant| grant.data_set == data_set);
    let (mut ours, mut told): (Vec<Row>, Vec<Row>) = (ours.map(known).collect(), told.collect());
    ours.sort_unstable();
    told.sort_unstable();
    found.same("grants", ours, told);
}

/// In which data sets somebody has grants.
fn subjects(stage: &Stage, model: &Library, found: &mut Found) {
    let who = CALLERS[choice(model, 0, CALLERS.len())];
    let params = ListDataSetsParams {
        subject: stage.place(who),
        start: 0,
        limit: PAGE,
    };
    let told = stage.w.view::<method::ListDataSets>(stage.access, &params);
    let own = (1..=model.data_sets.len() as u64).filter(|number| model.held(*number, who).next().is_some());
    found.same("data sets of a subject", own.collect::<Vec<_>>(), told.data_sets);
}

fn groups(stage: &Stage, model: &Library, found: &mut Found) {
    for (group, (owner, members)) in (1..).zip(&model.groups) {
        let (start, limit) = (0, PAGE);
        let params = ListMembersParams { group, start, limit };
        let told = stage.w.view::<method::ListMembers>(stage.access, &params);
        let mut ours: Vec<u64> = members.iter().map(|who| stage.id(*who)).collect();
        ours.sort_unstable();
        found.same("members", ours, told.members);
        let owned = stage.w.view::<method::GroupOwner>(stage.access, &group);
        found.same("a group's owner", stage.id(*owner), owned);
    }
}
