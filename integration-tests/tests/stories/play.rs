//! Tells a story on localnet: sends its messages, and compares what comes of them.

use anyhow::{Context, Result, ensure};
use fvm_ipld_encoding::{BytesSer, to_vec};
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::StampedEvent;
use holdfast::registry;
use holdfast::target::Target;
use holdfast_integration_tests::World;
use holdfast_localnet::{EthAddress, EthTx, INVOKE_EVM, Kind, Receipt, Wallet, evm_answer};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::idl::codec;
use serde_json::{Value, json};

use super::names::{Names, plain, put_epochs, words};
use super::story::{Expected, Revert, Step, Story};

/// The exit code of an Ethereum face that reverts.
const REVERTED: u32 = 33;

/// Plays all steps, and gives what came otherwise than it is written.
pub(super) fn play(world: World, story: &Story) -> Vec<String> {
    let mut stage = Stage::new(world, story);
    let steps = story.steps.iter();
    let otherwise = steps.filter_map(|step| Some((step, stage.play(step).err()?)));
    otherwise
        .map(|(step, error)| format!("{} {error:#}", step.say))
        .collect()
}

struct Stage {
    world: World,
    names: Names,
    people: Vec<(String, Wallet)>,
}

impl Stage {
    fn new(world: World, story: &Story) -> Self {
        let mut names = Names::new(&world);
        let mut people = Vec::new();
        for (index, (name, key)) in (0..).zip(&story.people) {
            let wallet = world.account((*key).into(), index);
            names.bind(&world, name, wallet.address());
            people.push((name.clone(), wallet));
        }
        Self { world, names, people }
    }

    fn play(&mut self, step: &Step) -> Result<()> {
        let found = self.people.iter().find(|(name, _)| *name == step.from);
        let from = found
            .with_context(|| format!("`{}` is none of the people", step.from))?
            .1
            .clone();
        let evm = step.evm || from.kind() == Kind::Eth;
        let call = Call::new(&step.call, evm, &self.names.fill(&step.with)?)?;
        let receipt = self.deliver(step, &from, &call)?;
        let expected = match step.reverts {
            Some(_) => REVERTED,
            None => step.exit.unwrap_or_default(),
        };
        let exit = receipt.exit_code.value();
        ensure!(
            exit == expected,
            "exit {exit} instead of {expected}: {}",
            receipt.error
        );
        if expected == 0 {
            self.succeeded(step, &call, &receipt)?;
        } else {
            self.failed(step, &call, &receipt)?;
        }
        self.emitted(&step.events, &receipt.events)
    }

    fn deliver(&mut self, step: &Step, from: &Wallet, call: &Call) -> Result<Receipt> {
        let to = self.names.get(&step.to)?;
        let value = step
            .value
            .as_deref()
            .map_or(Ok(TokenAmount::default()), codec::parse_amount)?;
        let (method, params) = call.message()?;
        if step.view {
            return Ok(self.world.network().view(from.address(), to.id, method, params)?);
        }
        if from.kind() != Kind::Eth {
            return Ok(self.world.send(from, to.address, value, method, params.into()));
        }
        let tx = EthTx {
            to: EthAddress::from_filecoin(&to.id),
            input: call.bytes.clone(),
            value,
            ..EthTx::default()
        };
        Ok(self
            .world
            .run(from, |network| Ok(((), network.send_eth(from, tx)?)))
            .1)
    }

    fn succeeded(&mut self, step: &Step, call: &Call, receipt: &Receipt) -> Result<()> {
        let returned = call.returned(receipt)?;
        if let Some(name) = &step.binds {
            self.bind_created(name, &returned)?;
        }
        same("returned", &returned, &self.names.fill(&step.returns)?)
    }

    /// Gives a name to the actor that Init says it has created.
    fn bind_created(&mut self, name: &str, returned: &Value) -> Result<()> {
        let mut fields = ["robust_address", "actor"].iter();
        let created = fields.find_map(|field| returned[field].as_str());
        let created = created.with_context(|| format!("{returned} names no new actor"))?;
        let id = self.world.id(codec::parse_address(created)?);
        let robust = self.world.network().robust_address(id.id()?)?;
        let robust = robust.with_context(|| format!("{id} has no f2 address"))?;
        self.names.bind(&self.world, name, robust);
        Ok(())
    }

