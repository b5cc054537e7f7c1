package lotus

import (
	"encoding/json"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/big"
	"github.com/filecoin-project/go-state-types/builtin"
	"github.com/filecoin-project/go-state-types/exitcode"

	"github.com/filecoin-project/lotus/api"
	"github.com/filecoin-project/lotus/chain/types"
)

// receiverHook is the method that FRC-46 calls on whoever receives tokens.
var receiverHook = builtin.MustGenerateFRCMethodNum("Receive")

// reader looks at a token in use: Alice has made it, let Bruno mint, and sent him some.
type reader struct {
	*stage
	token         named
	created, sent *api.MsgLookup
	minter        *api.MsgLookup
}

func newReader(t *testing.T) *reader {
	t.Helper()
	told := story{People: map[string]keyKind{"alice": secp256k1, "bruno": bls}}
	s := newStage(startNode(t, storyBundle()), told)
	r := &reader{stage: s}
	create := map[string]any{"code_cid": "$code:holdfast_token", "constructor_params": map[string]any{
		"encode": "token.Constructor",
		"with": map[string]any{"name": "Harbour", "symbol": "HRB", "owner": "$alice",
			"initial_holder": "$alice", "initial_supply": "1000", "voting": true},
	}}
	r.created = r.message("alice", "init", "init.ExecNative", create)
	returned := holdfastJSON(t, "decode", "return", "init.ExecNative", hexOf(r.created.Receipt.Return))
	s.bindCreated("harbour", returned)
	r.token = s.get("harbour")
	r.minter = r.message("alice", "harbour", "token.SetMinter", map[string]any{"minter": "$bruno", "cap": "7"})
	r.sent = r.message("alice", "harbour", "token.Transfer", map[string]any{"to": "$bruno", "amount": "250"})
	return r
}

// message sends a call that has to succeed.
func (r *reader) message(from, to, name string, with any) *api.MsgLookup {
	r.t.Helper()
	call := r.newCall(name, false, r.fill(with))
	found := r.wait(r.push(&types.Message{
		From: r.people[from].address, To: r.get(to).address, Value: big.Zero(), Method: call.method, Params: call.params,
	}))
	require.Equal(r.t, exitcode.Ok, found.Receipt.ExitCode)
	return found
}

// block is a block of the token's state as the command shows it.
func (r *reader) block(name string, at cid.Cid) map[string]any {
	r.t.Helper()
	data, err := r.ChainReadObj(r.ctx, at)
	require.NoError(r.t, err)
	return holdfastJSON(r.t, "decode", "state", name, hexOf(data)).(map[string]any)
}

func TestTheStateOfATokenIsReadBlockByBlock(t *testing.T) {
	r := newReader(t)
	actor := r.actor(r.token.id)
	root := r.block("token", actor.Head)
	require.Equal(t, "1000", root["supply"])
	require.Equal(t, false, root["paused"])
	settings, err := cid.Parse(root["settings"].(string))
	require.NoError(t, err)
	behind := r.block("token.Settings", settings)
	require.Equal(t, "Harbour", behind["name"])
	require.Equal(t, r.fillText("$alice.number"), plain(behind["owner"]))

	_, err = r.StateReadState(r.ctx, r.token.id, types.EmptyTSK)
	require.ErrorContains(t, err, "state type for actor "+actor.Code.String()+" not found")
}

func TestAViewIsAskedAtTheHeadAndAtAnEarlierTipset(t *testing.T) {
	r := newReader(t)
	call := r.newCall("token.BalanceOf", false, r.fill("$bruno"))
	message := &types.Message{From: r.people["alice"].address, To: r.token.address, Value: big.Zero(), Method: call.method, Params: call.params}
	balance := func(at types.TipSetKey) any {
		asked, err := r.StateCall(r.ctx, message, at)
		require.NoError(t, err)
		require.Equal(t, exitcode.Ok, asked.MsgRct.ExitCode, asked.Error)
		return holdfastJSON(t, "decode", "return", "token.BalanceOf", hexOf(asked.MsgRct.Return))
	}
	require.Equal(t, "250", balance(types.EmptyTSK))
	// A tipset's key stands for the state before its own messages: those in the parents have run.
	require.Equal(t, "0", balance(r.minter.TipSet))
}

