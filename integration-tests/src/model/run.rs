//! Rounds of random operations.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::shorten::shorten;
use super::{Chain, Dice, Model, agree};

/// How many messages the tests send when nothing else is said.
const MESSAGES: u64 = 300;
/// The longest round. A round starts anew, so that what cannot be undone does not last.
const ROUND: u64 = 150;
const SEED: u64 = 1;
const MESSAGES_VARIABLE: &str = "HOLDFAST_MODEL_MESSAGES";
const SEED_VARIABLE: &str = "HOLDFAST_SEED";

/// How many messages, and which.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Rounds.
    pub rounds: u64,
    /// Messages a round.
    pub messages: u64,
    /// What the dice depend on.
    pub seed: u64,
}

impl Plan {
    /// `HOLDFAST_MODEL_MESSAGES` messages, 300 if it is not set, of the seed `HOLDFAST_SEED`; of another one each time if
    /// that is `random`.
    ///
    /// # Panics
    /// When one of them is no number.
    pub fn from_environment() -> Self {
        let messages = number(MESSAGES_VARIABLE).unwrap_or(MESSAGES);
        let rounds = messages.div_ceil(ROUND).max(1);
        let messages = messages.div_ceil(rounds);
        let seed = match std::env::var(SEED_VARIABLE).as_deref() {
            Ok("random") => std::time::UNIX_EPOCH
                .elapsed()
                .map_or(SEED, |time| time.as_secs()),
            _ => number(SEED_VARIABLE).unwrap_or(SEED),
        };
        Self {
            rounds,
            messages,
            seed,
        }
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    let number = text.parse();
    Some(number.unwrap_or_else(|_| panic!("{variable}={text} is no number")))
}

/// Start and operations of a round of the plan.
pub(super) fn round<M: Model>(plan: Plan, number: u64) -> (M, Vec<M::Operation>) {
    let mut dice = Dice::new(plan.seed, number);
    let start = M::start(&mut dice);
    let (mut model, mut operations) = (start.clone(), Vec::new());
    while (operations.len() as u64) < plan.messages {
        let operation = model.operation(&mut dice);
        if model.can_be_sent(&operation) {
            let _ = model.carry_out(&operation);
            operations.push(operation);
        }
    }
    (start, operations)
}

/// Runs the plan, each round on a chain that `start` makes.
///
/// # Panics
/// When the chain is not as the model says, with the seed and the shortest sequence of operations that was found. Put
/// that sequence into a test of its own with [`replay`].
pub fn run<M: Model, C: Chain<M>>(name: &str, plan: Plan, start: impl Fn(&M) -> C) {
    let Plan {
        rounds,
        messages,
        seed,
    } = plan;
    let repeat = format!("{SEED_VARIABLE}={seed} {MESSAGES_VARIABLE}={}", rounds * messages);
    eprintln!("model of {name}: {rounds} rounds of {messages} messages, {repeat}");
    for number in 0..rounds {
        let (model, operations) = round::<M>(plan, number);
        let fails = |operations: &[M::Operation]| fails(&model, || start(&model), operations);
        if let Some(reason) = fails(&operations) {
            eprintln!("model of {name}: round {number} fails; looking for a short sequence that fails");
            let (short, reason) = shorten(operations, reason, fails);
            let list: Vec<String> = short.iter().map(|operation| format!("{operation:?}")).collect();
            panic!(
                "{name}, {repeat}: {reason}\nfrom {model:?}\nby {}",
                list.join(",\n   ")
            );
        }
        eprintln!("model of {name}: {} of {rounds} rounds done", number + 1);
    }
}

/// Runs given operations: a failure that [`run`] has found once.
///
/// # Panics
/// When the chain is not as the model says.
pub fn replay<M: Model, C: Chain<M>>(model: M, chain: C, operations: &[M::Operation]) {
    if let Err(reason) = play(model, chain, operations) {
        panic!("{reason}");
    }
}

/// Why the operations fail, if they do. A check of the chain that panics is a failure as well.
fn fails<M: Model, C: Chain<M>>(
    model: &M,
    start: impl FnOnce() -> C,
    operations: &[M::Operation],
) -> Option<String> {
    let played = catch_unwind(AssertUnwindSafe(|| play(model.clone(), start(), operations)));
    match played {
        Ok(result) => result.err(),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Some(text.unwrap_or("a panic without a text").to_owned())
        }
    }
}

/// An operation that can no longer be sent, since others were left out, is left out too.
fn play<M: Model>(mut model: M, mut chain: impl Chain<M>, operations: &[M::Operation]) -> Result<(), String> {
    for operation in operations {
        if !model.can_be_sent(operation) {
            continue;
        }
        let expected = model.carry_out(operation);
        let found = chain.send(operation);
        if !agree(&expected, &found) {
            return Err(format!(
                "{operation:?}\n  the model says {expected:?}\n  the chain says {found:?}"
            ));
        }
        let differences = chain.differences(&model, operation);
        if !differences.is_empty() {
            return Err(format!("after {operation:?}\n  {}", differences.join("\n  ")));
        }
    }
    Ok(())
}
