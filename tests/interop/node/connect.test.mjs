import assert from "node:assert/strict";
import { test } from "node:test";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import * as overNode from "@connectrpc/connect-node";
import * as overFetch from "@connectrpc/connect-web";
import { address, EchoService, FailDetail, typeRegistry } from "./echo.mjs";

const json = { registry: typeRegistry, ignoreUnknownFields: true };
const gzip = { sendCompression: overNode.compressionGzip, acceptCompression: [overNode.compressionGzip], compressMinBytes: 0 };
const transports = [];

function add(name, create, options, can = {}) {
  const baseUrl = `http://${address}`;
  transports.push({ name, can, create: () => create({ baseUrl, jsonOptions: json, ...options }) });
}

for (const useBinaryFormat of [true, false]) {
  const format = useBinaryFormat ? "proto" : "JSON";
  add(`connect-node gRPC ${format}`, overNode.createGrpcTransport, { useBinaryFormat }, { bidi: true, streams: true });
  add(`connect-node gRPC ${format} gzip`, overNode.createGrpcTransport, { useBinaryFormat, ...gzip }, { bidi: true, streams: true });
  for (const httpVersion of ["1.1", "2"]) {
    const can = { bidi: httpVersion === "2", streams: true };
    add(`connect-node gRPC-Web ${format} HTTP/${httpVersion}`, overNode.createGrpcWebTransport, { useBinaryFormat, httpVersion }, can);
    add(`connect-node Connect ${format} HTTP/${httpVersion}`, overNode.createConnectTransport, { useBinaryFormat, httpVersion }, can);
    add(`connect-node Connect ${format} HTTP/${httpVersion} gzip`, overNode.createConnectTransport, { useBinaryFormat, httpVersion, ...gzip }, can);
  }

  add(`connect-web gRPC-Web ${format}`, overFetch.createGrpcWebTransport, { useBinaryFormat });
  add(`connect-web Connect ${format}`, overFetch.createConnectTransport, { useBinaryFormat });
}

// Behind a proxy that does not strip its prefix.
add("connect-web gRPC-Web proto under /apis", overFetch.createGrpcWebTransport, { baseUrl: `http://${address}/apis` });

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return ConnectError.from(error);
  }

  assert.fail("the call succeeded");
}

for (const { name, can, create } of transports) {
  const client = createClient(EchoService, create());

  test(`${name}: unary with metadata`, async () => {
    let headers, trailers;
    const response = await client.echo({ message: "grüß dich", responseSize: 10_000 }, {
      headers: { "x-echo-text": "one", "x-echo-data-bin": "AAH/", "t-echo-end": "two" },
      onHeader: (h) => { headers = h; },
      onTrailer: (t) => { trailers = t; },
    });
    assert.equal(response.message, "grüß dich");
    assert.equal(response.data.length, 10_000);
    assert.equal(headers.get("x-echo-text"), "one");
    assert.equal(headers.get("x-echo-data-bin"), "AAH/");
    assert.equal(trailers.get("t-echo-end"), "two");
  });

  test(`${name}: server stream`, async () => {
    const indexes = [];
    for await (const message of client.repeat({ message: "m", count: 50 })) {
      indexes.push(message.index);
    }

    assert.deepEqual(indexes, Array.from({ length: 50 }, (_, i) => i));
  });

  test(`${name}: error with details`, async () => {
    const error = await failure(client.fail({ code: 9, message: "nö: 100%", detail: "because" }));
    assert.equal(error.code, Code.FailedPrecondition);
    assert.equal(error.rawMessage, "nö: 100%");
    assert.equal(error.findDetails(FailDetail)[0].text, "because");
  });

  test(`${name}: error after the first message`, async () => {
    const messages = [];
    const error = await failure((async () => {
      for await (const message of client.failLater({ code: 10, message: "lost", detail: "because" })) {
        messages.push(message.message);
      }
    })());
    assert.deepEqual(messages, ["first"]);
    assert.equal(error.code, Code.Aborted);
    assert.equal(error.findDetails(FailDetail)[0].text, "because");
  });

  test(`${name}: deadline`, async () => {
    assert.equal((await failure(client.hang({}, { timeoutMs: 200 }))).code, Code.DeadlineExceeded);
  });

  test(`${name}: cancellation`, async () => {
    const abort = new AbortController();
    const error = await failure((async () => {
      for await (const message of client.hangLater({ message: "m" }, { signal: abort.signal })) {
        assert.equal(message.message, "m");
        abort.abort();
      }
    })());
    assert.equal(error.code, Code.Canceled);
  });

  test(`${name}: method that the service lacks`, async () => {
    assert.equal((await failure(client.missing({}))).code, Code.Unimplemented);
  });

  test(`${name}: client stream`, { skip: can.streams ? false : "browsers cannot stream requests" }, async () => {
    const response = await client.collect((async function* () {
      yield { message: "a" };
      yield { message: "b" };
    })());
    assert.equal(response.message, "a,b");
  });

  test(`${name}: bidi stream`, { skip: can.bidi ? false : "needs HTTP/2" }, async () => {
    let next;
    const answered = () => new Promise((resolve) => { next = resolve; });
    const received = [];
    const requests = (async function* () {
      for (const message of ["a", "b"]) {
        const answer = answered();
        yield { message };
        await answer;
      }
    })();
    for await (const message of client.chat(requests)) {
      received.push(message.message);
      next();
    }

    assert.deepEqual(received, ["a", "b"]);
  });
}
