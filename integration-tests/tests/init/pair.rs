//! Two networks that get the same messages, and what is compared after each.

use std::collections::{BTreeMap, BTreeSet};

use cid::Cid;
use fvm_ipld_encoding::{BytesDe, BytesSer};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use holdfast_localnet::{Bundle, CREATE_EXTERNAL, Kind, Network, Receipt, ids};

use crate::evm;
use crate::messages::{ACCOUNTS, Draft, Step};
use crate::support::{MERGED, OFFICIAL, assert_invariants, cbor, exec_params, fil, init, network};

/// The actors that the messages use. They have the same addresses on both networks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fixtures {
    /// A multisig of which each account alone can decide.
    pub(crate) multisig: Address,
    /// [`evm::caller`].
    pub(crate) caller: Address,
    /// [`evm::factory`].
    pub(crate) factory: Address,
    /// [`evm::factory2`].
    pub(crate) factory2: Address,
}

impl Fixtures {
    fn install(net: &mut Network) -> Self {
        let accounts = |kind| (0..ACCOUNTS).map(move |index| (kind, index));
        let everybody = [Kind::Secp256k1, Kind::Bls].into_iter().flat_map(accounts);
        let signers: Vec<Address> = everybody
            .map(|(kind, index)| net.account(kind, index).address())
            .collect();
        let code = net.bundle().code("multisig").expect("the multisig's code");
        let params = exec_params(code, &cbor(&(signers, 1u64, 0i64, 0i64)));
        let from = (Kind::Secp256k1, 0);
        let receipt = send(
            net,
            Draft {
                from,
                to: init(),
                method: 2,
                params,
                value: fil(1000),
            },
        );
        assert!(receipt.is_ok(), "{}", receipt.error);
        let (multisig, _): (Address, Address) = receipt.decode().expect("two addresses");
        let [caller, factory, factory2] = [evm::caller(), evm::factory(), evm::factory2()].map(|initcode| {
            let params = cbor(&BytesSer(&initcode));
            let eam = Address::new_id(ids::EAM);
            let receipt = send(
                net,
                Draft {
                    from,
                    to: eam,
                    method: CREATE_EXTERNAL,
                    params,
                    value: fil(0),
                },
            );
            assert!(receipt.is_ok(), "{}", receipt.error);
            let (id, _, _): (u64, Option<Address>, BytesDe) = receipt.decode().expect("a contract");
            Address::new_id(id)
        });
        Self {
            multisig,
            caller,
            factory,
            factory2,
        }
    }

    /// All contracts but the fixtures; one of these where there is no other.
    pub(crate) fn contracts(&self, net: &Network) -> Vec<Address> {
        let all = net
            .actors()
            .expect("the actors")
            .into_iter()
            .filter(|actor| actor.name == "evm");
        let others = all
            .map(|actor| Address::new_id(actor.id))
            .filter(|address| *address > self.factory2);
        let others: Vec<Address> = others.collect();
        if others.is_empty() {
            vec![self.factory2]
        } else {
            others
        }
    }
}

/// What a message left behind, as lines with what they are about. Gas, and what is paid for it, is not in it.
type Observed = BTreeMap<String, String>;

/// The official Init and ours, side by side.
pub(crate) struct Pair {
    official: Network,
    ours: Network,
    fixtures: Fixtures,
}

/// One message on both networks.
#[derive(Clone, Debug)]
pub(crate) struct Both {
    /// With the official Init.
    pub(crate) official: Receipt,
    /// With ours.
    pub(crate) ours: Receipt,
    /// Whatever is not the same afterwards.
    pub(crate) differences: Vec<String>,
}

impl Pair {
    /// Two new networks with the fixtures.
    pub(crate) fn new() -> Self {
        let start = |bundle: &Bundle| {
            let mut net = network(bundle);
            let fixtures = Fixtures::install(&mut net);
            (net, fixtures)
        };
        let ((official, fixtures), (ours, same)) = (start(&OFFICIAL), start(&MERGED));
        assert_eq!(fixtures, same, "the fixtures have other addresses with our Init");
        Self {
            official,
            ours,
            fixtures,
        }
    }

    /// Two networks that go on from here.
    pub(crate) fn fork(&self) -> Self {
        Self {
            official: self.official.fork(),
            ours: self.ours.fork(),
            fixtures: self.fixtures.clone(),
        }
    }

    /// Sends the same message to both.
    pub(crate) fn apply(&mut self, step: &Step) -> Both {
        let [official, ours] =
            [&mut self.official, &mut self.ours].map(|net| send(net, step.draft(net, &self.fixtures)));
        assert_invariants(&self.ours);
        let mut observed = [&self.official, &self.ours].map(actors);
        observed[0].extend(answer(&official));
        observed[1].extend(answer(&ours));
        Both {
            official,
            ours,
            differences: differences(&observed),
        }
    }

