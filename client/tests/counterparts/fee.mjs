// A Filecoin Encryption Envelope written and read after RFC 9052, RFC 9053 and FEE alone, with OpenSSL (node:crypto) and
// cborg; nothing of ours is used. A JSON object on the input, bytes as hex:
//   {"seal": content, "reader": public key} or {"seal": content, "key": epoch key, "kid": its id} -> {"blob"}
//   {"open": blob, "secret": reader's secret} or {"open": blob, "key": epoch key} -> {"content", "kid", "context"}
import assert from "node:assert/strict";
import crypto from "node:crypto";
import fs from "node:fs";
import { Tagged, decode, decodeFirst, encode } from "../../../target/lotus/wallet/node_modules/cborg/cborg.js";

const TYPE = "application/vnd.foc-envelope+cose";
const CHUNK = 262144;
const IV = Buffer.from("a6a6a6a6a6a6a6a6", "hex");
const [BODY, ECDH, A256KW] = [-65793, -31, -5];
const bytes = (hex) => Buffer.from(hex, "hex");
const hex = (data) => Buffer.from(data).toString("hex");
const maps = { useMaps: true, tags: { 16: (inner) => new Tagged(16, inner()), 96: (inner) => new Tagged(96, inner()) } };

const secretOf = (raw) =>
    crypto.createPrivateKey({
        key: Buffer.concat([bytes("302e020100300506032b656e04220420"), raw]),
        format: "der",
        type: "pkcs8",
    });
const publicOf = (raw) =>
    crypto.createPublicKey({
        key: Buffer.concat([bytes("302a300506032b656e032100"), raw]),
        format: "der",
        type: "spki",
    });
const rawOf = (key) => key.export({ format: "der", type: "spki" }).subarray(-32);

// HKDF-SHA-256 over the COSE_KDF_Context.
function kek(privateKey, publicKey, protectedBytes) {
    const nobody = [null, null, null];
    const context = encode([A256KW, nobody, nobody, [256, protectedBytes]]);
    const agreed = crypto.diffieHellman({ privateKey, publicKey });
    return Buffer.from(crypto.hkdfSync("sha256", agreed, Buffer.alloc(0), context, 32));
}

function wrap(key, content) {
    const cipher = crypto.createCipheriv("id-aes256-wrap", key, IV);
    return Buffer.concat([cipher.update(content), cipher.final()]);
}

function unwrap(key, wrapped) {
    const cipher = crypto.createDecipheriv("id-aes256-wrap", key, IV);
    return Buffer.concat([cipher.update(wrapped), cipher.final()]);
}

function nonce(base, chunk, last) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(chunk);
    return Buffer.concat([base, counter, Buffer.from([last ? 1 : 0])]);
}

const aad = (protectedBytes) => encode(["Encrypt", protectedBytes, Buffer.alloc(0)]);

function sealed(key, base, protectedBytes, content) {
    const out = [];
    for (let at = 0, chunk = 0; chunk === 0 || at < content.length; at += CHUNK, chunk += 1) {
        const last = at + CHUNK >= content.length;
        const cipher = crypto.createCipheriv("aes-256-gcm", key, nonce(base, chunk, last));
        cipher.setAAD(aad(protectedBytes));
        out.push(cipher.update(content.subarray(at, at + CHUNK)), cipher.final(), cipher.getAuthTag());
    }
    return Buffer.concat(out);
}

function opened(key, base, protectedBytes, body) {
    const out = [];
    for (let at = 0, chunk = 0; at < body.length; at += CHUNK + 16, chunk += 1) {
        const part = body.subarray(at, at + CHUNK + 16);
        const last = at + part.length === body.length;
        const cipher = crypto.createDecipheriv("aes-256-gcm", key, nonce(base, chunk, last));
        cipher.setAAD(aad(protectedBytes));
        cipher.setAuthTag(part.subarray(-16));
        out.push(cipher.update(part.subarray(0, -16)), cipher.final());
    }
    return Buffer.concat(out);
}

function recipientFor({ reader, key, kid }, content) {
    if (key) {
        const protectedBytes = encode(new Map([[1, A256KW]]));
        return [protectedBytes, new Map([[4, bytes(kid)]]), wrap(bytes(key), content)];
    }
    const protectedBytes = encode(new Map([[1, ECDH]]));
    const once = crypto.generateKeyPairSync("x25519");
    const ephemeral = new Map([[1, 1], [-1, 4], [-2, rawOf(once.publicKey)]]);
    const wrapping = kek(once.privateKey, publicOf(bytes(reader)), protectedBytes);
    return [protectedBytes, new Map([[4, bytes(reader)], [-1, ephemeral]]), wrap(wrapping, content)];
}

function seal(request) {
    const [content, base] = [crypto.randomBytes(32), crypto.randomBytes(7)];
    const plain = bytes(request.seal);
    const protectedBytes = encode(new Map([[1, BODY], [16, TYPE]]));
    const count = Math.max(1, Math.ceil(plain.length / CHUNK));
    const unprotected = new Map([[5, base], [-65790, CHUNK], [-65791, count]]);
    const head = [protectedBytes, unprotected, null, [recipientFor(request, content)]];
    const blob = Buffer.concat([encode(new Tagged(96, head)), sealed(content, base, protectedBytes, plain)]);
    return { blob: hex(blob) };
}

function open({ open: blob, secret, key }) {
    const [{ tag, value }, body] = decodeFirst(bytes(blob), maps);
    const [protectedBytes, unprotected, nothing, recipients] = value;
    const header = decode(protectedBytes, maps);
    assert.deepEqual([tag, nothing, header.get(1), header.get(16)], [96, null, BODY, TYPE]);
    assert.equal(unprotected.get(-65790), CHUNK);
    const ours = secret && rawOf(crypto.createPublicKey(secretOf(bytes(secret))));
    const mine = recipients.find(([, header]) => !ours || hex(header.get(4)) === hex(ours));
    const [recipientProtected, recipient, wrapped] = mine;
    assert.equal(decode(recipientProtected, maps).get(1), secret ? ECDH : A256KW);
    const ephemeral = recipient.get(-1);
    const wrapping = secret
        ? kek(secretOf(bytes(secret)), publicOf(Buffer.from(ephemeral.get(-2))), recipientProtected)
        : bytes(key);
    const content = opened(unwrap(wrapping, wrapped), unprotected.get(5), protectedBytes, Buffer.from(body));
    const context = header.get("holdfast")?.map((part) => (typeof part === "number" ? part : hex(part)));
    return { content: hex(content), kid: hex(recipient.get(4)), context: context ?? null };
}

const request = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify("seal" in request ? seal(request) : open(request)));
