package lotus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// itestsOutcome is what the tests did on a bundle: now, or in an earlier run that nothing has changed since.
type itestsOutcome struct {
	bundle meantBundle
	key    string
	run    itestsRun
	kept   bool
	again  bool
	err    error
}

// keptItests is a run in a file. The key names everything that decides about it.
type keptItests struct {
	Key string
	Run itestsRun
}

// outcome runs the tests on the bundle, unless a run of the same binary, bundle and list is kept in which all passed.
func (b meantBundle) outcome(tests []string) itestsOutcome {
	outcome := itestsOutcome{bundle: b}
	if outcome.key, outcome.err = b.key(tests); outcome.err != nil {
		return outcome
	}
	var kept keptItests
	data, err := os.ReadFile(b.keptAt())
	if err == nil {
		err = json.Unmarshal(data, &kept)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		outcome.err = err
		return outcome
	}
	if outcome.kept = kept.Key == outcome.key; outcome.kept {
		outcome.run = kept.Run
		return outcome
	}
	outcome.run, outcome.err = b.run(tests)
	// They go by the clock, with limits of seconds, and a busy machine can fail them; what fails twice is wrong.
	if outcome.again = outcome.err == nil && !outcome.run.passed(); outcome.again {
		outcome.run, outcome.err = b.run(tests)
	}
	return outcome
}

func (b meantBundle) keptAt() string { return inTarget("lotus", "itests", b.name+".json") }

// key is a hash of what decides about a run: the binary, the bundle's manifest and the list.
func (b meantBundle) key(tests []string) (string, error) {
	binary, err := os.Open(inTarget("lotus", "bin", "itests.test"))
	if err != nil {
		return "", err
	}
	defer binary.Close()
	hash := sha256.New()
	_, err = io.Copy(hash, io.MultiReader(binary, strings.NewReader(b.manifest+" "+strings.Join(tests, " "))))
	return hex.EncodeToString(hash.Sum(nil)), err
}

func (o itestsOutcome) keep(t *testing.T) {
	t.Helper()
	data, err := json.MarshalIndent(keptItests{o.key, o.run}, "", " ")
	require.NoError(t, err)
	// Whole or not at all: a file that was cut off would fail every later run.
	draft := o.bundle.keptAt() + ".new"
	require.NoError(t, os.WriteFile(draft, append(data, '\n'), 0o644))
	require.NoError(t, os.Rename(draft, o.bundle.keptAt()))
}

// requireAllPassed fails when a test did not run, was skipped or failed, and says what it printed. The bundle test has to
// be the first in every process.
func (o itestsOutcome) requireAllPassed(t *testing.T, tests []string) {
	t.Helper()
	require.NoError(t, o.err)
	bundle, run := o.bundle.name, o.run
	if o.kept {
		t.Logf("%s: the result of an earlier run of the same binary, bundle and list, kept in %s", bundle, o.bundle.keptAt())
	}
	if o.again {
		t.Logf("%s: something failed at first; this is the second run", bundle)
	}
	require.Len(t, run.First, itestsProcesses, "%s: processes", bundle)
	for _, exit := range run.Exits {
		if exit != 0 {
			t.Errorf("%s: a process ends with exit code %d", bundle, exit)
		}
	}
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
	if !o.kept {
		o.keep(t)
	}
}
