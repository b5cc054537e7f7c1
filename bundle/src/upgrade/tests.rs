//! Upgrades of trees that the FVM's own state tree has written, read again by the FVM's own state tree.

use std::cell::RefCell;
use std::collections::BTreeMap;

use fvm::state_tree::StateTree;
use fvm_shared::econ::TokenAmount;

use super::state_car::Overlay;
use super::*;
use crate::Bundle;
use crate::car::{Car, code_cid};
use crate::manifest::Entry;

const NAMES: [&str; 4] = ["system", "account", "evm", "holdfast_token"];

/// A bundle whose code is the text `<name> of <maker>`.
fn bundle(names: &[&str], maker: &str) -> Bundle {
    let code = |name: &str| format!("{name} of {maker}").into_bytes();
    let actors = names.iter().map(|name| (name.to_string(), code(name)));
    Bundle::from_actors(actors.collect()).unwrap()
}

fn old_bundle() -> Bundle {
    bundle(&NAMES, "old")
}

fn new_bundle() -> Bundle {
    bundle(
        &["system", "evm", "account", "holdfast_token", "holdfast_nft"],
        "new",
    )
}

/// Actor `id` of a state with 500 of them: every field differs from its neighbours'.
fn actor(id: u64, bundle: &Bundle) -> ActorState {
    let name = NAMES[1 + usize::try_from(id % 3).unwrap()];
    let address = id
        .is_multiple_of(7)
        .then(|| Address::new_delegated(10, &id.to_be_bytes()).unwrap());
    ActorState {
        code: bundle.manifest().code(name).unwrap(),
        state: code_cid(&id.to_be_bytes()),
        sequence: id % 5,
        balance: TokenAmount::from_nano(id) * 3,
        delegated_address: address,
    }
}

