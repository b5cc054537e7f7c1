//! What each face does with each kind of receiver: found on the real FVM, shown in the token's README.

use std::path::Path;

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{SetMinterParams, method};
use holdfast_integration_tests::{Answer, World, endless, tokens};
use holdfast_localnet::{INVOKE_EVM, Kind, Outcome, Receipt, Wallet};
use holdfast_runtime::receiver::RECEIVE;
use holdfast_runtime::testing::golden;

use crate::contracts::Frc46Holder;

const README: &str = "../actors/token/README.md";
const BEGIN: &str = "<!-- receivers -->\n";
const END: &str = "<!-- /receivers -->";

/// A kind of receiver, and how one comes about.
struct Receiver {
    name: &'static str,
    make: fn(&mut World, &Wallet) -> Address,
}

const RECEIVERS: &[Receiver] = &[
    Receiver {
        name: "account (f1, f3)",
        make: |w, _| w.account(Kind::Bls, 3).address(),
    },
    Receiver {
        name: "ethaccount (0x key that has sent)",
        make: |w, _| w.account(Kind::Eth, 3).address(),
    },
    Receiver {
        name: "placeholder (0x key that has not)",
        make: placeholder,
    },
    Receiver {
        name: "0x address without actor",
        make: |w, _| w.account(Kind::Eth, 600).address(),
    },
    Receiver {
        name: "multisig",
        make: multisig,
    },
    Receiver {
        name: "payment channel",
        make: payment_channel,
    },
    Receiver {
        name: "miner",
        make: |w, _| w.network().miner(),
    },
    Receiver {
        name: "contract with the Filecoin handler",
        make: |w, alice| w.deploy(alice, "Frc46Holder"),
    },
    Receiver {
        name: "contract whose handler refuses",
        make: refusing,
    },
    Receiver {
        name: "contract without handler",
        make: |w, alice| w.deploy(alice, "Purse"),
    },
    Receiver {
        name: "contract with an empty fallback",
        make: |w, alice| w.deploy(alice, "EmptyFallback"),
    },
    Receiver {
        name: "contract with the callbacks of ERC-1363",
        make: |w, alice| w.deploy(alice, "Shop"),
    },
    Receiver {
        name: "another token",
        make: |w, alice| w.story_token(alice),
    },
    Receiver {
        name: "the token itself",
        make: |w, _| last_token(w),
    },
];

fn placeholder(w: &mut World, alice: &Wallet) -> Address {
    let new = w.account(Kind::Eth, 601).address();
    w.send(alice, new, TokenAmount::from_whole(1), 0, Vec::new().into());
    new
}

fn multisig(w: &mut World, alice: &Wallet) -> Address {
    let params = to_vec(&([alice.address()], 1u64, 0i64, 0i64)).unwrap();
    exec(w, alice, "multisig", &params)
}

fn payment_channel(w: &mut World, alice: &Wallet) -> Address {
    let to = w.account(Kind::Bls, 1).address();
    exec(
        w,
        alice,
        "paymentchannel",
        &to_vec(&(alice.address(), to)).unwrap(),
    )
}

fn refusing(w: &mut World, alice: &Wallet) -> Address {
    let holder = w.deploy(alice, "Frc46Holder");
    w.evm(alice, holder, Frc46Holder::closeCall { closed_: true })
        .ok();
    holder
}

fn exec(w: &mut World, from: &Wallet, actor: &str, params: &[u8]) -> Address {
    let (created, _) = w.run(from, |network| {
        network.exec(from, actor, params, TokenAmount::default())
    });
    created.id_address
}

fn last_token(w: &World) -> Address {
    let actors = w.network().actors().unwrap();
    let token = actors
        .iter()
        .rfind(|actor| actor.name == "holdfast_token")
        .unwrap();
    Address::new_id(token.id)
}

/// One way to give tokens: the minter gives one token of `token` to somebody.
type Face = fn(&mut World, &Wallet, Address, Address) -> String;

/// What a face did: whether the tokens arrived, and what became of the hook.
fn outcome<T>(w: &World, token: Address, to: Address, answer: Answer<T>) -> String {
    let hook = hook(&answer.receipt);
    let code = answer.receipt.exit_code.value();
    let arrived = w.network().resolve(&to).unwrap().is_some() && !w.balance(token, to).is_zero();
    assert_eq!(
        answer.receipt.is_ok(),
        arrived,
        "tokens arrive with success and not without"
    );
    match (arrived, hook) {
        (true, None) => "receives".to_owned(),
        (true, Some(0)) => "receives; the hook was called".to_owned(),
        (false, Some(0)) => format!("refused ({code}): the hook said nothing"),
        (false, Some(hook)) => format!("refused ({code}): the hook ended with {hook}"),
        (false, None) => format!("refused ({code})"),
        (true, Some(hook)) => panic!("a hook that ended with {hook} did not refuse"),
    }
}

/// How the hook ended, that of FRC-46 or the callback of ERC-1363, if the token called one.
fn hook(receipt: &Receipt) -> Option<u32> {
    let calls = &receipt.trace.call.as_ref()?.calls;
    let hook = calls
        .iter()
        .find(|call| [RECEIVE, INVOKE_EVM].contains(&call.method))?;
    match hook.outcome {
        Outcome::Exit(code) => Some(code.value()),
        ref other => panic!("the hook was cut: {other:?}"),
    }
}

fn row(receiver: &Receiver) -> String {
    let mut start = World::new();
    let alice = start.account(Kind::Secp256k1, 0);
    let token = start.story_token(&alice);
    let minter = SetMinterParams {
        minter: alice.address(),
        cap: endless(),
    };
    start.call::<method::SetMinter>(&alice, token, &minter).ok();
    let to = (receiver.make)(&mut start, &alice);
    let faces: [Face; 5] = [
        |w, alice, token, to| {
            let answer = w.frc46(token).transfer(alice, to, tokens(1));
            outcome(w, token, to, answer)
        },
        |w, alice, token, to| {
            let answer = w.frc46(token).mint(alice, to, tokens(1));
            outcome(w, token, to, answer)
        },
        |w, alice, token, to| {
            let answer = w.erc20(token).transfer(alice, to, tokens(1));
            outcome(w, token, to, answer)
        },
        |w, alice, token, to| {
            let answer = w.erc20(token).mint(alice, to, tokens(1));
            outcome(w, token, to, answer)
        },
        |w, alice, token, to| {
            let answer = w.erc20(token).transfer_and_call(alice, to, tokens(1));
            outcome(w, token, to, answer)
        },
    ];
    let cells = faces.map(|face| face(&mut start.fork(), &alice, token, to));
    format!("| {} | {} |\n", receiver.name, cells.join(" | "))
}

#[test]
fn the_readme_shows_what_each_face_does_with_each_receiver() {
    let mut table = "| receiver | FRC-46 `Transfer` | FRC-46 `Mint` | ERC-20 `transfer` | `mint` | ERC-1363 `transferAndCall` |\n|---|---|---|---|---|---|\n".to_owned();
    table.extend(RECEIVERS.iter().map(row));
    println!("{table}");
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join(README);
    let text = std::fs::read_to_string(&readme).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the table's beginning");
    let (_, after) = rest.split_once(END).expect("the table's end");
    golden::compare(&format!("{before}{BEGIN}{table}{END}{after}"), &readme);
}
