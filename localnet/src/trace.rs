//! What happened while a message ran: a tree of calls and every gas charge in order.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use cid::Cid;
use fvm::trace::{ExecutionEvent, ExecutionTrace, IpldOperation};
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};

/// One gas charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// What for, as the FVM names it.
    pub name: String,
    /// For computing, in thousandths of gas.
    pub compute_milligas: u64,
    /// For storing and the rest, in thousandths of gas.
    pub other_milligas: u64,
    /// How many calls deep it was made; 0 is outside of any call (the inclusion of the message, the return value).
    pub depth: usize,
}

impl Charge {
    /// The whole charge in thousandths of gas.
    pub fn milligas(&self) -> u64 {
        self.compute_milligas.saturating_add(self.other_milligas)
    }
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The callee ran and exited with this code.
    Exit(ExitCode),
    /// The call was not made; what the caller saw as a syscall error.
    Error(ErrorNumber, String),
    /// The message ran out of gas or was aborted inside.
    Cut,
}

/// One call and what it called.
#[derive(Debug, Clone)]
pub struct Call {
    /// Id of the caller.
    pub from: u64,
    /// Address that was called.
    pub to: Address,
    /// Method number.
    pub method: u64,
    /// Value sent, in attoFIL.
    pub value: TokenAmount,
    /// Parameters with their codec.
    pub params: Option<IpldBlock>,
    /// Gas limit of the call.
    pub gas_limit: u64,
    /// Was it read-only?
    pub read_only: bool,
    /// Id and code of the actor that ran; none if the receiver is no actor or has no code to run for a bare send.
    pub invoked: Option<(u64, Cid)>,
    /// How it ended.
    pub outcome: Outcome,
    /// What it returned, with its codec.
    pub returned: Option<IpldBlock>,
    /// Gas charged in this call and below, in thousandths.
    pub milligas: u64,
    /// Gas charged in this call only, in order.
    pub charges: Vec<Charge>,
    /// The calls it made, in order.
    pub calls: Vec<Call>,
    /// What the actors logged (only with actor debugging).
    pub logs: Vec<String>,
    /// Blocks opened: CID and size in bytes.
    pub gets: Vec<(Cid, usize)>,
    /// Blocks linked: CID and size in bytes.
    pub puts: Vec<(Cid, usize)>,
}

/// The trace of one message.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Every charge in order, over all depths, also those for which the gas did not suffice. An actor can charge itself
    /// any amount, so sums stop at 2^64 - 1.
    pub charges: Vec<Charge>,
    /// The call that the message itself makes; none if it did not come to that. Shared, since it can be a thousand calls deep: no
    /// stack of a thread holds the copying of that.
    pub call: Option<Arc<Call>>,
}

impl Trace {
    /// Gas used after each charge, in whole gas rounded up. A gas limit one below such a number makes
    /// the message run out of gas exactly there.
    pub fn charge_points(&self) -> Vec<u64> {
        let mut sum = 0u64;
        let mut points: Vec<u64> = Vec::with_capacity(self.charges.len());
        for charge in &self.charges {
            sum = sum.saturating_add(charge.milligas());
            points.push(sum.div_ceil(1000));
        }
        points.dedup();
        points
    }

    /// What the gas went to: for each kind of charge how often it was made and its sum in thousandths of gas.
    pub fn gas_by_name(&self) -> BTreeMap<&str, (u64, u64)> {
        let mut sums: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for charge in &self.charges {
            let (count, sum) = sums.entry(&charge.name).or_default();
            (*count, *sum) = (*count + 1, sum.saturating_add(charge.milligas()));
        }
        sums
    }

    pub(crate) fn from_events(events: ExecutionTrace) -> Self {
        let mut builder = Builder::default();
        for event in events {
            builder.event(event);
        }
        builder.finish()
    }
}

impl fmt::Display for Trace {
    /// One line a call, indented by depth.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.as_ref().map_or(Ok(()), |call| call.write(f, 0))
    }
}

