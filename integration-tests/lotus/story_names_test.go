package lotus

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/builtin"

	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/chain/types/ethtypes"
)

// someEpoch stands where an answer has an epoch of its network.
const someEpoch = "$epoch"

// stage is where a story is told: its people, and everybody who has a name by now.
type stage struct {
	*node
	people map[string]person
	names  map[string]named
	bundle inspection
}

// named is somebody or something with a name.
type named struct {
	address address.Address     // the one that does not change: f1, f2, f3 or f410
	id      address.Address     // f0
	eth     ethtypes.EthAddress // the 0x form
}

func newStage(n *node, told story) *stage {
	n.t.Helper()
	s := &stage{n, map[string]person{}, map[string]named{}, inspect(n.t, storyBundle()[18])}
	s.bind("init", builtin.InitActorAddr)
	names := slices.Sorted(maps.Keys(told.People))
	kinds := make([]keyKind, len(names))
	for i, name := range names {
		kinds[i] = told.People[name]
	}
	for i, person := range n.newPeople(kinds...) {
		s.people[names[i]] = person
		s.names[names[i]] = named{person.address, person.id, person.eth}
	}
	return s
}

// in is the same stage for a part of a test.
func (s *stage) in(t *testing.T) *stage {
	part := *s
	part.node = s.node.in(t)
	return &part
}

// in is the same node for a part of a test.
func (n *node) in(t *testing.T) *node {
	part := *n
	part.t = t
	return &part
}

// bind gives an actor a name.
func (s *stage) bind(name string, at address.Address) {
	s.t.Helper()
	id := s.id(at)
	s.names[name] = named{at, id, s.masked(id)}
}

// bindCreated gives a name to the actor that Init says it has created.
func (s *stage) bindCreated(name string, returned any) {
	s.t.Helper()
	fields, ok := returned.(map[string]any)
	require.True(s.t, ok, "%v names no new actor", returned)
	if text, ok := fields["robust_address"].(string); ok {
		at, err := address.NewFromString(text)
		require.NoError(s.t, err)
		s.bind(name, at)
		return
	}
	face, err := ethtypes.ParseEthAddress(fmt.Sprint(fields["actor"]))
	require.NoError(s.t, err, "%v names no new actor", returned)
	id, err := face.ToFilecoinAddress()
	require.NoError(s.t, err)
	robust, err := s.StateLookupRobustAddress(s.ctx, id, types.EmptyTSK)
	require.NoError(s.t, err)
	s.bind(name, robust)
}

func (s *stage) get(name string) named {
	s.t.Helper()
	found, ok := s.names[name]
	require.True(s.t, ok, "nobody is called `%s`", name)
	return found
}

// fill is the value with everything in place of the placeholders and of what is to be encoded.
func (s *stage) fill(value any) any {
	s.t.Helper()
	if value == someEpoch {
		return value
	}
	switch value := value.(type) {
	case string:
		return s.fillText(value)
	case []any:
		filled := make([]any, len(value))
		for i, item := range value {
			filled[i] = s.fill(item)
		}
		return filled
	case map[string]any:
		if method, ok := value["encode"].(string); ok {
			return "0x" + encode(s.t, append([]string{method}, words(s.t, s.fill(value["with"]))...)...).Hex
		}
		filled := make(map[string]any, len(value))
		for name, field := range value {
			filled[name] = s.fill(field)
		}
		return filled
	default:
		return value
	}
}

var placeholder = regexp.MustCompile(`\$(\w+)(?::(\w+)|\.(id|number|eth)\b)?`)

// fillText is the text with everything in place of the placeholders.
func (s *stage) fillText(text string) string {
	s.t.Helper()
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		parts := placeholder.FindStringSubmatch(found)
		if parts[2] != "" {
			return s.ofBundle(parts[1], parts[2])
		}
		who := s.get(parts[1])
		switch parts[3] {
		case "id":
			return who.id.String()
		case "number":
			return who.id.String()[2:]
		case "eth":
			return who.eth.String()
		default:
			return who.address.String()
		}
	})
}

// ofBundle is what $code:, $type: and $canonical: stand for.
func (s *stage) ofBundle(what, actor string) string {
	s.t.Helper()
	for _, listed := range s.bundle.Actors {
		if listed.Name != actor {
			continue
		}
		number := strconv.Itoa(listed.Type)
		switch what {
		case "code":
			return listed.Code
		case "type":
			return number
		case "canonical":
			at, err := address.NewActorAddress([]byte("holdfast/canonical/" + number))
			require.NoError(s.t, err)
			return at.String()
		}
		s.t.Fatalf("$%s:%s: write $code:, $type: or $canonical:", what, actor)
	}
	s.t.Fatalf("the bundle has no actor named %s", actor)
	return ""
}

// words are parameters as the command takes them.
func words(t *testing.T, with any) []string {
	t.Helper()
	switch with := with.(type) {
	case nil:
		return nil
	case string:
		return []string{with}
	default:
		text, err := json.Marshal(with)
		require.NoError(t, err)
		return []string{string(text)}
	}
}

// plain is the value with numbers as texts, as placeholders are.
func plain(value any) any {
	switch value := value.(type) {
	case json.Number:
		return value.String()
	case []any:
		texts := make([]any, len(value))
		for i, item := range value {
			texts[i] = plain(item)
		}
		return texts
	case map[string]any:
		texts := make(map[string]any, len(value))
		for name, field := range value {
			texts[name] = plain(field)
		}
		return texts
	default:
		return value
	}
}

// withEpochs is the expected value with the epochs that were found where some epoch is expected. Both values are plain.
func withEpochs(expected, found any) any {
	switch expected := expected.(type) {
	case string:
		if number, ok := found.(string); ok && expected == someEpoch && isEpoch(number) {
			return number
		}
		return expected
	case []any:
		others, _ := found.([]any)
		items := slices.Clone(expected)
		for i := range min(len(items), len(others)) {
			items[i] = withEpochs(items[i], others[i])
		}
		return items
	case map[string]any:
		others, _ := found.(map[string]any)
		fields := make(map[string]any, len(expected))
		for name, field := range expected {
			fields[name] = withEpochs(field, others[name])
		}
		return fields
	default:
		return expected
	}
}

// isEpoch says whether it is the number of an epoch after the first.
func isEpoch(number string) bool {
	epoch, err := strconv.ParseUint(number, 10, 64)
	return err == nil && epoch > 0
}
