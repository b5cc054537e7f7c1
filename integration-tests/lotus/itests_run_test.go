package lotus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// bundleTest is the test that scripts/lotus puts before Lotus' own: it compares the node's bundle with the one meant.
const bundleTest = "TestTheNodeRunsTheBundleThatIsMeant"

const (
	// itestsProcesses share the tests on one bundle. Most tests wait for the next block most of the time.
	itestsProcesses = 3
	// itestsLimit is how long a process may take.
	itestsLimit = 15 * time.Minute
)

// meantBundle is what a run has to use.
type meantBundle struct {
	name     string // of its files in target/lotus/itests
	car      string // empty: the one that Lotus carries
	manifest string
	init     string
}

// itestsRun is one run of Lotus' own tests on one bundle.
type itestsRun struct {
	First   []string           // for each process: the test that came first, and its result
	Exits   []int              // of the processes
	Results map[string]string  // PASS, FAIL or SKIP, of the other tests and of their parts
	Seconds map[string]float64 // of the tests
	Wall    float64            // seconds of the whole run
	printed map[string]string  // by the process that ran a test
}

// run runs the named tests of Lotus on the bundle. A test that fails is no error: the results say it.
func (b meantBundle) run(tests []string) (itestsRun, error) {
	start := time.Now()
	var printed [itestsProcesses]string
	var exits [itestsProcesses]int
	var failed [itestsProcesses]error
	var all sync.WaitGroup
	for i := range itestsProcesses {
		share := []string{bundleTest}
		for at := i; at < len(tests); at += itestsProcesses {
			share = append(share, tests[at])
		}
		all.Go(func() { printed[i], exits[i], failed[i] = b.process(i, share) })
	}
	all.Wait()
	run := itestsRun{Exits: exits[:], Results: map[string]string{}, Seconds: map[string]float64{}, printed: map[string]string{}}
	for _, output := range printed {
		run.add(output)
	}
	run.Wall = time.Since(start).Seconds()
	return run, errors.Join(failed[:]...)
}

// process runs tests in a process of their own and gives what they print and the exit code. What they print is also in
// <name>-<number>.log, what their nodes log in <name>-<number>-nodes.log.
func (b meantBundle) process(number int, tests []string) (string, int, error) {
	temporary, err := os.MkdirTemp(inTarget("lotus", "itests"), "tmp")
	if err != nil {
		return "", 0, err
	}
	defer os.RemoveAll(temporary)
	nodes, err := os.Create(itestsLog(fmt.Sprintf("%s-%d-nodes", b.name, number)))
	if err != nil {
		return "", 0, err
	}
	defer nodes.Close()
	ctx, cancel := context.WithTimeout(context.Background(), itestsLimit)
	defer cancel()
	command := exec.CommandContext(ctx, inTarget("lotus", "bin", "itests.test"),
		"-test.v=test2json", "-test.run", "^("+strings.Join(tests, "|")+")$")
	command.Dir = inTarget("lotus", "itests", "src")
	command.Env = b.environment(temporary)
	var printed bytes.Buffer
	command.Stdout, command.Stderr = &printed, nodes
	var exit *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &exit) {
		return "", 0, err
	}
	return printed.String(), command.ProcessState.ExitCode(), os.WriteFile(itestsLog(fmt.Sprintf("%s-%d", b.name, number)), printed.Bytes(), 0o644)
}

// environment names the bundle to Lotus and to the bundle test.
func (b meantBundle) environment(temporary string) []string {
	kept := []string{"TMPDIR=" + temporary, "HOLDFAST_MANIFEST=" + b.manifest, "HOLDFAST_INIT=" + b.init}
	if b.car != "" {
		kept = append(kept, "LOTUS_BUILTIN_ACTORS_V19_BUNDLE="+b.car)
	}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if name != "TMPDIR" && !strings.HasPrefix(name, "LOTUS_") && !strings.HasPrefix(name, "HOLDFAST_") {
			kept = append(kept, variable)
		}
	}
	return kept
}

// passed says whether every process ended well, which it does if all its tests passed.
func (r *itestsRun) passed() bool {
	return !slices.ContainsFunc(r.Exits, func(exit int) bool { return exit != 0 })
}

func itestsLog(name string) string { return filepath.Join(inTarget("lotus", "itests"), name+".log") }

// The testing package puts the byte 0x16 before what it says itself, so that no test can be mistaken for it.
var (
	startedTest = regexp.MustCompile(`\x16=== RUN +(\S+)`)
	endedTest   = regexp.MustCompile(`\x16 *--- (PASS|FAIL|SKIP): (\S+) \(([0-9.]+)s\)`)
)

// add reads what a process printed.
func (r *itestsRun) add(printed string) {
	first := "none"
	for at, started := range startedTest.FindAllStringSubmatch(printed, -1) {
		if at == 0 {
			first = started[1]
		}
		r.printed[started[1]] = printed
	}
	for _, ended := range endedTest.FindAllStringSubmatch(printed, -1) {
		if ended[2] == first {
			first += " " + ended[1]
			continue
		}
		r.Results[ended[2]] = ended[1]
		if !strings.Contains(ended[2], "/") {
			r.Seconds[ended[2]], _ = strconv.ParseFloat(ended[3], 64)
		}
	}
	r.First = append(r.First, first)
}

// section is the last of what a test printed: at most 40 lines.
func (r *itestsRun) section(test string) string {
	_, section, found := strings.Cut(r.printed[test], "\x16=== RUN   "+test+"\n")
	if !found {
		return "it did not start"
	}
	for _, next := range startedTest.FindAllStringSubmatchIndex(section, -1) {
		if !strings.HasPrefix(section[next[2]:next[3]], test+"/") {
			section = section[:next[0]]
			break
		}
	}
	lines := strings.Split(strings.TrimSpace(section), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}
