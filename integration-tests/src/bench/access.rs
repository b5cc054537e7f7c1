//! The access actor beside OpenZeppelin's contracts: a data set beside a contract, a grant beside a role.

use alloy_primitives::Address as Eth;
use alloy_sol_types::{SolCall, sol};
use fvm_ipld_encoding::BytesSer;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{CREATE_EXTERNAL, Kind, Network, Wallet, ids};

use super::contenders::adopt_crowd;
use super::page::{Row, Table};
use crate::gas::crowd::others;
use crate::gas::{Origin, Pair, Start, access_figure, eth, gas_of, median_of_pairs, prepared};
use crate::message::Message;
use crate::solidity::initcode;

sol! {
    /// `PeerAccessControl`.
    interface IExpiring {
        function give(address reader, uint64 until) external;
        function take(address reader) external;
        function mayRead(address reader) external view returns (bool);
    }
    /// `PeerAccessManager`.
    interface IManager {
        function grantRole(uint64 role, address account, uint32 delay) external;
        function revokeRole(uint64 role, address account) external;
        function hasRole(uint64 role, address account) external view returns (bool, uint32);
    }
    /// What a crowd adds to its peer.
    interface IReaders {
        function crowd(uint64[] ids) external;
    }
}

/// Subjects that have access already, in the large ones.
const CROWD: u64 = 1_000;
/// Subjects that one message makes.
const CHUNK: usize = 200;
/// A block that does not come.
const NEVER: u64 = u64::MAX;
/// The role of readers.
const READER: u64 = 1;

/// What ours is called.
const OURS: &str = "Holdfast access";

/// A contract.
struct Peer {
    name: &'static str,
    /// `Peer` and `Crowd` with this behind them are its contracts.
    contract: &'static str,
    grant: fn(Eth) -> Vec<u8>,
    revoke: fn(Eth) -> Vec<u8>,
    check: fn(Eth) -> Vec<u8>,
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "AccessControl, expiring",
        contract: "AccessControl",
        grant: |reader| IExpiring::giveCall { reader, until: NEVER }.abi_encode(),
        revoke: |reader| IExpiring::takeCall { reader }.abi_encode(),
        check: |reader| IExpiring::mayReadCall { reader }.abi_encode(),
    },
    Peer {
        name: "AccessManager",
        contract: "AccessManager",
        grant: |account| {
            let (role, delay) = (READER, 0);
            IManager::grantRoleCall { role, account, delay }.abi_encode()
        },
        revoke: |account| {
            IManager::revokeRoleCall {
                role: READER,
                account,
            }
            .abi_encode()
        },
        check: |account| {
            IManager::hasRoleCall {
                role: READER,
                account,
            }
            .abi_encode()
        },
    },
];

/// A message, and how many have access with the one that it is about.
struct Line {
    /// As `snapshots/gas.json` has it.
    name: &'static str,
    title: &'static str,
    act: Act,
    subjects: u64,
}

#[derive(Clone, Copy)]
enum Act {
    Create,
    Grant,
    Revoke,
    Check,
}

const fn line(name: &'static str, title: &'static str, act: Act, subjects: u64) -> Line {
    Line {
        name,
        title,
        act,
        subjects,
    }
}

/// In the order of the table.
const LINES: [Line; 7] = [
    line("access.create_data_set", "make a data set", Act::Create, 1),
    line("access.grant@1", "grant, the first", Act::Grant, 1),
    line("access.grant@1001", "grant, 1 000 others", Act::Grant, CROWD + 1),
    line("access.revoke@1", "revoke, the only one", Act::Revoke, 1),
    line(
        "access.revoke@1001",
        "revoke, 1 000 others",
        Act::Revoke,
        CROWD + 1,
    ),
    line("access.has_access@1", "check, the only one", Act::Check, 1),
    line(
        "access.has_access@1001",
        "check, 1 000 others",
        Act::Check,
        CROWD + 1,
    ),
];

/// The table of the page.
pub(super) fn table() -> Table {
    let rows = LINES.iter().map(|line| Row {
        name: line.name,
        title: line.title,
        charted: !matches!(line.act, Act::Create),
    });
    Table {
        names: std::iter::once(OURS)
            .chain(PEERS.iter().map(|peer| peer.name))
            .collect(),
        rows: rows.collect(),
    }
}

/// Measures all of it; gives gas by message and contender.
pub(super) fn measure(progress: &impl Fn(&str)) -> Vec<(&'static str, &'static str, u64)> {
    let start = prepared(&[CROWD]);
    progress(OURS);
    let names = LINES.iter().map(|line| line.name);
    let mut found: Vec<_> = names
        .map(|name| (name, OURS, access_figure(name, &start)))
        .collect();
    for peer in &PEERS {
        progress(peer.name);
        let arena = Arena::new(peer, &start);
        let gas = LINES
            .iter()
            .map(|line| (line.name, peer.name, arena.measure(line)));
        found.extend(gas);
    }
    found
}

/// A contract of which nobody has anything, and the same with many readers.
struct Arena<'a> {
    peer: &'a Peer,
    contract: Address,
    /// Owns it, and is in no pair.
    maker: Wallet,
    network: Network,
    crowded: Network,
}

impl Origin for Arena<'_> {
    fn network(&self) -> &Network {
        &self.network
    }
}

impl<'a> Arena<'a> {
    fn new(peer: &'a Peer, start: &Start) -> Self {
        let mut network = start.network().fork();
        let maker = network.account(Kind::Secp256k1, 1);
        let code = initcode(&format!("Peer{}", peer.contract));
        let made = network.deploy_evm(&maker, &code, TokenAmount::default());
        let (made, _) = made.unwrap_or_else(|error| panic!("no {}: {error}", peer.name));
        let contract = made.eth_address.to_filecoin();
        let mut crowded = network.fork();
        let others = others(CROWD);
        let calls = others.chunks(CHUNK).map(|ids| {
            let ids = ids.to_vec();
            IReaders::crowdCall { ids }.abi_encode()
        });
        let crowd = format!("Crowd{}", peer.contract);
        adopt_crowd(&mut crowded, contract, &maker, &crowd, calls);
        Self {
            peer,
            contract,
            maker,
            network,
            crowded,
        }
    }

    fn measure(&self, line: &Line) -> u64 {
        median_of_pairs(line.name, self, |pair| self.message(pair, line))
    }

    /// By the owner, about the recipient.
    fn message(&self, pair: &mut Pair<'_, Self>, line: &Line) -> Message {
        let reader = eth(pair.recipient_id);
        if line.subjects > 1 {
            pair.network = self.crowded.fork();
        }
        pair.sender = self.maker.clone();
        let calldata = |data: Vec<u8>| Message::calldata(self.contract, &data);
        if matches!(line.act, Act::Revoke | Act::Check) {
            let grant = calldata((self.peer.grant)(reader));
            gas_of("a grant before", &mut pair.network, &pair.sender, grant);
        }
        match line.act {
            Act::Create => Message::call(
                Address::new_id(ids::EAM),
                CREATE_EXTERNAL,
                &BytesSer(&initcode(&format!("Peer{}", self.peer.contract))),
            ),
            Act::Grant => calldata((self.peer.grant)(reader)),
            Act::Revoke => calldata((self.peer.revoke)(reader)),
            Act::Check => calldata((self.peer.check)(reader)),
        }
    }
}
