import assert from "node:assert/strict";
import { test } from "node:test";
import * as grpc from "@grpc/grpc-js";
import { loadFileDescriptorSetFromBuffer } from "@grpc/proto-loader";
import { fromBinary } from "@bufbuild/protobuf";
import { StatusSchema } from "./status.mjs";
import { address, descriptorSet, FailDetail } from "./echo.mjs";

const definition = grpc.loadPackageDefinition(loadFileDescriptorSetFromBuffer(descriptorSet, { defaults: true }));
const EchoService = definition.wego.rpc.test.v1.EchoService;

function connect(t, options = {}) {
  const client = new EchoService(address, grpc.credentials.createInsecure(), options);
  t.after(() => client.close());
  return client;
}

function unary(client, method, request, metadata = new grpc.Metadata(), options = {}) {
  const result = {};
  return new Promise((resolve) => {
    const call = client[method](request, metadata, options, (error, response) => { result.error = error; result.response = response; });
    call.on("metadata", (headers) => { result.headers = headers; });
    call.on("status", (status) => { result.status = status; resolve(result); });
    result.cancel = () => call.cancel();
    options.started?.(call);
  });
}

async function collect(call) {
  const messages = [];
  for await (const message of call) {
    messages.push(message);
  }

  return messages;
}

test("grpc-js: unary with text and binary metadata", async (t) => {
  const metadata = new grpc.Metadata();
  metadata.set("x-echo-text", "one");
  metadata.set("x-echo-data-bin", Buffer.from([0, 1, 255]));
  metadata.set("t-echo-end", "two");
  const { response, headers, status } = await unary(connect(t), "Echo", { message: "grüß dich" }, metadata);
  assert.equal(response.message, "grüß dich");
  assert.deepEqual(headers.get("x-echo-text"), ["one"]);
  assert.deepEqual(headers.get("x-echo-data-bin"), [Buffer.from([0, 1, 255])]);
  assert.deepEqual(status.metadata.get("t-echo-end"), ["two"]);
});

test("grpc-js: server stream", async (t) => {
  const messages = await collect(connect(t).Repeat({ message: "m", count: 100 }));
  assert.deepEqual(messages.map((m) => m.index), Array.from({ length: 100 }, (_, i) => i));
});

test("grpc-js: client stream", async (t) => {
  const client = connect(t);
  const response = await new Promise((resolve, reject) => {
    const call = client.Collect((error, value) => (error ? reject(error) : resolve(value)));
    ["a", "b", "c"].forEach((message) => call.write({ message }));
    call.end();
  });
  assert.equal(response.message, "a,b,c");
});

test("grpc-js: bidi stream answers while the client still sends", async (t) => {
  const call = connect(t).Chat();
  const answers = call[Symbol.asyncIterator]();
  for (const message of ["a", "b"]) {
    call.write({ message });
    assert.equal((await answers.next()).value.message, message);
  }

  call.end();
  assert.equal((await answers.next()).done, true);
});

test("grpc-js: error with text and details", async (t) => {
  const { error } = await unary(connect(t), "Fail", { code: 5, message: "nö: 100%", detail: "because" });
  assert.equal(error.code, grpc.status.NOT_FOUND);
  assert.equal(error.details, "nö: 100%");
  const status = fromBinary(StatusSchema, error.metadata.get("grpc-status-details-bin")[0]);
  assert.equal(status.details[0].typeUrl, "type.googleapis.com/wego.rpc.test.v1.FailDetail");
  assert.equal(fromBinary(FailDetail, status.details[0].value).text, "because");
});

test("grpc-js: error after the first message", async (t) => {
  const messages = [];
  await assert.rejects(async () => {
    for await (const message of connect(t).FailLater({ code: 10, message: "lost" })) {
      messages.push(message.message);
    }
  }, { code: grpc.status.ABORTED, details: "lost" });
  assert.deepEqual(messages, ["first"]);
});

test("grpc-js: deadline", async (t) => {
  const { error } = await unary(connect(t), "Hang", {}, new grpc.Metadata(), { deadline: Date.now() + 200 });
  assert.equal(error.code, grpc.status.DEADLINE_EXCEEDED);
});

test("grpc-js: cancellation", async (t) => {
  const call = connect(t).HangLater({ message: "m" });
  const answers = call[Symbol.asyncIterator]();
  assert.equal((await answers.next()).value.message, "m");
  call.cancel();
  await assert.rejects(answers.next(), { code: grpc.status.CANCELLED });
});

test("grpc-js: gzip both ways", async (t) => {
  const client = connect(t, { "grpc.default_compression_algorithm": 2 });
  const { response } = await unary(client, "Echo", { message: "m".repeat(20_000), response_size: 50_000 });
  assert.equal(response.message.length, 20_000);
  assert.equal(response.data.length, 50_000);
});

test("grpc-js: message over the limit", async (t) => {
  const { error } = await unary(connect(t), "Echo", { data: Buffer.alloc(2 * 1024 * 1024) });
  assert.equal(error.code, grpc.status.RESOURCE_EXHAUSTED);
});

test("grpc-js: method that the service lacks", async (t) => {
  const { error } = await unary(connect(t), "Missing", {});
  assert.equal(error.code, grpc.status.UNIMPLEMENTED);
});

test("grpc-js: many calls at once on one connection", async (t) => {
  const client = connect(t);
  const results = await Promise.all(Array.from({ length: 200 }, (_, i) => unary(client, "Echo", { message: `m${i}` })));
  results.forEach(({ response }, i) => assert.equal(response.message, `m${i}`));
});
