//! The decision: may this subject do this, there, now?
//!
//! The order is fixed. A frozen data set opens to nobody. The owner may everything else. Then the narrowest rule for the part
//! and the action: what it requires has to hold for everybody. Then the subject's own grants, each with the chain that it
//! came through. Then what the rule opens to whom.

use super::action::{Action, Actions};
use super::grant::{Dead, Grant, MAX_CHAIN, Parent};
use super::policy::{Leaf, Policy, Verdict};
use super::scope::Scope;
use super::truth::Truth;

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The part of the data set.
    pub scope: &'a Scope,
    /// Who wants to.
    pub subject: u64,
    /// What.
    pub action: Action,
    /// When.
    pub now: i64,
    /// So many uses are wanted: grants of which as many are left come first. 0 prefers what is not counted.
    pub uses: u64,
}

/// What a part of a data set asks of those who want in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The part.
    pub scope: Scope,
    /// What has to hold for everybody but the owner.
    pub requires: Option<Policy>,
    /// Whom it opens to without a grant.
    pub opens: Option<Policy>,
    /// Whether grants for larger parts, and what came from them, end here.
    pub sealed: bool,
}

/// Which of several rules, each with its actions and part, decides about a part and an action: the narrowest; of two for the
/// same part the later one.
pub fn narrowest<R>(
    rules: impl IntoIterator<Item = (Actions, Scope, R)>,
    scope: &Scope,
    action: Action,
) -> Option<R> {
    let about = rules
        .into_iter()
        .filter(|(actions, part, _)| actions.contains(action) && part.covers(scope));
    about
        .max_by_key(|(_, part, _)| part.narrowness())
        .map(|(.., rule)| rule)
}

/// What is known of the data set, its subjects, and the world.
pub trait Facts {
    /// Why something could not be read at all.
    type Error;

    /// Who owns the data set.
    fn owner(&self) -> u64;
    /// Its generation: grants of other ones are void.
    fn generation(&self) -> u64;
    /// Whether it is frozen.
    fn frozen(&self) -> bool;
    /// The [`narrowest`] rule that covers a part and is about an action.
    ///
    /// # Errors
    /// When the state cannot be read.
    fn rule(&mut self, scope: &Scope, action: Action) -> Result<Option<Rule>, Self::Error>;
    /// The grants of a subject.
    ///
    /// # Errors
    /// When the state cannot be read.
    fn grants(&mut self, subject: u64) -> Result<Vec<Grant>, Self::Error>;
    /// The version of the terms that a subject has accepted; 0 for none.
    ///
    /// # Errors
    /// When the state cannot be read.
    fn accepted(&mut self, subject: u64) -> Result<u64, Self::Error>;
    /// The answer to a question about a subject.
    ///
    /// # Errors
    /// When the state cannot be read. What another actor does is no error.
    fn ask(&mut self, leaf: &Leaf, subject: u64) -> Result<Answer, Self::Error>;
}

/// An answer to a question about a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is answered.
    pub truth: Truth,
    /// The first epoch at which it may be another answer although nobody changes anything; none if there is none.
    pub until: Option<i64>,
}

impl From<Truth> for Answer {
    fn from(truth: Truth) -> Self {
        let until = None;
        Self { truth, until }
    }
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether, and why.
    pub reason: Reason,
    /// The first epoch at which a yes may be a no, or a no a yes, although nobody changes anything; none if there is none.
    pub valid_until: Option<i64>,
}

/// Why somebody may, or may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The owner may.
    Owner,
    /// A grant allows it.
    Granted {
        /// The grant.
        grant: u64,
    },
    /// The rule's policy opens.
    Opened,
    /// The data set is frozen.
    Frozen,
    /// What the rule requires does not hold, or is not known to.
    Required(Verdict),
    /// The best grant does not count.
    Dead {
        /// The grant.
        grant: u64,
        /// Which of its chain does not, itself or one above.
        at: u64,
        /// Why.
        why: Dead,
    },
    /// The best grant came from one that is no longer there.
    Orphaned {
        /// The grant.
        grant: u64,
    },
    /// A grant above the best one does not allow it.
    Narrowed {
        /// The grant.
        grant: u64,
        /// The one above.
        at: u64,
    },
    /// The best grant needs terms that its subject has not accepted.
    Terms {
        /// The grant.
        grant: u64,
        /// Their version.
        version: u64,
    },
    /// The rule opens, but not to this subject, or nobody knows.
    Closed(Verdict),
    /// The part is sealed, and the best grant is for a larger one, or came from one that is.
    Sealed {
        /// The grant.
        grant: u64,
    },
    /// There is neither grant nor policy.
    Nothing,
}

impl Reason {
    /// Whether it is a yes.
    pub fn allows(&self) -> bool {
        matches!(self, Self::Owner | Self::Granted { .. } | Self::Opened)
    }
}