impl Call {
    /// This call, or the first below it, that is looked for; callers come before whom they call.
    pub fn find(&self, is_it: &impl Fn(&Self) -> bool) -> Option<&Self> {
        if is_it(self) {
            return Some(self);
        }
        self.calls.iter().find_map(|call| call.find(is_it))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
        let gas = self.milligas.div_ceil(1000);
        let indent = 2 * depth;
        write!(
            f,
            "{:indent$}f0{} -> {} method {}",
            "", self.from, self.to, self.method
        )?;
        if !self.value.is_zero() {
            write!(f, ", {} FIL", self.value)?;
        }
        match &self.outcome {
            Outcome::Exit(code) => writeln!(f, ": exit {}, {gas} gas", code.value())?,
            Outcome::Error(number, why) => writeln!(f, ": {number:?} ({why}), {gas} gas")?,
            Outcome::Cut => writeln!(f, ": cut off, {gas} gas")?,
        }
        self.calls.iter().try_for_each(|call| call.write(f, depth + 1))
    }
}

#[derive(Default)]
struct Builder {
    charges: Vec<Charge>,
    open: Vec<Call>,
    root: Option<Call>,
}

impl Builder {
    fn event(&mut self, event: ExecutionEvent) {
        match event {
            ExecutionEvent::GasCharge(charge) => self.charge(Charge {
                name: charge.name.to_string(),
                compute_milligas: charge.compute_gas.as_milligas(),
                other_milligas: charge.other_gas.as_milligas(),
                depth: self.open.len(),
            }),
            ExecutionEvent::Call {
                from,
                to,
                method,
                params,
                value,
                gas_limit,
                read_only,
            } => self.open.push(Call {
                from,
                to,
                method,
                value,
                params,
                gas_limit,
                read_only,
                invoked: None,
                outcome: Outcome::Cut,
                returned: None,
                milligas: 0,
                charges: Vec::new(),
                calls: Vec::new(),
                logs: Vec::new(),
                gets: Vec::new(),
                puts: Vec::new(),
            }),
            ExecutionEvent::CallReturn(code, value) => self.close(Outcome::Exit(code), value),
            ExecutionEvent::CallError(error) => self.close(Outcome::Error(error.1, error.0), None),
            other => self.note(other),
        }
    }

    fn note(&mut self, event: ExecutionEvent) {
        let Some(call) = self.open.last_mut() else { return };
        match event {
            ExecutionEvent::InvokeActor { id, state } => call.invoked = Some((id, state.code)),
            ExecutionEvent::Log(line) => call.logs.push(line),
            ExecutionEvent::Ipld {
                op: IpldOperation::Get,
                cid,
                size,
            } => call.gets.push((cid, size)),
            ExecutionEvent::Ipld {
                op: IpldOperation::Put,
                cid,
                size,
            } => call.puts.push((cid, size)),
            _ => {}
        }
    }

    fn charge(&mut self, charge: Charge) {
        if let Some(call) = self.open.last_mut() {
            call.milligas = call.milligas.saturating_add(charge.milligas());
            call.charges.push(charge.clone());
        }
        self.charges.push(charge);
    }

    fn close(&mut self, outcome: Outcome, returned: Option<IpldBlock>) {
        let Some(mut call) = self.open.pop() else { return };
        (call.outcome, call.returned) = (outcome, returned);
        self.attach(call);
    }

    fn attach(&mut self, call: Call) {
        match self.open.last_mut() {
            Some(parent) => {
                parent.milligas = parent.milligas.saturating_add(call.milligas);
                parent.calls.push(call);
            }
            None => self.root = Some(call),
        }
    }

    fn finish(mut self) -> Trace {
        while let Some(call) = self.open.pop() {
            self.attach(call);
        }
        Trace {
            charges: self.charges,
            call: self.root.map(Arc::new),
        }
    }
}
