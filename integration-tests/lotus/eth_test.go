package lotus

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-state-types/big"
	"github.com/filecoin-project/go-state-types/manifest"

	"github.com/filecoin-project/lotus/chain/types/ethtypes"
	"github.com/filecoin-project/lotus/itests/kit"
)

// nobody is what a Transfer names when tokens are made.
var nobody = ethtypes.EthAddress{}

// moved is a Transfer as holdfast decodes it; value in atto-tokens.
func moved(from, to ethtypes.EthAddress, value string) event {
	return event{"Transfer", map[string]any{"from": from.String(), "to": to.String(), "value": value}}
}

// allowed is an Approval as holdfast decodes it; value in atto-tokens.
func allowed(owner, spender ethtypes.EthAddress, value string) event {
	return event{"Approval", map[string]any{"owner": owner.String(), "spender": spender.String(), "value": value}}
}

// born are the events of a new token that its owner holds 1000 of.
func born(owner ethtypes.EthAddress) []event {
	return []event{
		{"OwnershipTransferred", map[string]any{"previous_owner": nobody.String(), "new_owner": owner.String()}},
		moved(nobody, owner, "1000000000000000000000"),
	}
}

// eventsOf are the token's events among logs, decoded.
func (k ethToken) eventsOf(logs []ethtypes.EthLog) []event {
	k.n.t.Helper()
	var events []event
	for _, log := range logs {
		if log.Address == k.at {
			events = append(events, decodeLog(k.n.t, "token", log))
		}
	}
	return events
}

func TestAnEthereumAccountCreatesATokenAndFindsItInTheLog(t *testing.T) {
	n := startNode(t, ourBundle())
	alice := n.newEthAccount()
	n.AssertActorType(n.ctx, alice.filecoin, manifest.PlaceholderKey)

	params := tokenParams(t, "Harbour", "HRB", alice, "1000")
	create := calldata(t, "init.create", "actor_type=holdfast_token", "params="+params)
	receipt := alice.send(initFace, create)
	require.EqualValues(t, ethtypes.EIP1559TxType, receipt.Type)
	harbour := n.createdToken(alice, receipt)
	require.Equal(t, born(alice.at), harbour.eventsOf(receipt.Logs))
	n.AssertActorType(n.ctx, alice.filecoin, manifest.EthAccountKey)

	legacy := n.createdToken(alice, alice.sendLegacy(initFace, create))
	require.NotEqual(t, harbour.at, legacy.at)

	codes := inspect(t, n.bundle).codes(t)
	for _, token := range []ethToken{harbour, legacy} {
		require.Equal(t, codes["holdfast_token"], n.actor(token.filecoin()).Code)
		require.Equal(t, "Harbour", token.view("name"))
		require.Equal(t, "HRB", token.view("symbol"))
		require.Equal(t, "18", token.view("decimals"))
		require.Equal(t, "1000000000000000000000", token.view("totalSupply"))
		require.Equal(t, "1000000000000000000000", token.balance(alice))
		require.Equal(t, alice.String(), token.view("owner"))
	}
	n.saveRecord("ethereum-creation")
}

