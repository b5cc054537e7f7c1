package lotus

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
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
	key := officialKey(t, tests)
	onOfficial, kept := keptRun(t, key)
	var onOurs itestsRun
	var officialFailed, oursFailed error
	var both sync.WaitGroup
	if kept {
		t.Log("official: the result of an earlier run of the same binary and list, kept in target/lotus/itests/official.json")
	} else {
		both.Go(func() { onOfficial, officialFailed = official.run(tests) })
	}
	both.Go(func() { onOurs, oursFailed = ours.run(tests) })
	both.Wait()
	require.NoError(t, officialFailed)
	require.NoError(t, oursFailed)
	if !kept {
		requireAllPassed(t, official.name, onOfficial, tests)
		keep(t, key, onOfficial)
	}
	requireAllPassed(t, ours.name, onOurs, tests)
	require.Equal(t, onOfficial.Results, onOurs.Results, "the parts of the tests")
	t.Logf("%d tests: official %.0f s, ours %.0f s", len(tests), onOfficial.Wall, onOurs.Wall)
	checkItestsPage(t, onOfficial, onOurs)
}

// requireAllPassed fails when a test did not run, was skipped or failed, and says what it printed. The bundle test has to
// be the first in every process.
func requireAllPassed(t *testing.T, bundle string, run itestsRun, tests []string) {
	t.Helper()
	for _, first := range run.First {
		if first != bundleTest+" PASS" {
			t.Errorf("%s: first %q instead of %q\n%s", bundle, first, bundleTest+" PASS", run.section(bundleTest))
		}
	}
	ran := 0
	for test, result := range run.Results {
		if !strings.Contains(test, "/") {
			ran++
		}
		if result == "FAIL" && strings.Contains(test, "/") {
			t.Errorf("%s: %s fails", bundle, test)
		}
	}
	for _, test := range tests {
		if result := run.Results[test]; result != "PASS" {
			t.Errorf("%s: %s: %q instead of PASS\n%s", bundle, test, result, run.section(test))
		}
	}
	if t.Failed() {
		t.Fatalf("all that the tests printed and their nodes logged: target/lotus/itests/%s-*.log", bundle)
	}
	require.Equal(t, len(tests), ran, "%s: tests that ran", bundle)
}

// keptItests is a run on the official bundle, which depends on nothing but the binary, which carries it, and the list.
type keptItests struct {
	Key string
	Run itestsRun
}

func officialKey(t *testing.T, tests []string) string {
	t.Helper()
	binary, err := os.Open(inTarget("lotus", "bin", "itests.test"))
	require.NoError(t, err, "scripts/lotus build makes it")
	defer binary.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, io.MultiReader(binary, strings.NewReader(strings.Join(tests, " "))))
	require.NoError(t, err)
	return hex.EncodeToString(hash.Sum(nil))
}

func keptRun(t *testing.T, key string) (itestsRun, bool) {
	t.Helper()
	var kept keptItests
	data, err := os.ReadFile(inTarget("lotus", "itests", "official.json"))
	if err != nil {
		return itestsRun{}, false
	}
	require.NoError(t, json.Unmarshal(data, &kept), "target/lotus/itests/official.json")
	return kept.Run, kept.Key == key
}

func keep(t *testing.T, key string, run itestsRun) {
	t.Helper()
	data, err := json.MarshalIndent(keptItests{key, run}, "", " ")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(inTarget("lotus", "itests", "official.json"), append(bytes.TrimSpace(data), '\n'), 0o644))
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