    fn failed(&self, step: &Step, call: &Call, receipt: &Receipt) -> Result<()> {
        if let Some(reverts) = &step.reverts {
            return self.reverted(reverts, call, receipt);
        }
        let says = step.says.as_deref().context("a refusal without `says`")?;
        let says = self.names.fill_text(says)?;
        ensure!(
            receipt.error.contains(&says),
            "it said\n{}\ninstead of\n{says}",
            receipt.error
        );
        Ok(())
    }

    fn reverted(&self, reverts: &Revert, call: &Call, receipt: &Receipt) -> Result<()> {
        let (actor, _) = call.name.split_once('.').context("whose error?")?;
        let mut found = codec::revert(&registry::interface(actor)?, &evm_answer(receipt)?)?;
        let said = json!({"error": found["error"].take(), "args": found["args"].take()});
        let expected = json!({"error": reverts.error, "args": self.names.fill(&reverts.args)?});
        same("reverted with", &said, &expected)
    }

    fn emitted(&self, expected: &[Expected], events: &[StampedEvent]) -> Result<()> {
        let found = (0..)
            .zip(events)
            .map(|(at, event)| shown(expected.get(at), event));
        let found: Vec<Value> = found.collect::<Result<_>>()?;
        let expected: Vec<Value> = expected
            .iter()
            .map(|one| self.event(one))
            .collect::<Result<_>>()?;
        same("emitted", &Value::Array(found), &Value::Array(expected))
    }

    fn event(&self, expected: &Expected) -> Result<Value> {
        let emitter = self.names.get(&expected.of)?.id.id()?;
        let fields = self.names.fill(&expected.fields)?;
        Ok(json!({"of": emitter, "event": expected.event, "fields": fields}))
    }
}

fn same(what: &str, found: &Value, expected: &Value) -> Result<()> {
    let (found, mut expected) = (plain(found), plain(expected));
    put_epochs(&mut expected, &found);
    ensure!(
        found == expected,
        "it {what}\n{found:#}\ninstead of\n{expected:#}"
    );
    Ok(())
}

/// An event as the actor shows it that is expected to have it, or else as the first one that knows it.
fn shown(expected: Option<&Expected>, event: &StampedEvent) -> Result<Value> {
    let actor = expected.and_then(|expected| expected.event.split('.').next());
    let mut interfaces = registry::interfaces();
    interfaces.sort_by_key(|interface| Some(interface.name) != actor);
    for interface in &interfaces {
        let mut found = codec::event(interface, &event.event.entries)?;
        if let Some(name) = found["event"].as_str() {
            let name = format!("{}.{name}", interface.name);
            return Ok(json!({"of": event.emitter, "event": name, "fields": found["fields"].take()}));
        }
    }
    Ok(json!({"of": event.emitter, "entries": format!("{:?}", event.event.entries)}))
}

/// A call, encoded.
struct Call {
    name: String,
    /// None for an actor that the command does not know.
    target: Option<Target>,
    evm: bool,
    /// CBOR parameters or calldata.
    bytes: Vec<u8>,
}

impl Call {
    fn new(name: &str, evm: bool, with: &Value) -> Result<Self> {
        let words = words(with);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let target = name.contains('.').then(|| Target::find(name, evm)).transpose()?;
        let bytes = match &target {
            Some(target) if evm => target.calldata(&words)?,
            Some(target) => target.parameters(&words)?,
            None => {
                ensure!(!evm, "`{name}`: the Ethereum face takes actor.Method");
                codec::parse_hex(with.as_str().unwrap_or("0x"))?
            }
        };
        let name = name.to_owned();
        Ok(Self {
            name,
            target,
            evm,
            bytes,
        })
    }

    /// Method number and parameters of the message.
    fn message(&self) -> Result<(u64, Vec<u8>)> {
        if self.evm {
            return Ok((INVOKE_EVM, to_vec(&BytesSer(&self.bytes))?));
        }
        let number = match &self.target {
            Some(target) => target.method.number,
            None => Some(method_number(&self.name)),
        };
        let number = number.with_context(|| format!("{} has no number: add \"evm\": true", self.name))?;
        Ok((number, self.bytes.clone()))
    }

    fn returned(&self, receipt: &Receipt) -> Result<Value> {
        let bytes = receipt.return_data.bytes();
        match &self.target {
            Some(target) if self.evm => target.results(&evm_answer(receipt)?),
            Some(_) | None if bytes.is_empty() => Ok(Value::Null),
            Some(target) => target.returned(bytes),
            None => Ok(codec::decode_any(bytes)?),
        }
    }
}