func TestATokenMovesByEthereumTransactions(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, bob, keeper := n.newEthAccount(), n.newEthAccount(), n.newPerson(secp256k1)
	harbour := alice.createToken("Harbour", "HRB")
	transfer := func(to, value string) []event {
		return harbour.eventsOf(alice.send(harbour.at, harbour.calldata("transfer", "to="+to, "value="+value)).Logs)
	}

	// An address without an actor gets one.
	stranger := n.newEthKey()
	require.Equal(t, []event{moved(alice.at, stranger.at, "5000000000000000000")}, transfer(stranger.String(), "5 tokens"))
	n.AssertActorType(n.ctx, stranger.filecoin, manifest.PlaceholderKey)
	require.Equal(t, "5000000000000000000", harbour.balance(stranger))

	// An f1 account is named by its masked id; whoever has an f410 address appears under it, however named.
	require.Equal(t, []event{moved(alice.at, keeper.eth, "7")}, transfer(keeper.eth.String(), "7"))
	require.Equal(t, "7", harbour.balance(keeper.id))
	require.Equal(t, []event{moved(alice.at, bob.at, "11")}, transfer(n.masked(n.id(bob.filecoin)).String(), "11"))
	require.Equal(t, []event{moved(alice.at, bob.at, "13")}, transfer(bob.filecoin.String(), "13"))
	require.Equal(t, "24", harbour.balance(bob))

	// FRC-46's Transfer has no Solidity signature. A 0x account reaches it all the same.
	wrapped := alice.send(harbour.at, harbour.calldata("Transfer", "to="+bob.filecoin.String(), "amount=76 atto"))
	require.Equal(t, []event{moved(alice.at, bob.at, "76")}, harbour.eventsOf(wrapped.Logs))
	require.Equal(t, "100", harbour.balance(bob))

	approved := alice.send(harbour.at, harbour.calldata("approve", "spender="+bob.String(), "value=40"))
	require.Equal(t, []event{allowed(alice.at, bob.at, "40")}, harbour.eventsOf(approved.Logs))
	spent := bob.send(harbour.at, harbour.calldata("transferFrom", "from="+alice.String(), "to="+keeper.eth.String(), "value=15"))
	require.Equal(t, []event{moved(alice.at, keeper.eth, "15")}, harbour.eventsOf(spent.Logs))
	require.Equal(t, "25", harbour.view("allowance", "owner="+alice.String(), "operator="+bob.String()))
	require.Equal(t, "22", harbour.balance(keeper.id))
	require.Equal(t, "994999999999999999878", harbour.balance(alice))
	require.Equal(t, "1000000000000000000000", harbour.view("totalSupply"))
	n.saveRecord("ethereum-transactions")
}

func TestTheLogsOfBothFacesAreFound(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, keeper := n.newEthAccount(), n.newPerson(secp256k1)
	harbour := alice.createToken("Harbour", "HRB")
	other := alice.createToken("Otter", "OTR")
	paid := alice.send(harbour.at, harbour.calldata("transfer", "to="+keeper.eth.String(), "value=100"))
	filecoin := func(method string, values ...string) ethtypes.EthHash {
		encoded := encode(t, append([]string{"token." + method}, values...)...)
		message := n.sendEncoded(keeper, harbour.filecoin(), encoded)
		var hash ethtypes.EthHash
		n.ask(&hash, "Filecoin.EthGetTransactionHashByCid", message)
		return hash
	}
	back := filecoin("Transfer", "to="+alice.filecoin.String(), "amount=30 atto")
	lent := filecoin("IncreaseAllowance", "operator="+alice.filecoin.String(), "increase=8 atto")

	story := append(born(alice.at),
		moved(alice.at, keeper.eth, "100"),
		moved(keeper.eth, alice.at, "30"),
		allowed(keeper.eth, alice.at, "8"),
	)
	found := n.logs(map[string]any{"address": harbour.at})
	require.Equal(t, story, harbour.eventsOf(found))
	require.Len(t, found, len(story), "an event that no Solidity interface defines stands among the logs")
	require.Equal(t, []ethtypes.EthHash{paid.TransactionHash, back, lent},
		[]ethtypes.EthHash{found[2].TransactionHash, found[3].TransactionHash, found[4].TransactionHash})
	for _, hash := range []ethtypes.EthHash{back, lent} {
		require.EqualValues(t, 1, n.receipt(hash).Status)
	}

	transfer := kit.EthTopicHash("Transfer(address,address,uint256)")
	topic := func(a ethtypes.EthAddress) ethtypes.EthHash { return ethtypes.EthHash(kit.EvmWordBytes(a[:])) }
	both := []ethtypes.EthAddress{harbour.at, other.at}
	require.Equal(t, story[1:4], harbour.eventsOf(n.logs(map[string]any{"address": both, "topics": []any{transfer}})))
	require.Len(t, n.logs(map[string]any{"address": both, "topics": []any{transfer}}), 4)
	require.Equal(t, story[2:3], harbour.eventsOf(n.logs(map[string]any{"topics": []any{transfer, nil, topic(keeper.eth)}})))
	require.Equal(t, story[3:], harbour.eventsOf(n.logs(map[string]any{"topics": []any{nil, topic(keeper.eth)}})))
	approval := kit.EthTopicHash("Approval(address,address,uint256)")
	require.Equal(t, story[4:], harbour.eventsOf(n.logs(map[string]any{"address": harbour.at, "topics": []any{approval}})))
	require.Empty(t, n.logs(map[string]any{"address": other.at, "topics": []any{approval}}))

	var inBlock []ethtypes.EthLog
	n.ask(&inBlock, "eth_getLogs", map[string]any{"address": harbour.at, "blockHash": paid.BlockHash})
	require.Equal(t, paid.Logs, inBlock)
}

