//! The actors, each in the middle of its life.

use std::cell::OnceCell;
use std::sync::LazyLock;

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_access::AccessActor;
use holdfast_api::{access, init, token};
use holdfast_init::{Guarded, InitActor};
use holdfast_runtime::Runtime;
use holdfast_runtime::dispatch::Dispatch;
use holdfast_runtime::evm::{Bytes32, EthAddress};
use holdfast_runtime::method::{CONSTRUCTOR, Interface, InterfaceInfo, Method};
use holdfast_runtime::testing::Mock;
use holdfast_token::TokenActor;

/// The system actor and Init.
const SYSTEM: ActorID = 0;
const INIT: ActorID = 1;
/// Who calls, and who else holds tokens.
const ALICE: ActorID = 100;
const BOB: ActorID = 101;
/// The type of an ethaccount.
const ETHACCOUNT: u32 = 16;

/// An actor that is given any bytes.
pub trait Subject {
    /// What its methods are dispatched by.
    type Table: Dispatch<Self::Actor>;
    /// The actor.
    type Actor;
    /// Its interface.
    fn interface() -> &'static InterfaceInfo;
    /// A machine with the actor on it, called by somebody who may do everything. For the constructor there is no actor
    /// yet, and whoever may construct one calls.
    fn machine(method: u64) -> Mock;
}

/// The token.
pub struct Token;

/// Init.
pub struct Init;

/// Data sets, and who may do what with them.
pub struct Access;

static TOKEN: LazyLock<InterfaceInfo> = LazyLock::new(token::Token::describe);
static INIT_INTERFACE: LazyLock<InterfaceInfo> = LazyLock::new(init::Init::describe);
static ACCESS: LazyLock<InterfaceInfo> = LazyLock::new(access::Access::describe);

thread_local! {
    static MADE_TOKEN: OnceCell<Mock> = const { OnceCell::new() };
    static MADE_INIT: OnceCell<Mock> = const { OnceCell::new() };
    static MADE_ACCESS: OnceCell<Mock> = const { OnceCell::new() };
}

fn bare(caller: ActorID) -> Mock {
    let mut mock = Mock::unwatched();
    mock.caller(caller);
    mock
}

impl Subject for Token {
    type Table = token::Token;
    type Actor = TokenActor;

    fn interface() -> &'static InterfaceInfo {
        &TOKEN
    }

    fn machine(method: u64) -> Mock {
        if method == CONSTRUCTOR {
            return bare(INIT);
        }
        MADE_TOKEN.with(|made| made.get_or_init(made_token).clone())
    }
}

/// Alice holds the first tokens and every role and has delegated to Bob, who has tokens and allows her to spend them.
fn made_token() -> Mock {
    use token::{IncreaseAllowanceParams, SetMinterParams, Token, TransferParams, method};
    let mut mock = bare(INIT);
    let eth = EthAddress([7; 20]).to_filecoin().expect("an f410 address");
    mock.add_actor(BOB, ETHACCOUNT, Some(eth));
    let (alice, bob) = (Address::new_id(ALICE), Address::new_id(BOB));
    let params = token::ConstructorParams {
        name: "Holdfast".to_owned(),
        symbol: "HLD".to_owned(),
        owner: Some(alice),
        supply_cap: None,
        initial_holder: Some(alice),
        initial_supply: TokenAmount::from_whole(1_000),
        voting: true,
    };
    mock.call::<Token, TokenActor, method::Constructor>(&params).expect("a token");
    mock.caller(ALICE);
    let (to, amount, operator_data) = (bob, TokenAmount::from_whole(10), Default::default());
    let transfer = TransferParams { to, amount, operator_data };
    mock.call::<Token, TokenActor, method::Transfer>(&transfer).expect("a transfer");
    let minter = SetMinterParams { minter: alice, cap: TokenAmount::from_whole(100) };
    mock.call::<Token, TokenActor, method::SetMinter>(&minter).expect("a minter");
    mock.call::<Token, TokenActor, method::Delegate>(&bob).expect("a delegate");
    mock.call::<Token, TokenActor, method::SetBurner>(&Some(alice)).expect("a burner");
    mock.call::<Token, TokenActor, method::TransferOwnership>(&alice).expect("an offer");
    let allowance = IncreaseAllowanceParams { operator: alice, increase: TokenAmount::from_whole(5) };
    mock.caller(BOB);
    mock.call::<Token, TokenActor, method::IncreaseAllowance>(&allowance).expect("an allowance");
    mock.caller(ALICE);
    mock
}

