package lotus

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	actorstypes "github.com/filecoin-project/go-state-types/actors"
	"github.com/filecoin-project/go-state-types/exitcode"
)

// storyBundle is the suite and the test actors that the stories are about.
func storyBundle() bundles {
	return bundles{actorstypes.Version18: inTarget("lotus", "bundles", "v18.car")}
}

// story is a file of integration-tests/stories; its README says what the fields mean. Localnet tells the same files.
type story struct {
	Title  string
	People map[string]keyKind
	Steps  []step
}

type step struct {
	Say, From, To, Call string
	Evm, View           bool
	With                any
	Value               string
	As                  string
	Returns             any
	Exit                exitcode.ExitCode
	Says                string
	Reverts             *storyRevert
	Events              []storyEvent
}

type storyRevert struct {
	Error string
	Args  any
}

type storyEvent struct {
	Of, Event string
	Fields    any
}

func readStory(t *testing.T, file string) story {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	var read story
	require.NoError(t, decoder.Decode(&read), file)
	require.NotEmpty(t, read.Steps, file)
	return read
}

func TestEveryStoryGoesByLotusMessagesAsItIsWritten(t *testing.T) {
	files, err := filepath.Glob("../stories/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 2)
	n := startNode(t, storyBundle())
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			told := readStory(t, file)
			stage := newStage(n.in(t), told)
			for _, step := range told.Steps {
				if !t.Run(step.Say, func(t *testing.T) { stage.in(t).play(step) }) {
					t.FailNow()
				}
			}
		})
	}
	n.saveRecord("stories")
}

// play sends a step's message and compares what comes of it.
func (s *stage) play(step step) {
	s.t.Helper()
	from, ok := s.people[step.From]
	require.True(s.t, ok, "`%s` is none of the people", step.From)
	call := s.newCall(step.Call, step.Evm || from.kind == eth, s.fill(step.With))
	expected := step.Exit
	if step.Reverts != nil {
		expected = reverted
	}
	got := s.deliver(step, from, call, expected)
	require.Equal(s.t, expected, got.exit, "%s", got.why)
	switch {
	case step.Reverts != nil:
		said := got.revert(s.t, call)
		s.same([]any{step.Reverts.Error, s.fill(step.Reverts.Args)}, []any{said["error"], said["args"]})
	case step.Exit != exitcode.Ok:
		require.NotEmpty(s.t, step.Says, "a refusal without `says`")
		require.Contains(s.t, got.why, s.fillText(step.Says))
	default:
		returned := call.returned(s.t, got)
		if step.As != "" {
			s.bindCreated(step.As, returned)
		}
		s.same(s.fill(step.Returns), returned)
	}
	s.same(s.expectedEvents(step.Events), s.shownEvents(step.Events, got.events))
}

// same compares numbers and texts as texts, and takes any epoch where some epoch is expected.
func (s *stage) same(expected, found any) {
	s.t.Helper()
	shown := plain(found)
	require.Equal(s.t, withEpochs(plain(expected), shown), shown)
}