// shown are events that the node's index finds, as the command shows them for the token.
func (r *reader) shown(filter types.ActorEventFilter) []any {
	r.t.Helper()
	r.indexed()
	start := abi.ChainEpoch(0)
	filter.FromHeight = &start
	found, err := r.GetActorEventsRaw(r.ctx, &filter)
	require.NoError(r.t, err)
	shown := make([]any, len(found))
	for i, event := range found {
		require.Equal(r.t, r.token.id, event.Emitter)
		require.False(r.t, event.Reverted)
		entries, err := json.Marshal(event.Entries)
		require.NoError(r.t, err)
		decoded := holdfastJSON(r.t, "decode", "event", "token", string(entries)).(map[string]any)
		shown[i] = plain([]any{event.MsgCid.String(), decoded["event"], decoded["fields"]})
	}
	return shown
}

func TestEventsAreFoundByEmitterAndByKey(t *testing.T) {
	r := newReader(t)
	nobody := "0x0000000000000000000000000000000000000000"
	created, minter, sent := r.created.Message.String(), r.minter.Message.String(), r.sent.Message.String()
	ownership := []any{created, "OwnershipTransferred", map[string]any{"previous_owner": nobody, "new_owner": r.fillText("$alice.eth")}}
	first := []any{created, "Transfer", map[string]any{"from": nobody, "to": r.fillText("$alice.eth"), "value": "1000000000000000000000"}}
	allowed := []any{minter, "minter-set", map[string]any{"minter": r.fillText("$bruno.number"), "cap": "7"}}
	moved := []any{sent, "Transfer", map[string]any{"from": r.fillText("$alice.eth"), "to": r.fillText("$bruno.eth"), "value": "250000000000000000000"}}

	token := []address.Address{r.token.id}
	require.Equal(t, []any{ownership, first, allowed, moved}, r.shown(types.ActorEventFilter{Addresses: token}))

	kind := map[string][]types.ActorEventBlock{"$type": {{Codec: 0x51, Value: append([]byte{0x6a}, "minter-set"...)}}}
	require.Equal(t, []any{allowed}, r.shown(types.ActorEventFilter{Addresses: token, Fields: kind}))

	events, err := r.ChainGetEvents(r.ctx, *r.sent.Receipt.EventsRoot)
	require.NoError(t, err)
	require.Len(t, events, 1)
	topic := map[string][]types.ActorEventBlock{"t1": {{Codec: 0x55, Value: events[0].Entries[0].Value}}}
	require.Equal(t, []any{first, moved}, r.shown(types.ActorEventFilter{Addresses: token, Fields: topic}))
	receiver := map[string][]types.ActorEventBlock{"t3": {{Codec: 0x55, Value: events[0].Entries[2].Value}}}
	require.Equal(t, []any{moved}, r.shown(types.ActorEventFilter{Addresses: token, Fields: receiver}))

	// eth_getLogs shows logs, and leaves out events in CBOR.
	logs := r.logs(map[string]any{"address": r.token.eth})
	require.Len(t, logs, 3)
}

func TestAReplayShowsGasReturnValueAndSubcalls(t *testing.T) {
	r := newReader(t)
	for _, found := range []*api.MsgLookup{r.created, r.minter, r.sent} {
		replayed, err := r.StateReplay(r.ctx, types.EmptyTSK, found.Message)
		require.NoError(t, err)
		require.Equal(t, found.Receipt.ExitCode, replayed.MsgRct.ExitCode)
		require.Equal(t, found.Receipt.Return, replayed.MsgRct.Return)
		require.Equal(t, found.Receipt.GasUsed, replayed.MsgRct.GasUsed)
		require.Equal(t, found.Receipt.EventsRoot, replayed.MsgRct.EventsRoot)
		require.Positive(t, replayed.ExecutionTrace.SumGas().TotalGas)
	}
	// Init calls the constructor, and nobody else.
	creation, err := r.StateReplay(r.ctx, types.EmptyTSK, r.created.Message)
	require.NoError(t, err)
	require.Equal(t, []subcall{{builtin.InitActorAddr, r.token.id, builtin.MethodConstructor}}, subcalls(creation))
	// FRC-46 tells the receiver; the methods of ERC-20 do not.
	transfer, err := r.StateReplay(r.ctx, types.EmptyTSK, r.sent.Message)
	require.NoError(t, err)
	require.Equal(t, []subcall{{r.token.id, r.people["bruno"].id, receiverHook}}, subcalls(transfer))
}

type subcall struct {
	from, to address.Address
	method   abi.MethodNum
}

func subcalls(replayed *api.InvocResult) []subcall {
	calls := make([]subcall, len(replayed.ExecutionTrace.Subcalls))
	for i, call := range replayed.ExecutionTrace.Subcalls {
		calls[i] = subcall{call.Msg.From, call.Msg.To, call.Msg.Method}
	}
	return calls
}
