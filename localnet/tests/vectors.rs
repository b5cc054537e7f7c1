//! Arithmetic and encodings against the numbers of Lotus' own tests; no FVM here.

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::fees::{from_premium, from_utilization, next, percentile_premium};
use holdfast_localnet::{BLOCK_GAS_LIMIT, BLOCK_GAS_TARGET, BaseFeeRule, GasOffer};

fn atto(n: u64) -> TokenAmount {
    TokenAmount::from_atto(n)
}

fn offer(nonce: u64, gas_limit: u64, fee_cap: u64, premium: u64) -> GasOffer {
    GasOffer {
        from: Address::new_id(100),
        nonce,
        gas_limit,
        fee_cap: atto(fee_cap),
        premium: atto(premium),
    }
}

#[test]
fn the_older_base_fee_rule_gives_lotus_numbers() {
    let full = BLOCK_GAS_LIMIT as i64;
    for (gas_limits, blocks, expected) in [
        (0, 1, 87_500_000),
        (0, 5, 87_500_000),
        (BLOCK_GAS_TARGET, 1, 100_000_000),
        (BLOCK_GAS_TARGET * 2, 2, 100_000_000),
        (full * 2, 2, 112_500_000),
        (full * 15 / 10, 2, 106_250_000),
    ] {
        assert_eq!(
            from_utilization(&atto(100_000_000), gas_limits, blocks),
            atto(expected),
            "{gas_limits} gas in {blocks}"
        );
    }
    assert_eq!(
        from_utilization(&atto(100), 0, 1),
        atto(100),
        "never below the minimum"
    );
}

#[test]
fn before_smoke_a_block_that_is_four_fifths_full_counts_as_full() {
    let full = BLOCK_GAS_LIMIT;
    let target = BLOCK_GAS_TARGET as u64;
    for (gas_limits, blocks, expected) in [
        (0, 1, 87_500_000),
        (0, 5, 87_500_000),
        (target, 1, 103_125_000),
        (target * 2, 2, 103_125_000),
        (full * 2, 2, 112_500_000),
        (full * 15 / 10, 2, 110_937_500),
    ] {
        let offers = [offer(0, gas_limits, 0, 0)];
        assert_eq!(
            next(
                BaseFeeRule::WeighedUtilization,
                &atto(100_000_000),
                blocks,
                &offers
            ),
            atto(expected),
            "{gas_limits} gas in {blocks}"
        );
    }
}

#[test]
fn the_percentile_premium_is_that_of_lotus_whatever_the_order() {
    const G: u64 = 1_000_000_000;
    let cases: [(&[u64], &[u64], u64); 8] = [
        (&[], &[], 0),
        (&[123, 100], &[6 * G - 1, 2 * G], 0),
        (&[123, 0], &[6 * G - 1, 2 * G + 1], 0),
        (&[123, 100], &[6 * G - 1, 2 * G + 1], 100),
        (&[123, 100], &[8 * G - 1, 2 * G + 1], 100),
        (&[123, 100], &[8 * G, 2 * G], 123),
        (&[123, 100], &[8 * G, 9 * G], 123),
        (
            &[100, 200, 300, 400, 500, 600, 700],
            &[4 * G, G, 2 * G, G, 2 * G, 2 * G, 3 * G],
            400,
        ),
    ];
    for (premiums, limits, expected) in cases {
        let mut bids: Vec<_> = premiums
            .iter()
            .map(|p| atto(*p))
            .zip(limits.iter().copied())
            .collect();
        for _ in 0..bids.len().max(1) {
            assert_eq!(
                percentile_premium(bids.clone(), 7_999_999_999),
                atto(expected),
                "{bids:?}"
            );
            let step = bids.len().min(1);
            bids.rotate_left(step);
        }
    }
}

