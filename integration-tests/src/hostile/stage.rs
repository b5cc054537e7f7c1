//! The hostile actors on a network: assembled, brought into its bundle, created.

use std::sync::LazyLock;

use cid::Cid;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{Bundle, Kind, Wallet};

use super::table::{HOSTILES, Made};
use super::{Hostile, Lesson};
use crate::World;

/// What all of them begin with.
const PRELUDE: &str = include_str!("../../actors/hostile/prelude.wat");
/// The method that teaches a lesson.
const LEARN: u64 = 2;
/// Who makes and teaches them.
const MAKER: u32 = 9;

/// Names in the bundle and modules.
static MODULES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let module = |hostile: &Hostile| match hostile.made {
        Made::Code(behaviour) => Some((code_name(hostile), assembled(hostile.name, behaviour))),
        Made::Real(_) => None,
    };
    HOSTILES.iter().filter_map(module).collect()
});

fn code_name(hostile: &Hostile) -> String {
    format!("hostile_{}", hostile.name)
}

fn assembled(name: &str, behaviour: &str) -> Vec<u8> {
    let text = format!("(module\n{PRELUDE}\n{behaviour})");
    wat::parse_str(text).unwrap_or_else(|error| panic!("{name}.wat behind prelude.wat: {error}"))
}

/// A network with one actor of each kind.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) actors: Vec<(&'static Hostile, Address)>,
}

/// What a message needs that creates a hostile actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newborn {
    /// The code.
    pub code: Cid,
    /// The type's number.
    pub kind: u32,
    /// Parameters of the constructor, which make it misbehave.
    pub params: RawBytes,
}

impl Newborn {
    /// The same with a lesson.
    pub(super) fn taught(&self, lesson: Option<&Lesson>) -> Self {
        let params = lesson.map_or(vec![0], Lesson::bytes).into();
        Self {
            params,
            ..self.clone()
        }
    }
}

impl World {
    /// This network after an upgrade that brought the code of the hostile actors.
    pub(super) fn with_hostile_code(&self) -> World {
        let bundle = self.network().bundle();
        let known = bundle.actors.iter().map(|(name, code)| {
            let module = self.network().raw_block(code).expect("the code of a known actor");
            (name.clone(), module)
        });
        let actors = known.chain(MODULES.iter().cloned()).collect();
        let bundle = holdfast_bundle::Bundle::from_actors(actors).expect("a bundle with hostile actors");
        self.upgraded(Bundle::new(&bundle).expect("a readable bundle"))
    }

    /// The same with one actor of each kind.
    pub(super) fn with_hostile_actors(&self) -> Stage {
        let mut world = self.with_hostile_code();
        let made = HOSTILES.iter().map(|hostile| (hostile, world.make(hostile)));
        let actors = made.collect();
        Stage { world, actors }
    }

    fn make(&mut self, hostile: &Hostile) -> Address {
        if let Made::Real(make) = hostile.made {
            let address = make(self);
            return self.id(address);
        }
        let (maker, none) = (self.maker(), TokenAmount::default());
        let (made, _) = self.run(&maker, |network| {
            network.exec(&maker, &code_name(hostile), &[], none)
        });
        made.id_address
    }

    /// Teaches an actor what it calls back with.
    #[track_caller]
    pub(super) fn teach(&mut self, hostile: Address, lesson: &Lesson) {
        let (maker, none) = (self.maker(), TokenAmount::default());
        let taught = self.send(&maker, hostile, none, LEARN, lesson.bytes().into());
        assert!(taught.is_ok(), "{}: {}", lesson.what, taught.error);
    }

    /// All that can be created.
    pub(super) fn newborns(&self) -> Vec<(&'static Hostile, Newborn)> {
        let coded = HOSTILES
            .iter()
            .filter(|hostile| matches!(hostile.made, Made::Code(_)));
        let newborn = |hostile| {
            let (name, bundle) = (code_name(hostile), self.network().bundle());
            let code = bundle.code(&name).expect("its code");
            let kind = bundle.actor_type(&name).expect("its type");
            let params = RawBytes::default();
            (hostile, Newborn { code, kind, params })
        };
        coded.map(newborn).collect()
    }

    fn maker(&self) -> Wallet {
        self.account(Kind::Secp256k1, MAKER)
    }
}

/// A 0x key that can send.
pub(super) fn ethaccount(world: &mut World) -> Address {
    let address = world.account(Kind::Eth, MAKER).address();
    require_code(world, address, "ethaccount");
    address
}

/// A 0x key that has received FIL and never sent anything.
pub(super) fn placeholder(world: &mut World) -> Address {
    let (maker, address) = (world.maker(), world.account(Kind::Eth, 1_000).address());
    world.send(
        &maker,
        address,
        TokenAmount::from_whole(1),
        0,
        RawBytes::default(),
    );
    require_code(world, address, "placeholder");
    address
}

/// A contract that does nothing, whatever it is called with.
pub(super) fn empty_fallback(world: &mut World) -> Address {
    let maker = world.maker();
    world.deploy(&maker, "EmptyFallback")
}

fn require_code(world: &World, address: Address, name: &str) {
    assert_eq!(world.network().code_name(&address).expect("an actor"), name);
}
