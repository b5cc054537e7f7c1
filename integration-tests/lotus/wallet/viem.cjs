// What a user of viem does with a token on a node: creates one, simulates, transfers, reads logs and why a call fails,
// signs a permit that a relayer carries. viem is unmodified, its chain is its own Filecoin.
// Usage: node viem.cjs <JSON: url, keys, constructor parameters>; prints what it made as JSON.
"use strict";
const assert = require("node:assert/strict");
const { library, humanReadable, contracts } = require("./common.cjs");

const viem = library("viem");
const { privateKeyToAccount } = library("viem/accounts");
const { filecoin } = library("viem/chains");
const story = JSON.parse(process.argv[2]);
const transport = viem.http(story.url);
const node = viem.createPublicClient({ chain: filecoin, transport, pollingInterval: 50 });
const [me, friend] = [story.key, story.friend].map((key) =>
    viem.createWalletClient({ account: privateKeyToAccount(key), chain: filecoin, transport }),
);
const INIT = "0xff00000000000000000000000000000000000001";

const abi = viem.parseAbi(humanReadable("IToken"));

async function mined(hash) {
    const receipt = await node.waitForTransactionReceipt({ hash: await hash });
    assert.equal(receipt.status, "success");
    return receipt;
}

function events(receipt, abi, eventName) {
    return viem.parseEventLogs({ abi, logs: receipt.logs, eventName }).map((event) => event.args);
}

async function create() {
    const init = viem.parseAbi(humanReadable("IInit"));
    const call = { address: INIT, abi: init, functionName: "create", args: [17, story.params] };
    const receipt = await mined(me.writeContract(call));
    const [{ creator, id }] = events(receipt, init, "Created");
    assert.equal(creator, me.account.address);
    return viem.getAddress(viem.concat(["0xff", viem.pad(viem.toHex(id), { size: 19 })]));
}

async function read(address, token) {
    assert.equal(await token.read.symbol(), "HRB");
    assert.equal(await token.read.decimals(), 18);
    assert.equal(await token.read.balanceOf([me.account.address]), viem.parseEther("1000"));
    assert.equal(await node.getCode({ address }), undefined);
}

// Simulated before it is sent, as dapps do.
async function transfer(address) {
    const sent = { from: me.account.address, to: friend.account.address, value: 100n };
    const call = { address, abi, functionName: "transfer", args: [sent.to, sent.value], account: me.account };
    const { request, result } = await node.simulateContract(call);
    assert.equal(result, true);
    assert.deepEqual(events(await mined(me.writeContract(request)), abi, "Transfer"), [sent]);
    const { from, to } = sent;
    const filter = { address, abi, eventName: "Transfer", args: { from, to }, fromBlock: 0n };
    assert.deepEqual((await node.getContractEvents(filter)).map((log) => log.args), [sent]);
}

// The friend carries the permit, and pays the gas.
async function carry(mine, theirs) {
    const [, name, version, chainId, verifyingContract] = await mine.read.eip712Domain();
    const { timestamp } = await node.getBlock();
    const deadline = timestamp + 365n * 24n * 3600n;
    const [owner, spender, value] = [me.account.address, friend.account.address, 55n];
    const signature = await me.signTypedData({
        domain: { name, version, chainId, verifyingContract },
        types: { Permit: viem.parseAbiParameters("address owner, address spender, uint256 value, uint256 nonce, uint256 deadline") },
        primaryType: "Permit",
        message: { owner, spender, value, nonce: await mine.read.nonces([owner]), deadline },
    });
    const { r, s, v } = viem.parseSignature(signature);
    await mined(theirs.write.permit([owner, spender, value, deadline, Number(v), r, s]));
    await mined(theirs.write.transferFrom([owner, spender, value]));
}

// The error that viem makes of a simulation and of an estimate before a transaction.
async function refuse(theirs) {
    const much = viem.parseEther("7");
    const attempts = [
        () => theirs.simulate.transfer([me.account.address, much], { account: friend.account }),
        () => theirs.estimateGas.transfer([me.account.address, much], { account: friend.account }),
    ];
    for (const attempt of attempts) {
        const error = await attempt().then(() => assert.fail("it was not refused"), (error) => error);
        const { data } = error.walk((cause) => cause instanceof viem.ContractFunctionRevertedError);
        assert.equal(data.errorName, "ERC20InsufficientBalance");
        assert.deepEqual(data.args, [friend.account.address, 155n, much]);
    }
}

async function spend(token, theirs) {
    const { abi, bytecode } = contracts().Till;
    const { contractAddress: till } = await mined(me.deployContract({ abi, bytecode, args: [token] }));
    await mined(theirs.write.approve([till, 20n]));
    await mined(me.writeContract({ address: till, abi, functionName: "charge", args: [friend.account.address, 20n] }));
    assert.equal(await node.readContract({ address: till, abi, functionName: "takings" }), 20n);
    return till;
}

async function main() {
    assert.equal(await node.getChainId(), filecoin.id);
    const token = await create();
    const by = (wallet) => viem.getContract({ address: token, abi, client: { public: node, wallet } });
    await read(token, by(me));
    await transfer(token);
    await carry(by(me), by(friend));
    await refuse(by(friend));
    const till = await spend(token, by(friend));
    console.log(JSON.stringify({ token, till }));
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