    /// Runs the same message from any sender on both, on a state that is thrown away.
    pub(crate) fn call(&self, message: &Message) -> [Receipt; 2] {
        [&self.official, &self.ours].map(|net| net.call(message.clone()).expect("a receipt"))
    }

    /// The code of an official actor but Init, the same on both networks.
    pub(crate) fn code(&self, name: &str) -> Cid {
        self.official.bundle().code(name).expect("an official actor")
    }

    /// The actors that the messages use.
    pub(crate) fn fixtures(&self) -> &Fixtures {
        &self.fixtures
    }

    /// The codes of all official actors but Init, the same on both networks.
    pub(crate) fn codes(&self) -> Vec<Cid> {
        let all = self
            .official
            .bundle()
            .actors
            .iter()
            .filter(|(name, _)| name != "init");
        all.map(|(_, code)| *code).collect()
    }

    /// Every actor, the same on both networks.
    pub(crate) fn ids(&self) -> Vec<u64> {
        self.official
            .actors()
            .expect("the actors")
            .into_iter()
            .map(|actor| actor.id)
            .collect()
    }

    /// Whatever is not the same on both networks.
    pub(crate) fn differences(&self) -> Vec<String> {
        differences(&[&self.official, &self.ours].map(actors))
    }
}

/// Gas limit and fees are fixed, so that the miner's tip is the same on both networks.
fn send(net: &mut Network, draft: Draft) -> Receipt {
    let Draft {
        from,
        to,
        method,
        params,
        value,
    } = draft;
    let wallet = net.account(from.0, from.1);
    let message = Message {
        version: 0,
        from: wallet.address(),
        to,
        sequence: net.next_nonce(&wallet.address()).expect("a nonce"),
        value,
        method_num: method,
        params: params.into(),
        gas_limit: 5_000_000_000,
        gas_fee_cap: TokenAmount::from_nano(1),
        gas_premium: TokenAmount::from_atto(100_000),
    };
    let signed = wallet.sign(message, net.profile().chain_id).expect("a signature");
    let tipset = net.mine_messages(vec![signed]).expect("a tipset");
    tipset.receipts.first().expect("a receipt").clone()
}

fn answer(receipt: &Receipt) -> Observed {
    let Receipt {
        exit_code,
        return_data,
        return_codec,
        events_root,
        ..
    } = receipt;
    BTreeMap::from([
        ("exit code".to_owned(), exit_code.value().to_string()),
        (
            "return value".to_owned(),
            format!("{return_data:?} {return_codec:?}"),
        ),
        ("events root".to_owned(), format!("{events_root:?}")),
    ])
}

/// Every actor's code, head, nonce, f4 address and balance, Init's among them.
fn actors(net: &Network) -> Observed {
    let payers = payers(net);
    let actors = net.actors().expect("the actors").into_iter().flat_map(|actor| {
        let (id, state) = (actor.id, actor.state);
        let mut lines = vec![
            (format!("f0{id} code"), actor.name),
            (format!("f0{id} nonce"), state.sequence.to_string()),
            (
                format!("f0{id} f4 address"),
                format!("{:?}", state.delegated_address),
            ),
        ];
        // The system actor's head is the manifest, in which Init's code differs.
        if id != ids::SYSTEM {
            lines.push((format!("f0{id} head"), state.state.to_string()));
        }
        if !payers.contains(&id) {
            lines.push((format!("f0{id} balance"), state.balance.to_string()));
        }
        lines
    });
    actors.collect()
}

/// Whose balance depends on the gas used: the senders, and f099.
fn payers(net: &Network) -> Vec<u64> {
    let accounts = Kind::ALL
        .into_iter()
        .flat_map(|kind| (0..ACCOUNTS).map(move |index| (kind, index)));
    let addresses = accounts.map(|(kind, index)| net.account(kind, index).address());
    let payers = addresses.filter_map(|address| net.resolve(&address).expect("a state"));
    payers.chain([ids::BURNT]).collect()
}

fn differences([official, ours]: &[Observed; 2]) -> Vec<String> {
    let about = official.keys().chain(ours.keys()).collect::<BTreeSet<_>>();
    let differing = about
        .into_iter()
        .filter(|key| official.get(*key) != ours.get(*key));
    differing
        .map(|key| {
            format!(
                "{key}: {:?} officially, {:?} with ours",
                official.get(key),
                ours.get(key)
            )
        })
        .collect()
}