func TestTheNodesEstimateIsEnoughAndNotMuchMore(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, bob := n.newEthAccount(), n.newEthAccount()
	harbour := alice.createToken("Harbour", "HRB")
	for _, input := range [][]byte{
		harbour.calldata("transfer", "to="+bob.String(), "value=1"),
		harbour.calldata("transfer", "to="+n.newEthKey().String(), "value=1"),
		harbour.calldata("approve", "spender="+bob.String(), "value=1"),
		harbour.calldata("Transfer", "to="+bob.String(), "amount=1 atto"),
	} {
		estimate := alice.estimate(&harbour.at, input)
		receipt := alice.sendWithGas(&harbour.at, input, estimate)
		require.EqualValues(t, 1, receipt.Status)
		require.Greater(t, int(receipt.GasUsed)*3/2, estimate, "%d gas used", receipt.GasUsed)
	}
	input := harbour.calldata("transfer", "to="+bob.String(), "value=1")
	short := alice.sendWithGas(&harbour.at, input, alice.estimate(&harbour.at, input)/2)
	require.Zero(t, short.Status)
	require.Empty(t, short.Logs)
	require.Equal(t, "2", harbour.balance(bob))
}

func TestATransactionIsToldAsOfAContractButThereIsNoCode(t *testing.T) {
	n := startNode(t, ourBundle())
	alice, bob := n.newEthAccount(), n.newEthKey()
	harbour := alice.createToken("Harbour", "HRB")
	input := harbour.calldata("transfer", "to="+bob.String(), "value=1")
	receipt := alice.send(harbour.at, input)

	require.Equal(t, alice.at, receipt.From)
	require.Equal(t, harbour.at, *receipt.To)
	require.Nil(t, receipt.ContractAddress)
	require.Positive(t, receipt.GasUsed)
	bloom := ethtypes.NewEmptyEthBloom()
	ethtypes.EthBloomSet(bloom, harbour.at[:])
	for _, topic := range receipt.Logs[0].Topics {
		ethtypes.EthBloomSet(bloom, topic[:])
	}
	require.EqualValues(t, bloom, receipt.LogsBloom)

	var tx ethtypes.EthTx
	n.ask(&tx, "eth_getTransactionByHash", receipt.TransactionHash)
	require.Equal(t, alice.at, tx.From)
	require.Equal(t, harbour.at, *tx.To)
	require.EqualValues(t, input, tx.Input)
	require.EqualValues(t, chainID, tx.ChainID)
	require.EqualValues(t, 1, tx.Nonce)
	require.Equal(t, receipt.BlockHash, *tx.BlockHash)

	var number ethtypes.EthUint64
	n.ask(&number, "eth_chainId")
	require.EqualValues(t, chainID, number)
	n.ask(&number, "eth_getTransactionCount", alice.at, "latest")
	require.EqualValues(t, 2, number)
	var balance ethtypes.EthBigInt
	n.ask(&balance, "eth_getBalance", alice.at, "latest")
	require.Equal(t, n.actor(alice.filecoin).Balance, big.Int(balance))
	n.ask(&balance, "eth_getBalance", harbour.at, "latest")
	require.Zero(t, big.Int(balance).Sign())

	for what, at := range map[string]ethtypes.EthAddress{
		"token": harbour.at, "init": initFace, "eam": ethtypes.EthAddressFromActorID(10),
	} {
		var code ethtypes.EthBytes
		n.ask(&code, "eth_getCode", at, "latest")
		require.Empty(t, code, "the code of %s", what)
	}
}
