// google.rpc.Status, described by hand: the clients' packages do not bring it along.
import { create, createFileRegistry } from "@bufbuild/protobuf";
import { file_google_protobuf_any, FileDescriptorSetSchema, FileDescriptorProtoSchema, FieldDescriptorProto_Label as Label, FieldDescriptorProto_Type as Type } from "@bufbuild/protobuf/wkt";

const file = create(FileDescriptorProtoSchema, {
  name: "google/rpc/status.proto",
  package: "google.rpc",
  syntax: "proto3",
  dependency: ["google/protobuf/any.proto"],
  messageType: [{
    name: "Status",
    field: [
      { name: "code", number: 1, type: Type.INT32, label: Label.OPTIONAL, jsonName: "code" },
      { name: "message", number: 2, type: Type.STRING, label: Label.OPTIONAL, jsonName: "message" },
      { name: "details", number: 3, type: Type.MESSAGE, label: Label.REPEATED, typeName: ".google.protobuf.Any", jsonName: "details" },
    ],
  }],
});

export const StatusSchema = createFileRegistry(
  create(FileDescriptorSetSchema, { file: [file_google_protobuf_any.proto, file] })).getMessage("google.rpc.Status");
