package lotus

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/ipfs/go-cid"
	ipldcbor "github.com/ipfs/go-ipld-cbor"
	"github.com/multiformats/go-multihash"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-state-types/abi"

	"github.com/filecoin-project/lotus/build/buildconstants"
	"github.com/filecoin-project/lotus/chain/state"
	"github.com/filecoin-project/lotus/chain/types"
)

// chainRecord is what chain.json holds: everything that localnet needs to run the same tipsets, and what Lotus made of
// them. Amounts are in attoFIL, bytes in hex.
type chainRecord struct {
	Bundle           string // below the target folder
	Manifest         string // of the bundle when the node ran it
	NetworkName      string
	ChainID          uint64
	NetworkVersion   uint
	BlockDelaySecs   uint64
	GenesisTimestamp uint64
	GenesisRoot      string // the root of state.car
	BaseFee          string // of the first tipset
	NextBaseFee      string // after the last tipset
	Tipsets          []tipsetRecord
	ChainRandomness  map[string]string // by epoch
	BeaconRandomness map[string]string
	TipsetCids       map[string]string
}

type tipsetRecord struct {
	Epoch        int64
	Timestamp    uint64
	BaseFee      string
	Supply       string
	NullRounds   []nullRecord
	Blocks       []blockRecord
	Messages     []string // the CIDs of those that ran, in order
	Receipts     []receiptRecord
	ReceiptsRoot string
	Root         string
	Changed      map[string]actorRecord // by address: the actors that the tipset and the null rounds changed
}

type nullRecord struct {
	Epoch     int64
	Timestamp uint64
	Supply    string
	Root      string
}

type blockRecord struct {
	Miner        string
	WinCount     int64
	MessagesRoot string
	Bls          []string // bare messages, as they stand on the chain
	Signed       []string // messages with signature, secp256k1 and delegated
}

type receiptRecord struct {
	ExitCode   int64
	Return     string
	GasUsed    int64
	EventsRoot string // empty if there are no events
}

type actorRecord struct {
	Code, Head, Balance string
	Nonce               uint64
	Delegated           string // empty if it has no such address
}

// saveRecord writes the chain from genesis to the head, and the genesis state, for the replay on localnet. Gives what it
// wrote.
func (n *node) saveRecord(name string) *chainRecord {
	n.t.Helper()
	folder := inTarget("lotus", "replay", name)
	require.NoError(n.t, os.MkdirAll(folder, 0o755))
	chain := n.chain()
	record := n.newRecord(chain[0])
	for i, ts := range chain[1 : len(chain)-1] {
		record.Tipsets = append(record.Tipsets, n.tipsetRecord(record, chain[i], ts, chain[i+2]))
	}
	record.BaseFee = record.Tipsets[0].BaseFee
	record.NextBaseFee = chain[len(chain)-1].Blocks()[0].ParentBaseFee.String()
	text, err := json.Marshal(record)
	require.NoError(n.t, err)
	require.NoError(n.t, os.WriteFile(filepath.Join(folder, "chain.json"), text, 0o644))
	saveTree(n.t, n.recorder.store, chain[0].ParentState(), filepath.Join(folder, "state.car"))
	return record
}

// chain is the canonical chain, genesis first.
func (n *node) chain() []*types.TipSet {
	n.t.Helper()
	ts, err := n.ChainHead(n.ctx)
	require.NoError(n.t, err)
	chain := []*types.TipSet{ts}
	for ts.Height() > 0 {
		ts, err = n.ChainGetTipSet(n.ctx, ts.Parents())
		require.NoError(n.t, err)
		chain = append(chain, ts)
	}
	slices.Reverse(chain)
	require.Greater(n.t, len(chain), 2, "a chain without a tipset to replay")
	return chain
}

func (n *node) newRecord(genesis *types.TipSet) *chainRecord {
	n.t.Helper()
	network, err := n.StateNetworkName(n.ctx)
	require.NoError(n.t, err)
	version, err := n.StateNetworkVersion(n.ctx, genesis.Key())
	require.NoError(n.t, err)
	bundle, err := filepath.Rel(inTarget(), n.bundle)
	require.NoError(n.t, err)
	manifest, err := n.StateActorManifestCID(n.ctx, version)
	require.NoError(n.t, err)
	return &chainRecord{
		Bundle:           bundle,
		Manifest:         manifest.String(),
		NetworkName:      string(network),
		ChainID:          buildconstants.Eip155ChainId,
		NetworkVersion:   uint(version),
		BlockDelaySecs:   buildconstants.BlockDelaySecs,
		GenesisTimestamp: genesis.MinTimestamp(),
		GenesisRoot:      genesis.ParentState().String(),
		ChainRandomness:  make(map[string]string),
		BeaconRandomness: make(map[string]string),
		TipsetCids:       make(map[string]string),
	}
}

