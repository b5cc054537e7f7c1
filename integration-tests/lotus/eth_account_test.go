package lotus

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/big"
	"github.com/filecoin-project/go-state-types/exitcode"

	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/chain/types/ethtypes"
	"github.com/filecoin-project/lotus/chain/wallet/key"
)

// chainID is the one that the kit's nodes are built with: mainnet's.
const chainID = 314

// initFace is Init as Ethereum wallets address it.
var initFace = ethtypes.EthAddressFromActorID(1)

// ethAccount is somebody with an Ethereum key, who does what a wallet does and knows the node by its endpoint only.
type ethAccount struct {
	n        *node
	key      *key.Key
	at       ethtypes.EthAddress
	filecoin address.Address // f410
}

// newEthAccount makes an account that a Filecoin message has funded.
func (n *node) newEthAccount() *ethAccount {
	n.t.Helper()
	return n.newPerson(eth).account
}

// newEthKey makes an account that nobody has sent anything: it has no actor.
func (n *node) newEthKey() *ethAccount {
	n.t.Helper()
	key, at, filecoin := n.EVM().NewAccount()
	return &ethAccount{n, key, at, filecoin}
}

// String is the account's address.
func (a *ethAccount) String() string {
	return a.at.String()
}

// privateKey is the account's key as wallets take it.
func (a *ethAccount) privateKey() string {
	return fmt.Sprintf("0x%x", a.key.PrivateKey)
}

func (a *ethAccount) nonce() int {
	a.n.t.Helper()
	var nonce ethtypes.EthUint64
	a.n.ask(&nonce, "eth_getTransactionCount", a.at, "pending")
	return int(nonce)
}

// call asks what a transaction would give, without sending it.
func (a *ethAccount) call(to ethtypes.EthAddress, input []byte) ([]byte, *refusal) {
	a.n.t.Helper()
	result, refused := a.n.request("eth_call", call{&a.at, &to, input}, "latest")
	if refused != nil {
		return nil, refused
	}
	var output ethtypes.EthBytes
	require.NoError(a.n.t, json.Unmarshal(result, &output))
	return output, nil
}

func (a *ethAccount) estimate(to *ethtypes.EthAddress, input []byte) int {
	a.n.t.Helper()
	var gas ethtypes.EthUint64
	a.n.ask(&gas, "eth_estimateGas", call{&a.at, to, input})
	return int(gas)
}

// send sends an EIP-1559 transaction with the gas that the node estimates, which has to succeed.
func (a *ethAccount) send(to ethtypes.EthAddress, input []byte) *ethtypes.EthTxReceipt {
	a.n.t.Helper()
	receipt := a.sendWithGas(&to, input, a.estimate(&to, input))
	require.EqualValues(a.n.t, 1, receipt.Status)
	return receipt
}

// sendWithGas sends an EIP-1559 transaction with a gas limit, and does not look at how it ends.
func (a *ethAccount) sendWithGas(to *ethtypes.EthAddress, input []byte, gas int) *ethtypes.EthTxReceipt {
	a.n.t.Helper()
	return a.pay(to, big.Zero(), input, gas)
}

// pay is sendWithGas with FIL, in attoFIL.
func (a *ethAccount) pay(to *ethtypes.EthAddress, value big.Int, input []byte, gas int) *ethtypes.EthTxReceipt {
	a.n.t.Helper()
	feeCap, tip := a.n.fees()
	tx := &ethtypes.Eth1559TxArgs{
		ChainID: chainID, Nonce: a.nonce(), To: to, Value: value, Input: input, GasLimit: gas,
		MaxFeePerGas: feeCap, MaxPriorityFeePerGas: tip, V: big.Zero(), R: big.Zero(), S: big.Zero(),
	}
	a.n.EVM().SignTransaction(tx, a.key.PrivateKey)
	return a.submit(tx)
}

// sendLegacy sends a transaction as wallets did before EIP-1559, with the chain's id in the signature (EIP-155).
func (a *ethAccount) sendLegacy(to ethtypes.EthAddress, input []byte) *ethtypes.EthTxReceipt {
	a.n.t.Helper()
	var price ethtypes.EthBigInt
	a.n.ask(&price, "eth_gasPrice")
	tx := ethtypes.NewEthLegacy155TxArgs(&ethtypes.EthLegacyHomesteadTxArgs{
		Nonce: a.nonce(), To: &to, Value: big.Zero(), Input: input, GasLimit: a.estimate(&to, input),
		GasPrice: big.Mul(big.Int(price), big.NewInt(2)), V: big.Zero(), R: big.Zero(), S: big.Zero(),
	})
	a.n.EVM().SignLegacyEIP155Transaction(tx, a.key.PrivateKey, big.NewInt(chainID))
	receipt := a.submit(tx)
	require.EqualValues(a.n.t, 1, receipt.Status)
	require.EqualValues(a.n.t, ethtypes.EthLegacyTxType, receipt.Type)
	return receipt
}

