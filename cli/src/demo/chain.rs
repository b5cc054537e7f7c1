//! The network of the story: every message is checked as soon as it has run.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail, ensure};
use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{ADMIN, GRANT, READ, RELAY, WRITE};
use holdfast_localnet::{EthAddress, EthTx, Kind, Network, Receipt, TOTAL_FIL, Wallet, evm_answer, ids};
use holdfast_runtime::idl::codec::{calldata, event, results, revert, show_amount, solidity_method};
use holdfast_runtime::method::{InterfaceInfo, MethodInfo, SolidityInfo};
use serde::Serialize;
use serde_json::Value;

use super::tell::{fact, refused};
use crate::output::grouped;
use holdfast::registry;

/// Fields of events that are ids of actors.
const PEOPLE: [&str; 9] = [
    "owner",
    "subject",
    "by",
    "payer",
    "payee",
    "asset",
    "gateway",
    "recipients",
    "reader",
];

/// The network and the people of the story.
pub(super) struct Chain {
    pub(super) net: Network,
    /// A secp256k1 account, f1.
    pub(super) alice: Wallet,
    /// An Ethereum account, 0x.
    pub(super) bob: Wallet,
    /// A BLS account, f3.
    pub(super) carol: Wallet,
    pub(super) token: InterfaceInfo,
    pub(super) init: InterfaceInfo,
    /// Whose events are decoded, by id.
    emitters: BTreeMap<u64, InterfaceInfo>,
    /// How the story calls 0x addresses.
    names: BTreeMap<String, String>,
    /// How it calls ids.
    ids: BTreeMap<u64, String>,
}

/// A token on the network.
pub(super) struct TokenAt {
    pub(super) id: u64,
    pub(super) symbol: &'static str,
}

impl TokenAt {
    pub(super) fn address(&self) -> Address {
        Address::new_id(self.id)
    }

    pub(super) fn eth(&self) -> EthAddress {
        EthAddress::from_id(self.id)
    }
}

impl Chain {
    pub(super) fn new(net: Network) -> Result<Self> {
        let mut chain = Self {
            alice: net.account(Kind::Secp256k1, 0),
            bob: net.account(Kind::Eth, 0),
            carol: net.account(Kind::Bls, 0),
            token: registry::interface("token")?,
            init: registry::interface("init")?,
            emitters: BTreeMap::new(),
            names: BTreeMap::new(),
            ids: BTreeMap::new(),
            net,
        };
        chain.emitters.insert(ids::INIT, chain.init.clone());
        chain.call_it(EthAddress([0; 20]), "nobody")?;
        for (wallet, name) in [
            (chain.alice.clone(), "alice"),
            (chain.bob.clone(), "bob"),
            (chain.carol.clone(), "carol"),
        ] {
            chain.introduce(&wallet, name)?;
        }
        Ok(chain)
    }

    /// Gives somebody a name in the story.
    pub(super) fn introduce(&mut self, wallet: &Wallet, name: &str) -> Result<()> {
        let eth = self.eth_form(&wallet.address())?;
        self.call_it(eth, name)
    }

    /// Gives a 0x address, and the actor behind it, a name in the story.
    pub(super) fn call_it(&mut self, eth: EthAddress, name: &str) -> Result<()> {
        self.names.insert(eth.to_string().to_lowercase(), name.to_owned());
        if let Some(id) = self.net.resolve(&eth.to_filecoin())? {
            self.ids.insert(id, name.to_owned());
        }
        Ok(())
    }

    /// How the story calls somebody.
    pub(super) fn name(&self, address: &Address) -> Result<String> {
        let id = self.net.resolve(address)?;
        let name = id.and_then(|id| self.ids.get(&id)).cloned();
        Ok(name.unwrap_or_else(|| self.show(address)))
    }

    /// Decodes the events of an actor from now on.
    pub(super) fn listen_to(&mut self, id: u64, interface: InterfaceInfo) {
        self.emitters.insert(id, interface);
    }

