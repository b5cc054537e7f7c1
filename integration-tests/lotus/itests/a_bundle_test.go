// Package itests has one test that scripts/lotus puts beside Lotus' own. Its file comes first in the alphabet, so that
// it runs before them, in their process.
package itests

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-state-types/builtin"

	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/itests/kit"
)

// TestTheNodeRunsTheBundleThatIsMeant starts a node as Lotus' tests do and compares its bundle with the one named in the
// environment: HOLDFAST_MANIFEST is the CID of the manifest, HOLDFAST_INIT the code CID of Init. Without this every
// other test could pass on the bundle that Lotus carries.
func TestTheNodeRunsTheBundleThatIsMeant(t *testing.T) {
	kit.QuietMiningLogs()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	node, _, ensemble := kit.EnsembleMinimal(t, kit.MockProofs(), kit.ThroughRPC())
	ensemble.InterconnectAll()

	version, err := node.StateNetworkVersion(ctx, types.EmptyTSK)
	require.NoError(t, err)
	manifest, err := node.StateActorManifestCID(ctx, version)
	require.NoError(t, err)
	require.Equal(t, os.Getenv("HOLDFAST_MANIFEST"), manifest.String(), "the manifest at network version %d", version)
	codes, err := node.StateActorCodeCIDs(ctx, version)
	require.NoError(t, err)
	require.Equal(t, os.Getenv("HOLDFAST_INIT"), codes["init"].String(), "Init at network version %d", version)
	actor, err := node.StateGetActor(ctx, builtin.InitActorAddr, types.EmptyTSK)
	require.NoError(t, err)
	require.Equal(t, os.Getenv("HOLDFAST_INIT"), actor.Code.String(), "the code of f01 on the chain")
}