#[test]
fn the_newer_base_fee_rule_gives_lotus_numbers() {
    let middle = (0..=200).step_by(20).map(|premium| (801, premium, 700 + premium));
    let edges = [
        (100, 0, 100),
        (100, 13, 100),
        (100, 14, 101),
        (100, 26, 113),
        (801, 201, 901),
        (808, 0, 707),
        (808, 1, 708),
        (808, 201, 908),
        (808, 202, 909),
        (808, 203, 909),
    ];
    for (base_fee, premium, expected) in edges.into_iter().chain(middle) {
        assert_eq!(
            from_premium(&atto(base_fee), &atto(premium)),
            atto(expected),
            "{base_fee} with premium {premium}"
        );
    }
}

#[test]
fn the_effective_premium_is_what_the_fee_cap_leaves() {
    for (base_fee, fee_cap, premium, expected) in [
        (8, 8, 8, 0),
        (8, 16, 7, 7),
        (8, 19, 10, 10),
        (123_456, 123_455, 123_455, 0),
        (123_456, 1_234_567, 1_111_112, 1_111_111),
    ] {
        assert_eq!(
            offer(0, 1, fee_cap, premium).effective_premium(&atto(base_fee)),
            atto(expected)
        );
    }
}

#[test]
fn the_newer_rule_counts_one_message_per_sender_and_nonce() {
    let twice = [
        offer(7, 4_500_000_000, 5_000, 500),
        offer(7, 4_500_000_000, 5_000, 500),
    ];
    let once = &twice[..1];
    let distinct = [twice[0].clone(), offer(8, 4_500_000_000, 5_000, 500)];
    let fee = |offers| next(BaseFeeRule::Premiums, &atto(1_000), 1, offers);
    assert_eq!(fee(&twice), fee(once));
    assert_eq!(fee(once), atto(875));
    assert_eq!(fee(&distinct), atto(1_125));
}

mod ethereum_transactions {
    use fvm_ipld_encoding::{BytesSer, to_vec};
    use fvm_shared::address::Address;
    use holdfast_localnet::ethereum::{decode, encode};
    use holdfast_localnet::{EthAddress, INVOKE_EVM, Kind, Refusal, Signature, Wallet};

