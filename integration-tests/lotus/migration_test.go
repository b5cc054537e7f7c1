package lotus

import (
	"context"
	"encoding/json"
	"path/filepath"
	"sync"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	ipldcbor "github.com/ipfs/go-ipld-cbor"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/builtin"
	"github.com/filecoin-project/go-state-types/manifest"
	"github.com/filecoin-project/go-state-types/network"
	"github.com/filecoin-project/specs-actors/v8/actors/migration/nv16"

	"github.com/filecoin-project/lotus/blockstore"
	"github.com/filecoin-project/lotus/build"
	"github.com/filecoin-project/lotus/chain/consensus/filcns"
	"github.com/filecoin-project/lotus/chain/state"
	"github.com/filecoin-project/lotus/chain/stmgr"
	"github.com/filecoin-project/lotus/chain/store"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/itests/kit"
)

// upgradeHeight is far enough for whatever a network shall be used for before. The chain comes near it by null rounds,
// and mines the last epochs, in which Lotus migrates what it can in advance.
const (
	upgradeHeight abi.ChainEpoch = 400
	lead          abi.ChainEpoch = 35
)

// migration is one of Lotus' own, with a note of what it was given and what it made.
type migration struct {
	run    stmgr.MigrationFunc
	height abi.ChainEpoch
	lock   sync.Mutex
	made   map[cid.Cid]cid.Cid
}

func watchMigration(run stmgr.MigrationFunc) *migration {
	return &migration{run: run, height: upgradeHeight, made: make(map[cid.Cid]cid.Cid)}
}

// upgrade is the entry of a network's schedule, as Lotus' own are: the epochs after the height run the version, and what
// can be migrated before is.
func (m *migration) upgrade(version network.Version, before stmgr.PreMigrationFunc) stmgr.Upgrade {
	return stmgr.Upgrade{
		Height: m.height, Network: version, Migration: m.migrate, Expensive: true,
		PreMigrations: []stmgr.PreMigration{{
			PreMigration: before, StartWithin: 30, DontStartWithin: 15, StopWithin: 10,
		}},
	}
}

func (m *migration) migrate(ctx context.Context, sm *stmgr.StateManager, cache stmgr.MigrationCache, em stmgr.ExecMonitor,
	root cid.Cid, height abi.ChainEpoch, ts *types.TipSet) (cid.Cid, error) {
	made, err := m.run(ctx, sm, cache, em, root, height, ts)
	if err == nil {
		m.lock.Lock()
		m.made[root] = made
		m.lock.Unlock()
	}
	return made, err
}

// pass lets the chain grow over the upgrade, which must be ahead, and gives the states before and after the migration.
func (m *migration) pass(n *node) (before, after cid.Cid) {
	n.t.Helper()
	head, err := n.ChainHead(n.ctx)
	require.NoError(n.t, err)
	nulls := m.height - lead - head.Height()
	require.Positive(n.t, nulls, "epoch %d is too near to the upgrade", head.Height())
	n.mine.InjectNulls(nulls)
	n.WaitTillChain(n.ctx, kit.HeightAtLeast(m.height+confidence+1))
	return m.roots(n)
}

