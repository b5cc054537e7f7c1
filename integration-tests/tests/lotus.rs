//! What a real Lotus node did, once more on localnet: the same bytes in the same tipsets give the same gas, receipts and
//! state roots. The tests of `integration-tests/lotus` write the records; `make test-lotus` runs both.

#[path = "lotus/chain.rs"]
mod chain;
#[path = "lotus/compare.rs"]
mod compare;
#[path = "lotus/record.rs"]
mod record;
#[path = "lotus/replay.rs"]
mod replay;
