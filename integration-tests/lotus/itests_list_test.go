package lotus

// itestsSubject are the chosen tests of Lotus about one subject. None names a network version: all start at the default,
// where the bundle that is meant runs. Those with an older network would pass on the official actors of that time.
type itestsSubject struct {
	title string
	tests []itest
}

type itest struct{ name, does string }

var itestsList = []itestsSubject{
	{"Multisig, payment channel, verified registry", []itest{
		{"TestMultisig", "creates a multisig by the command line; a signer is proposed and approved"},
		{"TestGatewayWalletMsig", "the same by the API of a lite node behind a gateway"},
		{"TestPaymentChannelStatus", "creates a payment channel by the command line, then a voucher"},
		{"TestVerifiedClientCanCreateAllocation", "makes a verifier and a client; DataCap becomes an allocation"},
	}},
	{"Accounts and addresses", []itest{
		{"TestEthAccountAbstraction", "FIL to an unknown f410 makes a placeholder; its first message makes it an Ethereum account"},
		{"TestEthAccountAbstractionFailure", "so does a first message that fails"},
		{"TestEthAccountAbstractionFailsFromEvmActor", "a contract is no sender of messages"},
		{"TestEthAccountManagerPermissions", "who may call which method of the Ethereum address manager"},
		{"TestEthAddressToFilecoinAddress", "0x addresses as f0 and f410"},
		{"TestEthGetBalanceExistingF4address", "balance of a placeholder"},
		{"TestEthGetBalanceExistentIDMaskedAddr", "balance of an actor under its masked 0xff address"},
		{"TestEthBalanceCorrectLookup", "balance at a past block"},
		{"TestAddressCreationBeforeDeploy", "a contract is deployed at an address that had got FIL"},
		{"TestDeployAddressMultipleTimes", "the next contract of the same account gets another address"},
	}},
	{"Ethereum transactions", []itest{
		{"TestValueTransferValidSignature", "EIP-1559: transfer; a wrong signature is refused"},
		{"TestContractDeploymentValidSignature", "EIP-1559: deploys a contract"},
		{"TestContractInvocation", "EIP-1559: calls a contract"},
		{"TestLegacyValueTransferValidSignature", "legacy (Homestead): transfer; a wrong signature is refused"},
		{"TestLegacyEIP155ValueTransferValidSignature", "legacy (EIP-155): the same"},
		{"TestEthTxFromNativeAccount_EmptyInput", "a Filecoin message without input, shown as a transaction"},
		{"TestEthTxFromNativeAccount_NonEmptyInput", "one with input"},
		{"TestEthTxFromNativeAccount_BadInput", "one with input that is no CBOR"},
		{"TestEthTxFromNativeAccount_NativeMethod", "one to a native method"},
		{"TestEthTxFromNativeAccount_InvalidReceiver", "one to nobody"},
		{"TestTraceTransaction", "trace of a deployment"},
	}},
	{"Contracts", []itest{
		{"TestGetCodeAndNonce", "code and nonce of an account, a placeholder, a contract and a destroyed one"},
		{"TestMintContract", "a token behind a proxy: deploys both, mints"},
		{"TestEthEstimateGas", "revert reasons in gas estimates"},
		{"TestEthGetLogsBasic", "logs of a contract"},
		{"TestEthOpenRPCConformance", "answers of the eth methods have the shape of Ethereum's specification"},
		{"TestFEVMETH0", "the zero address is an Ethereum account from genesis on"},
		{"TestFEVMDelegateCall", "delegatecall"},
		{"TestFEVMSelfDestruct", "selfdestruct"},
		{"TestFEVMTestNotPayable", "a bare transfer to a contract that is not payable"},
		{"TestFEVMDestroyCreate2", "create2, selfdestruct, create2 again at the same address"},
		{"TestFEVMBareTransferTriggersSmartContractLogic", "a bare transfer runs the contract's receive function"},
		{"TestFEVMTestDeployOnTransfer", "a contract's transfer to an unknown address makes a placeholder"},
		{"TestFEVMEamCreateTwiceFail", "creating twice at one address fails, and the trace says why"},
		{"TestFEVMErrorParsing", "revert reasons in eth_call and eth_estimateGas"},
		{"TestFEVMEvents", "events of a contract"},
		{"TestFEVMProxyUpgradeable", "a transparent upgradeable proxy"},
	}},
	{"Messages", []itest{
		{"TestEstimateGasNoFunds", "gas is estimated for a sender without funds"},
		{"TestEstimateInclusion", "the gas of inclusion; out of gas while an account is created"},
		{"TestMemPoolPushOutgoingInvalidDelegated", "an f410 that is no Ethereum address is refused"},
		{"TestMemPoolClearPending", "pending messages can be cleared"},
		{"TestMemPoolBatchPush", "ten messages pushed at once"},
		{"TestMemPoolPushTwoNodes", "messages pushed to two nodes are mined on both"},
		{"TestNonceIncremental", "100 messages of one sender"},
		{"TestDecodeParams", "parameters of the Ethereum actors in readable form"},
		{"TestDecodeReturn", "their return values"},
	}},
}

