package lotus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-state-types/big"

	"github.com/filecoin-project/lotus/chain/types/ethtypes"
	"github.com/filecoin-project/lotus/itests/kit"
)

// endpoint is where wallets and their libraries speak to the node.
func (n *node) endpoint() string {
	return n.ListenURL + "/rpc/v1"
}

// refusal is the error of a JSON-RPC request; Data is what the actor reverted with, in hex, if it did.
type refusal struct {
	Code    int
	Message string
	Data    string
}

func (r *refusal) Error() string {
	return fmt.Sprintf("JSON-RPC error %d: %s %s", r.Code, r.Message, r.Data)
}

// request puts one question to the node over HTTP, as a wallet does.
func (n *node) request(method string, params ...any) (json.RawMessage, *refusal) {
	n.t.Helper()
	if params == nil {
		params = []any{}
	}
	question, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
	require.NoError(n.t, err)
	response, err := http.Post(n.endpoint(), "application/json", bytes.NewReader(question))
	require.NoError(n.t, err)
	defer response.Body.Close()
	var answer struct {
		Result json.RawMessage
		Error  *refusal
	}
	require.NoError(n.t, json.NewDecoder(response.Body).Decode(&answer), method)
	return answer.Result, answer.Error
}

// ask is a request that has to succeed.
func (n *node) ask(into any, method string, params ...any) {
	n.t.Helper()
	result, refused := n.request(method, params...)
	require.Nil(n.t, refused, method)
	require.NoError(n.t, json.Unmarshal(result, into), "%s: %s", method, result)
}

// call is a call that changes nothing.
type call struct {
	From *ethtypes.EthAddress `json:"from,omitempty"`
	To   *ethtypes.EthAddress `json:"to,omitempty"`
	Data ethtypes.EthBytes    `json:"data"`
}

// fees are a transaction's fee cap and tip as wallets choose them: twice the base fee, and what the node recommends.
func (n *node) fees() (feeCap, tip big.Int) {
	n.t.Helper()
	var history ethtypes.EthFeeHistory
	n.ask(&history, "eth_feeHistory", "0x5", "latest", []float64{50})
	require.NotEmpty(n.t, history.BaseFeePerGas)
	base := big.Int(history.BaseFeePerGas[len(history.BaseFeePerGas)-1])
	require.Positive(n.t, base.Sign())
	var recommended ethtypes.EthBigInt
	n.ask(&recommended, "eth_maxPriorityFeePerGas")
	return big.Add(big.Mul(base, big.NewInt(2)), big.Int(recommended)), big.Int(recommended)
}

// receipt waits until a transaction is on the chain.
func (n *node) receipt(hash ethtypes.EthHash) *ethtypes.EthTxReceipt {
	n.t.Helper()
	var found *ethtypes.EthTxReceipt
	var refused *refusal
	for end := time.Now().Add(2 * time.Minute); found == nil; time.Sleep(blockTime) {
		require.True(n.t, time.Now().Before(end), "no receipt for %s: %v", hash, refused)
		var result json.RawMessage
		// The node refuses to look while its index is behind.
		if result, refused = n.request("eth_getTransactionReceipt", hash); refused == nil {
			require.NoError(n.t, json.Unmarshal(result, &found), "%s", result)
		}
	}
	require.Equal(n.t, hash, found.TransactionHash)
	return found
}

// logs are what eth_getLogs finds since genesis with the filter given.
func (n *node) logs(filter map[string]any) []ethtypes.EthLog {
	n.t.Helper()
	whole := map[string]any{"fromBlock": "0x0", "toBlock": "latest"}
	for key, value := range filter {
		whole[key] = value
	}
	n.indexed()
	var found []ethtypes.EthLog
	n.ask(&found, "eth_getLogs", whole)
	return found
}

// indexed waits until the index of events has the head. Lotus itself waits only if it finds nothing, and not for long.
func (n *node) indexed() {
	n.t.Helper()
	nothing := map[string]any{"fromBlock": "0x0", "toBlock": "latest", "topics": []any{kit.EthTopicHash("Nobody()")}}
	require.Eventually(n.t, func() bool {
		_, refused := n.request("eth_getLogs", nothing)
		return refused == nil
	}, 2*time.Minute, blockTime)
}

// event is a log as `holdfast decode event` shows it.
type event struct {
	Event  string
	Fields map[string]any
}

func decodeLog(t *testing.T, actor string, log ethtypes.EthLog) event {
	t.Helper()
	text, err := json.Marshal(map[string]any{"topics": log.Topics, "data": log.Data})
	require.NoError(t, err)
	var decoded event
	require.NoError(t, json.Unmarshal(holdfast(t, "decode", "event", actor, string(text)), &decoded))
	return decoded
}

// revert is revert data as `holdfast decode revert` shows it.
type revert struct {
	Error string
	Args  []any
}

func decodeRevert(t *testing.T, actor, data string) revert {
	t.Helper()
	var decoded revert
	require.NoError(t, json.Unmarshal(holdfast(t, "decode", "revert", actor, data), &decoded))
	return decoded
}

// encoding is the answer of `holdfast encode --json`.
type encoding struct {
	Method   uint64
	Hex      string
	Calldata ethtypes.EthBytes // with --evm
	Ethers   string            // with --evm
}

func encode(t *testing.T, args ...string) encoding {
	t.Helper()
	var encoded encoding
	answer := holdfast(t, append([]string{"encode", "--json"}, args...)...)
	require.NoError(t, json.Unmarshal(answer, &encoded), "%s", answer)
	return encoded
}

// calldata is a call of a method's Ethereum face.
func calldata(t *testing.T, method string, values ...string) []byte {
	t.Helper()
	return encode(t, append([]string{"--evm", method}, values...)...).Calldata
}
