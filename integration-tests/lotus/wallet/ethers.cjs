// What a user of ethers does with a token on a node: reads, creates, transfers, approves, signs a permit, deploys a
// contract that spends, reads why a call fails. ethers is unmodified; nothing here knows that the token is no contract.
// Usage: node ethers.cjs <JSON: url, keys, constructor parameters, lines to run>; prints what it made as JSON.
"use strict";
const assert = require("node:assert/strict");
const { library, humanReadable, contracts } = require("./common.cjs");

const { ethers } = library("ethers");
const story = JSON.parse(process.argv[2]);
const provider = new ethers.JsonRpcProvider(story.url, undefined, { cacheTimeout: -1 });
provider.pollingInterval = 50;
const wallet = new ethers.Wallet(story.key, provider);
const friend = new ethers.Wallet(story.friend, provider);
const INIT = "0xff00000000000000000000000000000000000001";

const TOKEN = new ethers.Interface(humanReadable("IToken"));

// The arguments of the events of that name in a receipt, by the ABI.
function events(receipt, iface, name) {
    return receipt.logs.map((log) => iface.parseLog(log)).filter((event) => event?.name === name).map((event) => [...event.args]);
}

async function mined(sent) {
    const receipt = await (await sent).wait();
    assert.equal(receipt.status, 1);
    return receipt;
}

async function refusal(attempt) {
    const error = await attempt.then(() => assert.fail("it was not refused"), (error) => error);
    assert.equal(error.code, "CALL_EXCEPTION", error.message);
    return error;
}

async function create() {
    const init = new ethers.Contract(INIT, humanReadable("IInit"), wallet);
    const receipt = await mined(init.create(17, story.params));
    const [[creator, id, type]] = events(receipt, init.interface, "Created");
    assert.deepEqual([creator, type], [wallet.address, 17n]);
    const address = ethers.getAddress(`0xff${id.toString(16).padStart(38, "0")}`);
    return new ethers.Contract(address, TOKEN, wallet);
}

async function read(token) {
    assert.equal(await token.name(), "Harbour");
    assert.equal(await token.symbol(), "HRB");
    assert.equal(await token.decimals(), 18n);
    assert.equal(await token.totalSupply(), ethers.parseUnits("1000", 18));
    assert.equal(await token.balanceOf(wallet.address), ethers.parseUnits("1000", 18));
    assert.equal(await token.allowance(wallet.address, friend.address), 0n);
    assert.equal(await provider.getCode(token.target), "0x");
    assert.equal(await token.getDeployedCode(), null);
}

async function transfer(token) {
    let hear;
    const heard = new Promise((resolve) => (hear = resolve));
    await token.once("Transfer", (from, to, value) => hear([from, to, value]));
    const receipt = await mined(token.transfer(friend.address, 100n));
    const expected = [wallet.address, friend.address, 100n];
    assert.deepEqual(events(receipt, TOKEN, "Transfer"), [expected]);
    assert.deepEqual(await heard, expected, "a listener");
    const found = await token.queryFilter(token.filters.Transfer(wallet.address, friend.address), 0, "latest");
    assert.deepEqual(found.map((log) => [...log.args]), [expected], "eth_getLogs");
}

async function spend(token) {
    const approval = await mined(token.approve(friend.address, 40n));
    assert.deepEqual(events(approval, TOKEN, "Approval"), [[wallet.address, friend.address, 40n]]);
    await mined(token.connect(friend).transferFrom(wallet.address, friend.address, 30n));
    assert.equal(await token.allowance(wallet.address, friend.address), 10n);
}

async function permit(token) {
    const [, name, version, chainId, verifyingContract] = await token.eip712Domain();
    const types = {
        Permit: ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"].map((field) => {
            const [type, name] = field.split(" ");
            return { type, name };
        }),
    };
    const { timestamp } = await provider.getBlock("latest");
    const nonce = await token.nonces(wallet.address);
    const terms = { owner: wallet.address, spender: friend.address, value: 55n, nonce, deadline: timestamp + 365 * 24 * 3600 };
    const domain = { name, version, chainId, verifyingContract };
    assert.equal(ethers.TypedDataEncoder.hashDomain(domain), await token.DOMAIN_SEPARATOR());
    const { v, r, s } = ethers.Signature.from(await wallet.signTypedData(domain, types, terms));
    await mined(token.connect(friend).permit(wallet.address, friend.address, terms.value, terms.deadline, v, r, s));
    assert.equal(await token.allowance(wallet.address, friend.address), 55n);
    await mined(token.connect(friend).transferFrom(wallet.address, friend.address, 55n));
}

async function contract(token) {
    const { abi, bytecode } = contracts().Till;
    const till = await new ethers.ContractFactory(abi, bytecode, wallet).deploy(token.target);
    await till.waitForDeployment();
    await mined(token.connect(friend).approve(till.target, 20n));
    const charged = await mined(till.charge(friend.address, 20n));
    assert.deepEqual(events(charged, TOKEN, "Transfer"), [[friend.address, till.target, 20n]]);
    await mined(till.pay(wallet.address, 5n));
    assert.equal(await till.takings(), 15n);
    const notKeeper = await refusal(till.connect(friend).pay.staticCall(friend.address, 1n));
    assert.equal(notKeeper.revert.name, "NotKeeper");
    const bubbled = await refusal(till.charge.estimateGas(friend.address, 1n));
    assert.equal(TOKEN.parseError(bubbled.data).name, "ERC20InsufficientAllowance");
    return till.target;
}

// The error that ethers makes of a call, an estimate and a receipt of what cannot succeed.
async function fail(token) {
    const [balance, much] = [await token.balanceOf(friend.address), ethers.parseUnits("7", 18)];
    const poor = token.connect(friend);
    const called = await refusal(poor.transfer.staticCall(wallet.address, much));
    const estimated = await refusal(poor.transfer(wallet.address, much));
    for (const revert of [called.revert, TOKEN.parseError(estimated.data)]) {
        assert.equal(revert.name, "ERC20InsufficientBalance");
        assert.deepEqual([...revert.args], [friend.address, balance, much]);
    }
    const sent = await poor.transfer(wallet.address, much, { gasLimit: 50_000_000 });
    const { receipt } = await refusal(sent.wait());
    assert.equal(receipt.status, 0);
    const paused = await refusal(poor.pause.staticCall());
    assert.match(paused.reason, /is not the pauser$/);
}

// The lines that `holdfast encode --evm` prints, as they stand.
async function run(line) {
    const Line = Object.getPrototypeOf(run).constructor;
    return new Line("wallet", "provider", line.replace(/^await/, "return await"))(wallet, provider);
}

async function main() {
    assert.equal((await provider.getNetwork()).chainId, 314n);
    const token = await create();
    await read(token);
    await transfer(token);
    await spend(token);
    await permit(token);
    const till = await contract(token);
    await fail(token);
    for (const line of story.sends) assert.equal((await (await run(line)).wait()).status, 1);
    const answers = [];
    for (const line of story.calls) answers.push(await run(line));
    provider.destroy();
    console.log(JSON.stringify({ token: token.target, till, answers }));
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