// tipsetRecord puts together what the recorder saw of a tipset and what the node says of it through its child.
func (n *node) tipsetRecord(record *chainRecord, parent, ts, child *types.TipSet) tipsetRecord {
	n.t.Helper()
	run, ok := n.recorder.of(ts.Key())
	require.True(n.t, ok, "the node never executed the tipset of epoch %d", ts.Height())
	require.Equal(n.t, child.ParentState(), run.root)
	require.Equal(n.t, child.Blocks()[0].ParentMessageReceipts, run.receipts)
	n.addAnswers(record, run.answers)

	last := len(run.machines) - 1
	require.Equal(n.t, int(ts.Height()-parent.Height())-1, last, "null rounds before epoch %d", ts.Height())
	for _, machine := range run.machines {
		require.Equal(n.t, record.NetworkVersion, uint(machine.version), "a replay stays on one network version")
		require.Equal(n.t, ts.Blocks()[0].ParentBaseFee, machine.baseFee)
	}
	made := tipsetRecord{
		Epoch:        int64(run.machines[last].epoch),
		Timestamp:    run.machines[last].timestamp,
		BaseFee:      run.machines[last].baseFee.String(),
		Supply:       run.machines[last].supply.String(),
		ReceiptsRoot: run.receipts.String(),
		Root:         run.root.String(),
		Changed:      n.changed(ts.ParentState(), run.root),
		NullRounds:   []nullRecord{},
		Messages:     []string{},
		Receipts:     []receiptRecord{},
	}
	for _, null := range run.machines[:last] {
		made.NullRounds = append(made.NullRounds,
			nullRecord{int64(null.epoch), null.timestamp, null.supply.String(), null.root.String()})
	}
	for _, block := range ts.Blocks() {
		made.Blocks = append(made.Blocks, n.blockRecord(block))
	}
	n.addReceipts(&made, child)
	return made
}

func (n *node) blockRecord(block *types.BlockHeader) blockRecord {
	n.t.Helper()
	messages, err := n.ChainGetBlockMessages(n.ctx, block.Cid())
	require.NoError(n.t, err)
	made := blockRecord{
		Miner:        block.Miner.String(),
		WinCount:     block.ElectionProof.WinCount,
		MessagesRoot: block.Messages.String(),
		Bls:          []string{},
		Signed:       []string{},
	}
	for _, message := range messages.BlsMessages {
		made.Bls = append(made.Bls, inHex(n, message))
	}
	for _, message := range messages.SecpkMessages {
		made.Signed = append(made.Signed, inHex(n, message))
	}
	return made
}

// addReceipts adds what the node answers about the messages of the child's parents.
func (n *node) addReceipts(made *tipsetRecord, child *types.TipSet) {
	n.t.Helper()
	messages, err := n.ChainGetParentMessages(n.ctx, child.Blocks()[0].Cid())
	require.NoError(n.t, err)
	receipts, err := n.ChainGetParentReceipts(n.ctx, child.Blocks()[0].Cid())
	require.NoError(n.t, err)
	for _, message := range messages {
		made.Messages = append(made.Messages, message.Cid.String())
	}
	for _, receipt := range receipts {
		events := ""
		if receipt.EventsRoot != nil {
			events = receipt.EventsRoot.String()
		}
		made.Receipts = append(made.Receipts, receiptRecord{
			int64(receipt.ExitCode), hex.EncodeToString(receipt.Return), receipt.GasUsed, events,
		})
	}
}

// addAnswers adds what the FVM was told, which is the same whichever tipset asked.
func (n *node) addAnswers(record *chainRecord, told answers) {
	n.t.Helper()
	add := func(known map[string]string, epoch abi.ChainEpoch, answer string) {
		key := strconv.FormatInt(int64(epoch), 10)
		if before, ok := known[key]; ok {
			require.Equal(n.t, before, answer, "two answers about epoch %d", epoch)
		}
		known[key] = answer
	}
	for epoch, answer := range told.chain {
		add(record.ChainRandomness, epoch, hex.EncodeToString(answer[:]))
	}
	for epoch, answer := range told.beacon {
		add(record.BeaconRandomness, epoch, hex.EncodeToString(answer[:]))
	}
	for epoch, answer := range told.tipsets {
		add(record.TipsetCids, epoch, answer.String())
	}
}

// changed are the actors that differ between two states.
func (n *node) changed(before, after cid.Cid) map[string]actorRecord {
	n.t.Helper()
	store := ipldcbor.NewCborStore(n.recorder.store)
	older, err := state.LoadStateTree(store, before)
	require.NoError(n.t, err)
	newer, err := state.LoadStateTree(store, after)
	require.NoError(n.t, err)
	actors, err := state.Diff(n.ctx, older, newer)
	require.NoError(n.t, err)
	made := make(map[string]actorRecord, len(actors))
	for at, actor := range actors {
		delegated := ""
		if actor.DelegatedAddress != nil {
			delegated = actor.DelegatedAddress.String()
		}
		made[at] = actorRecord{
			actor.Code.String(), actor.Head.String(), actor.Balance.String(), actor.Nonce, delegated,
		}
	}
	return made
}

// stored says whether a link leads to a block: those to sectors and pieces do not.
func stored(link cid.Cid) bool {
	prefix := link.Prefix()
	return prefix.MhType == multihash.BLAKE2B_MIN+31 && (prefix.Codec == cid.DagCBOR || prefix.Codec == cid.Raw)
}

// inHex is the form of a message on the chain.
func inHex(n *node, message interface{ Serialize() ([]byte, error) }) string {
	n.t.Helper()
	text, err := message.Serialize()
	require.NoError(n.t, err)
	return hex.EncodeToString(text)
}