    /// A message by a method's number; it has to succeed.
    pub(super) fn call(
        &mut self,
        from: &Wallet,
        to: &Address,
        method: &MethodInfo,
        params: &impl Serialize,
    ) -> Result<Receipt> {
        let number = method.number.context("a method without number")?;
        let receipt = self
            .net
            .send(from, *to, TokenAmount::default(), number, to_vec(params)?)?;
        self.check()?;
        Ok(receipt.ok(method.name)?)
    }

    /// An Ethereum transaction with a Solidity method's calldata.
    pub(super) fn transact(
        &mut self,
        from: &Wallet,
        to: EthAddress,
        method: &SolidityInfo,
        arguments: &Value,
    ) -> Result<Receipt> {
        self.transact_raw(from, to, calldata(method, arguments)?)
    }

    /// An Ethereum transaction with any calldata.
    pub(super) fn transact_raw(&mut self, from: &Wallet, to: EthAddress, input: Vec<u8>) -> Result<Receipt> {
        let tx = EthTx {
            to: Some(to),
            input,
            ..EthTx::default()
        };
        let receipt = self.net.send_eth(from, tx)?;
        self.check()?;
        Ok(receipt)
    }

    /// Asks a Solidity view, as `eth_call` does.
    pub(super) fn ask(&self, to: EthAddress, method: &SolidityInfo, arguments: &Value) -> Result<Value> {
        let data = calldata(method, arguments)?;
        let (receipt, answer) = self.net.view_evm(self.bob.address(), to, &data)?;
        receipt.ok(method.name)?;
        Ok(results(method, &answer)?)
    }

    /// A holder's balance through ERC-20, in whole tokens.
    pub(super) fn balance(&self, token: &TokenAt, holder: &Address) -> Result<String> {
        let balance_of = solidity(&self.token, "balanceOf")?;
        let holder = self.eth_form(holder)?.to_string();
        let answer = self.ask(token.eth(), balance_of, &Value::String(holder))?;
        let atto = answer.as_str().and_then(|digits| digits.parse::<u128>().ok());
        let atto = atto.with_context(|| format!("balanceOf answers {answer}"))?;
        Ok(show_amount(&TokenAmount::from_atto(atto)))
    }

    /// Refuses to go on when a balance is not as the story says.
    pub(super) fn expect_balance(&self, token: &TokenAt, holder: &Address, expected: &str) -> Result<()> {
        let found = self.balance(token, holder)?;
        let who = self.show(holder);
        ensure!(
            found == expected,
            "{who} has {found} {}, not {expected}",
            token.symbol
        );
        Ok(())
    }

    /// The 0x form of any actor's address.
    pub(super) fn eth_form(&self, address: &Address) -> Result<EthAddress> {
        if let Some(eth) = EthAddress::from_filecoin(address) {
            return Ok(eth);
        }
        let id = self.net.resolve(address)?;
        let id = id.with_context(|| format!("{address} has no actor"))?;
        Ok(EthAddress::from_id(id))
    }

    /// An address as people of this network read it.
    pub(super) fn show(&self, address: &Address) -> String {
        self.net.display(address)
    }

    /// Prints a receipt's gas and its events.
    pub(super) fn report(&self, receipt: &Receipt) -> Result<()> {
        fact("gas", &grouped(receipt.gas_used));
        for stamped in &receipt.events {
            let emitter = self.show(&Address::new_id(stamped.emitter));
            let interface = self.emitters.get(&stamped.emitter);
            let interface = interface.with_context(|| format!("{emitter} emits something"))?;
            let decoded = event(interface, &stamped.event.entries)?;
            let name = decoded["event"].as_str();
            let name = name.with_context(|| format!("{emitter} emits an unlisted event: {decoded}"))?;
            let fields = decoded["fields"].as_object().into_iter().flatten();
            let fields: Vec<String> = fields
                .map(|(name, value)| format!("{name} {}", self.field(interface, name, value)))
                .collect();
            fact("event", &format!("{name} of {emitter}: {}", fields.join(", ")));
        }
        Ok(())
    }

