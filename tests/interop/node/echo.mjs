// What the tests share: where the echo server is, and the service's descriptors.
import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

export const address = `127.0.0.1:${process.env.ECHO_PORT}`;
export const descriptorSet = readFileSync(process.env.ECHO_DESCRIPTORS);

const files = fromBinary(FileDescriptorSetSchema, descriptorSet);
for (const field of files.file.flatMap((file) => file.messageType).flatMap((message) => message.field)) {
  // Descriptors embedded in programs go without the JSON names, which protoc derives like this.
  field.jsonName ||= field.name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}

const registry = createFileRegistry(files);

export const EchoService = registry.getService("wego.rpc.test.v1.EchoService");
export const FailDetail = registry.getMessage("wego.rpc.test.v1.FailDetail");
export const typeRegistry = registry;
