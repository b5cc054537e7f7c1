# Every target sets up what it needs. `make help` lists them.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup bundle demo test test-lotus nightly model fuzz mutants gas bench reproduce fmt lint deny

STEP := @scripts/step
HOLDFAST := cargo run --quiet --locked -p holdfast --
EXAMPLE := cargo run --quiet --locked -p holdfast_integration_tests --example

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: ## check the tools, fetch the pinned toolchain
	$(STEP) "checking the tools" scripts/setup

bundle: setup ## build target/bundle/holdfast-calibrationnet.car
	$(STEP) "building the holdfast command (the first time: some minutes)" cargo build --locked -p holdfast
	$(STEP) "building the bundle" $(HOLDFAST) bundle build

demo: bundle ## start a Filecoin network in the process and tell the stories of a token and a data set on it
	$(STEP) "compiling the Solidity contracts" scripts/solc
	$(STEP) "the demo" $(HOLDFAST) demo

test: setup fmt bundle lint deny ## run every check and every test
	$(STEP) "compiling the Solidity contracts" scripts/solc
	$(STEP) "installing the npm libraries that tests compare with" scripts/wallets
	$(STEP) "building the documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet
	$(STEP) "building the tests" cargo test --workspace --locked --no-run
	$(STEP) "running the tests" cargo test --workspace --locked
	$(STEP) "the first inputs of the fuzz targets" cargo test --quiet --locked --manifest-path fuzz/Cargo.toml --target-dir target/fuzz/tests
	$(STEP) "a build from another folder gives the same actors" scripts/reproduce quick

test-lotus: bundle ## run the bundle on a real Lotus node, and replay what it did on localnet
	$(STEP) "compiling the Solidity contracts" scripts/solc
	$(STEP) "building the FVM of Lotus (the first time: about 7 minutes)" scripts/lotus-ffi
	$(STEP) "building the bundles for Lotus" scripts/lotus bundles
	$(STEP) "building Lotus and its tests (the first time: about 4 minutes)" scripts/lotus build
	$(STEP) "the stories on a Lotus node" scripts/lotus run
	$(STEP) "the same messages on localnet" scripts/lotus replay

nightly: model fuzz mutants ## the long modes of the tests
	$(STEP) "the properties, with other values each time" env PROPTEST_RNG_SEED=$$(date +%s) \
		cargo test --locked -p holdfast_policies -p holdfast_runtime -p holdfast_api -p holdfast_client -p holdfast_localnet -p holdfast
	$(STEP) "a hundred thousand decisions" env PROPTEST_RNG_SEED=$$(date +%s) HOLDFAST_ACCESS_CASES=100000 \
		cargo test --release --locked -p holdfast_policies --test access
	$(STEP) "compiling the Solidity contracts" scripts/solc
	$(STEP) "out of gas at every charge point" env EVERY_GAS_CUT=1 cargo test --locked -p holdfast_integration_tests --test gas_cuts
	$(STEP) "measuring our actors and OpenZeppelin's contracts" $(EXAMPLE) bench
	$(STEP) "measuring with up to a million holders and grants" $(EXAMPLE) growth
	$(STEP) "the first inputs of the fuzz targets" cargo run --quiet --manifest-path fuzz/Cargo.toml --example corpus
	$(STEP) "what was measured and written is what is committed" scripts/committed docs integration-tests/snapshots fuzz/corpus

model: bundle ## ten thousand random messages to each actor that has a model
	$(STEP) "compiling the Solidity contracts" scripts/solc
	$(STEP) "the token and its model" env HOLDFAST_MODEL_MESSAGES=10000 HOLDFAST_SEED=$${HOLDFAST_SEED:-random} \
		cargo test --locked -p holdfast_integration_tests --test token model:: -- --nocapture
	$(STEP) "access and its model" env HOLDFAST_MODEL_MESSAGES=10000 HOLDFAST_SEED=$${HOLDFAST_SEED:-random} \
		cargo test --locked -p holdfast_integration_tests --test access model:: -- --nocapture

fuzz: setup ## any bytes to the methods of the actors, FUZZ_SECONDS (60) a target
	$(STEP) "fuzzing" scripts/fuzz

mutants: setup ## change the rules, the token and access, and list the changes that no fast test notices
	$(STEP) "mutants" scripts/mutants

gas: setup ## print the gas of every message that has a figure
	$(STEP) "measuring gas" cargo test --quiet --locked -p holdfast_integration_tests --test gas -- --nocapture

bench: setup ## measure our actors beside OpenZeppelin's contracts and as they grow, write docs/bench* and docs/growth*
	$(STEP) "compiling the Solidity contracts" scripts/solc
	$(STEP) "measuring our actors and OpenZeppelin's contracts (some minutes)" $(EXAMPLE) bench
	$(STEP) "measuring with up to a million holders and grants (some minutes)" $(EXAMPLE) growth

reproduce: setup ## build the bundle twice, in two folders with two cargo homes, and compare
	$(STEP) "building the bundle twice" scripts/reproduce

fmt: setup ## check the formatting
	$(STEP) "checking the formatting" cargo fmt --all --check

lint: setup ## clippy, for the host and for what runs on the chain
	$(STEP) "clippy for the host" cargo clippy --workspace --all-targets --features holdfast_integration_tests/lotus --locked -- -D warnings
	$(STEP) "clippy for the chain" scripts/lint

deny: setup ## licences, bans and sources of all dependencies
	$(STEP) "checking the dependencies" scripts/deny
