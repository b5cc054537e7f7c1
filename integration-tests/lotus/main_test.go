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
	// The kit leaves the folders of its miners where TMPDIR says.
	if err := useTemporaryFolder(inTarget("lotus", "tmp")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = logging.SetLogLevel("*", "FATAL")
	os.Exit(m.Run())
}

func useTemporaryFolder(folder string) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.Setenv("TMPDIR", folder)
}

// inTarget is a path below the checkout's target folder.
func inTarget(parts ...string) string {
	here, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	return filepath.Join(append([]string{here, "..", "..", "target"}, parts...)...)
}
