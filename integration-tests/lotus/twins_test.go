package lotus

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/filecoin-project/go-address"
	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/crypto"
	"github.com/filecoin-project/go-state-types/proof"

	"github.com/filecoin-project/lotus/api"
	"github.com/filecoin-project/lotus/build/buildconstants"
	"github.com/filecoin-project/lotus/chain/gen"
	"github.com/filecoin-project/lotus/chain/rand"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/itests/kit"
)

// twins is a node with two miners, whose blocks often share a tipset.
type twins struct {
	*node
	miners []address.Address
	mining []*kit.BlockMiner
}

func startTwins(t *testing.T) *twins {
	t.Helper()
	n, options := newNode(t, ourBundle(), nil)
	var ofAll []kit.EnsembleOpt
	ofNodes := []kit.NodeOpt{kit.WithAllSubsystems()}
	for _, option := range options {
		switch option := option.(type) {
		case kit.EnsembleOpt:
			ofAll = append(ofAll, option)
		case kit.NodeOpt:
			ofNodes = append(ofNodes, option)
		}
	}
	ensemble := kit.NewEnsemble(t, ofAll...)
	// The kit has put this height at the start. Then Lotus counts a reserve that the kit's genesis does not have, and a
	// circulating supply of zero. At mainnet's height, which the kit's next ensemble overwrites, it counts what there is.
	buildconstants.UpgradeAssemblyHeight = 138720
	var full kit.TestFullNode
	var one, two kit.TestMiner
	ensemble.FullNode(&full, ofNodes...).Miner(&one, &full, ofNodes...).Miner(&two, &full, ofNodes...).Start()
	n.TestFullNode, n.miner = &full, &one
	mining := ensemble.InterconnectAll().BeginMining(blockTime)
	n.mine = mining[0]
	return &twins{n, []address.Address{one.ActorAddr, two.ActorAddr}, mining}
}

// skip lets rounds pass without a block.
func (n *twins) skip(rounds abi.ChainEpoch) {
	for _, mining := range n.mining {
		mining.InjectNulls(rounds)
	}
}

// quiet stops the miners while it runs something on the last tipset, in which all of them have a block: who has none there
// may have one on another fork, and mining on this tipset would be a fault then.
func (n *twins) quiet(run func(head *types.TipSet)) {
	n.t.Helper()
	n.each((*kit.BlockMiner).Pause)
	defer n.each((*kit.BlockMiner).Restart)
	head := n.settled()
	for len(head.Blocks()) < len(n.miners) {
		n.each((*kit.BlockMiner).Restart)
		time.Sleep(2 * blockTime)
		n.each((*kit.BlockMiner).Pause)
		head = n.settled()
	}
	run(head)
}

func (n *twins) each(do func(*kit.BlockMiner)) {
	for _, mining := range n.mining {
		do(mining)
	}
}

// settled is the head once no block has arrived for three seconds, in which a block that was begun is finished.
func (n *twins) settled() *types.TipSet {
	n.t.Helper()
	head := n.head()
	for quiet := 0; quiet < 3; quiet++ {
		time.Sleep(time.Second)
		if next := n.head(); !next.Equals(head) {
			head, quiet = next, -1
		}
	}
	return head
}

// untouched is how many rounds after the head lie safely behind all that a miner may have tried: a second block of a
// miner in one round is a fault.
const untouched = 8

// mineTogether makes a tipset of one block of each miner in a round that all win, with the messages of each block in the
// order in which the blocks run. Gives the tipset.
func (n *twins) mineTogether(head *types.TipSet, messages ...[]*types.SignedMessage) (made *types.TipSet) {
	n.t.Helper()
	for round := head.Height() + untouched; ; round++ {
		templates := make([]*api.BlockTemplate, 0, len(n.miners))
		for _, miner := range n.miners {
			if won := n.election(head, round, miner); won != nil {
				templates = append(templates, won)
			}
		}
		if len(templates) < len(n.miners) {
			continue
		}
		slices.SortFunc(templates, func(a, b *api.BlockTemplate) int {
			if a.Ticket.Less(b.Ticket) {
				return -1
			}
			return 1
		})
		for i, template := range templates {
			template.Messages = messages[i]
			block, err := n.MinerCreateBlock(n.ctx, template)
			require.NoError(n.t, err)
			require.NoError(n.t, n.SyncSubmitBlock(n.ctx, block))
		}
		require.Eventually(n.t, func() bool {
			made = n.head()
			return made.Height() == round && len(made.Blocks()) == len(n.miners)
		}, time.Minute, blockTime)
		return made
	}
}

// election is the empty block of a miner in a round, or nothing if it does not win.
func (n *twins) election(head *types.TipSet, round abi.ChainEpoch, miner address.Address) *api.BlockTemplate {
	n.t.Helper()
	base, err := n.MinerGetBaseInfo(n.ctx, miner, round, head.Key())
	require.NoError(n.t, err)
	beacon := base.PrevBeaconEntry
	if len(base.BeaconEntries) > 0 {
		beacon = base.BeaconEntries[len(base.BeaconEntries)-1]
	}
	won, err := gen.IsRoundWinner(n.ctx, round, miner, beacon, base, n)
	require.NoError(n.t, err)
	if won == nil {
		return nil
	}
	return &api.BlockTemplate{
		Miner:            miner,
		Parents:          head.Key(),
		Ticket:           n.ticket(round, miner, beacon, base.WorkerKey),
		Eproof:           won,
		BeaconValues:     base.BeaconEntries,
		Epoch:            round,
		Timestamp:        head.MinTimestamp() + buildconstants.BlockDelaySecs*uint64(round-head.Height()),
		WinningPoStProof: []proof.PoStProof{{ProofBytes: []byte("valid proof")}},
	}
}

func (n *twins) ticket(
	round abi.ChainEpoch, miner address.Address, beacon types.BeaconEntry, worker address.Address,
) *types.Ticket {
	n.t.Helper()
	var entropy bytes.Buffer
	require.NoError(n.t, miner.MarshalCBOR(&entropy))
	input, err := rand.DrawRandomnessFromBase(beacon.Data, crypto.DomainSeparationTag_TicketProduction,
		round-buildconstants.TicketRandomnessLookback, entropy.Bytes())
	require.NoError(n.t, err)
	vrf, err := gen.ComputeVRF(n.ctx, n.WalletSign, worker, input)
	require.NoError(n.t, err)
	return &types.Ticket{VRFProof: vrf}
}