    const EIP1559: &str = "02f8598401df5e76028301d69083086a5e835532dd808080c080a0457e33227ac7ceee2ef121755e26b872b6fb04221993f9939349bb7b0a3e1595a02d8ef379e1d2a9e30fa61c92623cc9ed72d80cf6a48cfea341cb916bcc0a81bc";
    const EIP1559_TO_ID: &str = "02f86282013a8080808094ff000000000000000000000000000000000003ec8080c080a0f411a73e33523b40c1a916e79e67746bd01a4a4fb4ecfa87b441375a215ddfb4a0551692c1553574fab4c227ca70cb1c121dc3a2ef82179a9c984bd7acc0880a38";
    const EIP155: &str = "f86680843b9aca00835dc1ba94c2dca9a18d4a4057921d1bcb22da05e68e46b1d06480820297a0f91ee69c4603c4f21131467ee9e06ad4a96d0a29fa8064db61f3adaea0eb6e92a07181e306bb8f773d94cc3b75e9835de00c004e072e6630c0c46971d38706bb01";
    const HOMESTEAD: &str = "f85f030182520794b94f5374fce5edbc8e2a8697c15331677e6ebf0b0a801ba098ff921201554726367d2be8c804a7ff89ccf285ebc57dff8ae4c44b9c19ac4aa07778cde41a8a37f6a087622b38bc201bd3e7df06dce067569d4def1b53dba98c";

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
            .collect()
    }

    fn eth(hex: &str) -> EthAddress {
        EthAddress(bytes(hex).try_into().unwrap())
    }

    #[test]
    fn an_eip1559_transaction_keeps_its_bytes_and_its_signature_through_the_filecoin_form() {
        for (raw, chain_id) in [(EIP1559, 31_415_926), (EIP1559_TO_ID, 314)] {
            let signed = decode(&bytes(raw), chain_id).unwrap();
            signed.verify(&signed.message.from, chain_id).unwrap();
            assert_eq!(encode(&signed, chain_id).unwrap().0, bytes(raw));
        }
    }

    #[test]
    fn a_transaction_without_recipient_creates_a_contract_and_one_to_a_masked_id_goes_to_the_id() {
        let create = decode(&bytes(EIP1559), 31_415_926).unwrap().message;
        assert_eq!(
            (create.to, create.method_num, create.params.bytes().len()),
            (Address::new_id(10), 4, 0)
        );
        assert_eq!((create.sequence, create.gas_limit), (2, 5_583_581));
        let call = decode(&bytes(EIP1559_TO_ID), 314).unwrap().message;
        assert_eq!((call.to, call.method_num), (Address::new_id(1004), INVOKE_EVM));
    }

    #[test]
    fn an_eip155_transaction_has_the_sender_and_the_signature_that_lotus_sees() {
        let signed = decode(&bytes(EIP155), 314).unwrap();
        assert_eq!(
            signed.message.from,
            eth("A2BBB73aC59b256415e91A820b224dbAF2C268FA").to_filecoin()
        );
        assert_eq!(
            signed.message.to,
            eth("c2dca9a18d4a4057921d1bcb22da05e68e46b1d0").to_filecoin()
        );
        assert_eq!(
            (signed.message.gas_limit, signed.message.sequence),
            (6_144_442, 0)
        );
        assert_eq!(signed.message.gas_fee_cap, signed.message.gas_premium);
        let Signature::Delegated(signature) = &signed.signature else {
            panic!("{:?}", signed.signature)
        };
        assert_eq!(
            (signature.len(), signature[0], &signature[65..]),
            (67, 2, &[0x02, 0x97][..])
        );
        signed.verify(&signed.message.from, 314).unwrap();
        signed.verify(&signed.message.from, 315).unwrap_err();
    }

    #[test]
    fn a_transaction_from_before_eip155_is_good_on_every_chain() {
        let signed = decode(&bytes(HOMESTEAD), 314).unwrap();
        assert_eq!(
            signed.message.to,
            eth("b94f5374fce5edbc8e2a8697c15331677e6ebf0b").to_filecoin()
        );
        assert_eq!(
            (signed.signature.bytes().len(), signed.signature.bytes()[0]),
            (66, 1)
        );
        signed.verify(&signed.message.from, 314).unwrap();
    }

    #[test]
    fn a_transaction_for_another_chain_is_refused_with_both_ids() {
        let error = decode(&bytes(EIP155), 314_159).unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "message refused: {}",
                Refusal::ChainId {
                    found: 314,
                    expected: 314_159
                }
            )
        );
    }

    #[test]
    fn a_changed_message_does_not_verify() {
        let signed = decode(&bytes(EIP1559), 31_415_926).unwrap();
        let mut changed = signed.clone();
        changed.message.sequence += 1;
        assert!(
            changed
                .verify(&signed.message.from, 31_415_926)
                .unwrap_err()
                .starts_with("it was made by 0x")
        );
        let mut empty = signed.clone();
        empty.message.params = to_vec(&BytesSer(&[])).unwrap().into();
        assert!(
            empty
                .verify(&signed.message.from, 31_415_926)
                .unwrap_err()
                .contains("empty calldata")
        );
    }

    #[test]
    fn addresses_of_ids_and_of_keys_go_both_ways() {
        let masked = EthAddress::from_id(1004);
        assert_eq!(masked, eth("ff000000000000000000000000000000000003ec"));
        assert_eq!(masked.to_filecoin(), Address::new_id(1004));
        assert_eq!(EthAddress::from_filecoin(&Address::new_id(1004)), Some(masked));
        let wallet = Wallet::from_secret(Kind::Eth, &[1; 32]).unwrap();
        // The well-known address of this secret.
        assert_eq!(
            wallet.eth_address(),
            Some(eth("1a642f0E3c3aF545E7AcBD38b07251B3990914F1"))
        );
        assert_eq!(wallet.eth_address().unwrap().to_filecoin(), wallet.address());
    }
}
