package lotus

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	actorstypes "github.com/filecoin-project/go-state-types/actors"

	"github.com/filecoin-project/lotus/build"
)

// officialItests is the bundle inside Lotus that its tests use by default: actors v19 that accept made-up storage proofs.
func officialItests(t *testing.T) meantBundle {
	for _, known := range build.EmbeddedBuiltinActorsMetadata {
		if known.Network == "testing-fake-proofs" && known.Version == actorstypes.Version19 {
			return meantBundle{name: "official", manifest: known.ManifestCid.String(), init: known.Actors["init"].String()}
		}
	}
	t.Fatal("Lotus carries no actors v19 of the flavour testing-fake-proofs")
	return meantBundle{}
}

func ourItests(t *testing.T) meantBundle {
	car := inTarget("bundle", "holdfast-testing-fake-proofs-v19.car")
	ours := inspect(t, car)
	return meantBundle{name: "holdfast", car: car, manifest: ours.Manifest, init: ours.codes(t)["init"].String()}
}

func TestLotusOwnTestsPassOnTheOfficialAndOnOurBundle(t *testing.T) {
	official, ours := officialItests(t), ourItests(t)
	require.NotEqual(t, official.init, ours.init)
	tests := chosenTests()
	var outcomes [2]itestsOutcome
	var both sync.WaitGroup
	for i, bundle := range []meantBundle{official, ours} {
		both.Go(func() { outcomes[i] = bundle.outcome(tests) })
	}
	both.Wait()
	for _, outcome := range outcomes {
		outcome.requireAllPassed(t, tests)
	}
	onOfficial, onOurs := outcomes[0].run, outcomes[1].run
	require.Equal(t, onOfficial.Results, onOurs.Results, "the parts of the tests")
	t.Logf("%d tests: official %.0f s, ours %.0f s", len(tests), onOfficial.Wall, onOurs.Wall)
	checkItestsPage(t, onOfficial, onOurs)
}

// chosenTests are the names in the list, each once.
func chosenTests() []string {
	var names []string
	for _, subject := range itestsList {
		for _, test := range subject.tests {
			names = append(names, test.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