impl Subject for Init {
    type Table = Guarded;
    type Actor = InitActor;

    fn interface() -> &'static InterfaceInfo {
        &INIT_INTERFACE
    }

    fn machine(method: u64) -> Mock {
        if method == CONSTRUCTOR {
            return bare(SYSTEM);
        }
        MADE_INIT.with(|made| made.get_or_init(made_init).clone())
    }
}

fn made_init() -> Mock {
    let mut mock = bare(SYSTEM);
    let params = init::ConstructorParams { network_name: "fuzz".to_owned() };
    mock.call::<Guarded, InitActor, init::method::Constructor>(&params).expect("Init");
    mock.caller(ALICE);
    mock
}

impl Subject for Access {
    type Table = access::Access;
    type Actor = AccessActor;

    fn interface() -> &'static InterfaceInfo {
        &ACCESS
    }

    fn machine(method: u64) -> Mock {
        if method == CONSTRUCTOR {
            return bare(INIT);
        }
        MADE_ACCESS.with(|made| made.get_or_init(made_access).clone())
    }
}

/// Alice owns a data set with a rule, terms and a list, in which Bob has a grant that he has given on; a second one is Bob's
/// and offered to her; and she owns a group that he is in. What else there can be is there too.
fn made_access() -> Mock {
    use access::{
        Access, CreateDataSetParams, GRANT, GrantParams, GrantTerms, MembersParams, Node, OfferDataSetParams, READ,
        Rule, Scope, SetAllowListParams, SetRuleParams, SetTermsParams, method,
    };
    let mut mock = bare(INIT);
    let eth = EthAddress([7; 20]).to_filecoin().expect("an f410 address");
    mock.add_actor(BOB, ETHACCOUNT, Some(eth));
    let (alice, bob) = (Address::new_id(ALICE), Address::new_id(BOB));
    mock.call::<Access, AccessActor, method::Constructor>(&()).expect("the actor");
    mock.caller(ALICE);
    let data_set = |owner| CreateDataSetParams {
        owner: Some(owner),
        guardian: Some(bob),
        content: Vec::new(),
        metadata: None,
        metadata_size: 0,
    };
    let both = vec![data_set(alice), data_set(bob)];
    mock.call::<Access, AccessActor, method::CreateDataSets>(&both).expect("two data sets");
    let grant = |subject, actions, from| GrantParams { data_set: 1, subject, terms: GrantTerms::plain(actions), from };
    mock.call::<Access, AccessActor, method::Grant>(&grant(bob, READ | GRANT, None)).expect("a grant");
    mock.call::<Access, AccessActor, method::CreateGroup>(&()).expect("a group");
    let members = MembersParams { group: 1, members: vec![bob] };
    mock.call::<Access, AccessActor, method::AddMembers>(&members).expect("members");
    let list = SetAllowListParams { data_set: 1, list: 1, root: Bytes32([1; 32]) };
    mock.call::<Access, AccessActor, method::SetAllowList>(&list).expect("a list");
    let terms = SetTermsParams { data_set: 1, hash: Bytes32([2; 32]), fresh: false };
    mock.call::<Access, AccessActor, method::SetTerms>(&terms).expect("terms");
    let opens = vec![Node::Or { of: 2 }, Node::InGroup { group: 1 }, Node::AllowList { list: 1 }];
    let rule = Rule { scope: Scope::All {}, actions: READ, requires: None, opens: Some(opens), sealed: false };
    mock.call::<Access, AccessActor, method::SetRule>(&SetRuleParams { data_set: 1, rule }).expect("a rule");
    mock.caller(BOB);
    mock.call::<Access, AccessActor, method::Grant>(&grant(Address::new_id(102), READ, Some(1))).expect("a grant");
    let offer = OfferDataSetParams { data_set: 2, to: Some(alice), keep_grants: true };
    mock.call::<Access, AccessActor, method::OfferDataSet>(&offer).expect("an offer");
    sold(&mut mock);
    sealed(&mut mock);
    guarded(&mut mock);
    mock.caller(ALICE);
    mock
}

