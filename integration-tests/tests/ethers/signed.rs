//! Messages of the access actor that ethers' wallet signs, carried on the real FVM.

use std::io::Write;
use std::process::{Command, Stdio};

use alloy_primitives::{Address as Eth, Bytes};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::access::{
    AcceptTermsParams, AcceptedTermsParams, CarryParams, GRANT, GrantAt, GrantTerms, READ, Rate, Scope,
    SetTermsParams, Signed, method,
};
use holdfast_integration_tests::World;
use holdfast_integration_tests::access::{DATA, data_set, giving, question};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::evm::Bytes32;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::coder::TOP;

const NONCES: [u64; 3] = [0, 63, u64::MAX];
const DEADLINE: i64 = 1_000_000;
const HASH: Bytes32 = Bytes32([7; 32]);

/// What ethers gives.
#[derive(Deserialize)]
struct Signature {
    signer: Eth,
    signature: Bytes,
}

/// Lets ethers sign a message.
fn sign(w: &World, access: Address, key: &Wallet, kind: &str, message: &Value) -> Signature {
    let secret = format!("0x{}", alloy_primitives::hex::encode(key.secret()));
    let (chain, actor) = (w.network().profile().chain_id, w.eth(access));
    let asked = json!({"secret": secret, "chainId": chain, "actor": actor, "kind": kind, "message": message});
    let mut node = Command::new("node")
        .arg(TOP.join("integration-tests/ethers/signer.cjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node");
    let mut pipe = node.stdin.take().expect("a pipe");
    pipe.write_all(asked.to_string().as_bytes()).expect("node reads");
    drop(pipe);
    let output = node.wait_with_output().expect("node ends");
    assert!(
        output.status.success(),
        "ethers refused to sign; its reason is above"
    );
    serde_json::from_slice(&output.stdout).expect("a signature")
}

#[test]
fn what_ethers_signs_is_accepted() {
    let mut w = World::new();
    let [owner, carrier] = [0, 1].map(|n| w.account(Kind::Secp256k1, n));
    let (signer, reader) = (w.account(Kind::Eth, 0), w.account(Kind::Bls, 0));
    let access = w.create_access(&owner);
    w.call::<method::CreateDataSet>(&owner, access, &data_set()).ok();
    let terms = SetTermsParams {
        data_set: DATA,
        hash: HASH,
        fresh: false,
    };
    w.call::<method::SetTerms>(&owner, access, &terms).ok();
    let own = giving(signer.address(), GrantTerms::plain(READ | GRANT), None);
    let own = w.call::<method::Grant>(&owner, access, &own).ok();

    let carries = |w: &mut World, what: Signed, (kind, nonce): (&str, u64), mut message: Value| {
        message["nonce"] = json!(nonce.to_string());
        message["deadline"] = json!(DEADLINE);
        let Signature {
            signer: by,
            signature,
        } = sign(w, access, &signer, kind, &message);
        assert_eq!(by, w.eth(&signer));
        let message = CarryParams {
            signer: signer.address(),
            what,
            nonce,
            deadline: DEADLINE,
            signature: RawBytes::new(signature.to_vec()),
        };
        w.call::<method::Carry>(&carrier, access, &message).ok()
    };

    let accepted = AcceptTermsParams {
        data_set: DATA,
        version: 1,
        hash: HASH,
    };
    let shown = json!({"dataSet": DATA, "version": 1, "hash": format!("0x{}", "07".repeat(32))});
    let what = Signed::AcceptTerms { params: accepted };
    assert_eq!(carries(&mut w, what, ("AcceptTerms", NONCES[0]), shown), None);
    let subject = signer.address();
    let asked = AcceptedTermsParams {
        data_set: DATA,
        subject,
    };
    let accepted = w.view::<method::AcceptedTerms>(access, &asked);
    assert_eq!(accepted.map(|accepted| accepted.version), Some(1));

    let path = "trial/images".to_owned();
    let scope = Scope::Path { path };
    let start = w.network().epoch() + 1;
    let given = GrantTerms {
        scope: scope.clone(),
        start: Some(start),
        end: Some(900_000),
        uses: Some(5),
        rate: Some(Rate {
            capacity: 3,
            refill: 1,
            period: 10,
        }),
        revocable: true,
        ..GrantTerms::plain(READ)
    };
    let shown = json!({
        "dataSet": DATA, "subject": w.eth(&reader), "actions": READ, "scope": "/trial/images", "start": start,
        "end": 900_000, "uses": 5, "capacity": 3, "refill": 1, "period": 10, "revocable": true, "terms": 0, "from": own,
    });
    let params = giving(reader.address(), given, Some(own));
    let made = carries(&mut w, Signed::Grant { params }, ("Grant", NONCES[1]), shown).expect("a grant");
    let reads = |w: &World| {
        let asked = question(reader.address(), READ, scope.clone());
        w.view::<method::HasAccess>(access, &asked).allowed
    };
    assert!(reads(&w));

    let shown = json!({"dataSet": DATA, "subject": w.eth(&reader), "grant": made});
    let params = GrantAt {
        data_set: DATA,
        subject: reader.address(),
        grant: made,
    };
    assert_eq!(
        carries(&mut w, Signed::Revoke { params }, ("Revoke", NONCES[2]), shown),
        None
    );
    assert!(!reads(&w));
}
