package lotus

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	actorstypes "github.com/filecoin-project/go-state-types/actors"

	"github.com/filecoin-project/lotus/blockstore"
	"github.com/filecoin-project/lotus/build"
	"github.com/filecoin-project/lotus/chain/actors"
	"github.com/filecoin-project/lotus/chain/consensus/filcns"
	"github.com/filecoin-project/lotus/node/bundle"
)

const calibrationnet = "calibrationnet"

// calibrationBundle is the bundle that calibration would run.
func calibrationBundle() string {
	return inTarget("bundle", "holdfast-calibrationnet.car")
}

func TestLotusLoadsTheCalibrationBundle(t *testing.T) {
	ours := inspect(t, calibrationBundle())
	loaded, err := bundle.LoadBundleFromFile(context.Background(), blockstore.NewMemory(), calibrationBundle())
	require.NoError(t, err)
	require.Equal(t, ours.Manifest, loaded.String())

	useFlavour(t, calibrationnet, bundles{actorstypes.Version18: calibrationBundle()})
	registered, ok := actors.GetManifest(actorstypes.Version18)
	require.True(t, ok)
	require.Equal(t, loaded, registered)
	for name, code := range ours.codes(t) {
		known, ok := actors.GetActorCodeID(actorstypes.Version18, name)
		require.True(t, ok, name)
		require.Equal(t, code, known, name)
	}
	blocks := blockstore.NewMemorySync()
	require.NoError(t, bundle.LoadBundles(context.Background(), blocks, actorstypes.Version18))
	official := officialCodes(t, calibrationnet, actorstypes.Version18)
	for name, code := range ours.codes(t) {
		there, err := blocks.Has(context.Background(), code)
		require.NoError(t, err)
		require.True(t, there, name)
		if before, ok := official[name]; ok && name != "init" {
			require.Equal(t, before, code, "%s is not the official one", name)
		}
	}
	require.NotEqual(t, official["init"], ours.codes(t)["init"])
}

func TestACalibrationStateMovesOntoOurBundleByLotusOwnMigrationAndGoesOn(t *testing.T) {
	start := inTarget("lotus", "upgrade", t.Name(), "start.car")
	require.NoError(t, os.MkdirAll(filepath.Dir(start), 0o755))
	calibration(t, "start", start)
	blocks, before := openTree(t, start)
	official := officialCodes(t, calibrationnet, actorstypes.Version18)
	require.Equal(t, official, codesOf(manifestOf(t, blocks, before)))

	cars := bundles{actorstypes.Version18: calibrationBundle(), actorstypes.Version19: calibrationBundle()}
	useFlavour(t, calibrationnet, cars)
	after, err := migrate(t, blocks, before, filcns.UpgradeActorsV18)
	require.NoError(t, err)
	next, err := migrate(t, blocks, before, filcns.UpgradeActorsV19)
	require.NoError(t, err)
	require.Equal(t, after, next, "the migrations of network versions 28 and 29 differ")
	requireOnlyCodeMoved(t, blocks, before, after, calibrationBundle())
	upgraded := requireSameUpgrade(t, blocks, before, after, calibrationBundle())
	t.Logf("localnet goes on: %s", calibration(t, "go-on", upgraded, calibrationBundle()))
}

// officialCodes are those in Lotus' own table.
func officialCodes(t *testing.T, flavour string, version actorstypes.Version) map[string]cid.Cid {
	t.Helper()
	for _, known := range build.EmbeddedBuiltinActorsMetadata {
		if known.Network == flavour && known.Version == version {
			return known.Actors
		}
	}
	t.Fatalf("Lotus has no actors of version %d for %s", version, flavour)
	return nil
}

// calibration runs the example of integration-tests that starts a network and goes on from its state.
func calibration(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(inTarget("debug", "examples", "calibration"), args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}
