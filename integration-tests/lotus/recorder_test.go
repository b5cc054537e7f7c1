package lotus

import (
	"context"
	"sync"

	"github.com/ipfs/go-cid"
	"go.uber.org/fx"

	"github.com/filecoin-project/go-state-types/abi"
	"github.com/filecoin-project/go-state-types/network"

	"github.com/filecoin-project/lotus/blockstore"
	"github.com/filecoin-project/lotus/chain/beacon"
	"github.com/filecoin-project/lotus/chain/consensus"
	"github.com/filecoin-project/lotus/chain/consensus/filcns"
	"github.com/filecoin-project/lotus/chain/index"
	"github.com/filecoin-project/lotus/chain/rand"
	"github.com/filecoin-project/lotus/chain/state"
	"github.com/filecoin-project/lotus/chain/stmgr"
	"github.com/filecoin-project/lotus/chain/store"
	"github.com/filecoin-project/lotus/chain/types"
	"github.com/filecoin-project/lotus/chain/vm"
	"github.com/filecoin-project/lotus/itests/kit"
	lotusnode "github.com/filecoin-project/lotus/node"
	"github.com/filecoin-project/lotus/node/modules"
	"github.com/filecoin-project/lotus/node/modules/dtypes"
	"github.com/filecoin-project/lotus/node/repo"
)

// recorder watches a node execute tipsets: what the FVM was told, what it asked, which roots it made. It changes nothing.
type recorder struct {
	lock       sync.Mutex
	executions map[types.TipSetKey]*execution
	store      blockstore.Blockstore
}

// execution is one run of a tipset.
type execution struct {
	lock     sync.Mutex
	machines []*machine
	answers  answers
	root     cid.Cid
	receipts cid.Cid
}

// machine is one FVM: Lotus makes one for each null round before a tipset, and one for the tipset itself.
type machine struct {
	epoch     abi.ChainEpoch
	timestamp uint64
	baseFee   abi.TokenAmount
	supply    abi.TokenAmount
	version   network.Version
	root      cid.Cid
}

// answers are what the node told the FVM about the chain.
type answers struct {
	chain, beacon map[abi.ChainEpoch][32]byte
	tipsets       map[abi.ChainEpoch]cid.Cid
}

func newAnswers() answers {
	return answers{
		chain:   make(map[abi.ChainEpoch][32]byte),
		beacon:  make(map[abi.ChainEpoch][32]byte),
		tipsets: make(map[abi.ChainEpoch]cid.Cid),
	}
}

func newRecorder() *recorder {
	return &recorder{executions: make(map[types.TipSetKey]*execution)}
}

// option puts the recorder into a full node of the kit.
func (r *recorder) option() kit.NodeOpt {
	executor := &recordingExecutor{consensus.NewTipSetExecutor(filcns.RewardFunc), r}
	return kit.ConstructorOpts(lotusnode.ApplyIf(lotusnode.IsType(repo.FullNode),
		lotusnode.Override(new(stmgr.Executor), func() stmgr.Executor { return executor }),
		lotusnode.Override(new(*stmgr.StateManager), r.stateManager)))
}

// stateManager makes the node's own one, which builds its machines through the recorder.
func (r *recorder) stateManager(lc fx.Lifecycle, cs *store.ChainStore, exec stmgr.Executor, sys vm.SyscallBuilder,
	us stmgr.UpgradeSchedule, b beacon.Schedule, ds dtypes.MetadataDS, indexer index.Indexer) (*stmgr.StateManager, error) {
	sm, err := modules.StateManager(lc, cs, exec, sys, us, b, ds, indexer)
	if err != nil {
		return nil, err
	}
	r.store = cs.StateBlockstore()
	sm.SetVMConstructor(newMachine)
	return sm, nil
}

// of is how the tipset was executed, if it was.
func (r *recorder) of(key types.TipSetKey) (*execution, bool) {
	r.lock.Lock()
	defer r.lock.Unlock()
	found, ok := r.executions[key]
	return found, ok
}

// recordingExecutor is Lotus' executor with a note of each run.
type recordingExecutor struct {
	*consensus.TipSetExecutor
	recorder *recorder
}

func (e *recordingExecutor) ExecuteTipSet(ctx context.Context, sm *stmgr.StateManager, ts *types.TipSet,
	em stmgr.ExecMonitor, tracing bool) (cid.Cid, cid.Cid, error) {
	run := &execution{answers: newAnswers()}
	root, receipts, err := e.TipSetExecutor.ExecuteTipSet(context.WithValue(ctx, executionKey{}, run), sm, ts, em, tracing)
	if err == nil {
		run.root, run.receipts = root, receipts
		e.recorder.lock.Lock()
		e.recorder.executions[ts.Key()] = run
		e.recorder.lock.Unlock()
	}
	return root, receipts, err
}

// executionKey finds the execution that a machine belongs to in its context. Machines for calls and estimates have none.
type executionKey struct{}

// newMachine makes an FVM, and notes its settings when it belongs to the execution of a tipset.
func newMachine(ctx context.Context, opts *vm.VMOpts) (vm.Interface, error) {
	run, ok := ctx.Value(executionKey{}).(*execution)
	if !ok {
		return vm.NewVM(ctx, opts)
	}
	noted := &machine{epoch: opts.Epoch, timestamp: opts.Timestamp, baseFee: opts.BaseFee, version: opts.NetworkVersion}
	watched := *opts
	watched.CircSupplyCalc = func(ctx context.Context, epoch abi.ChainEpoch, tree *state.StateTree) (abi.TokenAmount, error) {
		supply, err := opts.CircSupplyCalc(ctx, epoch, tree)
		noted.supply = supply
		return supply, err
	}
	watched.Rand = &recordingRand{opts.Rand, run}
	watched.TipSetGetter = func(ctx context.Context, epoch abi.ChainEpoch) (types.TipSetKey, error) {
		key, err := opts.TipSetGetter(ctx, epoch)
		if err != nil {
			return key, err
		}
		block, err := key.Cid()
		remember(run, run.answers.tipsets, epoch, block)
		return key, err
	}
	run.machines = append(run.machines, noted)
	made, err := vm.NewVM(ctx, &watched)
	return &recordingVM{made, noted}, err
}

// recordingRand notes the randomness that the FVM asks for.
type recordingRand struct {
	rand.Rand
	run *execution
}

func (r *recordingRand) GetChainRandomness(ctx context.Context, round abi.ChainEpoch) ([32]byte, error) {
	answer, err := r.Rand.GetChainRandomness(ctx, round)
	if err == nil {
		remember(r.run, r.run.answers.chain, round, answer)
	}
	return answer, err
}

func (r *recordingRand) GetBeaconRandomness(ctx context.Context, round abi.ChainEpoch) ([32]byte, error) {
	answer, err := r.Rand.GetBeaconRandomness(ctx, round)
	if err == nil {
		remember(r.run, r.run.answers.beacon, round, answer)
	}
	return answer, err
}

// remember notes an answer: the FVM asks from threads of its own.
func remember[T any](run *execution, known map[abi.ChainEpoch]T, epoch abi.ChainEpoch, answer T) {
	run.lock.Lock()
	defer run.lock.Unlock()
	known[epoch] = answer
}

// recordingVM notes the root that a machine writes.
type recordingVM struct {
	vm.Interface
	noted *machine
}

func (v *recordingVM) Flush(ctx context.Context) (cid.Cid, error) {
	root, err := v.Interface.Flush(ctx)
	v.noted.root = root
	return root, err
}
