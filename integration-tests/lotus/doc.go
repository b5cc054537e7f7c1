// Package lotus runs the bundle on a real Lotus full node and compares.
//
// The node is the one of Lotus' own test kit: real chain, real mempool, real wallet, real JSON-RPC, the FVM that Lotus
// ships. Only storage proofs are mocked. Nothing here knows how the actors are made: it has the CARs in target/bundle,
// the holdfast command that encodes and decodes, and Lotus.
//
//	node_test.go        starting a node on a bundle
//	people_test.go      f1, f3 and 0x people with keys and funds
//	holdfast_test.go    our command, run as people run it
//	story_*_test.go     every file of integration-tests/stories by Lotus messages
//	commands_test.go    the same kind of messages by Lotus' own command line
//	reading_test.go     what a node lets read of our actors
//	eth_*_test.go       0x accounts, a Solidity contract and wallets' libraries, over the node's Ethereum endpoint
//	wallet              what ethers and viem do there
//	recorder_test.go    what a node's FVM is told, asks and makes
//	record_test.go      a chain and its genesis state, written for the replay on localnet: n.saveRecord(name)
//	replay_test.go      a chain with everything that consensus has a rule for, by two miners (twins_test.go) and with a
//	                    contract that asks for hashes and randomness (probe_test.go); tests/lotus of the crate replays it
//	car_test.go         state trees as CARs
//	migration_test.go   Lotus' own migrations, on a chain and on a tree, beside `holdfast bundle upgrade`
//	in_use_test.go      what a network has in use before an upgrade, and how it goes on
//	upgrade_*_test.go   from the official actors to ours, to a bundle without our names, to our next token
//	calibration_test.go calibration's own actors, and the bundle for them
//	itests_*_test.go    Lotus' own tests on the official bundle and on ours
//
// `make test-lotus` builds what is needed and runs everything.
package lotus
