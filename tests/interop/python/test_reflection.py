"""Finds out by reflection alone what the server serves, and calls it: what grpcurl does, with Debian's grpcio."""

import os
import unittest

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


def reflection_messages(package):
    """The few parts of the reflection messages that the test needs, as the published protocol numbers them."""
    file = descriptor_pb2.FileDescriptorProto(name=f"{package}.proto", package=package, syntax="proto3")
    string = descriptor_pb2.FieldDescriptorProto.TYPE_STRING
    bytes_ = descriptor_pb2.FieldDescriptorProto.TYPE_BYTES
    int32 = descriptor_pb2.FieldDescriptorProto.TYPE_INT32
    nested = descriptor_pb2.FieldDescriptorProto.TYPE_MESSAGE

    def message(name, *fields):
        type_ = file.message_type.add(name=name)
        for field, number, kind, repeated, type_name in fields:
            type_.field.add(name=field, number=number, type=kind, type_name=type_name, label=3 if repeated else 1)

    message("Request", ("file_containing_symbol", 4, string, False, None), ("list_services", 7, string, False, None))
    message("Service", ("name", 1, string, False, None))
    message("Services", ("service", 1, nested, True, f".{package}.Service"))
    message("Files", ("file", 1, bytes_, True, None))
    message("Error", ("code", 1, int32, False, None), ("message", 2, string, False, None))
    message(
        "Response",
        ("files", 4, nested, False, f".{package}.Files"),
        ("services", 6, nested, False, f".{package}.Services"),
        ("error", 7, nested, False, f".{package}.Error"))
    # list_services is set even where it is empty.
    file.message_type[0].oneof_decl.add(name="what")
    for field in file.message_type[0].field:
        field.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return [factory.GetPrototype(pool.FindMessageTypeByName(f"{package}.{name}")) for name in ("Request", "Response")]


Request, Response = reflection_messages("reflection.client")


class ReflectionTest(unittest.TestCase):
    def setUp(self):
        self.channel = grpc.insecure_channel(f"127.0.0.1:{os.environ['ECHO_PORT']}")
        self.addCleanup(self.channel.close)

    def ask(self, version, *requests):
        call = self.channel.stream_stream(
            f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
            request_serializer=lambda request: request.SerializeToString(),
            response_deserializer=Response.FromString)
        return list(call(iter(requests), timeout=30))

    def test_every_service_can_be_described_and_built(self):
        for version in ("v1", "v1alpha"):
            listing, = self.ask(version, Request(list_services=""))
            names = [service.name for service in listing.services.service]
            self.assertIn("wego.rpc.test.v1.EchoService", names)
            self.assertIn(f"grpc.reflection.{version}.ServerReflection", names)
            for name, answer in zip(names, self.ask(version, *[Request(file_containing_symbol=name) for name in names])):
                self.assertEqual(self.pool(answer).FindServiceByName(name).full_name, name)

    def test_a_method_can_be_called_with_what_reflection_said(self):
        answer, = self.ask("v1", Request(file_containing_symbol="wego.rpc.test.v1.EchoService"))
        pool = self.pool(answer)
        method = pool.FindServiceByName("wego.rpc.test.v1.EchoService").methods_by_name["Echo"]
        factory = message_factory.MessageFactory(pool)
        call = self.channel.unary_unary(
            f"/{method.containing_service.full_name}/{method.name}",
            request_serializer=lambda request: request.SerializeToString(),
            response_deserializer=factory.GetPrototype(method.output_type).FromString)
        self.assertEqual(call(factory.GetPrototype(method.input_type)(message="found"), timeout=30).message, "found")

    def test_unknown_symbol(self):
        answer, = self.ask("v1", Request(file_containing_symbol="no.Such"))
        self.assertEqual(answer.error.code, grpc.StatusCode.NOT_FOUND.value[0])

    @staticmethod
    def pool(answer):
        """A pool of the files of an answer, added after the files that they import."""
        files = {file.name: file for file in map(descriptor_pb2.FileDescriptorProto.FromString, answer.files.file)}
        pool = descriptor_pool.DescriptorPool()
        added = set()

        def add(name):
            if name not in added:
                added.add(name)
                for dependency in files[name].dependency:
                    add(dependency)
                pool.Add(files[name])

        for name in files:
            add(name)
        return pool


if __name__ == "__main__":
    unittest.main()
