package lotus

import (
	"context"
	"os/exec"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-state-types/abi"
	actorstypes "github.com/filecoin-project/go-state-types/actors"
	"github.com/filecoin-project/go-state-types/builtin"
	v17 "github.com/filecoin-project/go-state-types/builtin/v17"
	v18 "github.com/filecoin-project/go-state-types/builtin/v18"
	"github.com/filecoin-project/go-state-types/network"

	"github.com/filecoin-project/lotus/blockstore"
	"github.com/filecoin-project/lotus/chain/consensus/filcns"
	"github.com/filecoin-project/lotus/chain/stmgr"
	"github.com/filecoin-project/lotus/chain/store"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/itests/kit"
)

func TestAChainOfOfficialActorsUpgradesToOurBundleByLotusOwnMigration(t *testing.T) {
	cars := ourBundle()
	ours := cars[actorstypes.Version18]
	migration := watchMigration(filcns.UpgradeActorsV18)
	genesis := stmgr.Upgrade{Network: network.Version27, Height: -1}
	n := startNode(t, cars, kit.UpgradeSchedule(genesis, migration.upgrade(network.Version28, filcns.PreUpgradeActorsV18)))
	u := n.putInUse()
	official := officialCodes(t, "testing-fake-proofs", actorstypes.Version17)
	require.Equal(t, official["init"], n.actor(builtin.InitActorAddr).Code)

	before, after := migration.pass(n)
	blocks := n.recorder.store
	require.Equal(t, official, codesOf(manifestOf(t, blocks, before)))
	requireOnlyCodeMoved(t, blocks, before, after, ours)
	requireSameUpgrade(t, blocks, before, after, ours)
	require.Equal(t, findings(t, blocks, before, v17.CheckStateInvariants), findings(t, blocks, after, v18.CheckStateInvariants))

	version, err := n.StateNetworkVersion(n.ctx, types.EmptyTSK)
	require.NoError(t, err)
	require.Equal(t, network.Version28, version)
	u.requireGoesOn()
	token := n.newToken(u.owner, ours)
	paid := encode(t, "token.Transfer", "to="+u.contractID().String(), "amount=5")
	n.sendEncoded(u.owner, token, paid)
	require.Equal(t, `"5"`, n.viewToken(token, "BalanceOf", u.contractID().String()))
}

func TestANetworkCannotMoveToABundleWithoutOurNames(t *testing.T) {
	n := startNode(t, ourBundle())
	token := n.newToken(n.newPerson(secp256k1), n.bundle)
	head, err := n.ChainHead(n.ctx)
	require.NoError(t, err)
	state := inTarget("lotus", "upgrade", t.Name(), "state.car")
	saveTree(t, n.recorder.store, head.ParentState(), state)
	n.mine.Stop()

	blocks, before := openTree(t, state)
	require.Contains(t, actorsOf(t, blocks, before), token)
	useFlavour(t, "testing-fake-proofs", bundles{})
	_, err = migrate(t, blocks, before, filcns.UpgradeActorsV19)
	require.ErrorContains(t, err, "code cid for holdfast_token actor not found in new manifest")
	official := inTarget("official", "testing-fake-proofs-v19.car")
	require.Contains(t, holdfastRefuses(t, "bundle", "upgrade", "--state", state, "--to", official), "lacks holdfast_token")

	next := tokenV2Bundle()
	useFlavour(t, "testing-fake-proofs", bundles{actorstypes.Version19: next})
	after, err := migrate(t, blocks, before, filcns.UpgradeActorsV19)
	require.NoError(t, err)
	requireOnlyCodeMoved(t, blocks, before, after, next)
	requireSameUpgrade(t, blocks, before, after, next)
}

// findings are what Lotus' own invariants say of a state, as operators ask them by `lotus-shed migrate-state
// --check-invariants`. The genesis of the test kit breaks some.
func findings(t *testing.T, blocks blockstore.Blockstore, root cid.Cid, check invariants) []string {
	t.Helper()
	actorStore := store.ActorStore(context.Background(), blocks)
	var state types.StateRoot
	require.NoError(t, actorStore.Get(context.Background(), root, &state))
	tree, err := builtin.LoadTree(actorStore, state.Actors)
	require.NoError(t, err)
	found, err := check(tree, upgradeHeight, codesOf(manifestOf(t, blocks, root)))
	require.NoError(t, err)
	return found.Messages()
}

// invariants are those of one version of the official actors.
type invariants func(*builtin.ActorTree, abi.ChainEpoch, map[string]cid.Cid) (*builtin.MessageAccumulator, error)

// holdfastRefuses runs a command that has to fail, and gives its sentence.
func holdfastRefuses(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(inTarget("debug", "holdfast"), args...).CombinedOutput()
	require.ErrorAs(t, err, new(*exec.ExitError), "%s", out)
	return string(out)
}
