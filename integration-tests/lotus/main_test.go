package lotus

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	logging "github.com/ipfs/go-log/v2"

	"github.com/filecoin-project/lotus/api"
)

func TestMain(m *testing.M) {
	// The commands of the kit refuse to run without it.
	api.RunningNodeType = api.NodeFull
	_ = logging.SetLogLevel("*", "FATAL")
	os.Exit(inTemporaryFolder(m.Run))
}

// inTemporaryFolder runs in a TMPDIR of its own: the kit leaves the folders of its miners there.
func inTemporaryFolder(run func() int) int {
	folder, err := temporaryFolder()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	return run()
}

func temporaryFolder() (string, error) {
	if err := os.MkdirAll(inTarget("lotus", "tmp"), 0o755); err != nil {
		return "", err
	}
	folder, err := os.MkdirTemp(inTarget("lotus", "tmp"), "")
	if err != nil {
		return "", err
	}
	return folder, os.Setenv("TMPDIR", folder)
}

// inTarget is a path below the checkout's target folder.
func inTarget(parts ...string) string {
	here, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	return filepath.Join(append([]string{here, "..", "..", "target"}, parts...)...)
}
