//! A fungible token: one state, two faces.
//!
//! Filecoin callers use **FRC-46** by method numbers, Ethereum callers use **ERC-20** by calldata through
//! `InvokeEVM`; both work on the same balances and allowances, and every movement is one `Transfer` log that
//! `eth_getLogs` and the actor-events API both show. The method table is
//! [`holdfast_api::token`], the layout is [`state`], one verb is one file under [`methods`].
//!
//! # Who may do what
//! | role | powers | given by |
//! |---|---|---|
//! | holder | transfer, burn, allow operators, delegate votes | owning tokens |
//! | operator | transferFrom, burnFrom within an allowance | the holder, by `approve`, `IncreaseAllowance` or a signed `permit` |
//! | minter | mint within its own cap and the supply cap | the owner |
//! | burner | burn any holder's tokens | the owner |
//! | pauser | pause and unpause | the owner |
//! | owner | all of the above assignments, lower the supply cap, hand over, renounce | the constructor |
//!
//! A role is an actor id, so a DAO or a multisig can hold it.
//!
//! # Votes
//! A voting token counts votes by **ERC-5805**, with the epoch as its clock: whoever changes an account through the
//! `ledger` moves the votes of its delegate, and the `votes` keep how every epoch ended.
//!
//! # Where the standards clash
//! - The receiver hook runs on FRC-46 transfers, mints and batches only, never on the ERC-20 face. Methods of ERC-1363
//!   ask the recipient or spender by its Ethereum face.
//! - An allowance of 2^256 - 1 is without end on both faces.
//! - An FRC-46 operator is never the holder; on the ERC-20 face a holder may allow itself, as OpenZeppelin does.
//!
//! # Invariants
//! `supply_is_sum_of_balances`, `no_zero_entries`, `supply_within_cap`, `minters_have_caps`,
//! `votes_are_delegated_balances`, `supply_checkpoint_is_supply`, `no_checkpoint_is_to_come`: see `invariants.rs`.

pub mod account;
pub mod eip712;
mod events;
#[cfg(not(target_arch = "wasm32"))]
pub mod invariants;
mod ledger;
pub mod methods;
mod recipient;
mod roles;
pub mod state;
pub mod votes;

/// The token actor. Its methods are the implementations of `Handle` and `Answer` under [`methods`].
pub struct TokenActor;

holdfast_runtime::actor!(holdfast_api::token::Token => TokenActor);
