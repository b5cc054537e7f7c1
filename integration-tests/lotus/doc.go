// Package lotus runs the bundle on a real Lotus full node and compares.
//
// The node is the one of Lotus' own test kit: real chain, real mempool, real wallet, real JSON-RPC, the FVM that Lotus
// ships. Only storage proofs are mocked. Nothing here knows how the actors are made: it has the CARs in target/bundle,
// the holdfast command that encodes and decodes, and Lotus.
//
//	node_test.go      starting a node on a bundle
//
// `make test-lotus` builds what is needed and runs everything.
package lotus
