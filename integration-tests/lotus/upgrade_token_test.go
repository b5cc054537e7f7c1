package lotus

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	cbg "github.com/whyrusleeping/cbor-gen"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/abi"
	actorstypes "github.com/filecoin-project/go-state-types/actors"
	"github.com/filecoin-project/go-state-types/big"
	"github.com/filecoin-project/go-state-types/builtin"
	init18 "github.com/filecoin-project/go-state-types/builtin/v18/init"
	"github.com/filecoin-project/go-state-types/exitcode"
	"github.com/filecoin-project/go-state-types/network"

	"github.com/filecoin-project/lotus/chain/consensus/filcns"
	"github.com/filecoin-project/lotus/chain/stmgr"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/itests/kit"
)

// tokenV2Bundle is the suite on the official actors v19, with a token that counts its transfers.
func tokenV2Bundle() string {
	return inTarget("lotus", "bundles", "v19-token-v2.car")
}

// moves is the method that only the second version of the token has.
var moves = builtin.MustGenerateFRCMethodNum("Moves")

func TestTokensInUseGoOnWhenTheirActorIsReplaced(t *testing.T) {
	cars := ourBundle()
	cars[actorstypes.Version19] = tokenV2Bundle()
	migration := watchMigration(filcns.UpgradeActorsV19)
	genesis := stmgr.Upgrade{Network: network.Version28, Height: -1}
	n := startNode(t, cars, kit.UpgradeSchedule(genesis, migration.upgrade(network.Version29, filcns.PreUpgradeActorsV19)))
	people := n.newPeople(secp256k1, bls, eth)
	owner, friend, wallet := people[0], people[1], people[2]
	token := n.newToken(owner, n.bundle)
	harbour := ethToken{n, n.masked(token)}
	n.sendEncoded(owner, token, encode(t, "token.Transfer", "to="+friend.address.String(), "amount=200"))
	n.sendEncoded(owner, token, encode(t, "token.Transfer", "to="+wallet.address.String(), "amount=30"))
	n.sendEncoded(owner, token, encode(t, "token.IncreaseAllowance", "operator="+friend.address.String(), "increase=50"))
	wallet.account.send(harbour.at, harbour.calldata("approve", "spender="+friend.eth.String(), "value=7 tokens"))
	left := n.tokenBooks(token, owner, friend, wallet)
	require.Equal(t, exitcode.ErrUnhandledMessage, n.callMoves(token).ExitCode)

	before, after := migration.pass(n)
	requireOnlyCodeMoved(t, n.recorder.store, before, after, tokenV2Bundle())
	requireSameUpgrade(t, n.recorder.store, before, after, tokenV2Bundle())
	require.Equal(t, inspect(t, tokenV2Bundle()).codes(t)["holdfast_token"], n.actor(token).Code)
	require.Equal(t, left, n.tokenBooks(token, owner, friend, wallet))
	require.EqualValues(t, 1, n.stateVersion(token), "nobody has written yet")
	require.Equal(t, []byte{0}, n.callMoves(token).Return)

	n.sendEncoded(friend, token, encode(t, "token.TransferFrom", "from="+owner.address.String(), "to="+wallet.address.String(), "amount=50"))
	require.EqualValues(t, 2, n.stateVersion(token))
	require.Equal(t, []byte{1}, n.callMoves(token).Return)
	require.Equal(t, `"720"`, n.viewToken(token, "BalanceOf", owner.address.String()))
	require.Equal(t, "80000000000000000000", harbour.balance(wallet.account))
	wallet.account.send(harbour.at, harbour.calldata("transfer", "to="+friend.eth.String(), "value=1 tokens"))
	require.Equal(t, []byte{2}, n.callMoves(token).Return)
	another := n.newToken(owner, tokenV2Bundle())
	require.EqualValues(t, 2, n.stateVersion(another))
}

// tokenBooks are what everybody holds, what the friend may spend, and the token's own address.
func (n *node) tokenBooks(token address.Address, owner, friend, wallet person) []string {
	n.t.Helper()
	robust, err := n.StateLookupRobustAddress(n.ctx, token, types.EmptyTSK)
	require.NoError(n.t, err)
	operator := "operator=" + friend.address.String()
	return []string{
		robust.String(),
		n.viewToken(token, "TotalSupply"),
		n.viewToken(token, "ListHolders", "limit=10"),
		n.viewToken(token, "Allowance", "owner="+owner.address.String(), operator),
		n.viewToken(token, "Allowance", "owner="+wallet.address.String(), operator),
	}
}

// callMoves calls the method of the second version.
func (n *node) callMoves(token address.Address) *types.MessageReceipt {
	n.t.Helper()
	answer, err := n.StateCall(n.ctx, &types.Message{
		From: n.DefaultKey.Address, To: token, Value: big.Zero(), Method: moves,
	}, types.EmptyTSK)
	require.NoError(n.t, err)
	return answer.MsgRct
}

// stateVersion is the first field of every actor's state.
func (n *node) stateVersion(token address.Address) uint64 {
	n.t.Helper()
	block, err := n.ChainReadObj(n.ctx, n.actor(token).Head)
	require.NoError(n.t, err)
	reader := bytes.NewReader(block)
	major, fields, err := cbg.CborReadHeader(reader)
	require.NoError(n.t, err)
	require.EqualValues(n.t, cbg.MajArray, major)
	require.NotZero(n.t, fields)
	major, version, err := cbg.CborReadHeader(reader)
	require.NoError(n.t, err)
	require.EqualValues(n.t, cbg.MajUnsignedInt, major)
	return version
}

// newToken makes a token of which the owner holds 1000, through Init of the bundle that the network runs.
func (n *node) newToken(owner person, bundle string) address.Address {
	n.t.Helper()
	me := owner.address.String()
	params := encode(n.t, "token.Constructor", "name=Harbour", "symbol=HRB", "owner="+me, "initial_holder="+me, "initial_supply=1000", "voting=true")
	code := inspect(n.t, bundle).codes(n.t)["holdfast_token"]
	exec := encode(n.t, "init.Exec", "code_cid="+code.String(), "constructor_params=0x"+params.Hex)
	var made init18.ExecReturn
	n.returned(n.sendEncoded(owner, builtin.InitActorAddr, exec), &made)
	require.Equal(n.t, code, n.actor(made.RobustAddress).Code)
	return made.IDAddress
}

// viewToken asks a token without a message, and gives the answer as holdfast writes it.
func (n *node) viewToken(token address.Address, method string, values ...string) string {
	n.t.Helper()
	question := encode(n.t, append([]string{"token." + method}, values...)...)
	params, err := hex.DecodeString(question.Hex)
	require.NoError(n.t, err)
	answer, err := n.StateCall(n.ctx, &types.Message{
		From: n.DefaultKey.Address, To: token, Value: big.Zero(), Method: abi.MethodNum(question.Method), Params: params,
	}, types.EmptyTSK)
	require.NoError(n.t, err)
	require.Equal(n.t, exitcode.Ok, answer.MsgRct.ExitCode, answer.Error)
	text := holdfast(n.t, "decode", "return", "token."+method, hex.EncodeToString(answer.MsgRct.Return))
	return strings.TrimSpace(string(text))
}