/// Decides.
///
/// # Errors
/// Those of the facts.
pub fn decide<F: Facts>(facts: &mut F, request: Request<'_>) -> Result<Decision, F::Error> {
    if facts.frozen() {
        return Ok(Decision::of(Reason::Frozen));
    }
    if request.subject == facts.owner() {
        return Ok(Decision::of(Reason::Owner));
    }
    let rule = facts.rule(request.scope, request.action)?;
    let mut until = None;
    if let Some(required) = rule.as_ref().and_then(|rule| rule.requires.as_ref()) {
        let verdict = judge(facts, required, request, &mut until)?;
        if !verdict.truth.is_true() {
            let reason = Reason::Required(verdict);
            return Ok(Decision {
                reason,
                valid_until: until,
            });
        }
    }
    let sealed = rule.as_ref().filter(|rule| rule.sealed).map(|rule| &rule.scope);
    let granted = by_a_grant(facts, request, sealed)?;
    if let Some(Decision { reason, valid_until }) = granted.filter(|decision| decision.reason.allows()) {
        return Ok(Decision {
            reason,
            valid_until: sooner(until, valid_until),
        });
    }
    let Some(opens) = rule.as_ref().and_then(|rule| rule.opens.as_ref()) else {
        return Ok(granted.unwrap_or(Decision::of(Reason::Nothing)));
    };
    let verdict = judge(facts, opens, request, &mut until)?;
    if verdict.truth.is_true() {
        return Ok(Decision {
            reason: Reason::Opened,
            valid_until: until,
        });
    }
    let may_count = granted.and_then(|decision| decision.valid_until);
    Ok(Decision {
        reason: Reason::Closed(verdict),
        valid_until: sooner(until, may_count),
    })
}

/// By a grant of which as many uses are left as are asked for; if there is none, by any: a policy beside it is no way round counting.
fn by_a_grant<F: Facts>(
    facts: &mut F,
    request: Request<'_>,
    sealed: Option<&Scope>,
) -> Result<Option<Decision>, F::Error> {
    let granted = by_grant(facts, request, sealed)?;
    if request.uses == 1 || granted.is_none_or(|decision| decision.reason.allows()) {
        return Ok(granted);
    }
    by_grant(facts, Request { uses: 1, ..request }, sealed)
}

/// The first of the subject's grants that allows it, or why the last one that would does not, until one of them may; none if there
/// is none.
pub fn by_grant<F: Facts>(
    facts: &mut F,
    request: Request<'_>,
    sealed: Option<&Scope>,
) -> Result<Option<Decision>, F::Error> {
    let (mut refused, mut until) = (None, None);
    for grant in facts.grants(request.subject)? {
        if !grant.allows(request.action, request.scope) {
            continue;
        }
        let decision = along_chain(facts, request, (&grant, sealed))?;
        if decision.reason.allows() {
            return Ok(Some(decision));
        }
        until = sooner(until, decision.valid_until);
        refused = Some(Decision {
            valid_until: until,
            ..decision
        });
    }
    Ok(refused)
}

/// Whether a grant and all above it count and allow it. What is narrower above is narrower here, whatever was written when the
/// grant was made; and what is sealed is sealed to all that came from grants for more.
pub fn along_chain<F: Facts>(
    facts: &mut F,
    request: Request<'_>,
    (own, sealed): (&Grant, Option<&Scope>),
) -> Result<Decision, F::Error> {
    let grant = own.id;
    if own.terms > 0 && facts.accepted(request.subject)? < own.terms {
        let version = own.terms;
        return Ok(Decision::of(Reason::Terms { grant, version }));
    }
    let (mut current, mut until) = (own.clone(), None);
    for _ in 0..MAX_CHAIN {
        let at = current.id;
        if sealed.is_some_and(|part| !part.covers(&current.scope)) {
            return Ok(Decision::of(Reason::Sealed { grant }));
        }
        let alive = current.alive(facts.generation(), request.now);
        if let Err(why) = alive.and_then(|()| current.bears(request.uses, request.now)) {
            let reason = Reason::Dead { grant, at, why };
            let valid_until = current.revives_at(why, request.now);
            return Ok(Decision { reason, valid_until });
        }
        let gives_on = at == grant || current.actions.contains(Action::Grant);
        if !gives_on || !current.allows(request.action, request.scope) {
            return Ok(Decision::of(Reason::Narrowed { grant, at }));
        }
        until = sooner(until, current.span.end);
        let Some(parent) = current.parent else {
            let reason = Reason::Granted { grant };
            let valid_until = until;
            return Ok(Decision { reason, valid_until });
        };
        match find(facts, parent)?.filter(|above| above.id < at) {
            Some(above) => current = above,
            None => return Ok(Decision::of(Reason::Orphaned { grant })),
        }
    }
    Ok(Decision::of(Reason::Orphaned { grant }))
}

/// The grant at a place.
///
/// # Errors
/// Those of the facts.
pub(super) fn find<F: Facts>(
    facts: &mut F,
    Parent { subject, id }: Parent,
) -> Result<Option<Grant>, F::Error> {
    let grants = facts.grants(subject)?;
    Ok(grants.into_iter().find(|grant| grant.id == id))
}

/// Evaluates a policy; `until` learns when an answer that mattered may be another one.
///
/// # Errors
/// Those of the facts.
pub(super) fn judge<F: Facts>(
    facts: &mut F,
    policy: &Policy,
    request: Request<'_>,
    until: &mut Option<i64>,
) -> Result<Verdict, F::Error> {
    let mut failed = None;
    let verdict = policy.evaluate(&mut |leaf| match leaf {
        Leaf::TimeWindow(span) => {
            let edge = if request.now < span.start {
                Some(span.start)
            } else {
                span.end.filter(|end| request.now < *end)
            };
            *until = sooner(*until, edge);
            Truth::from(span.contains(request.now))
        }
        Leaf::Caller { actor } => Truth::from(*actor == request.subject),
        other => match facts.ask(other, request.subject) {
            Ok(answer) => {
                *until = sooner(*until, answer.until);
                answer.truth
            }
            Err(error) => {
                failed = Some(error);
                Truth::Unknown
            }
        },
    });
    failed.map_or(Ok(verdict), Err)
}

/// The earlier of two ends.
fn sooner(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    a.into_iter().chain(b).min()
}

impl Decision {
    fn of(reason: Reason) -> Self {
        let valid_until = None;
        Self { reason, valid_until }
    }
}
