//! A network whose actors are checked after every message.

mod calls;

pub use calls::EvmCall;
pub(crate) use calls::{cbor, decoded};

use alloy_primitives::Address as Eth;
use fvm_shared::address::Address;
use holdfast_bundle::upgrade::Upgrade;
use holdfast_localnet::{Bundle, EthAddress, Kind, Network, Options, Receipt, Wallet};

use crate::bundle::CALIBRATION;
use crate::check::{Before, require_sound};
use crate::party::Party;
use crate::registry::NextVersions;

/// A network in this process. Every message is followed by every check.
pub struct World {
    network: Network,
    next: NextVersions,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// A new calibration-like network with the suite. The first of a process takes some seconds.
    ///
    /// # Panics
    /// When the bundle does not build or the genesis fails.
    pub fn new() -> Self {
        Self::with(&Options::new(CALIBRATION.bundle.clone()))
    }

    /// The same with other options.
    ///
    /// # Panics
    /// When the genesis fails.
    pub fn with(options: &Options) -> Self {
        let network = Network::start(options).unwrap_or_else(|error| panic!("no network: {error}"));
        Self { network, next: &[] }
    }

    /// The same on a network that is there already.
    pub(crate) fn on(network: Network) -> Self {
        Self { network, next: &[] }
    }

    /// The network below. Reading it is free; messages go through the world, so that they are checked.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// A second world that starts where this one stands.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            network: self.network.fork(),
            next: self.next,
        }
    }

    /// Moves the network to a bundle in which some actors of the suite have their next version, and checks everything.
    ///
    /// # Panics
    /// When the bundle is refused or a check fails.
    #[track_caller]
    pub fn upgrade(&mut self, bundle: Bundle, next: NextVersions) -> Upgrade {
        let done = self
            .network
            .upgrade(bundle)
            .unwrap_or_else(|error| panic!("no upgrade: {error}"));
        self.next = next;
        require_sound("an upgrade", &self.network, next);
        done
    }

    /// A second world that starts where this one stands, on a bundle in which all actors of this one's are as they were.
    ///
    /// # Panics
    /// As [`World::upgrade`].
    #[must_use]
    #[track_caller]
    pub(crate) fn upgraded(&self, bundle: Bundle) -> Self {
        let mut other = self.fork();
        other.upgrade(bundle, self.next);
        other
    }

    /// Lets null rounds pass.
    ///
    /// # Panics
    /// When cron fails.
    pub fn advance(&mut self, epochs: u64) {
        self.network.advance(epochs).expect("null rounds");
    }

    /// Account number `index` of a kind. The first ten have funds.
    pub fn account(&self, kind: Kind, index: u32) -> Wallet {
        self.network.account(kind, index)
    }

    /// The id address of whatever is at an address.
    ///
    /// # Panics
    /// When nothing is.
    #[track_caller]
    pub fn id(&self, party: impl Party) -> Address {
        let address = party.address();
        let id = self.network.resolve(&address).expect("a readable state");
        Address::new_id(id.unwrap_or_else(|| panic!("no actor at {address}")))
    }

    /// The 0x form of somebody: the f410 address if there is one, else the masked id.
    ///
    /// # Panics
    /// When there is neither.
    #[track_caller]
    pub fn eth(&self, party: impl Party) -> Eth {
        let address = party.address();
        let known = EthAddress::from_filecoin(&address).filter(|eth| eth.as_id().is_none());
        let form = known.unwrap_or_else(|| {
            let id = self.id(address);
            let actor = self.network.actor(&id).expect("a readable state");
            let delegated = actor.and_then(|actor| actor.delegated_address);
            let delegated = delegated.as_ref().and_then(EthAddress::from_filecoin);
            delegated
                .or_else(|| EthAddress::from_filecoin(&id))
                .expect("an id has a 0x form")
        });
        Eth::new(form.0)
    }

    /// Runs something that sends one message, and checks everything afterwards.
    #[track_caller]
    fn checked(
        &mut self,
        from: &Wallet,
        send: impl FnOnce(&mut Network) -> holdfast_localnet::Result<Receipt>,
    ) -> Receipt {
        let before = Before::of(&self.network);
        let receipt = send(&mut self.network).unwrap_or_else(|error| panic!("not sent: {error}"));
        let sender = self.network.resolve(&from.address()).expect("a readable state");
        before.check_after(&self.network, self.next, sender, &receipt);
        receipt
    }

    /// For whatever the network does beyond single calls: Exec, deployments, tipsets of one's own.
    ///
    /// # Panics
    /// When it fails or a check does.
    #[track_caller]
    pub fn run<T>(
        &mut self,
        from: &Wallet,
        act: impl FnOnce(&mut Network) -> holdfast_localnet::Result<(T, Receipt)>,
    ) -> (T, Receipt) {
        let mut kept = None;
        let receipt = self.checked(from, |network| {
            let (value, receipt) = act(network)?;
            kept = Some(value);
            Ok(receipt)
        });
        (kept.expect("a value"), receipt)
    }
}
