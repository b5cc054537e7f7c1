package lotus

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-state-types/exitcode"

	"github.com/filecoin-project/lotus/api"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/cli/clicommands"
	"github.com/filecoin-project/lotus/itests/kit"
)

// operator is somebody at a terminal with Lotus' own command and ours.
type operator struct {
	*node
	client *kit.MockCLIClient
}

func (n *node) operator() operator {
	commands := kit.NewMockCLI(n.ctx, n.t, clicommands.Commands, api.NodeFull)
	return operator{n, commands.Client(n.ListenAddr)}
}

// try runs a command of Lotus and gives what it prints, on its own writer and on the process' output, and its error.
func (o operator) try(args ...string) (string, error) {
	o.t.Helper()
	reader, writer, err := os.Pipe()
	require.NoError(o.t, err)
	piped := make(chan string)
	go func() {
		text, _ := io.ReadAll(reader)
		piped <- string(text)
	}()
	stdout := os.Stdout
	os.Stdout = writer
	printed, failed := o.client.RunCmdRaw(args...)
	os.Stdout = stdout
	require.NoError(o.t, writer.Close())
	return strings.TrimSpace(printed + <-piped), failed
}

// run is a command that has to succeed.
func (o operator) run(args ...string) string {
	o.t.Helper()
	printed, err := o.try(args...)
	require.NoError(o.t, err, "lotus %s\n%s", strings.Join(args, " "), printed)
	return printed
}

// send runs the line that `holdfast encode` prints, as it stands there, and gives the CID of the message.
func (o operator) send(args ...string) string {
	o.t.Helper()
	printed := string(holdfast(o.t, append([]string{"encode"}, args...)...))
	line := regexp.MustCompile(`(?m)^lotus +lotus (send .*)$`).FindStringSubmatch(printed)
	require.NotNil(o.t, line, "no line for Lotus in\n%s", printed)
	lines := strings.Fields(o.run(strings.Fields(line[1])...))
	return lines[len(lines)-1]
}

// waitFor gives the exit code and the return value that `lotus state wait-msg` prints. The command then wants to show the
// value itself, which it cannot for methods that Lotus does not know.
func (o operator) waitFor(message string) (exit, returned string) {
	o.t.Helper()
	printed, err := o.try("state", "wait-msg", message)
	if err != nil {
		require.ErrorContains(o.t, err, "not found on actor")
	}
	return field(o.t, printed, "Exit Code"), field(o.t, printed, "Return")
}

