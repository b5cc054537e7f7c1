//! A token on a desk: a mock machine with short words for what tests do.

use fvm_ipld_encoding::RawBytes;
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use holdfast_api::token::events::{OwnershipTransferred, Transfer};
use holdfast_api::token::{ConstructorParams, Token, method};
use holdfast_runtime::dispatch::Abort;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::method::{Method, SolidityMethod};
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, RECEIVE, UniversalReceiverParams};
use holdfast_runtime::send::{Answer, Call, SendError};
use holdfast_runtime::testing::{Mock, Violations};
use holdfast_runtime::{ActorError, Runtime};
use holdfast_token::TokenActor;
use holdfast_token::invariants;
use holdfast_token::state::TokenState;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The owner of the token on the desk.
pub const OWNER: ActorID = 100;
/// Holds the first tokens.
pub const ALICE: ActorID = 101;
/// Somebody without tokens.
pub const BOB: ActorID = 102;
/// Somebody else without tokens.
pub const CAROL: ActorID = 103;

/// So many whole tokens.
pub fn tokens(whole: u64) -> TokenAmount {
    TokenAmount::from_whole(whole)
}

/// So many atto-tokens.
pub fn atto(n: u64) -> TokenAmount {
    TokenAmount::from_atto(n)
}

/// The id address.
pub fn id(actor: ActorID) -> Address {
    Address::new_id(actor)
}

/// The masked 0x form.
pub fn eth(actor: ActorID) -> EthAddress {
    EthAddress::from_id(actor)
}

/// The largest amount.
pub fn endless() -> TokenAmount {
    holdfast_token::state::max_amount()
}

/// Parameters of the usual token: 1 000 tokens for Alice, a cap of 5 000.
pub fn usual() -> ConstructorParams {
    ConstructorParams {
        name: "Harbour".into(),
        symbol: "HBR".into(),
        owner: Some(id(OWNER)),
        supply_cap: Some(tokens(5_000)),
        initial_holder: Some(id(ALICE)),
        initial_supply: tokens(1_000),
        voting: true,
    }
}

/// A mock machine with the token on it.
pub struct Desk(pub Mock);

impl Desk {
    /// The usual token.
    pub fn new() -> Self {
        let mut desk = Self(Mock::new());
        desk.0.expect_event(OwnershipTransferred {
            previous_owner: EthAddress::ZERO,
            new_owner: eth(OWNER),
        });
        desk.0.expect_event(Transfer {
            from: EthAddress::ZERO,
            to: eth(ALICE),
            value: tokens(1_000),
        });
        desk.create(usual()).expect("the usual token is created");
        desk
    }

    /// Runs the constructor, as Init does.
    pub fn create(&mut self, params: ConstructorParams) -> Result<(), ActorError> {
        self.0.caller(1);
        self.0.call::<Token, TokenActor, method::Constructor>(&params)
    }

    /// Calls by number and checks the invariants afterwards.
    #[track_caller]
    pub fn call<M: Method<Params: Serialize, Return: DeserializeOwned>>(
        &mut self,
        caller: ActorID,
        params: &M::Params,
    ) -> Result<M::Return, ActorError> {
        self.0.caller(caller);
        let result = self.0.call::<Token, TokenActor, M>(params);
        self.check();
        result
    }

    /// Calls by selector and checks the invariants afterwards.
    #[track_caller]
    pub fn sol<M: SolidityMethod>(&mut self, caller: ActorID, params: M::Params) -> Result<M::Return, Abort> {
        self.0.caller(caller);
        let result = self.0.call_solidity::<Token, TokenActor, M>(params);
        self.check();
        result
    }

    /// Expects the log of tokens that move.
    pub fn expect_transfer(&mut self, from: ActorID, to: ActorID, value: TokenAmount) {
        self.0.expect_event(Transfer {
            from: eth(from),
            to: eth(to),
            value,
        });
    }

    /// Expects the log of Alice's tokens that move to a 0x account.
    pub fn expect_transfer_to(&mut self, to: EthAddress, whole: u64) {
        let (from, value) = (eth(ALICE), tokens(whole));
        self.0.expect_event(Transfer { from, to, value });
    }

    /// Expects the hook at `to` and lets it answer.
    pub fn expect_hook(
        &mut self,
        from: ActorID,
        to: ActorID,
        operator: ActorID,
        amount: TokenAmount,
        code: u32,
    ) {
        let received = Frc46TokenReceived {
            from,
            to,
            operator,
            amount,
            operator_data: RawBytes::default(),
            token_data: RawBytes::default(),
        };
        let payload = RawBytes::serialize(received).expect("a payload encodes");
        let call = Call::new(id(to), RECEIVE)
            .with_params(&UniversalReceiverParams {
                type_: FRC46_PAYLOAD,
                payload,
            })
            .expect("parameters encode");
        let reply = match code {
            0 => Ok(Answer(Some(IpldBlock {
                codec: 0x51,
                data: vec![0x41, 7],
            }))),
            code => Err(SendError::Exit {
                code: ExitCode::new(code),
                data: None,
            }),
        };
        self.0.expect_send(call, reply);
    }

    /// A balance.
    #[track_caller]
    pub fn balance(&mut self, holder: ActorID) -> TokenAmount {
        self.call::<method::BalanceOf>(CAROL, &id(holder))
            .expect("balances can be read")
    }

    /// An allowance.
    #[track_caller]
    pub fn allowance(&mut self, owner: ActorID, operator: ActorID) -> TokenAmount {
        let params = holdfast_api::token::GetAllowanceParams {
            owner: id(owner),
            operator: id(operator),
        };
        self.call::<method::Allowance>(CAROL, &params)
            .expect("allowances can be read")
    }

    /// All invariants of the token.
    #[track_caller]
    pub fn check(&self) {
        self.violations(&self.state()).assert_none();
    }

    /// The state.
    #[track_caller]
    pub fn state(&self) -> TokenState {
        self.0.state().expect("the state can be read")
    }

    /// The names of the invariants that a state breaks.
    pub fn broken(&self, state: &TokenState) -> Vec<String> {
        let violations = self.violations(state);
        let names = violations.list().iter().filter_map(|text| text.split_once(':'));
        names.map(|(name, _)| name.to_owned()).collect()
    }

    fn violations(&self, state: &TokenState) -> Violations {
        invariants::check(state, self.0.store(), self.0.network().epoch)
    }
}

/// The exit code of a refusal.
#[track_caller]
pub fn code<T: core::fmt::Debug>(result: Result<T, ActorError>) -> u32 {
    result
        .expect_err("the call should have been refused")
        .code
        .value()
}

/// The selector of a revert, with exit 33.
#[track_caller]
pub fn revert<T: core::fmt::Debug>(result: Result<T, Abort>) -> [u8; 4] {
    let abort = result.expect_err("the call should have reverted");
    assert_eq!(abort.error.code.value(), 33, "{}", abort.error);
    let data = abort.data.expect("a revert has data").data;
    let fvm_ipld_encoding::BytesDe(bytes) =
        fvm_ipld_encoding::from_slice(&data).expect("revert data are bytes");
    bytes[..4].try_into().expect("revert data start with a selector")
}

/// The selector of a Solidity error.
pub fn error(signature: &str) -> [u8; 4] {
    holdfast_runtime::evm::selector(signature)
}
