//! Receipts: what gateways gave out, anchored and proved.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::access::events::{GatewaySet, LogAnchored};
use holdfast_api::access::{
    ADMIN, AccessEntry, AnchorLogParams, GetLogParams, IsGatewayParams, ListLogsParams, LogInfo, MAX_ENTRY,
    MAX_PROOF, ProveEntryParams, READ, SetGatewayParams, method,
};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::runtime::Hash;
use holdfast_runtime::{ActorError, Runtime};

use crate::desk::*;

/// Gives out what is in data sets.
const GATEWAY: u64 = 106;
/// Another one.
const OTHER: u64 = 107;

fn set_params(gateway: u64, allowed: bool) -> SetGatewayParams {
    SetGatewayParams {
        data_set: DATA,
        gateway: id(gateway),
        allowed,
    }
}

fn set(desk: &mut Desk, gateway: u64, allowed: bool) {
    desk.call::<method::SetGateway>(OWNER, &set_params(gateway, allowed))
        .unwrap();
}

fn is_gateway(desk: &mut Desk, gateway: u64) -> bool {
    let params = IsGatewayParams {
        data_set: DATA,
        gateway: id(gateway),
    };
    desk.call::<method::IsGateway>(ALICE, &params).unwrap()
}

/// A log of one entry from an epoch to another.
fn log(from: i64, to: i64) -> AnchorLogParams {
    AnchorLogParams {
        data_set: DATA,
        root: Bytes32([7; 32]),
        count: 1,
        from,
        to,
    }
}

fn anchor(desk: &mut Desk, gateway: u64, log: AnchorLogParams) -> Result<u64, ActorError> {
    desk.call::<method::AnchorLog>(gateway, &log)
}

fn logs(desk: &mut Desk, start: u64, limit: u64) -> (Vec<u64>, Option<u64>) {
    let params = ListLogsParams {
        data_set: DATA,
        start,
        limit,
    };
    let page = desk.call::<method::ListLogs>(ALICE, &params).unwrap();
    (page.logs.iter().map(|log| log.log).collect(), page.next)
}

fn proof(log: u64, entry: &[u8], path: &[u8]) -> ProveEntryParams {
    ProveEntryParams {
        data_set: DATA,
        log,
        entry: RawBytes::new(entry.to_vec()),
        path: RawBytes::new(path.to_vec()),
    }
}

fn proves(desk: &mut Desk, log: u64, entry: &[u8], path: &[u8]) -> bool {
    desk.call::<method::ProveEntry>(ALICE, &proof(log, entry, path))
        .unwrap()
}

fn keccak(desk: &Desk, data: &[u8]) -> [u8; 32] {
    desk.0.hash(Hash::Keccak256, data)
}

fn leaf(desk: &Desk, entry: &[u8]) -> [u8; 32] {
    keccak(desk, &keccak(desk, entry))
}

/// The node above two.
fn above(desk: &Desk, a: [u8; 32], b: [u8; 32]) -> [u8; 32] {
    keccak(desk, &[a.min(b), a.max(b)].concat())
}

/// What a gateway writes down.
fn entry(subject: u64) -> Vec<u8> {
    let entry = AccessEntry {
        data_set: DATA,
        scope: path("a"),
        subject,
        action: READ,
        epoch: NOW - 1,
        ticket: None,
    };
    fvm_ipld_encoding::to_vec(&entry).unwrap()
}

#[test]
fn the_owner_and_admins_say_who_is_a_gateway() {
    let mut desk = Desk::new();
    desk.refused::<method::SetGateway>(ALICE, &set_params(GATEWAY, true), 66);
    desk.grant(ALICE, terms(ADMIN));
    desk.call::<method::SetGateway>(ALICE, &set_params(GATEWAY, true))
        .unwrap();
    desk.told(GatewaySet {
        data_set: DATA,
        gateway: GATEWAY,
        allowed: true,
    });
    assert!(is_gateway(&mut desk, GATEWAY) && !is_gateway(&mut desk, OTHER));
    set(&mut desk, GATEWAY, false);
    assert!(!is_gateway(&mut desk, GATEWAY));
    let nobody = SetGatewayParams {
        gateway: Address::new_secp256k1(&[7; 65]).unwrap(),
        ..set_params(GATEWAY, false)
    };
    desk.refused::<method::SetGateway>(OWNER, &nobody, 69);
}