    /// Prints the error that an Ethereum call reverted with, and its values as the story calls them; gives
    /// `{"error", "args", "doc"}`.
    pub(super) fn reverted(&self, interface: &InterfaceInfo, receipt: &Receipt) -> Result<Value> {
        let why = revert(interface, &answer(receipt)?)?;
        let error = why["error"].as_str();
        let error = error.with_context(|| format!("an unlisted error: {why}"))?;
        let values = why["args"].as_array().into_iter().flatten();
        let values: Vec<String> = values.map(|value| self.word(value)).collect();
        refused("revert", &format!("{error}: {}", values.join(", ")));
        Ok(why)
    }

    /// A field of an event. Events that are no logs have ids for people, and amounts in whole tokens.
    fn field(&self, interface: &InterfaceInfo, name: &str, value: &Value) -> String {
        let person = |value: &Value| {
            let id = value.as_u64().filter(|_| PEOPLE.contains(&name));
            id.and_then(|id| self.ids.get(&id)).cloned()
        };
        let all: Option<Vec<String>> = value.as_array().and_then(|all| all.iter().map(person).collect());
        let amount = value.as_str().filter(|_| {
            let mut fields = interface.events.iter().flat_map(|event| &event.fields);
            fields.any(|field| field.name == name && field.kind == "amount")
        });
        let mask = value.as_u64().filter(|_| name == "actions").map(actions);
        let named = person(value).or_else(|| all.map(|all| all.join(" and ")));
        named
            .or(mask)
            .or_else(|| amount.map(str::to_owned))
            .unwrap_or_else(|| self.word(value))
    }

    /// A value of a log: people by their names, large numbers as tokens.
    fn word(&self, value: &Value) -> String {
        let Some(text) = value.as_str() else {
            return value.to_string();
        };
        let tokens = text
            .parse()
            .map(|atto: u128| show_amount(&TokenAmount::from_atto(atto)));
        let name = self.names.get(text).cloned();
        name.or(tokens.ok()).unwrap_or_else(|| text.to_owned())
    }

    /// What has to hold after every message.
    pub(super) fn check(&self) -> Result<()> {
        let total = self.net.total_fil()?;
        let all = TokenAmount::from_whole(TOTAL_FIL);
        ensure!(total == all, "FIL is not conserved: {total} of {all}");
        for actor in self.net.actors()? {
            let violations = registry::check(&self.net, &actor.name, &actor.state).unwrap_or_default();
            if let Some(first) = violations.list().first() {
                bail!("an invariant of {} f0{} is broken: {first}", actor.name, actor.id);
            }
        }
        Ok(())
    }
}

/// A mask of actions of the access actor in words.
fn actions(mask: u64) -> String {
    let bits = [
        (RELAY, "relay"),
        (READ, "read"),
        (WRITE, "write"),
        (GRANT, "grant"),
        (ADMIN, "admin"),
    ];
    let set = bits.iter().filter(|(bit, _)| mask & u64::from(*bit) != 0);
    let names: Vec<&str> = set.map(|(_, name)| *name).collect();
    names.join(" and ")
}

/// A method of an interface, by its FRC-42 name.
pub(super) fn method<'a>(interface: &'a InterfaceInfo, name: &str) -> Result<&'a MethodInfo> {
    let found = interface.methods.iter().find(|m| m.name == name);
    found.ok_or_else(|| anyhow!("{} has no method {name}", interface.name))
}

/// A method of an interface, by its Solidity name.
pub(super) fn solidity<'a>(interface: &'a InterfaceInfo, name: &str) -> Result<&'a SolidityInfo> {
    let found = solidity_method(interface, name)?.and_then(|m| m.solidity.as_ref());
    found.ok_or_else(|| anyhow!("{} has no Solidity method {name}", interface.name))
}

/// The return data of an Ethereum call.
pub(super) fn answer(receipt: &Receipt) -> Result<Vec<u8>> {
    Ok(evm_answer(receipt)?)
}
