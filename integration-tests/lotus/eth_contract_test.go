package lotus

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-state-types/crypto"

	"github.com/filecoin-project/lotus/chain/types/ethtypes"
	"github.com/filecoin-project/lotus/itests/kit"
	"github.com/filecoin-project/lotus/lib/sigs"
)

// executionReverted is the code of a JSON-RPC error with revert data.
const executionReverted = 3

// till is the contract Till of integration-tests/solidity, compiled by solc: a shop's till that knows the token by the
// plain ERC-20 interface.
type till struct {
	n  *node
	at ethtypes.EthAddress
}

// bytecode is the code that creates a contract, as scripts/solc compiled it.
func bytecode(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(inTarget("solidity", "contracts.json"))
	require.NoError(t, err, "has scripts/solc run?")
	var contracts map[string]struct{ Bytecode ethtypes.EthBytes }
	require.NoError(t, json.Unmarshal(text, &contracts))
	require.Contains(t, contracts, name)
	return contracts[name].Bytecode
}

// deployTill opens a till of the account's own.
func (a *ethAccount) deployTill(token ethToken) till {
	a.n.t.Helper()
	code := append(bytecode(a.n.t, "Till"), word(token.at)...)
	receipt := a.sendWithGas(nil, code, a.estimate(nil, code))
	require.EqualValues(a.n.t, 1, receipt.Status)
	require.NotNil(a.n.t, receipt.ContractAddress)
	return till{a.n, *receipt.ContractAddress}
}

// String is the till's address.
func (c till) String() string {
	return c.at.String()
}

func (c till) charge(customer ethtypes.EthAddress, value uint64) []byte {
	return abiCall("charge(address,uint256)", word(customer), kit.EvmWordUint64(value))
}

func (c till) pay(to ethtypes.EthAddress, value uint64) []byte {
	return abiCall("pay(address,uint256)", word(to), kit.EvmWordUint64(value))
}

// abiCall is the calldata of a function whose arguments are single words.
func abiCall(signature string, words ...[]byte) []byte {
	input := kit.EthFunctionHash(signature)
	for _, word := range words {
		input = append(input, word...)
	}
	return input
}

func word(a ethtypes.EthAddress) []byte {
	return kit.EvmWordBytes(a[:])
}

func keccak(parts ...[]byte) []byte {
	var text []byte
	for _, part := range parts {
		text = append(text, part...)
	}
	hash := kit.EthTopicHash(string(text))
	return hash[:]
}

func TestASolidityContractHoldsAndSpendsTheToken(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, bob, keeper := n.newEthAccount(), n.newEthAccount(), n.newPerson(secp256k1)
	harbour := alice.createToken("Harbour", "HRB")
	shop := alice.deployTill(harbour)
	var code ethtypes.EthBytes
	n.ask(&code, "eth_getCode", shop.at, "latest")
	require.NotEmpty(t, code)
	alice.send(harbour.at, harbour.calldata("transfer", "to="+bob.String(), "value=100"))
	bob.send(harbour.at, harbour.calldata("approve", "spender="+shop.String(), "value=60"))

	charged := alice.send(shop.at, shop.charge(bob.at, 25))
	require.Equal(t, []event{moved(bob.at, shop.at, "25")}, harbour.eventsOf(charged.Logs))
	require.Len(t, charged.Logs, 2)
	require.Equal(t, shop.at, charged.Logs[1].Address)
	require.Equal(t, kit.EthTopicHash("Charged(address,uint256)"), charged.Logs[1].Topics[0])
	require.EqualValues(t, kit.EvmWordUint64(25), charged.Logs[1].Data)

	paid := alice.send(shop.at, shop.pay(keeper.eth, 10))
	require.Equal(t, []event{moved(shop.at, keeper.eth, "10")}, harbour.eventsOf(paid.Logs))
	takings, refused := bob.call(shop.at, abiCall("takings()"))
	require.Nil(t, refused)
	require.Equal(t, kit.EvmWordUint64(15), takings)
	require.Equal(t, "15", harbour.balance(shop))
	require.Equal(t, "10", harbour.balance(keeper.id))
	require.Equal(t, "35", harbour.view("allowance", "owner="+bob.String(), "operator="+shop.String()))
	n.saveRecord("solidity-contract")
}