#[test]
fn only_a_gateway_anchors_logs() {
    let mut desk = Desk::new();
    assert_eq!(code(anchor(&mut desk, OWNER, log(0, 5))), 125);
    set(&mut desk, GATEWAY, true);
    assert_eq!(anchor(&mut desk, GATEWAY, log(0, 5)).unwrap(), 1);
    desk.told(LogAnchored {
        data_set: DATA,
        gateway: GATEWAY,
        log: 1,
        root: Bytes32([7; 32]),
        count: 1,
    });
    let unknown = AnchorLogParams {
        data_set: 2,
        ..log(5, 6)
    };
    assert_eq!(code(anchor(&mut desk, GATEWAY, unknown)), 64);
}

#[test]
fn the_logs_of_a_gateway_that_is_taken_off_stay() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    anchor(&mut desk, GATEWAY, log(0, 5)).unwrap();
    set(&mut desk, GATEWAY, false);
    assert_eq!(code(anchor(&mut desk, GATEWAY, log(5, 6))), 125);
    let params = GetLogParams {
        data_set: DATA,
        log: 1,
    };
    let expected = LogInfo {
        log: 1,
        gateway: GATEWAY,
        root: Bytes32([7; 32]),
        count: 1,
        from: 0,
        to: 5,
        anchored: NOW,
    };
    assert_eq!(desk.call::<method::GetLog>(ALICE, &params).unwrap(), expected);
    set(&mut desk, GATEWAY, true);
    assert_eq!(
        code(anchor(&mut desk, GATEWAY, log(4, 6))),
        128,
        "coming back is no way to log the same epochs anew"
    );
}

#[test]
fn a_log_is_of_epochs_that_are_past() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    for (from, to) in [(5, 5), (5, 4), (NOW - 1, NOW + 1), (-1, 5), (NOW, NOW)] {
        assert_eq!(
            code(anchor(&mut desk, GATEWAY, log(from, to))),
            127,
            "{from} to {to}"
        );
    }
    anchor(&mut desk, GATEWAY, log(NOW - 1, NOW)).unwrap();
}

#[test]
fn a_log_has_entries_and_a_root() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    let empty = AnchorLogParams {
        count: 0,
        ..log(0, 5)
    };
    assert_eq!(code(anchor(&mut desk, GATEWAY, empty)), 126);
    let rootless = AnchorLogParams {
        root: Bytes32::default(),
        ..log(0, 5)
    };
    assert_eq!(code(anchor(&mut desk, GATEWAY, rootless)), 126);
}

#[test]
fn logs_of_one_gateway_never_overlap() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    set(&mut desk, OTHER, true);
    assert_eq!(anchor(&mut desk, GATEWAY, log(0, 5)).unwrap(), 1);
    let overlaps = anchor(&mut desk, GATEWAY, log(4, 9)).unwrap_err();
    assert_eq!(overlaps.code.value(), 128);
    assert!(overlaps.message.contains("ended at 5"), "{overlaps}");
    assert_eq!(anchor(&mut desk, GATEWAY, log(5, 6)).unwrap(), 2);
    assert_eq!(anchor(&mut desk, GATEWAY, log(7, 9)).unwrap(), 3, "with a gap");
    assert_eq!(
        anchor(&mut desk, OTHER, log(0, 9)).unwrap(),
        4,
        "others log for themselves"
    );
}