// field is what a command prints behind a name, on the same line or the next.
func field(t *testing.T, printed, name string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^` + name + `:\s*(\S*)`).FindStringSubmatch(printed)
	require.NotNil(t, found, "no %s in\n%s", name, printed)
	return found[1]
}

// pipe gives our command something to read on its standard input.
func pipe(t *testing.T, input string, args ...string) string {
	t.Helper()
	command := exec.Command(inTarget("debug", "holdfast"), args...)
	command.Stdin = strings.NewReader(input)
	var failure bytes.Buffer
	command.Stderr = &failure
	out, err := command.Output()
	require.NoError(t, err, "holdfast %q: %s", args, failure.String())
	return string(out)
}

// createByCommands makes a token whose first 1000 tokens are the owner's, as docs/lotus-network.md tells it.
func (o operator) createByCommands(owner person) string {
	o.t.Helper()
	me := owner.address.String()
	params := encode(o.t, "token.Constructor", "name=Harbour", "symbol=HRB", "owner="+me, "initial_holder="+me, "initial_supply=1000", "voting=true")
	code := inspect(o.t, o.bundle).codes(o.t)["holdfast_token"]
	message := o.send("init.Exec", "code_cid="+code.String(), "constructor_params=0x"+params.Hex, "--to", "f01", "--from", me)
	exit, returned := o.waitFor(message)
	require.Equal(o.t, "0", exit)
	created := holdfastJSON(o.t, "decode", "return", "init.Exec", returned).(map[string]any)
	require.Equal(o.t, created["id_address"], o.run("state", "lookup", created["robust_address"].(string)))
	return created["robust_address"].(string)
}

// number is a method's number as commands take it.
func number(call encoding) string {
	return strconv.FormatUint(call.Method, 10)
}

// ask is `lotus state call` of one of the token's views.
func (o operator) ask(token, view string, values ...string) any {
	o.t.Helper()
	encoded := encode(o.t, append([]string{"token." + view}, values...)...)
	args := []string{"state", "call", "--ret", "hex", "--encoding", "hex", token, number(encoded)}
	if encoded.Hex != "" {
		args = append(args, encoded.Hex)
	}
	return holdfastJSON(o.t, "decode", "return", "token."+view, field(o.t, o.run(args...), "Return"))
}

func TestATokenIsUsedByTheCommandsOfLotus(t *testing.T) {
	n := startNode(t, ourBundle())
	o := n.operator()
	people := n.newPeople(secp256k1, bls)
	alice, bruno := people[0], people[1]
	token := o.createByCommands(alice)
	require.Equal(t, "1000", o.ask(token, "TotalSupply"))

	exit, _ := o.waitFor(o.send("token.Transfer", "to="+bruno.address.String(), "amount=250", "--to", token, "--from", alice.address.String()))
	require.Equal(t, "0", exit)
	id := o.run("state", "lookup", token)
	exit, _ = o.waitFor(o.send("--evm", "token.transfer", "to="+alice.eth.String(), "value=50 tokens", "--to", id, "--from", bruno.address.String()))
	require.Equal(t, "0", exit)
	require.Equal(t, "200", o.ask(token, "BalanceOf", bruno.address.String()))

	tooMuch := encode(t, "token.Burn", "amount=201")
	_, err := o.try("send", "--from", bruno.address.String(), "--method", number(tooMuch), "--params-hex", tooMuch.Hex, token, "0")
	require.ErrorContains(t, err, bruno.id.String()+" holds 200 tokens and needs 201")
}

func TestAnEthereumKeyInTheNodesWalletSendsCalldata(t *testing.T) {
	n := startNode(t, ourBundle())
	o := n.operator()
	alice := n.newPerson(secp256k1)
	token := o.createByCommands(alice)
	carol, err := n.WalletNew(n.ctx, types.KTDelegated)
	require.NoError(t, err)
	require.Equal(t, exitcode.Ok, n.wait(n.push(&types.Message{From: n.DefaultKey.Address, To: carol, Value: types.FromFil(pocketMoney)})).Receipt.ExitCode)

	exit, _ := o.waitFor(o.send("token.Transfer", "to="+carol.String(), "amount=9", "--to", token, "--from", alice.address.String()))
	require.Equal(t, "0", exit)
	id := o.run("state", "lookup", token)
	exit, _ = o.waitFor(o.send("--evm", "token.transfer", "to="+alice.eth.String(), "value=4 tokens", "--to", id, "--from", carol.String()))
	require.Equal(t, "0", exit)
	require.Equal(t, "5", o.ask(token, "BalanceOf", carol.String()))
}

func TestTheStateOfATokenIsReadByTheCommandsOfLotus(t *testing.T) {
	n := startNode(t, ourBundle())
	o := n.operator()
	alice := n.newPerson(secp256k1)
	token := o.createByCommands(alice)
	actor := o.run("state", "get-actor", token)
	require.Contains(t, actor, "(fil/18/holdfast_token)")
	root := pipe(t, o.run("chain", "read-obj", field(t, actor, "Head")), "decode", "state", "token", "-")
	require.Contains(t, root, `"supply": "1000"`)

	_, err := o.try("state", "read-state", token)
	require.ErrorContains(t, err, "state type for actor "+field(t, actor, "Code")+" not found")
	_, err = o.try("state", "call", token, number(encode(t, "token.TotalSupply")))
	require.ErrorContains(t, err, "not found on actor")
}
