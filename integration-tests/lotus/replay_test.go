package lotus

import (
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/big"
	"github.com/filecoin-project/go-state-types/builtin"
	"github.com/filecoin-project/go-state-types/builtin/v10/eam"
	init18 "github.com/filecoin-project/go-state-types/builtin/v18/init"
	"github.com/filecoin-project/go-state-types/builtin/v18/power"
	"github.com/filecoin-project/go-state-types/exitcode"
	"github.com/filecoin-project/go-state-types/network"

	"github.com/filecoin-project/lotus/chain/types"
)

// lastEpoch is how far the recorded chain goes at least: some deadlines of the miners lie before it.
const lastEpoch = 250

// plenty is more gas than any message here uses.
const plenty = 30_000_000

// feeCap is the most that a handmade message pays for a unit of gas.
var feeCap = big.Mul(types.NanoFil, big.NewInt(5))

// The chain that localnet has to repeat to the bit: everything that has a rule of its own in consensus occurs in it.
func TestTheChainIsRecordedForReplay(t *testing.T) {
	v := newVariety(t)
	v.transfers()
	v.creations()
	v.calls()
	v.failures()
	v.quiet(v.competingBlocks)
	v.succeed(v.askUntil(lastEpoch)...)
	record := v.saveRecord("variety")
	record.requireVariety(t)
}

// variety is a network with one of everything.
type variety struct {
	*twins
	secp, bls, eth address.Address
	probe, token   address.Address
	vault          address.Address
}

func newVariety(t *testing.T) *variety {
	n := startTwins(t)
	v := &variety{twins: n}
	v.secp, v.bls, v.eth = n.newWallet(types.KTSecp256k1), n.newWallet(types.KTBLS), n.newWallet(types.KTDelegated)
	var funding []cid.Cid
	for _, to := range v.people() {
		funding = append(funding, v.push(&types.Message{From: v.DefaultKey.Address, To: to, Value: types.FromFil(10_000)}))
	}
	v.succeed(funding...)
	return v
}

func (v *variety) people() []address.Address {
	return []address.Address{v.secp, v.bls, v.eth}
}

func (n *node) newWallet(kind types.KeyType) address.Address {
	n.t.Helper()
	made, err := n.WalletNew(n.ctx, kind)
	require.NoError(n.t, err)
	return made
}

func (n *node) head() *types.TipSet {
	n.t.Helper()
	head, err := n.ChainHead(n.ctx)
	require.NoError(n.t, err)
	return head
}

// succeed waits for all messages.
func (v *variety) succeed(messages ...cid.Cid) {
	v.t.Helper()
	for _, message := range messages {
		require.Equal(v.t, exitcode.Ok, v.wait(message).Receipt.ExitCode, "message %s", message)
	}
}

// invoke is a call of something's Ethereum face.
func (v *variety) invoke(from, to address.Address, calldata []byte) *types.Message {
	v.t.Helper()
	message := &types.Message{From: from, To: to, Method: builtin.MethodsEVM.InvokeContract}
	if wrapped := abi.CborBytes(calldata); len(calldata) > 0 {
		message.Params = v.serialized(&wrapped)
	}
	return message
}

// encoded is a method's number and parameters, as the holdfast command encodes them.
func (v *variety) encoded(args ...string) (abi.MethodNum, []byte) {
	v.t.Helper()
	answer := encode(v.t, args...)
	return abi.MethodNum(answer.Method), fromHex(v.t, answer.Hex)
}

// transfers go from every kind of account to every kind, and to keys that have no actor yet. Ethereum transactions know
// 0x addresses and ids only.
func (v *variety) transfers() {
	v.t.Helper()
	var sent []cid.Cid
	pay := func(from, to address.Address) {
		message := v.invoke(from, to, nil)
		if from != v.eth {
			message.Method = builtin.MethodSend
		}
		message.Value = types.FromFil(1)
		sent = append(sent, v.push(message))
	}
	for _, from := range v.people() {
		for _, to := range v.people() {
			pay(from, v.id(to))
		}
		pay(from, v.newWallet(types.KTDelegated))
	}
	for _, kind := range []types.KeyType{types.KTSecp256k1, types.KTBLS} {
		pay(v.secp, v.newWallet(kind))
		pay(v.bls, v.newWallet(kind))
	}
	v.succeed(sent...)
}

