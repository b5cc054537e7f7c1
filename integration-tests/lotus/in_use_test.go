package lotus

import (
	"bytes"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/big"
	"github.com/filecoin-project/go-state-types/builtin"
	"github.com/filecoin-project/go-state-types/builtin/v10/eam"
	"github.com/filecoin-project/go-state-types/builtin/v18/miner"
	"github.com/filecoin-project/go-state-types/builtin/v18/multisig"
	"github.com/filecoin-project/go-state-types/builtin/v18/power"
	"github.com/filecoin-project/go-state-types/cbor"
	"github.com/filecoin-project/go-state-types/exitcode"

	"github.com/filecoin-project/lotus/api"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/chain/types/ethtypes"
	"github.com/filecoin-project/lotus/itests/kit"
)

// inUse is what people have on a network before an upgrade, and what has to go on after it.
type inUse struct {
	*node
	owner, friend, wallet person          // f1, f3 and 0x
	second                address.Address // a miner that the power actor made, beside the one that mines
	vault                 address.Address // a multisig of owner and friend
	contract              eam.CreateReturn
}

// deposit is what the vault holds, and gift what it gives the friend as soon as the friend approves.
var deposit, gift = types.FromFil(10), types.FromFil(3)

// putInUse makes a miner, a multisig with a pending proposal, a contract with state, and an account of every kind.
func (n *node) putInUse() *inUse {
	n.t.Helper()
	people := n.newPeople(secp256k1, bls, eth)
	u := &inUse{node: n, owner: people[0], friend: people[1], wallet: people[2]}
	deployed := u.deploy("Frc46Holder")
	mined := u.createMiner()
	founded := u.pushPrototype(u.MsigCreate(u.ctx, 2, []address.Address{u.owner.address, u.friend.address}, 0,
		deposit, u.owner.address, big.Zero()))

	u.returned(deployed, &u.contract)
	var second, vault power.CreateMinerReturn // Init's Exec returns the same two addresses
	u.returned(mined, &second)
	u.returned(founded, &vault)
	u.second, u.vault = second.IDAddress, vault.IDAddress

	closed := u.push(&types.Message{
		From: u.owner.address, To: u.contractID(), Method: builtin.MethodsEVM.InvokeContract,
		Params: u.serialized(ptr(abi.CborBytes(closing(true)))),
	})
	proposed := u.pushPrototype(u.MsigPropose(u.ctx, u.vault, u.friend.address, gift, u.owner.address, 0, nil))
	require.Equal(u.t, exitcode.Ok, u.wait(closed).Receipt.ExitCode)
	var pending multisig.ProposeReturn
	u.returned(proposed, &pending)
	require.False(u.t, pending.Applied)
	return u
}

// requireGoesOn uses everything once more: it is as it was left, and it still moves.
func (u *inUse) requireGoesOn() {
	u.t.Helper()
	require.True(u.t, u.closed())
	require.Equal(u.t, deposit, u.actor(u.vault).Balance)

	approved := u.pushPrototype(u.MsigApprove(u.ctx, u.vault, 0, u.friend.address))
	peer := u.changePeer()

	var applied multisig.ApproveReturn
	u.returned(approved, &applied)
	require.True(u.t, applied.Applied)
	require.Equal(u.t, exitcode.Ok, applied.Code)
	require.Equal(u.t, big.Sub(deposit, gift), u.actor(u.vault).Balance)

	u.wallet.account.send(ethtypes.EthAddress(u.contract.EthAddress), closing(false))
	require.False(u.t, u.closed())
	u.AssertActorType(u.ctx, u.wallet.address, "ethaccount")

	require.Equal(u.t, exitcode.Ok, u.wait(peer).Receipt.ExitCode)
	info, err := u.StateMinerInfo(u.ctx, u.second, types.EmptyTSK)
	require.NoError(u.t, err)
	require.Equal(u.t, u.miner.Libp2p.PeerID, *info.PeerId)
}

// deploy creates a contract of target/solidity.
func (u *inUse) deploy(name string) cid.Cid {
	u.t.Helper()
	return u.push(&types.Message{
		From: u.owner.address, To: builtin.EthereumAddressManagerActorAddr, Method: builtin.MethodsEAM.CreateExternal,
		Params: u.serialized(ptr(abi.CborBytes(bytecode(u.t, name)))),
	})
}

func (u *inUse) contractID() address.Address {
	u.t.Helper()
	id, err := address.NewIDAddress(u.contract.ActorID)
	require.NoError(u.t, err)
	return id
}

// closing is the call that opens or closes the contract for tokens.
func closing(shut bool) []byte {
	call := append(kit.CalcFuncSignature("close(bool)"), make([]byte, 32)...)
	if shut {
		call[len(call)-1] = 1
	}
	return call
}

// closed asks the contract for its state.
func (u *inUse) closed() bool {
	u.t.Helper()
	answer, refused := u.wallet.account.call(ethtypes.EthAddress(u.contract.EthAddress), kit.CalcFuncSignature("closed()"))
	require.Nil(u.t, refused)
	require.Len(u.t, answer, 32)
	return answer[31] == 1
}

// createMiner pays the deposit that network version 27 asks for.
func (u *inUse) createMiner() cid.Cid {
	u.t.Helper()
	return u.push(&types.Message{
		From: u.owner.address, To: builtin.StoragePowerActorAddr, Value: types.FromFil(1),
		Method: builtin.MethodsPower.CreateMiner, Params: u.serialized(&power.CreateMinerParams{
			Owner: u.owner.address, Worker: u.friend.address,
			WindowPoStProofType: abi.RegisteredPoStProof_StackedDrgWindow2KiBV1_1,
		}),
	})
}

// changePeer gives the second miner the peer id of the first.
func (u *inUse) changePeer() cid.Cid {
	u.t.Helper()
	return u.push(&types.Message{
		From: u.friend.address, To: u.second, Method: builtin.MethodsMiner.ChangePeerID,
		Params: u.serialized(&miner.ChangePeerIDParams{NewID: abi.PeerID(u.miner.Libp2p.PeerID)}),
	})
}

// pushPrototype gives a message that the node has made to the pool.
func (n *node) pushPrototype(made *api.MessagePrototype, err error) cid.Cid {
	n.t.Helper()
	require.NoError(n.t, err)
	return n.push(&made.Message)
}

// returned waits for a message to succeed and decodes what it returned.
func (n *node) returned(message cid.Cid, into cbor.Unmarshaler) {
	n.t.Helper()
	receipt := n.wait(message).Receipt
	require.Equal(n.t, exitcode.Ok, receipt.ExitCode)
	require.NoError(n.t, into.UnmarshalCBOR(bytes.NewReader(receipt.Return)))
}

func (n *node) serialized(params cbor.Marshaler) []byte {
	n.t.Helper()
	var out bytes.Buffer
	require.NoError(n.t, params.MarshalCBOR(&out))
	return out.Bytes()
}

func ptr[T any](value T) *T {
	return &value
}
