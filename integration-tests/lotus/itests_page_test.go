package lotus

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/lotus/build"
)

// itestsPage is the page that this writes.
const itestsPage = "../../docs/lotus-itests.md"

// A time on the page: it may differ from run to run.
var seconds = regexp.MustCompile(` +[0-9.]+ s|[0-9]+ cores`)

// checkItestsPage compares the page with the run, but for times, or writes it under UPDATE_SNAPSHOTS=1.
func checkItestsPage(t *testing.T, official, ours itestsRun) {
	t.Helper()
	page := renderItests(official, ours)
	if os.Getenv("UPDATE_SNAPSHOTS") != "" {
		require.NoError(t, os.WriteFile(itestsPage, []byte(page), 0o644))
	}
	written, err := os.ReadFile(itestsPage)
	require.NoError(t, err)
	require.Equal(t, seconds.ReplaceAllString(page, " _"), seconds.ReplaceAllString(string(written), " _"),
		"UPDATE_SNAPSHOTS=1 make test-lotus writes docs/lotus-itests.md")
}

func renderItests(official, ours itestsRun) string {
	var page strings.Builder
	fmt.Fprintf(&page, itestsHead, len(chosenTests()), official.Wall, ours.Wall, runtime.NumCPU(), bundleTest, build.NodeBuildVersion, itestsProcesses)
	for _, subject := range itestsList {
		fmt.Fprintf(&page, "\n### %s\n\n| test | what it does | official | ours |\n|---|---|---|---|\n", subject.title)
		for _, test := range subject.tests {
			fmt.Fprintf(&page, "| `%s` | %s | %s | %s |\n", test.name, test.does,
				cell(official, test.name), cell(ours, test.name))
		}
	}
	page.WriteString("\n## What is left out\n")
	for _, left := range itestsLeftOut {
		fmt.Fprintf(&page, "\n%s\n%s.\n", left.why, left.tests)
	}
	return page.String()
}

func cell(run itestsRun, test string) string {
	result := map[string]string{"PASS": "passes", "FAIL": "fails", "SKIP": "skipped"}[run.Results[test]]
	return fmt.Sprintf("%s, %.1f s", result, run.Seconds[test])
}

const itestsHead = `# Lotus' own tests on the bundle

Lotus tests itself with nodes that it starts in the process. %d of those tests run here twice, unmodified: on the official
bundle and on ours. All of them pass on both. The run on the official bundle took %.0f s, the one on ours %.0f s
(side by side, %d cores).

Before any of them, ` + "`%s`" + ` starts a node like theirs and compares the CID of its manifest, the
code CID that Lotus tells for Init and the code of f01 on the chain with the bundle that is meant. Unless it ran first and
passed, the rest counts for nothing. Parts of a test (subtests) have the same result on both bundles too.

The tests start at network version 29 with actors v19, the default of Lotus %s. Ours is
` + "`target/bundle/holdfast-testing-fake-proofs-v19.car`" + `, given by ` + "`LOTUS_BUILTIN_ACTORS_V19_BUNDLE`" + `.

## Run it again

` + "`make test-lotus`" + ` runs them with everything else. Alone, when that has been built:

    cd integration-tests/lotus
    ../../target/lotus/bin/holdfast.test -test.v -test.run TestLotusOwnTestsPassOnTheOfficialAndOnOurBundle

%d processes share the tests. What they print is in ` + "`target/lotus/itests/official-*.log` and `holdfast-*.log`" + `, what their
nodes log in ` + "`*-nodes.log`" + `. A run depends on nothing but the binary, the bundle and the
list: one in which all passed is kept in ` + "`target/lotus/itests/official.json` and `holdfast.json`" + ` and used again while these stay
the same; delete the files to run it anew. The list is ` + "`integration-tests/lotus/itests_list_test.go`" + `. With ` + "`UPDATE_SNAPSHOTS=1`" + ` the test writes this
page.

Any other test of Lotus, here on our bundle:

    cd target/lotus/itests/src
    LOTUS_BUILTIN_ACTORS_V19_BUNDLE=../../../bundle/holdfast-testing-fake-proofs-v19.car \
        ../../bin/itests.test -test.v -test.run '^TestEthCall$'

## The tests
`