// creations make a contract, a miner, a multisig, and a token by Init's own method and by its Ethereum face.
func (v *variety) creations() {
	v.t.Helper()
	token := "0x" + encode(v.t, "token.Constructor", "name=Replay", "symbol=RPL", "owner="+v.secp.String(),
		"initial_holder="+v.secp.String(), "initial_supply=1000", "voting=true").Hex
	contract := v.push(&types.Message{
		From: v.secp, To: builtin.EthereumAddressManagerActorAddr, Method: builtin.MethodsEAM.CreateExternal,
		Params: v.serialized(ptr(abi.CborBytes(probe()))),
	})
	signers := []address.Address{v.secp, v.bls}
	vault := v.pushPrototype(v.MsigCreate(v.ctx, 2, signers, 50, types.FromFil(5), v.secp, big.Zero()))
	native := v.push(v.newToken(fromHex(v.t, token)))
	miner := v.push(&types.Message{
		From: v.bls, To: builtin.StoragePowerActorAddr, Value: types.FromFil(500), Method: builtin.MethodsPower.CreateMiner,
		Params: v.serialized(&power.CreateMinerParams{
			Owner: v.bls, Worker: v.bls, WindowPoStProofType: abi.RegisteredPoStProof_StackedDrgWindow2KiBV1_1,
		}),
	})
	create := calldata(v.t, "init.create", "actor_type=holdfast_token", "params="+token)
	v.succeed(miner, v.push(v.invoke(v.eth, builtin.InitActorAddr, create)))

	var deployed eam.CreateReturn
	v.returned(contract, &deployed)
	probe, err := address.NewIDAddress(deployed.ActorID)
	require.NoError(v.t, err)
	var founded, created init18.ExecReturn
	v.returned(vault, &founded)
	v.returned(native, &created)
	v.probe, v.vault, v.token = probe, founded.RobustAddress, created.IDAddress
}

func (v *variety) newToken(params []byte) *types.Message {
	v.t.Helper()
	codes, err := v.StateActorCodeCIDs(v.ctx, network.Version28)
	require.NoError(v.t, err)
	exec := init18.ExecParams{CodeCID: codes["holdfast_token"], ConstructorParams: params}
	return &types.Message{
		From: v.bls, To: builtin.InitActorAddr, Method: builtin.MethodsInit.Exec, Params: v.serialized(&exec),
	}
}

// calls use what was made, on both faces, from every kind of account, after null rounds too.
func (v *variety) calls() {
	v.t.Helper()
	method, params := v.encoded("token.Transfer", "to="+v.bls.String(), "amount=5")
	v.succeed(
		v.push(&types.Message{From: v.secp, To: v.token, Method: method, Params: params}),
		v.pushPrototype(v.MsigPropose(v.ctx, v.vault, v.bls, types.FromFil(1), v.secp, 0, nil)),
	)
	back := calldata(v.t, "token.transfer", "to="+v.id(v.secp).String(), "value=1 tokens")
	v.succeed(
		v.push(v.invoke(v.bls, v.token, back)),
		v.pushPrototype(v.MsigApprove(v.ctx, v.vault, 0, v.bls)),
	)
	for i, from := range v.people() {
		v.skip(abi.ChainEpoch(i + 1))
		v.asksTheChain(from)
	}
}

// askUntil asks the chain now and then, with null rounds between, until an epoch has come.
func (v *variety) askUntil(epoch abi.ChainEpoch) (asked []cid.Cid) {
	v.t.Helper()
	for v.head().Height() < epoch {
		v.skip(1)
		question := v.invoke(v.secp, v.probe, nil)
		question.GasLimit = plenty
		asked = append(asked, v.push(question))
		time.Sleep(4 * blockTime)
	}
	return asked
}

// asksTheChain calls the contract that wants randomness, hashes of tipsets, time and fees.
func (v *variety) asksTheChain(from address.Address) {
	v.t.Helper()
	v.succeed(v.push(v.invoke(from, v.probe, nil)))
}

// failures fail in the machine, in an actor, in a contract, and inside a call that succeeds.
func (v *variety) failures() {
	v.t.Helper()
	method, params := v.encoded("token.Transfer", "to="+v.bls.String(), "amount=5000")
	starved := v.invoke(v.secp, v.probe, nil)
	starved.GasLimit = 2_000_000
	sent := []cid.Cid{
		v.push(starved),
		v.push(&types.Message{From: v.secp, To: v.token, Method: method, Params: params, GasLimit: plenty}),
		v.push(&types.Message{From: v.bls, To: v.secp, Method: 999, GasLimit: plenty}),
		v.push(&types.Message{From: v.bls, To: v.token, Method: method, Params: []byte{0xff}, GasLimit: plenty}),
		v.push(&types.Message{From: v.secp, To: v.probe, Method: 77, GasLimit: plenty}),
	}
	codes := make([]exitcode.ExitCode, len(sent))
	for i, message := range sent {
		codes[i] = v.wait(message).Receipt.ExitCode
	}
	require.Equal(v.t, []exitcode.ExitCode{
		exitcode.SysErrOutOfGas, 64, exitcode.ErrUnhandledMessage, exitcode.ErrSerialization, exitcode.ErrUnhandledMessage,
	}, codes)
	v.succeed(v.pushPrototype(v.MsigPropose(v.ctx, v.vault, v.bls, types.FromFil(1000), v.secp, 0, nil)))
}