// itestsLeftOut are tests that do not run here, and why.
var itestsLeftOut = []struct{ why, tests string }{
	{"Time. Each passed on both bundles when it was tried once; most have a cousin in the list.", "`TestAPIMergeProxy`, `TestChainGetMessagesInTs`, `TestContractInvocationMultiple`, " +
		"`TestDuplicateMpoolMessages`, `TestETHGetBlockByHashWithCache`, " +
		"`TestETHGetBlockByHashWithoutCache`, `TestEVMRpcDisable`, `TestEthAPIWithF3`, `TestEthBaseFee`, " +
		"`TestEthBlockHashesCorrect_MultiBlockTipset`, `TestEthBlockNumberAliases`, " +
		"`TestEthBlockRangeLimits`, `TestEthCall`, `TestEthFeeHistory`, `TestEthFilterAPIDisabledViaConfig`, " +
		"`TestEthGetBalanceBuiltinActor`, `TestEthGetBalanceNonExistentF4address`, " +
		"`TestEthGetBlockByNumber`, `TestEthGetBlockReceipts`, `TestEthGetFilterChanges`, " +
		"`TestEthGetFilterLogs`, `TestEthGetGenesis`, `TestEthGetLogs`, `TestEthGetLogsWithBlockRanges`, " +
		"`TestEthGetMessageCidByTransactionHashBLS`, `TestEthGetMessageCidByTransactionHashEthTx`, " +
		"`TestEthGetMessageCidByTransactionHashSecp`, `TestEthGetTransactionByBlockHashAndIndexAndNumber`, " +
		"`TestEthGetTransactionCount`, `TestEthNewBlockFilter`, `TestEthNewFilterDefaultSpec`, " +
		"`TestEthNewFilterMergesHistoricWithRealtime`, `TestEthNewHeadsSubSimple`, " +
		"`TestEthNewPendingTransactionFilter`, `TestEthNewPendingTransactionSub`, " +
		"`TestEthNullRoundHandling`, `TestEthSubscribeLogs`, `TestEthSubscribeLogsNoTopicSpec`, " +
		"`TestFEVMAutoSelfDestruct`, `TestFEVMBasic`, `TestFEVMDelegateCallRecursiveFail`, " +
		"`TestFEVMDelegateCallRevert`, `TestFEVMDeployWithValue`, `TestFEVMEthTraceFilterFailedCreate`, " +
		"`TestFEVMGetBlockDifficulty`, `TestFEVMGetChainPropertiesBaseFee`, " +
		"`TestFEVMGetChainPropertiesBlockHash`, `TestFEVMGetChainPropertiesBlockNumber`, " +
		"`TestFEVMGetChainPropertiesBlockTimestamp`, `TestFEVMRecursive`, `TestFEVMRecursive1`, " +
		"`TestFEVMRecursive2`, `TestFEVMRecursiveActorCall`, `TestFEVMRecursiveActorCallCanary`, " +
		"`TestFEVMRecursiveActorCallEstimate`, `TestFEVMRecursiveDelegatecallCanary`, " +
		"`TestFEVMRecursiveFail`, `TestFEVMRecursiveFuncCall`, `TestFEVMSendCall`, `TestFEVMSendGasLimit`, " +
		"`TestFEVMSimpleRevert`, `TestFEVMTestApp`, `TestFEVMTestBLS`, `TestFEVMTestConstructor`, " +
		"`TestFEVMTestCorrectChainID`, `TestFEVMTestSendToContract`, " +
		"`TestFEVMTestSendValueThroughContractsAndDestroy`, `TestFilecoinAddressToEthAddress`, " +
		"`TestFilecoinAddressToEthAddressFinalised`, `TestGatewayF3`, `TestGatewayMsigCLI`, " +
		"`TestLegacyContractInvocation`, `TestMemPoolBatchPushUntrusted`, `TestMemPoolPushSingleNode`, " +
		"`TestMpoolPushWithoutUuidWithMaxFee`, `TestMsgWithoutUuidWithMaxFee`, `TestMultipleEvents`, " +
		"`TestNetVersion`, `TestNoRemoveDatacapFromVerifreg`, `TestPaymentChannelVoucherCreateShortfall`, " +
		"`TestPaymentChannelVouchers`, `TestPaymentChannelsAPI`, `TestPaymentChannelsAPIDisabled`, " +
		"`TestPaymentChannelsBasic`, `TestRemoveDataCap`, `TestStatefulCallHandling`, " +
		"`TestTransactionHashLookup`, `TestTransactionHashLookupBlsFilecoinMessage`, " +
		"`TestTransactionHashLookupNonexistentMessage`, `TestTransactionHashLookupSecpFilecoinMessage`, " +
		"`TestVerifiedListAllAllocationsAndClaims`"},
	{"They start at an older network version, so they run other actors.", "`TestCirciulationSupplyUpgrade`, `TestFEVMCanaryBundleCompare`, `TestFEVMMigrationBytecodeSwap`, " +
		"`TestFEVMMigrationStoragePreservation`, `TestMcopy`, `TestTstore`, `TestSelfSentTxnV14`, " +
		"`TestSelfSentTxnV15`, `TestStateLookupRobustAddress`, " +
		"`TestLegacyEIP155ValueTransferValidSignatureFailsNV22`, `TestVerifiedClientTopUp`" +
		", `TestMigration*`, `TestLiteMigration`, `TestEthCallAcrossExpensiveFork`, `TestSubmitInvalidDealLabel`"},
	{"They fail now and then on a busy machine: they ask at once for what the node has a moment later, or find null rounds by the clock.",
		"`TestDeployment`, `TestGetBlockByNumber`, `TestTraceFilter`, `TestTxReceiptBloom`"},
	{"Lotus itself skips them.", "`TestGatewayRateLimits`, `TestFEVMCanaryBundleCompareHistorical`"},
	{"Real proofs: their parameters have to be fetched, some gigabytes.", "`TestAPI`, `TestAPIV2*`, `TestNet*`, `TestOnboard*`, " +
		"`TestSectorImport*`, `TestUnsealPiece`, `TestPathDetach*`, `TestWorker*`, `TestManual*`"},
	{"Their subject is storage or the node itself, not actors that the bundle changes.", "`TestPledge*`, `TestTerminate`, " +
		"`TestWindow*`, `TestDeadlineToggling`, `TestDailyFees`, `TestF3*`, `TestHotstore*` and the like"},
}