/// Alice sells reading, and Bob has bought it.
fn sold(mock: &mut Mock) {
    use access::{Access, BuyParams, Plan, PlanKind, READ, Scope, Split, method};
    let price = TokenAmount::from_atto(1_000);
    let plan = Plan {
        data_set: 1,
        scope: Scope::All {},
        actions: READ,
        rate: None,
        kind: PlanKind::Subscription { period: 1_000, trial: 10 },
        asset: None,
        price: price.clone(),
        stock: None,
        each: 0,
        shareable: true,
        penalty_bps: Some(1_000),
        referrer_bps: 500,
        splits: vec![Split { to: Address::new_id(ALICE), bps: 10_000 }],
    };
    mock.caller(ALICE);
    mock.call::<Access, AccessActor, method::CreatePlan>(&plan).expect("a plan");
    let policy_version = mock.call::<Access, AccessActor, method::GetDataSet>(&1).expect("a data set").policy_version;
    let wanted = BuyParams {
        plan: 1,
        subject: None,
        periods: 1,
        max_price: price.clone(),
        policy_version,
        terms_hash: Bytes32([2; 32]),
        referrer: Some(Address::new_id(ALICE)),
    };
    mock.caller(BOB);
    mock.value(price);
    mock.call::<Access, AccessActor, method::Buy>(&wanted).expect("a purchase");
    mock.value(TokenAmount::default());
}

/// The keys were rotated after Alice got the first one, she is a gateway with a log and has a ticket, and she has committed to
/// somebody.
fn sealed(mock: &mut Mock) {
    use access::{
        Access, AnchorLogParams, Envelope, GrantCommittedParams, GrantTerms, IssueTicketParams, PutEnvelopesParams, READ,
        Scope, SetGatewayParams, method,
    };
    let alice = Address::new_id(ALICE);
    mock.caller(ALICE);
    let key = Bytes32([9; 32]);
    mock.call::<Access, AccessActor, method::SetReaderKey>(&key).expect("a reader key");
    mock.call::<Access, AccessActor, method::RotateKeys>(&1).expect("keys");
    let envelopes = vec![Envelope { recipient: alice, key, bytes: vec![1; 8].into() }];
    let put = PutEnvelopesParams { data_set: 1, key_epoch: 1, envelopes };
    mock.call::<Access, AccessActor, method::PutEnvelopes>(&put).expect("an envelope");
    mock.call::<Access, AccessActor, method::RotateKeys>(&1).expect("other keys");
    let gateway = SetGatewayParams { data_set: 1, gateway: alice, allowed: true };
    mock.call::<Access, AccessActor, method::SetGateway>(&gateway).expect("a gateway");
    let to = mock.network().epoch;
    let log = AnchorLogParams { data_set: 1, root: Bytes32([3; 32]), count: 1, from: to - 1, to };
    mock.call::<Access, AccessActor, method::AnchorLog>(&log).expect("a log");
    let (scope, proofs) = (Scope::All {}, Vec::new());
    let ticket = IssueTicketParams { data_set: 1, scope, action: READ, ttl: 10, uses: 0, proofs };
    mock.call::<Access, AccessActor, method::IssueTicket>(&ticket).expect("a ticket");
    let (commitment, terms) = (Bytes32([4; 32]), GrantTerms::plain(READ));
    let committed = GrantCommittedParams { data_set: 1, commitment, terms, from: None };
    mock.call::<Access, AccessActor, method::GrantCommitted>(&committed).expect("a commitment");
}

/// Alice has announced other terms, and used up a nonce.
fn guarded(mock: &mut Mock) {
    use access::{Access, Delay, Power, ScheduleParams, SetDelayParams, SetTermsParams, method};
    let what = Delay::Power { power: Power::Terms {} };
    mock.caller(ALICE);
    let delay = SetDelayParams { data_set: 1, what, delay: 10 };
    mock.call::<Access, AccessActor, method::SetDelay>(&delay).expect("a delay");
    let terms = SetTermsParams { data_set: 1, hash: Bytes32([5; 32]), fresh: true };
    let params = fvm_ipld_encoding::RawBytes::serialize(&terms).expect("parameters");
    let announced = ScheduleParams { data_set: 1, method: method::SetTerms::NUMBER, params, at: None };
    mock.call::<Access, AccessActor, method::Schedule>(&announced).expect("an operation");
    mock.call::<Access, AccessActor, method::CancelNonce>(&1).expect("a nonce");
}