// competingBlocks puts into two blocks of one tipset what no pool would: messages that compete for a nonce, one that both
// have, one that offers less than the base fee, and one whose sender cannot pay any more.
func (v *variety) competingBlocks(head *types.TipSet) {
	v.t.Helper()
	broke := v.newWallet(types.KTBLS)
	nonce := func(from address.Address) uint64 {
		next, err := v.MpoolGetNonce(v.ctx, from)
		require.NoError(v.t, err)
		return next
	}
	first, second := nonce(v.secp), nonce(v.bls)
	shared := v.signed(v.secp, broke, first+1, big.NewInt(2))
	made := v.mineTogether(head,
		[]*types.SignedMessage{
			v.signed(v.secp, v.bls, first, big.NewInt(1)), shared, v.cheap(v.bls, second),
		},
		[]*types.SignedMessage{
			v.signed(v.secp, v.bls, first, big.NewInt(3)), shared, v.signed(v.secp, v.eth, first+2, big.NewInt(4)),
		},
	)
	most := big.Sub(v.actor(v.bls).Balance, types.FromFil(3))
	v.mineTogether(made,
		[]*types.SignedMessage{v.signed(v.bls, v.secp, second+1, most), v.unpayable(v.bls, second+2)},
		nil,
	)
	// The pool follows the chain, and gives the next message a nonce that is free.
	require.Eventually(v.t, func() bool { return nonce(v.secp) == first+3 }, time.Minute, blockTime)
}

// signed is a transfer with everything stated; its gas may cost 2.5 FIL.
func (v *variety) signed(from, to address.Address, nonce uint64, value abi.TokenAmount) *types.SignedMessage {
	v.t.Helper()
	return v.sign(&types.Message{From: from, To: to, Nonce: nonce, Value: value, GasLimit: 500_000_000, GasFeeCap: feeCap})
}

// cheap offers less than any base fee.
func (v *variety) cheap(from address.Address, nonce uint64) *types.SignedMessage {
	v.t.Helper()
	return v.sign(&types.Message{From: from, To: from, Nonce: nonce, GasLimit: plenty, GasFeeCap: big.NewInt(1)})
}

// unpayable asks for gas that may cost 5 FIL.
func (v *variety) unpayable(from address.Address, nonce uint64) *types.SignedMessage {
	v.t.Helper()
	return v.sign(&types.Message{From: from, To: from, Nonce: nonce, GasLimit: 1_000_000_000, GasFeeCap: feeCap})
}

func (v *variety) sign(message *types.Message) *types.SignedMessage {
	v.t.Helper()
	message.GasPremium = big.NewInt(1)
	if message.Value.Int == nil {
		message.Value = big.Zero()
	}
	signed, err := v.WalletSignMessage(v.ctx, message.From, message)
	require.NoError(v.t, err)
	return signed
}

// requireVariety says what a record has to have in it, so that its replay means something.
func (r *chainRecord) requireVariety(t *testing.T) {
	t.Helper()
	seen := map[string]int{"failed messages": 0, "messages that cost their miner": 0, "messages with events": 0, "tipsets with a circulating supply": 0}
	for _, ts := range r.Tipsets {
		if ts.Supply != "0" {
			seen["tipsets with a circulating supply"]++
		}
		inBlocks := 0
		for _, block := range ts.Blocks {
			inBlocks += len(block.Bls) + len(block.Signed)
			seen["BLS messages"] += len(block.Bls)
			seen["messages with a signature"] += len(block.Signed)
			seen["wins beyond the first"] += int(block.WinCount - 1)
		}
		seen["null rounds"] += len(ts.NullRounds)
		seen["further blocks of a tipset"] += len(ts.Blocks) - 1
		seen["messages that did not run again"] += inBlocks - len(ts.Messages)
		for _, receipt := range ts.Receipts {
			if receipt.ExitCode != 0 {
				seen["failed messages"]++
			}
			if receipt.ExitCode == int64(exitcode.SysErrSenderStateInvalid) {
				seen["messages that cost their miner"]++
			}
			if receipt.EventsRoot != "" {
				seen["messages with events"]++
			}
		}
	}
	seen["answers about the ticket chain"] = len(r.ChainRandomness)
	seen["answers about the beacon"] = len(r.BeaconRandomness)
	seen["answers about tipsets"] = len(r.TipsetCids)
	t.Logf("%d tipsets: %v", len(r.Tipsets), seen)
	for what, count := range seen {
		require.Positive(t, count, what)
	}
}