func (a *ethAccount) submit(tx ethtypes.EthTransaction) *ethtypes.EthTxReceipt {
	a.n.t.Helper()
	var raw ethtypes.EthBytes
	var err error
	if legacy, ok := tx.(*ethtypes.EthLegacy155TxArgs); ok {
		raw, err = legacy.ToRawTxBytesSigned()
	} else {
		raw, err = tx.ToRlpSignedMsg()
	}
	require.NoError(a.n.t, err)
	var hash ethtypes.EthHash
	a.n.ask(&hash, "eth_sendRawTransaction", raw)
	return a.n.receipt(hash)
}

// ethToken is a token as Ethereum wallets address it.
type ethToken struct {
	n  *node
	at ethtypes.EthAddress
}

// tokenParams are the constructor's parameters of a token whose tokens all belong to its owner.
func tokenParams(t *testing.T, name, symbol string, owner *ethAccount, supply string) string {
	t.Helper()
	return "0x" + encode(t, "token.Constructor", "name="+name, "symbol="+symbol, "owner="+owner.String(),
		"initial_holder="+owner.String(), "initial_supply="+supply, "voting=true").Hex
}

// createToken makes a token of which the account holds 1000, through Init's Ethereum face.
func (a *ethAccount) createToken(name, symbol string) ethToken {
	a.n.t.Helper()
	params := tokenParams(a.n.t, name, symbol, a, "1000")
	input := calldata(a.n.t, "init.create", "actor_type=holdfast_token", "params="+params)
	return a.n.createdToken(a, a.send(initFace, input))
}

// createdToken finds a new token where a wallet has to look for it: in the log that Init left.
func (n *node) createdToken(creator *ethAccount, receipt *ethtypes.EthTxReceipt) ethToken {
	n.t.Helper()
	for _, log := range receipt.Logs {
		if log.Address != initFace {
			continue
		}
		created := decodeLog(n.t, "init", log)
		require.Equal(n.t, "Created", created.Event)
		require.Equal(n.t, creator.String(), created.Fields["creator"])
		require.EqualValues(n.t, 17, created.Fields["actor_type"])
		return ethToken{n, ethtypes.EthAddressFromActorID(abi.ActorID(created.Fields["id"].(float64)))}
	}
	n.t.Fatalf("no log of Init among %d logs", len(receipt.Logs))
	return ethToken{}
}

// view asks the token by eth_call and gives the only result as holdfast writes it.
func (k ethToken) view(method string, values ...string) string {
	k.n.t.Helper()
	var output ethtypes.EthBytes
	k.n.ask(&output, "eth_call", call{To: &k.at, Data: calldata(k.n.t, "token."+method, values...)}, "latest")
	return decodeResult(k.n.t, method, output.String())
}

// decodeResult is the only result of one of the token's methods, out of ABI-encoded hex, as holdfast writes it.
func decodeResult(t *testing.T, method, output string) string {
	t.Helper()
	answer := holdfast(t, "decode", "return", "--evm", "token."+method, output)
	return strings.Trim(string(answer), "\"\n")
}

// balance is what an address holds, atto-tokens.
func (k ethToken) balance(holder fmt.Stringer) string {
	k.n.t.Helper()
	return k.view("balanceOf", holder.String())
}

// calldata is a call of one of the token's methods.
func (k ethToken) calldata(method string, values ...string) []byte {
	k.n.t.Helper()
	return calldata(k.n.t, "token."+method, values...)
}

// filecoin is the token's address in Filecoin's form.
func (k ethToken) filecoin() address.Address {
	k.n.t.Helper()
	at, err := k.at.ToFilecoinAddress()
	require.NoError(k.n.t, err)
	return at
}

// sendEncoded sends a Filecoin message that holdfast has encoded; it has to succeed.
func (n *node) sendEncoded(from person, to address.Address, message encoding) cid.Cid {
	n.t.Helper()
	params, err := hex.DecodeString(message.Hex)
	require.NoError(n.t, err)
	found := n.wait(n.push(&types.Message{
		From: from.address, To: to, Value: big.Zero(), Method: abi.MethodNum(message.Method), Params: params,
	}))
	require.Equal(n.t, exitcode.Ok, found.Receipt.ExitCode)
	return found.Message
}