func TestWhyACallFailsReachesItsCaller(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, bob := n.newEthAccount(), n.newEthAccount()
	harbour := alice.createToken("Harbour", "HRB")
	shop := alice.deployTill(harbour)
	alice.send(harbour.at, harbour.calldata("approve", "spender="+shop.String(), "value=60"))

	// A method that is reached by its Filecoin number fails with its exit code and the same data inside.
	insufficientBalance := 64.0
	bare := bob.refused(harbour.at, harbour.calldata("transfer", "to="+alice.String(), "value=7"))

	failing := []struct {
		to    ethtypes.EthAddress
		input []byte
		why   revert
	}{
		{harbour.at, harbour.calldata("transfer", "to="+alice.String(), "value=7"),
			revert{"ERC20InsufficientBalance(address,uint256,uint256)", []any{bob.String(), "0", "7"}}},
		{harbour.at, harbour.calldata("transferFrom", "from="+alice.String(), "to="+bob.String(), "value=7"),
			revert{"ERC20InsufficientAllowance(address,uint256,uint256)", []any{bob.String(), "0", "7"}}},
		{harbour.at, harbour.calldata("setMinter", "minter="+bob.String(), "cap=1"),
			revert{"OwnableUnauthorizedAccount(address)", []any{bob.String()}}},
		{harbour.at, harbour.calldata("pause"),
			revert{"Error(string)", []any{n.id(bob.filecoin).String() + " is not the pauser"}}},
		{harbour.at, harbour.calldata("Transfer", "to="+alice.String(), "amount=7 atto"),
			revert{"FilecoinMethodFailed(uint32,bytes)", []any{insufficientBalance, bare}}},
		{shop.at, shop.charge(alice.at, 61),
			revert{"ERC20InsufficientAllowance(address,uint256,uint256)", []any{shop.String(), "60", "61"}}},
	}
	for _, call := range failing {
		require.Equal(t, call.why, decodeRevert(t, "token", bob.refused(call.to, call.input)))
	}
	require.EqualValues(t, append(kit.EthFunctionHash("NotKeeper(address)"), word(bob.at)...),
		fromHex(t, bob.refused(shop.at, shop.pay(bob.at, 1))), "the contract's own error")

	// Sent all the same, it costs gas and changes nothing.
	sent := bob.sendWithGas(&shop.at, shop.charge(alice.at, 61), 100_000_000)
	require.Zero(t, sent.Status)
	require.Positive(t, sent.GasUsed)
	require.Empty(t, sent.Logs)
	require.Equal(t, "1000000000000000000000", harbour.balance(alice))

	alice.send(harbour.at, harbour.calldata("pause"))
	require.Equal(t, revert{"EnforcedPause()", []any{}},
		decodeRevert(t, "token", alice.refused(harbour.at, harbour.calldata("transfer", "to="+bob.String(), "value=7"))))
}

// refused gives the revert data of a failing call, in hex, after eth_call and eth_estimateGas have given the same.
func (a *ethAccount) refused(to ethtypes.EthAddress, input []byte) string {
	a.n.t.Helper()
	_, called := a.call(to, input)
	require.NotNil(a.n.t, called)
	require.Equal(a.n.t, executionReverted, called.Code, called.Message)
	_, estimated := a.n.request("eth_estimateGas", call{&a.at, &to, input})
	require.NotNil(a.n.t, estimated)
	require.Equal(a.n.t, executionReverted, estimated.Code, estimated.Message)
	require.Equal(a.n.t, called.Data, estimated.Data)
	return called.Data
}

func fromHex(t *testing.T, text string) []byte {
	t.Helper()
	data, err := ethtypes.DecodeHexString(text)
	require.NoError(t, err)
	return data
}

// permit is ERC-2612's permit by the account's signature (EIP-712), as calldata of the token named Harbour.
func (a *ethAccount) permit(token ethToken, spender ethtypes.EthAddress, value, nonce, deadline, chain uint64) []byte {
	a.n.t.Helper()
	number := kit.EvmWordUint64
	domain := keccak(
		keccak([]byte("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")),
		keccak([]byte("Harbour")), keccak([]byte("1")), number(chain), word(token.at))
	message := keccak(
		keccak([]byte("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)")),
		word(a.at), word(spender), number(value), number(nonce), number(deadline))
	// The signer hashes what it signs.
	signature, err := sigs.Sign(crypto.SigTypeDelegated, a.key.PrivateKey, append(append([]byte{0x19, 0x01}, domain...), message...))
	require.NoError(a.n.t, err)
	r, s, v := signature.Data[:32], signature.Data[32:64], uint64(signature.Data[64])+27
	return abiCall("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)",
		word(a.at), word(spender), number(value), number(deadline), number(v), r, s)
}

func TestARelayerCarriesAPermitSignedForThisChain(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, relayer := n.newEthAccount(), n.newEthAccount()
	harbour := alice.createToken("Harbour", "HRB")
	var head ethtypes.EthBlock
	n.ask(&head, "eth_getBlockByNumber", "latest", false)
	// An epoch is 30 s on the chain and some milliseconds here: an hour would soon be over.
	year, past := uint64(head.Timestamp)+365*24*3600, uint64(head.Timestamp)-1
	why := func(input []byte) string {
		return decodeRevert(t, "token", relayer.refused(harbour.at, input)).Error
	}

	foreign := alice.permit(harbour, relayer.at, 25, 0, year, 1)
	require.Equal(t, "ERC2612InvalidSigner(address,address)", why(foreign), "signed for chain 1")
	late := alice.permit(harbour, relayer.at, 25, 0, past, chainID)
	require.Equal(t, "ERC2612ExpiredSignature(uint256)", why(late))

	permit := alice.permit(harbour, relayer.at, 25, 0, year, chainID)
	receipt := relayer.send(harbour.at, permit)
	require.Equal(t, []event{allowed(alice.at, relayer.at, "25")}, harbour.eventsOf(receipt.Logs))
	require.Equal(t, "1", harbour.view("nonces", alice.String()))
	require.Equal(t, "ERC2612InvalidSigner(address,address)", why(permit), "carried a second time")

	relayer.send(harbour.at, harbour.calldata("transferFrom", "from="+alice.String(), "to="+relayer.String(), "value=25"))
	require.Equal(t, "25", harbour.balance(relayer))
	require.Equal(t, 1, alice.nonce(), "the holder has sent nothing but the token's creation")
}
