package lotus

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/lotus/chain/types/ethtypes"
)

// libraryStory is what wallet/ethers.cjs and wallet/viem.cjs are told.
type libraryStory struct {
	URL    string   `json:"url"`
	Key    string   `json:"key"`
	Friend string   `json:"friend"` // another key
	Params string   `json:"params"` // of the constructor of a token named Harbour, all of which the key's account holds
	Sends  []string `json:"sends"`  // lines that holdfast prints
	Calls  []string `json:"calls"`
}

// libraryAnswer is what they print.
type libraryAnswer struct {
	Token   ethtypes.EthAddress
	Till    ethtypes.EthAddress
	Answers []string // of the calls
}

// tell runs a story with libraries of wallets, as npm has them. They know the node's endpoint and nothing else.
func (n *node) tell(script string, story libraryStory) libraryAnswer {
	n.t.Helper()
	text, err := json.Marshal(story)
	require.NoError(n.t, err)
	run := exec.CommandContext(n.ctx, "node", filepath.Join("wallet", script), string(text))
	answer, err := run.Output()
	if failed, ok := err.(*exec.ExitError); ok {
		n.t.Fatalf("%s: %s%s", script, answer, failed.Stderr)
	}
	require.NoError(n.t, err)
	var decoded libraryAnswer
	require.NoError(n.t, json.Unmarshal(answer, &decoded), "%s", answer)
	return decoded
}

func TestEthersWorksWithATokenAsWithAContract(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, bob := n.newEthAccount(), n.newEthAccount()
	harbour := alice.createToken("Harbour", "HRB")
	line := func(method string, values ...string) string {
		return encode(t, append([]string{"--evm", "--to", harbour.at.String(), "token." + method}, values...)...).Ethers
	}
	answer := n.tell("ethers.cjs", libraryStory{
		URL: n.endpoint(), Key: alice.privateKey(), Friend: bob.privateKey(),
		Params: tokenParams(t, "Harbour", "HRB", alice, "1000"),
		Sends: []string{
			line("transfer", "to="+bob.String(), "value=5 tokens"),
			line("Transfer", "to="+bob.filecoin.String(), "amount=6 tokens"),
			line("approve", "spender="+bob.String(), "value=8"),
		},
		Calls: []string{line("balanceOf", bob.String()), line("name")},
	})

	require.Equal(t, "11000000000000000000", harbour.balance(bob))
	require.Equal(t, "8", harbour.view("allowance", "owner="+alice.String(), "operator="+bob.String()))
	require.Len(t, answer.Answers, 2)
	require.Equal(t, "11000000000000000000", decodeResult(t, "balanceOf", answer.Answers[0]))
	require.Equal(t, "Harbour", decodeResult(t, "name", answer.Answers[1]))

	made := ethToken{n, answer.Token}
	require.NotEqual(t, harbour.at, made.at)
	require.Equal(t, "999999999999999999820", made.balance(alice))
	require.Equal(t, "165", made.balance(bob))
	require.Equal(t, "15", made.balance(answer.Till))
}

func TestViemWorksWithATokenAsWithAContract(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, bob := n.newEthAccount(), n.newEthAccount()
	answer := n.tell("viem.cjs", libraryStory{
		URL: n.endpoint(), Key: alice.privateKey(), Friend: bob.privateKey(),
		Params: tokenParams(t, "Harbour", "HRB", alice, "1000"),
	})
	made := ethToken{n, answer.Token}
	require.Equal(t, "999999999999999999845", made.balance(alice))
	require.Equal(t, "135", made.balance(bob))
	require.Equal(t, "20", made.balance(answer.Till))
}
