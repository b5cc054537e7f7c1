package lotus

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	cbg "github.com/whyrusleeping/cbor-gen"

	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/big"
	"github.com/filecoin-project/go-state-types/builtin"
	"github.com/filecoin-project/go-state-types/exitcode"

	"github.com/filecoin-project/lotus/api"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/chain/types/ethtypes"
)

// reverted is the exit code of an Ethereum face that reverts.
const reverted exitcode.ExitCode = 33

// refusedGas is the gas limit of messages that are to be refused. The node estimates none for those.
const refusedGas = 50_000_000

// storyCall is a call that a story makes, encoded by the command.
type storyCall struct {
	name   string
	evm    bool
	method abi.MethodNum
	params []byte // of the message
	input  []byte // calldata
}

// newCall encodes a call. A name without an actor is that of an FRC-42 method that the command does not know.
func (s *stage) newCall(name string, evm bool, with any) storyCall {
	s.t.Helper()
	values := words(s.t, with)
	if !strings.Contains(name, ".") {
		require.False(s.t, evm, "`%s`: the Ethereum face takes actor.Method", name)
		params, err := hex.DecodeString(strings.TrimPrefix(strings.Join(values, ""), "0x"))
		require.NoError(s.t, err)
		return storyCall{name: name, method: builtin.MustGenerateFRCMethodNum(name), params: params}
	}
	if evm {
		input := calldata(s.t, name, values...)
		return storyCall{name: name, evm: true, method: builtin.MethodsEVM.InvokeContract, params: cborBytes(s.t, input), input: input}
	}
	encoded := encode(s.t, append([]string{name}, values...)...)
	params, err := hex.DecodeString(encoded.Hex)
	require.NoError(s.t, err)
	return storyCall{name: name, method: abi.MethodNum(encoded.Method), params: params}
}

func cborBytes(t *testing.T, data []byte) []byte {
	t.Helper()
	var wrapped bytes.Buffer
	require.NoError(t, cbg.WriteByteArray(&wrapped, data))
	return wrapped.Bytes()
}

// outcome is what came of a message.
type outcome struct {
	exit   exitcode.ExitCode
	answer []byte // the return value; of the Ethereum face without the CBOR around it
	why    string // of a failure
	events []types.Event
}

// deliver sends or asks.
func (s *stage) deliver(step step, from person, call storyCall, expected exitcode.ExitCode) outcome {
	s.t.Helper()
	to := s.get(step.To)
	value := big.Zero()
	if step.Value != "" {
		parsed, err := types.ParseFIL(step.Value)
		require.NoError(s.t, err)
		value = big.Int(parsed)
	}
	message := &types.Message{From: from.address, To: to.address, Value: value, Method: call.method, Params: call.params}
	switch {
	case step.View && from.kind == eth:
		data, refused := from.account.call(to.eth, call.input)
		require.Nil(s.t, refused)
		return outcome{answer: data}
	case step.View:
		asked, err := s.StateCall(s.ctx, message, types.EmptyTSK)
		require.NoError(s.t, err)
		return outcome{exit: asked.MsgRct.ExitCode, answer: call.unwrap(s.t, asked.MsgRct.Return), why: asked.Error}
	case from.kind == eth:
		return s.landed(call, s.transaction(from, to, call, value, expected))
	case expected != exitcode.Ok:
		message.GasLimit = refusedGas
	}
	return s.landed(call, s.wait(s.push(message)))
}

// transaction sends the call as a wallet with an Ethereum key does.
func (s *stage) transaction(from person, to named, call storyCall, value abi.TokenAmount, expected exitcode.ExitCode) *api.MsgLookup {
	s.t.Helper()
	gas := ethtypes.EthUint64(refusedGas)
	if expected == exitcode.Ok {
		s.ask(&gas, "eth_estimateGas", map[string]any{
			"from": from.eth, "to": to.eth, "data": ethtypes.EthBytes(call.input), "value": ethtypes.EthBigInt(value),
		})
	}
	receipt := from.account.pay(&to.eth, value, call.input, int(gas))
	message, err := s.EthGetMessageCidByTransactionHash(s.ctx, &receipt.TransactionHash)
	require.NoError(s.t, err)
	return s.wait(*message)
}

// landed is the outcome of a message on the chain.
func (s *stage) landed(call storyCall, found *api.MsgLookup) outcome {
	s.t.Helper()
	got := outcome{exit: found.Receipt.ExitCode, answer: call.unwrap(s.t, found.Receipt.Return)}
	if got.exit != exitcode.Ok {
		replayed, err := s.StateReplay(s.ctx, types.EmptyTSK, found.Message)
		require.NoError(s.t, err)
		got.why = replayed.Error
	}
	if found.Receipt.EventsRoot != nil {
		events, err := s.ChainGetEvents(s.ctx, *found.Receipt.EventsRoot)
		require.NoError(s.t, err)
		got.events = events
	}
	return got
}

// unwrap takes the answer of an Ethereum face out of its CBOR.
func (c storyCall) unwrap(t *testing.T, answer []byte) []byte {
	t.Helper()
	if !c.evm || len(answer) == 0 {
		return answer
	}
	data, err := cbg.ReadByteArray(bytes.NewReader(answer), uint64(len(answer)))
	require.NoError(t, err)
	return data
}

// returned is the return value as the command shows it.
func (c storyCall) returned(t *testing.T, got outcome) any {
	t.Helper()
	data := hexOf(got.answer)
	switch {
	case c.evm:
		return holdfastJSON(t, "decode", "return", "--evm", c.name, data)
	case len(got.answer) == 0:
		return nil
	case strings.Contains(c.name, "."):
		return holdfastJSON(t, "decode", "return", c.name, data)
	default:
		return holdfastJSON(t, "decode", "any", data)
	}
}

// revert is the revert data as the command shows it.
func (o outcome) revert(t *testing.T, call storyCall) map[string]any {
	t.Helper()
	actor, _, _ := strings.Cut(call.name, ".")
	return holdfastJSON(t, "decode", "revert", actor, hexOf(o.answer)).(map[string]any)
}

// shownEvents are events as the command shows them for the actors that are expected to have them. The fields of one that
// nobody expects stay as they are.
func (s *stage) shownEvents(expected []storyEvent, events []types.Event) []any {
	s.t.Helper()
	shown := make([]any, len(events))
	for i, event := range events {
		if i >= len(expected) {
			shown[i] = event
			continue
		}
		actor, _, _ := strings.Cut(expected[i].Event, ".")
		entries, err := json.Marshal(event.Entries)
		require.NoError(s.t, err)
		decoded := holdfastJSON(s.t, "decode", "event", actor, string(entries)).(map[string]any)
		shown[i] = map[string]any{
			"of": event.Emitter.String(), "event": fmt.Sprint(actor, ".", decoded["event"]), "fields": decoded["fields"],
		}
	}
	return shown
}

func (s *stage) expectedEvents(expected []storyEvent) []any {
	s.t.Helper()
	events := make([]any, len(expected))
	for i, event := range expected {
		events[i] = map[string]any{
			"of": s.fillText("$" + event.Of + ".number"), "event": event.Event, "fields": s.fill(event.Fields),
		}
	}
	return events
}

// holdfastJSON is what the command prints, with numbers as they are written.
func holdfastJSON(t *testing.T, args ...string) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(holdfast(t, args...)))
	decoder.UseNumber()
	var value any
	require.NoError(t, decoder.Decode(&value), "%v", args)
	return value
}

// hexOf is bytes as the command takes them.
func hexOf(data []byte) string {
	return "0x" + hex.EncodeToString(data)
}