#[test]
fn logs_are_counted_in_their_data_set_and_listed_page_by_page() {
    let mut desk = Desk::new();
    desk.call::<method::CreateDataSet>(OWNER, &plain()).unwrap();
    for data_set in [DATA, 2] {
        let params = SetGatewayParams {
            data_set,
            ..set_params(GATEWAY, true)
        };
        desk.call::<method::SetGateway>(OWNER, &params).unwrap();
    }
    for from in 0..3 {
        anchor(&mut desk, GATEWAY, log(from, from + 1)).unwrap();
    }
    let other = AnchorLogParams {
        data_set: 2,
        ..log(0, 5)
    };
    assert_eq!(anchor(&mut desk, GATEWAY, other).unwrap(), 1);
    assert_eq!(anchor(&mut desk, GATEWAY, log(3, 4)).unwrap(), 4);
    assert_eq!(logs(&mut desk, 0, 2), (vec![1, 2], Some(3)));
    assert_eq!(logs(&mut desk, 3, 2), (vec![3, 4], None));
    assert_eq!(logs(&mut desk, 3, 9), (vec![3, 4], None));
    for limit in [0, 1_001] {
        let params = ListLogsParams {
            data_set: DATA,
            start: 0,
            limit,
        };
        desk.refused::<method::ListLogs>(ALICE, &params, 86);
    }
}

#[test]
fn a_freeze_stops_no_receipt() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    anchor(&mut desk, GATEWAY, log(0, 5)).unwrap();
    set(&mut desk, OTHER, true);
}

#[test]
fn a_release_can_be_proved_from_an_anchored_log() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    let [alice, bob, carol] = [ALICE, BOB, CAROL].map(|subject| leaf(&desk, &entry(subject)));
    let left = above(&desk, alice, bob);
    let root = Bytes32(above(&desk, left, carol));
    let anchored = AnchorLogParams {
        root,
        count: 3,
        ..log(0, NOW)
    };
    anchor(&mut desk, GATEWAY, anchored).unwrap();
    assert!(proves(&mut desk, 1, &entry(ALICE), &[bob, carol].concat()));
    assert!(proves(&mut desk, 1, &entry(BOB), &[alice, carol].concat()));
    assert!(proves(&mut desk, 1, &entry(CAROL), &left));
    assert!(
        !proves(&mut desk, 1, &entry(OWNER), &[bob, carol].concat()),
        "what was not given out"
    );
    assert!(!proves(&mut desk, 1, &entry(ALICE), &[carol, bob].concat()));
    assert!(!proves(&mut desk, 1, &entry(ALICE), &[]));
    let inner = [left.min(carol), left.max(carol)].concat();
    assert!(!proves(&mut desk, 1, &inner, &[]), "an inner node is no entry");
}

#[test]
fn a_log_of_one_entry_is_proved_by_the_entry_alone() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    let largest = vec![7; MAX_ENTRY];
    let root = Bytes32(leaf(&desk, &largest));
    anchor(&mut desk, GATEWAY, AnchorLogParams { root, ..log(0, 5) }).unwrap();
    assert!(proves(&mut desk, 1, &largest, &[]));
    assert!(!proves(&mut desk, 1, &[], &[]));
}

#[test]
fn proofs_have_bounds() {
    let mut desk = Desk::new();
    set(&mut desk, GATEWAY, true);
    anchor(&mut desk, GATEWAY, log(0, 5)).unwrap();
    let too_large = proof(1, &[7; MAX_ENTRY + 1], &[]);
    desk.refused::<method::ProveEntry>(ALICE, &too_large, 130);
    assert!(!proves(&mut desk, 1, b"entry", &[7; MAX_PROOF * 32]));
    for len in [MAX_PROOF * 32 + 32, 31, 33] {
        let params = proof(1, b"entry", &vec![7; len]);
        desk.refused::<method::ProveEntry>(ALICE, &params, 131);
    }
    desk.refused::<method::ProveEntry>(ALICE, &proof(2, b"entry", &[]), 129);
    let params = GetLogParams { data_set: 2, log: 1 };
    desk.refused::<method::GetLog>(ALICE, &params, 129);
}
