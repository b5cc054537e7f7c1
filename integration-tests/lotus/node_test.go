package lotus

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	actorstypes "github.com/filecoin-project/go-state-types/actors"
	"github.com/filecoin-project/go-state-types/builtin"
	system18 "github.com/filecoin-project/go-state-types/builtin/v18/system"
	"github.com/filecoin-project/go-state-types/cbor"
	"github.com/filecoin-project/go-state-types/manifest"
	"github.com/filecoin-project/go-state-types/network"

	"github.com/filecoin-project/lotus/build"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/itests/kit"
)

// blockTime is how long the kit's miner waits between two blocks.
const blockTime = 20 * time.Millisecond

// bundles says which CAR holds the actors of a version; versions that are not named are the official ones.
type bundles map[actorstypes.Version]string

// ourBundle is the suite beside the official actors v18 that accept made-up storage proofs.
func ourBundle() bundles {
	return bundles{actorstypes.Version18: inTarget("bundle", "holdfast-testing-fake-proofs.car")}
}

// node is a Lotus full node with one miner. Every question to it goes over JSON-RPC.
type node struct {
	*kit.TestFullNode
	t        *testing.T
	ctx      context.Context
	miner    *kit.TestMiner
	mine     *kit.BlockMiner
	bundle   string
	recorder *recorder
}

// startNode starts a node at network version 28 on the bundles given, and lets it mine. Further options are the kit's.
func startNode(t *testing.T, cars bundles, options ...any) *node {
	t.Helper()
	n, options := newNode(t, cars, options)
	full, miner, ensemble := kit.EnsembleMinimal(t, options...)
	n.TestFullNode, n.miner = full, miner
	n.mine = ensemble.InterconnectAll().BeginMining(blockTime)[0]
	return n
}

// newNode is a node that the kit has not started yet, and the options to start it with.
func newNode(t *testing.T, cars bundles, options []any) (*node, []any) {
	t.Helper()
	use(t, cars)
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	t.Cleanup(cancel)
	n := &node{t: t, ctx: ctx, bundle: cars[actorstypes.Version18], recorder: newRecorder()}
	first := []any{
		kit.MockProofs(), kit.ThroughRPC(), kit.GenesisNetworkVersion(network.Version28), n.recorder.option(),
	}
	return n, append(first, options...)
}

// use makes Lotus read the bundles anew, which it does only when the name of the network's bundle changes.
func use(t *testing.T, cars bundles) {
	t.Helper()
	build.BundleOverrides = cars
	require.NoError(t, build.UseNetworkBundle("testing"))
}

// actor is what the chain's head says about an address.
func (n *node) actor(at address.Address) *types.Actor {
	n.t.Helper()
	found, err := n.StateGetActor(n.ctx, at, types.EmptyTSK)
	require.NoError(n.t, err)
	return found
}

// read decodes a block of the node's store.
func (n *node) read(block cid.Cid, into cbor.Unmarshaler) {
	n.t.Helper()
	data, err := n.ChainReadObj(n.ctx, block)
	require.NoError(n.t, err)
	require.NoError(n.t, into.UnmarshalCBOR(bytes.NewReader(data)))
}

func TestANodeRunsOurBundleAndItsSystemActorAgrees(t *testing.T) {
	cars := ourBundle()
	n := startNode(t, cars)
	ours := inspect(t, cars[actorstypes.Version18])

	codes, err := n.StateActorCodeCIDs(n.ctx, network.Version28)
	require.NoError(t, err)
	require.Equal(t, ours.codes(t), codes)
	require.Contains(t, codes, "holdfast_token")

	root, err := n.StateActorManifestCID(n.ctx, network.Version28)
	require.NoError(t, err)
	require.Equal(t, ours.Manifest, root.String())

	var listed manifest.Manifest
	n.read(root, &listed)
	var system system18.State
	n.read(n.actor(builtin.SystemActorAddr).Head, &system)
	require.Equal(t, listed.Data, system.BuiltinActors)
	require.Equal(t, codes["init"], n.actor(builtin.InitActorAddr).Code)
}
