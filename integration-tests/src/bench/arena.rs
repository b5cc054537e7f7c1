//! Where a contender is measured: an instance without holders, and the same with many.

use std::collections::BTreeMap;

use alloy_primitives::U256;
use alloy_sol_types::{Eip712Domain, SolCall};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_localnet::{Kind, Network, Wallet};
use holdfast_token::state::TokenState;

use super::bulk::count_all;
use super::contenders::{Contender, Feature};
use crate::World;
use crate::conformance::SUPPLY;
use crate::conformance::votes::IVotes::delegateCall;
use crate::gas::{BALANCE, Origin, Pair, account_id, eth, gas_of, people, word};
use crate::message::Message;

/// Checkpoints in the pasts.
const PASTS: [u64; 3] = [1, 10, 100];

/// Where a contender is measured.
pub(super) struct Arena<'a> {
    pub(super) contender: &'a dyn Contender,
    /// An instance without holders.
    network: Network,
    pub(super) token: Address,
    /// Makes tokens, from an f1 account that is in no pair.
    pub(super) maker: Wallet,
    /// The domain of signatures, if there is one.
    pub(super) domain: Option<Eip712Domain>,
    /// The same with many holders, by their number. The accounts of the pairs are among them.
    pub(super) crowds: BTreeMap<u64, Network>,
    /// The crowds again, each of their holders with a checkpoint of votes, if [`Arena::count_votes`] has made them.
    pub(super) electorates: BTreeMap<u64, Network>,
    /// The same with a delegate of many checkpoints, by their number.
    pub(super) pasts: BTreeMap<u64, Past>,
}

/// A delegate's past.
pub(super) struct Past {
    pub(super) network: Network,
    /// The epochs of the first checkpoint and of the last.
    pub(super) epochs: (i64, i64),
}

impl Origin for Arena<'_> {
    fn network(&self) -> &Network {
        &self.network
    }
}

impl<'a> Arena<'a> {
    /// With crowds of so many holders.
    pub(super) fn new(
        contender: &'a dyn Contender,
        start: &World,
        crowds: &[u64],
        progress: &impl Fn(&str),
    ) -> Self {
        let mut w = start.fork();
        let maker = w.account(Kind::Secp256k1, 1);
        let token = contender.create(&mut w, &maker);
        w.calldata(&maker, token, contender.burn(U256::from(SUPPLY))).ok();
        let domain = contender.has(Feature::Permit).then(|| w.told_domain(token));
        let mut arena = Self {
            contender,
            network: w.network().fork(),
            token,
            maker,
            domain,
            crowds: BTreeMap::new(),
            electorates: BTreeMap::new(),
            pasts: BTreeMap::new(),
        };
        for holders in crowds {
            progress(&format!("  {holders} holders"));
            arena.crowds.insert(*holders, arena.crowd(*holders));
        }
        if contender.has(Feature::Votes) {
            progress("  100 checkpoints");
            arena.pasts = arena.pasts();
        }
        arena
    }

    fn crowd(&self, holders: u64) -> Network {
        let mut network = self.network.fork();
        let holders = people::holders(holders);
        self.contender
            .crowd(&mut network, self.token, &self.maker, &holders);
        network
    }

    /// Gives every holder of every crowd of our token a checkpoint of votes.
    pub(super) fn count_votes(&mut self, progress: &impl Fn(&str)) {
        for (holders, crowd) in &self.crowds {
            progress(&format!("  {holders} delegates"));
            let mut network = crowd.fork();
            let mut state: TokenState = network.state(&self.token).expect("the token's state");
            count_all(&mut state, &network, &people::holders(*holders));
            network
                .set_state(&self.token, &state)
                .expect("a token with delegates");
            self.electorates.insert(*holders, network);
        }
    }

    /// The maker is the delegate: every token that is made for it is one more checkpoint.
    fn pasts(&self) -> BTreeMap<u64, Past> {
        let mut network = self.network.fork();
        let maker_id = account_id(&network, &self.maker);
        let delegatee = eth(maker_id);
        self.send(
            &mut network,
            &self.maker,
            &delegateCall { delegatee }.abi_encode(),
        );
        let first = network.epoch() + 1;
        let mut pasts = BTreeMap::new();
        for checkpoints in 1..=PASTS[PASTS.len() - 1] {
            self.mint(&mut network, maker_id);
            if PASTS.contains(&checkpoints) {
                let mut past = network.fork();
                let epochs = (first, past.epoch());
                past.advance(1).expect("a null round");
                pasts.insert(
                    checkpoints,
                    Past {
                        network: past,
                        epochs,
                    },
                );
            }
        }
        pasts
    }

    /// Sends calldata to the token.
    pub(super) fn send(&self, network: &mut Network, from: &Wallet, data: &[u8]) {
        gas_of(
            "a step before",
            network,
            from,
            Message::calldata(self.token, data),
        );
    }

    /// Makes tokens for somebody by their id.
    pub(super) fn mint(&self, network: &mut Network, to: ActorID) {
        let mint = self.contender.mint(eth(to), word(BALANCE));
        self.send(network, &self.maker, &mint);
    }
}

impl Pair<'_, Arena<'_>> {
    /// Lets the pair go on where the token has so many holders, the pair among them; a single one is the sender.
    pub(super) fn among(&mut self, holders: u64) {
        let arena = self.start;
        if let Some(crowd) = arena.crowds.get(&holders) {
            self.network = crowd.fork();
            return;
        }
        let both = [self.sender_id, self.recipient_id];
        let few = both.get(..holders as usize);
        for id in few.unwrap_or_else(|| panic!("there is no crowd of {holders}")) {
            arena.mint(&mut self.network, *id);
        }
    }

    /// A message of the sender with calldata for the token.
    pub(super) fn call(&self, call: &impl SolCall) -> Message {
        Message::evm(self.start.token, call)
    }
}