// roots are the states before and after the migration on the canonical chain. The migration belongs to the execution of
// the first tipset after its height, behind the cron of null rounds up to the height.
func (m *migration) roots(n *node) (before, after cid.Cid) {
	n.t.Helper()
	first, err := n.ChainGetTipSetAfterHeight(n.ctx, m.height+1, types.EmptyTSK)
	require.NoError(n.t, err)
	run, ok := n.recorder.of(first.Key())
	require.True(n.t, ok, "the node never executed the tipset of epoch %d", first.Height())
	before = first.ParentState()
	for _, machine := range run.machines[:len(run.machines)-1] {
		if machine.epoch <= m.height {
			before = machine.root
		}
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	after, ok = m.made[before]
	require.True(n.t, ok, "no migration of the state after epoch %d", m.height)
	return before, after
}

// migrate runs a migration of Lotus on a tree that no chain leads to.
func migrate(t *testing.T, blocks blockstore.Blockstore, root cid.Cid, run stmgr.MigrationFunc) (cid.Cid, error) {
	t.Helper()
	data := dssync.MutexWrap(datastore.NewMapDatastore())
	chain := store.NewChainStore(blocks, blocks, data, filcns.Weight, nil)
	defer chain.Close()
	schedule := stmgr.UpgradeSchedule{{Network: network.Version28, Height: -1}}
	sm, err := stmgr.NewStateManager(chain, nil, nil, schedule, nil, data, nil)
	require.NoError(t, err)
	return run(context.Background(), sm, nv16.NewMemMigrationCache(), nil, root, 0, nil)
}

// useFlavour makes Lotus read the bundles of a network, without a node.
func useFlavour(t *testing.T, flavour string, cars bundles) {
	t.Helper()
	use(t, cars)
	require.NoError(t, build.UseNetworkBundle(flavour))
}

// actorsOf are all actors of a state tree by id address.
func actorsOf(t *testing.T, blocks blockstore.Blockstore, root cid.Cid) map[address.Address]types.Actor {
	t.Helper()
	tree, err := state.LoadStateTree(ipldcbor.NewCborStore(blocks), root)
	require.NoError(t, err)
	actors := make(map[address.Address]types.Actor)
	require.NoError(t, tree.ForEach(func(at address.Address, actor *types.Actor) error {
		actors[at] = *actor
		return nil
	}))
	return actors
}

// requireOnlyCodeMoved walks all actors of both trees: f00 holds the manifest of the CAR, each actor has the code that
// stands there under its name, and nothing else has changed.
func requireOnlyCodeMoved(t *testing.T, blocks blockstore.Blockstore, before, after cid.Cid, car string) {
	t.Helper()
	names := make(map[cid.Cid]string)
	for _, entry := range manifestOf(t, blocks, before).Entries {
		names[entry.Code] = entry.Name
	}
	codes := inspect(t, car).codes(t)
	require.Equal(t, codes, codesOf(manifestOf(t, blocks, after)))
	old, now := actorsOf(t, blocks, before), actorsOf(t, blocks, after)
	require.Len(t, now, len(old))
	for at, was := range old {
		is, ok := now[at]
		require.True(t, ok, "%s is gone", at)
		name, ok := names[was.Code]
		require.True(t, ok, "%s has a code without a name: %s", at, was.Code)
		require.Equal(t, codes[name], is.Code, "the code of %s, a %s", at, name)
		was.Code = is.Code
		if at == builtin.SystemActorAddr {
			was.Head = is.Head
		}
		require.Equal(t, was, is, "%s, a %s", at, name)
	}
}

func codesOf(listed manifest.ManifestData) map[string]cid.Cid {
	codes := make(map[string]cid.Cid, len(listed.Entries))
	for _, entry := range listed.Entries {
		codes[entry.Name] = entry.Code
	}
	return codes
}

// upgraded is the answer of `holdfast bundle upgrade --json`.
type upgraded struct {
	Before, After string
}

// requireSameUpgrade moves the tree by `holdfast bundle upgrade` to the same root, and gives the CAR that it wrote.
func requireSameUpgrade(t *testing.T, blocks blockstore.Blockstore, before, after cid.Cid, car string) string {
	t.Helper()
	folder := inTarget("lotus", "upgrade", t.Name())
	in, out := filepath.Join(folder, "in.car"), filepath.Join(folder, "holdfast.car")
	saveTree(t, blocks, before, in)
	saveTree(t, blocks, after, filepath.Join(folder, "out.car"))
	var answer upgraded
	text := holdfast(t, "bundle", "upgrade", "--state", in, "--to", car, "--output", out, "--json")
	require.NoError(t, json.Unmarshal(text, &answer))
	require.Equal(t, upgraded{before.String(), after.String()}, answer)
	_, root := openTree(t, out)
	require.Equal(t, after, root)
	t.Logf("%d actors move to %s", len(actorsOf(t, blocks, after)), filepath.Base(car))
	t.Logf("state root before           %s", before)
	t.Logf("by Lotus' migration         %s", after)
	t.Logf("by holdfast bundle upgrade  %s", answer.After)
	return out
}