/// The CAR of a state on a bundle, after `change`.
fn state(bundle: &Bundle, change: impl FnOnce(&mut StateTree<&Overlay<'_>>)) -> Car {
    let base = Car::new(bundle.root());
    let store = Overlay {
        base: &base,
        new: RefCell::new(base.clone()),
    };
    let [_, (data, block)] = bundle.manifest().blocks().unwrap();
    store.put_keyed(&data, &block).unwrap();
    let mut tree = StateTree::new(&store, StateTreeVersion::V5).unwrap();
    let system_state = SystemState { builtin_actors: data };
    let system = ActorState {
        code: bundle.manifest().code("system").unwrap(),
        state: store.put_cbor(&system_state, Blake2b256).unwrap(),
        ..actor(0, bundle)
    };
    tree.set_actor(0, system);
    for id in 1..500 {
        tree.set_actor(id, actor(id, bundle));
    }
    change(&mut tree);
    let root = tree.flush().unwrap();
    rooted(root, store.new.into_inner().blocks())
}

fn rooted(root: Cid, blocks: &[(Cid, Vec<u8>)]) -> Car {
    let mut car = Car::new(root);
    for (cid, data) in blocks {
        car.insert(*cid, data.clone());
    }
    car
}

fn actors(car: &Car) -> BTreeMap<u64, ActorState> {
    let tree = StateTree::new_from_root(car.to_blockstore(), &car.root()).unwrap();
    let mut actors = BTreeMap::new();
    let walked = tree.for_each(|address, actor| {
        actors.insert(address.id()?, actor.clone());
        Ok(())
    });
    walked.unwrap();
    actors
}

fn refusal(state: &Car, to: &Bundle) -> String {
    upgrade_car(state, to).unwrap_err().to_string()
}

#[test]
fn every_actor_gets_the_code_of_its_name_and_keeps_everything_else() {
    let (old, new) = (old_bundle(), new_bundle());
    let before = state(&old, |_| {});
    let (after, report) = upgrade_car(&before, &new).unwrap();
    assert_eq!((report.before, report.after), (before.root(), after.root()));
    let moved = actors(&after);
    assert_eq!(moved.len(), 500);
    for id in 1..500 {
        assert_eq!(
            moved[&id],
            ActorState {
                code: actor(id, &new).code,
                ..actor(id, &old)
            },
            "f0{id}"
        );
    }
    let system = ActorState {
        code: new.manifest().code("system").unwrap(),
        state: moved[&0].state,
        ..actor(0, &old)
    };
    assert_eq!(moved[&0], system);
    let held: SystemState = after.to_blockstore().get_cbor(&system.state).unwrap().unwrap();
    assert_eq!(held.builtin_actors, new.manifest().data());
}

#[test]
fn the_new_tree_is_the_one_that_the_fvm_writes_for_the_same_actors() {
    let (after, _) = upgrade_car(&state(&old_bundle(), |_| {}), &new_bundle()).unwrap();
    assert_eq!(after.root(), state(&new_bundle(), |_| {}).root());
}

#[test]
fn an_upgrade_to_the_bundle_that_runs_changes_nothing() {
    let before = state(&old_bundle(), |_| {});
    let (after, report) = upgrade_car(&before, &old_bundle()).unwrap();
    assert_eq!(after.root(), before.root());
    assert!(report.types.iter().all(|moved| moved.before == Some(moved.after)));
}

#[test]
fn an_upgraded_state_can_be_upgraded_back_to_the_very_root() {
    let (old, new) = (old_bundle(), bundle(&NAMES, "new"));
    let before = state(&old, |_| {});
    let (there, _) = upgrade_car(&before, &new).unwrap();
    assert_ne!(there.root(), before.root());
    let (back, _) = upgrade_car(&there, &old).unwrap();
    assert_eq!(back.root(), before.root());
}

#[test]
fn the_new_car_holds_the_manifest_and_every_block_of_the_old_one() {
    let mut before = state(&old_bundle(), |_| {});
    before.insert(code_cid(b"beyond the tree"), b"beyond the tree".to_vec());
    let new = new_bundle();
    let (after, _) = upgrade_car(&before, &new).unwrap();
    let read = Car::read(&after.write().unwrap()).unwrap();
    assert_eq!((read.root(), read.blocks()), (after.root(), after.blocks()));
    for (cid, data) in before.blocks() {
        assert_eq!(read.block(cid), Some(data.as_slice()));
    }
    for cid in [new.root(), new.manifest().data()] {
        assert_eq!(read.block(&cid), new.car().block(&cid));
    }
    let (again, _) = upgrade_car(&before, &new).unwrap();
    assert_eq!(again.write().unwrap(), after.write().unwrap());
}

#[test]
fn the_report_counts_the_actors_of_every_name_with_their_old_and_new_code() {
    let (old, new) = (old_bundle(), new_bundle());
    let (_, report) = upgrade_car(&state(&old, |_| {}), &new).unwrap();
    let counts: Vec<_> = report
        .types
        .iter()
        .map(|moved| (moved.name.as_str(), moved.actors))
        .collect();
    let expected = [
        ("system", 1),
        ("account", 166),
        ("evm", 167),
        ("holdfast_token", 166),
        ("holdfast_nft", 0),
    ];
    assert_eq!(counts, expected);
    assert_eq!(report.actors(), 500);
    let json = serde_json::to_value(&report).unwrap();
    let code = |bundle: &Bundle, name| bundle.manifest().code(name).unwrap().to_string();
    assert_eq!(json["types"][2]["before"], code(&old, "evm"));
    assert_eq!(json["types"][2]["after"], code(&new, "evm"));
    assert!(json["types"][4]["before"].is_null());
    let text = report.to_string();
    for part in [
        report.before.to_string(),
        report.after.to_string(),
        code(&new, "evm"),
    ] {
        assert!(text.contains(&part), "{part} is not in: {text}");
    }
}

#[test]
fn a_bundle_that_lacks_a_name_of_the_state_is_refused() {
    let to = bundle(&["system", "account"], "new");
    let sentence = refusal(&state(&old_bundle(), |_| {}), &to);
    assert!(sentence.contains("lacks evm, holdfast_token"), "{sentence}");
    assert!(sentence.contains("keeps the names"), "{sentence}");
    let unused = state(&old_bundle(), |tree| {
        (1..500).for_each(|id| tree.delete_actor(id))
    });
    assert_eq!(
        refusal(&unused, &to),
        sentence.clone(),
        "also when no actor of the name lives"
    );
}

#[test]
fn an_actor_with_code_that_the_old_manifest_lacks_is_refused_and_named() {
    let stray = code_cid(b"nobody's");
    let before = state(&old_bundle(), |tree| {
        for id in [450, 77, 300] {
            tree.set_actor(id, ActorState::new_empty(stray, None));
        }
    });
    let sentence = refusal(&before, &new_bundle());
    assert!(sentence.contains(&format!("f077 has code {stray}")), "{sentence}");
}

#[test]
fn a_tree_without_a_system_actor_is_refused() {
    let before = state(&old_bundle(), |tree| tree.delete_actor(0));
    assert!(refusal(&before, &new_bundle()).contains("no system actor f00"));
}

#[test]
fn a_tree_of_another_version_is_refused() {
    let before = state(&old_bundle(), |_| {});
    let (_, actors, info): (u64, Cid, Cid) =
        before.to_blockstore().get_cbor(&before.root()).unwrap().unwrap();
    let store = before.to_blockstore();
    for version in [4_u64, 6] {
        let root = store.put_cbor(&(version, actors, info), Blake2b256).unwrap();
        let sentence = upgrade(&store, &root, new_bundle().manifest())
            .unwrap_err()
            .to_string();
        assert!(
            sentence.contains(&format!("version {version}: only version 5")),
            "{sentence}"
        );
    }
}

#[test]
fn something_else_than_a_state_is_refused() {
    let sentence = refusal(old_bundle().car(), &new_bundle());
    assert!(
        sentence.contains("cannot be read: the root of the state tree"),
        "{sentence}"
    );
    let empty = Car::new(code_cid(b"state"));
    assert!(refusal(&empty, &new_bundle()).contains("the root of the state tree is missing"));
}

#[test]
fn a_car_that_lacks_a_block_of_the_tree_is_refused() {
    let before = state(&old_bundle(), |_| {});
    let mut refused = 0;
    for at in 0..before.blocks().len() {
        let mut blocks = before.blocks().to_vec();
        let (cid, data) = blocks.remove(at);
        let Err(error) = upgrade_car(&rooted(before.root(), &blocks), &new_bundle()) else {
            assert_eq!(data, [0x80], "only the tree's information is not read");
            continue;
        };
        assert!(error.to_string().contains(&cid.to_string()), "{error}");
        refused += 1;
    }
    assert_eq!(refused, before.blocks().len() - 1);
    assert!(refused > 30, "{refused} blocks are a tree of three levels");
}

#[test]
fn an_old_manifest_with_one_code_under_two_names_is_refused() {
    let old = old_bundle();
    let mut entries = old.manifest().entries().to_vec();
    let code = entries[2].code;
    entries.push(Entry {
        name: "twin".to_owned(),
        code,
    });
    let twins = Manifest::new(entries).unwrap();
    let to = bundle(&["system", "account", "evm", "holdfast_token", "twin"], "new");
    let store = state(&old, |_| {}).to_blockstore();
    let mut tree = StateTree::new_from_root(&store, &state(&old, |_| {}).root()).unwrap();
    let [_, (data, block)] = twins.blocks().unwrap();
    store.put_keyed(&data, &block).unwrap();
    let head = store
        .put_cbor(&SystemState { builtin_actors: data }, Blake2b256)
        .unwrap();
    tree.mutate_actor(0, |system| {
        system.state = head;
        Ok(())
    })
    .unwrap();
    let root = tree.flush().unwrap();
    let sentence = upgrade(&store, &root, to.manifest()).unwrap_err().to_string();
    assert!(sentence.contains("evm and twin have the same code"), "{sentence}");
}

#[test]
fn the_command_writes_the_new_state_only_where_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let before = state(&old_bundle(), |_| {});
    std::fs::write(path("state.car"), before.write().unwrap()).unwrap();
    std::fs::write(path("bundle.car"), new_bundle().car().write().unwrap()).unwrap();
    let command = |output| crate::cli::BundleCommand::Upgrade {
        state: path("state.car"),
        to: path("bundle.car"),
        output,
        json: false,
    };
    crate::cli::run(&command(None)).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    crate::cli::run(&command(Some(path("new.car")))).unwrap();
    let written = Car::read(&std::fs::read(path("new.car")).unwrap()).unwrap();
    assert_eq!(
        written.root(),
        upgrade_car(&before, &new_bundle()).unwrap().1.after
    );
}
