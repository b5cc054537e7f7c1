//! Genesis, a transfer, a tipset.

use crate::support::{fil, network};
use fvm_shared::address::Address;
use holdfast_localnet::{Kind, ids};

#[test]
fn a_network_starts_with_all_the_fil_and_every_singleton() {
    let net = network();
    assert_eq!(net.total_fil().unwrap(), fil(2_000_000_000));
    let names: Vec<_> = net
        .actors()
        .unwrap()
        .into_iter()
        .filter(|a| a.id < 100)
        .map(|a| (a.id, a.name))
        .collect();
    let expected = [
        (ids::SYSTEM, "system"),
        (ids::INIT, "init"),
        (ids::REWARD, "reward"),
        (ids::CRON, "cron"),
        (ids::POWER, "storagepower"),
        (ids::MARKET, "storagemarket"),
        (ids::VERIFREG, "verifiedregistry"),
        (ids::DATACAP, "datacap"),
        (ids::EAM, "eam"),
        (ids::VERIFREG_ROOT, "multisig"),
        (ids::RESERVE, "multisig"),
        (ids::BURNT, "account"),
    ];
    assert_eq!(names, expected.map(|(id, name)| (id, name.to_owned())));
    assert_eq!(net.code_name(&net.miner()).unwrap(), "storageminer");
}

#[test]
fn a_signed_transfer_of_every_kind_of_account_moves_fil_and_gives_a_receipt() {
    let mut net = network();
    let recipient = Address::new_id(ids::RESERVE);
    for kind in Kind::ALL {
        let from = net.account(kind, 0);
        let before = net.balance(&recipient).unwrap();
        let receipt = match kind {
            Kind::Eth => {
                let to = holdfast_localnet::EthAddress::from_filecoin(&recipient);
                let tx = holdfast_localnet::EthTx {
                    to,
                    value: fil(3),
                    ..Default::default()
                };
                net.send_eth(&from, tx).unwrap()
            }
            _ => net.send(&from, recipient, fil(3), 0, Vec::new()).unwrap(),
        };
        assert!(receipt.is_ok(), "{kind:?}: {}", receipt.error);
        assert!(
            receipt.gas_used > 500_000,
            "{kind:?} used {} gas",
            receipt.gas_used
        );
        assert_eq!(net.balance(&recipient).unwrap() - before, fil(3), "{kind:?}");
        assert_eq!(net.actor(&from.address()).unwrap().unwrap().sequence, 1);
        assert_eq!(net.total_fil().unwrap(), fil(2_000_000_000));
    }
    assert_eq!(net.epoch(), 3);
}
