package lotus

import (
	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/exitcode"

	"github.com/filecoin-project/lotus/api"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/chain/types/ethtypes"
)

// keyKind says what somebody signs with. The names are those of the stories.
type keyKind string

const (
	secp256k1 keyKind = "secp256k1"
	bls       keyKind = "bls"
	eth       keyKind = "eth"
)

// pocketMoney is what everybody starts with, in FIL.
const pocketMoney = 100

// confidence is how many tipsets have to stand on that of a message before its receipt counts.
const confidence = 2

// person is somebody with a key and FIL. The node's wallet holds the keys of f1 and f3 addresses and signs for them.
type person struct {
	kind    keyKind
	address address.Address     // f1, f3 or f410
	id      address.Address     // f0
	eth     ethtypes.EthAddress // that of the key, or the id in its masked form
	account *ethAccount         // of 0x people only
}

// newPerson makes a key and funds it from the node's own.
func (n *node) newPerson(kind keyKind) person {
	n.t.Helper()
	return n.newPeople(kind)[0]
}

// newPeople makes and funds several, which takes no longer than one.
func (n *node) newPeople(kinds ...keyKind) []person {
	n.t.Helper()
	people := make([]person, len(kinds))
	funding := make([]cid.Cid, len(kinds))
	for i, kind := range kinds {
		people[i] = n.newKey(kind)
		funding[i] = n.push(&types.Message{
			From: n.DefaultKey.Address, To: people[i].address, Value: types.FromFil(pocketMoney),
		})
	}
	for i := range people {
		require.Equal(n.t, exitcode.Ok, n.wait(funding[i]).Receipt.ExitCode)
		people[i].id = n.id(people[i].address)
		if kinds[i] != eth {
			people[i].eth = n.masked(people[i].id)
		}
	}
	return people
}

func (n *node) newKey(kind keyKind) person {
	n.t.Helper()
	if kind == eth {
		account := n.newEthKey()
		return person{kind: kind, address: account.filecoin, eth: account.at, account: account}
	}
	at, err := n.WalletNew(n.ctx, types.KeyType(kind))
	require.NoError(n.t, err)
	return person{kind: kind, address: at}
}

// id is the id address of whoever is at an address.
func (n *node) id(at address.Address) address.Address {
	n.t.Helper()
	id, err := n.StateLookupID(n.ctx, at, types.EmptyTSK)
	require.NoError(n.t, err, "nobody is at %s", at)
	return id
}

// masked is the 0x form of an id address.
func (n *node) masked(id address.Address) ethtypes.EthAddress {
	n.t.Helper()
	form, err := ethtypes.EthAddressFromFilecoinAddress(id)
	require.NoError(n.t, err)
	return form
}

// push signs a message with the node's wallet and gives it to the pool. The node fills in the nonce, the fees, and the
// gas limit if there is none.
func (n *node) push(message *types.Message) cid.Cid {
	n.t.Helper()
	signed, err := n.MpoolPushMessage(n.ctx, message, nil)
	require.NoError(n.t, err)
	return signed.Cid()
}

// wait gives the receipt of a message and where it stands on the chain.
func (n *node) wait(message cid.Cid) *api.MsgLookup {
	n.t.Helper()
	found, err := n.StateWaitMsg(n.ctx, message, confidence, api.LookbackNoLimit, true)
	require.NoError(n.t, err)
	return found
}
