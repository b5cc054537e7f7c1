//! Signed messages of the three kinds of accounts.

use crate::support::{fil, network, transfer};
use fvm_shared::address::Address;
use holdfast_localnet::{EthAddress, EthTx, Kind, MemStore, SignedMessage, ids};

#[test]
fn a_signed_transfer_of_every_kind_of_account_moves_fil_and_gives_a_receipt() {
    let mut net = network();
    let recipient = Address::new_id(ids::RESERVE);
    for kind in Kind::ALL {
        let from = net.account(kind, 0);
        let before = net.balance(&recipient).unwrap();
        let receipt = match kind {
            Kind::Eth => {
                let tx = EthTx {
                    to: EthAddress::from_filecoin(&recipient),
                    value: fil(3),
                    ..Default::default()
                };
                net.send_eth(&from, tx).unwrap()
            }
            _ => net.send(&from, recipient, fil(3), 0, Vec::new()).unwrap(),
        };
        assert!(receipt.is_ok(), "{kind:?}: {}", receipt.error);
        assert_eq!(net.balance(&recipient).unwrap() - before, fil(3), "{kind:?}");
        assert_eq!(net.actor(&from.address()).unwrap().unwrap().sequence, 1);
        assert_eq!(net.total_fil().unwrap(), fil(2_000_000_000));
    }
    assert_eq!(net.epoch(), 3);
}

#[test]
fn burn_tip_and_refund_add_up_to_what_the_sender_bought() {
    let mut net = network();
    let (from, to) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Secp256k1, 1));
    let message = transfer(&net, &from, to.address());
    let bought = message.gas_fee_cap.clone() * message.gas_limit;
    let before = net.balance(&from.address()).unwrap();
    let costs = net
        .send_message(&from, message)
        .unwrap()
        .ok("transfer")
        .unwrap()
        .costs;
    let paid = &costs.base_fee_burn + &costs.over_estimation_burn + &costs.miner_tip;
    assert_eq!(&paid + &costs.refund, bought);
    assert!(
        costs.over_estimation_burn.is_positive(),
        "100 M gas for a transfer is too much"
    );
    assert_eq!(net.balance(&from.address()).unwrap(), before - fil(1) - paid);
}

#[test]
fn a_message_is_priced_by_its_length_on_the_chain() {
    let net = network();
    let length = |kind| {
        let from = net.account(kind, 0);
        let signed = from.sign(transfer(&net, &from, from.address()), 314_159).unwrap();
        (
            fvm_ipld_encoding::to_vec(&signed).unwrap().len(),
            signed.chain_length().unwrap(),
        )
    };
    let (whole, priced) = length(Kind::Secp256k1);
    assert_eq!(whole, priced);
    let (whole, priced) = length(Kind::Bls);
    // The signature of 1 + 96 bytes with its header of two and the outer array's byte stay off the chain.
    assert_eq!(whole - priced, 1 + 2 + 97);
}

#[test]
fn a_signed_message_survives_its_encoding() {
    let net = network();
    for kind in [Kind::Secp256k1, Kind::Bls] {
        let from = net.account(kind, 0);
        let signed = from.sign(transfer(&net, &from, from.address()), 314_159).unwrap();
        let bytes = fvm_ipld_encoding::to_vec(&signed).unwrap();
        let back: SignedMessage = fvm_ipld_encoding::from_slice(&bytes).unwrap();
        assert_eq!(back, signed);
        back.verify(&from.address(), 314_159).unwrap();
    }
}

#[test]
fn a_stranger_with_an_ethereum_key_becomes_an_account_with_the_first_message() {
    let mut net = network();
    let (rich, stranger) = (net.account(Kind::Secp256k1, 0), net.account(Kind::Eth, 50));
    net.send(&rich, stranger.address(), fil(5), 0, Vec::new())
        .unwrap()
        .ok("funding")
        .unwrap();
    assert_eq!(net.code_name(&stranger.address()).unwrap(), "placeholder");
    let tx = EthTx {
        to: net.account(Kind::Eth, 0).eth_address(),
        value: fil(1),
        ..Default::default()
    };
    net.send_eth(&stranger, tx).unwrap().ok("transfer").unwrap();
    assert_eq!(net.code_name(&stranger.address()).unwrap(), "ethaccount");
}

#[test]
fn a_layer_of_a_store_keeps_its_blocks_to_itself() {
    use fvm_ipld_blockstore::{Block, Blockstore};
    use multihash_codetable::Code::Blake2b256;
    let base = MemStore::new();
    let below = base.put(Blake2b256, &Block::new(0x55, b"below")).unwrap();
    let layer = base.layer();
    let above = layer.put(Blake2b256, &Block::new(0x55, b"above")).unwrap();
    assert!(layer.has(&below).unwrap() && layer.has(&above).unwrap());
    assert!(!base.has(&above).unwrap());
    assert_eq!(layer.get(&below).unwrap().unwrap(), b"below");
}
