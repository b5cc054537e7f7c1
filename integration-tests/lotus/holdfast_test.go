package lotus

import (
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"
)

// holdfast runs the command of the suite and gives what it prints.
func holdfast(t *testing.T, args ...string) []byte {
	t.Helper()
	command := exec.Command(inTarget("debug", "holdfast"), args...)
	out, err := command.Output()
	if failed, ok := err.(*exec.ExitError); ok {
		t.Fatalf("holdfast %q: %s", args, failed.Stderr)
	}
	require.NoError(t, err, "is target/debug/holdfast built?")
	return out
}

// inspection is the answer of `holdfast bundle inspect --json`.
type inspection struct {
	Manifest string
	Actors   []struct {
		Type int
		Name string
		Code string
	}
}

func inspect(t *testing.T, car string) inspection {
	t.Helper()
	var answer inspection
	require.NoError(t, json.Unmarshal(holdfast(t, "bundle", "inspect", "--json", car), &answer))
	return answer
}

// codes are the code CIDs by name.
func (i inspection) codes(t *testing.T) map[string]cid.Cid {
	t.Helper()
	codes := make(map[string]cid.Cid, len(i.Actors))
	for _, actor := range i.Actors {
		code, err := cid.Parse(actor.Code)
		require.NoError(t, err)
		codes[actor.Name] = code
	}
	return codes
}
