//! Asking other actors. They can lie, fail, burn gas and answer nonsense; whatever is no clear answer is not known.

use core::cell::Cell;

use fvm_ipld_encoding::{BytesDe, BytesSer};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    ExternalQuestion, IS_MEMBER, ListProof, MAX_ANSWER, POLICY_GAS, QUESTION_GAS, SCORE_OF, Standard,
};
use holdfast_policies::access::policy::{self, Leaf};
use holdfast_policies::access::truth::Truth;
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::{EthAddress, canonical, selector};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::send::{Answer, Call};
use serde::Serialize;

use crate::facts::Others;
use crate::merkle::is_under;

/// `BalanceOf` of FRC-46 and FRC-53.
const BALANCE_OF: u64 = method_number("BalanceOf");

/// Other actors, asked through the machine without letting them change anything.
pub(crate) struct Machine<'a, R> {
    rt: &'a R,
    /// What actors of `External` nodes are asked.
    question: Option<ExternalQuestion>,
    /// The 0x form by which the subject was named, if it was.
    named: Option<EthAddress>,
    /// Gas that all of them together may still use.
    budget: Cell<u64>,
}

impl<'a, R: Runtime> Machine<'a, R> {
    pub(crate) fn new(rt: &'a R, question: Option<ExternalQuestion>) -> Self {
        let budget = Cell::new(POLICY_GAS);
        Self {
            rt,
            question,
            named: None,
            budget,
        }
    }

    /// The same for a subject that was named by this 0x form.
    pub(crate) fn named(self, named: Option<EthAddress>) -> Self {
        Self { named, ..self }
    }

    /// Asks, within the gas that is left to the policy.
    fn ask<T: Serialize + ?Sized>(&self, to: ActorID, method: u64, params: &T, gas: u64) -> Option<Answer> {
        let budget = self.budget.get();
        // Even who may use no gas costs the call.
        if budget == 0 {
            return None;
        }
        let call = Call::new(Address::new_id(to), method).with_params(params).ok()?;
        let call = Call {
            max_return: MAX_ANSWER,
            ..call.with_gas_limit(gas.min(budget))
        };
        let before = self.rt.gas_left();
        let answer = self.rt.ask(&call);
        let used = before.saturating_sub(self.rt.gas_left());
        self.budget.set(budget.saturating_sub(used));
        answer.ok()
    }

    fn score(&self, actor: ActorID, subject: ActorID) -> Option<u64> {
        let answer = self.ask(actor, SCORE_OF, &Address::new_id(subject), QUESTION_GAS)?;
        answer.decode().ok()
    }

    fn is_member(&self, dao: ActorID, subject: ActorID) -> Option<bool> {
        let answer = self.ask(dao, IS_MEMBER, &Address::new_id(subject), QUESTION_GAS)?;
        answer.decode().ok()
    }

    fn external(&self, actor: ActorID, method: u64, gas: u64) -> Option<bool> {
        self.ask(actor, method, self.question.as_ref()?, gas)?
            .decode()
            .ok()
    }

    /// What somebody holds of a token: atto-tokens, or NFTs.
    pub(crate) fn balance(&self, token: ActorID, standard: &Standard, holder: ActorID) -> Option<BigInt> {
        let by_number = |params| self.ask(token, BALANCE_OF, &params, QUESTION_GAS);
        match standard {
            Standard::Erc20 {} => {
                let word = canonical(self.rt, holder).to_word();
                let calldata = [&selector("balanceOf(address)")[..], &word[..]].concat();
                let answer = self.ask(token, INVOKE_EVM, &BytesSer(&calldata), QUESTION_GAS)?;
                let BytesDe(word) = answer.decode().ok()?;
                (word.len() == 32).then(|| BigInt::from_bytes_be(Sign::Plus, &word))
            }
            Standard::Frc46 {} => {
                let held: TokenAmount = by_number(Address::new_id(holder))?.decode().ok()?;
                Some(held.atto().clone()).filter(|held| held.sign() != Sign::Minus)
            }
            Standard::Frc53 {} => {
                let held: u64 = by_number(Address::new_id(holder))?.decode().ok()?;
                Some(BigInt::from(held))
            }
        }
    }
}

impl<R: Runtime> Others for Machine<'_, R> {
    fn ask(&mut self, leaf: &Leaf, subject: ActorID) -> Truth {
        let answer = match leaf {
            Leaf::Holder {
                token,
                standard,
                least,
                ..
            } => self
                .balance(*token, &named(*standard), subject)
                .map(|held| held >= *least),
            Leaf::Reputation { actor, least } => self.score(*actor, subject).map(|score| score >= *least),
            Leaf::DaoMember { dao } => self.is_member(*dao, subject),
            Leaf::External { actor, method, gas } => self.external(*actor, *method, *gas),
            // The others are answered by the state or by the question itself.
            _ => None,
        };
        Truth::from(answer)
    }

    /// A list names a subject by its f410 form or by the masked id. A look-up of the f410 form costs as much as the whole
    /// proof, so the forms that are known come first.
    fn proves(&mut self, root: &[u8; 32], subject: ActorID, proof: &ListProof) -> bool {
        let masked = EthAddress::from_id(subject);
        let is_listed = |form: EthAddress| is_under(self.rt, root, &form.to_word(), proof.path.bytes());
        let is_looked_up = || {
            let form = canonical(self.rt, subject);
            self.named.is_none() && form != masked && is_listed(form)
        };
        self.named.is_some_and(is_listed) || is_listed(masked) || is_looked_up()
    }
}

fn named(standard: policy::Standard) -> Standard {
    match standard {
        policy::Standard::Erc20 => Standard::Erc20 {},
        policy::Standard::Frc46 => Standard::Frc46 {},
        policy::Standard::Frc53 => Standard::Frc53 {},
    }
}
