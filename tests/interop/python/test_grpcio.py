"""Calls the echo server with Debian's grpcio and messages made from the server's own descriptors."""

import os
import unittest

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

POOL = descriptor_pool.DescriptorPool()
with open(os.environ["ECHO_DESCRIPTORS"], "rb") as file:
    for proto in descriptor_pb2.FileDescriptorSet.FromString(file.read()).file:
        POOL.Add(proto)

FACTORY = message_factory.MessageFactory(POOL)


def message(name):
    return FACTORY.GetPrototype(POOL.FindMessageTypeByName(f"wego.rpc.test.v1.{name}"))


EchoRequest, EchoResponse, FailRequest = message("EchoRequest"), message("EchoResponse"), message("FailRequest")


class GrpcioTest(unittest.TestCase):
    def setUp(self):
        self.channel = grpc.insecure_channel(f"127.0.0.1:{os.environ['ECHO_PORT']}")
        self.addCleanup(self.channel.close)

    def method(self, kind, name):
        return getattr(self.channel, kind)(
            f"/wego.rpc.test.v1.EchoService/{name}",
            request_serializer=lambda request: request.SerializeToString(),
            response_deserializer=EchoResponse.FromString)

    def test_unary_with_metadata(self):
        response, call = self.method("unary_unary", "Echo").with_call(
            EchoRequest(message="grüß dich"),
            metadata=(("x-echo-text", "one"), ("x-echo-data-bin", b"\x00\x01\xff"), ("t-echo-end", "two")),
            timeout=30)
        self.assertEqual(response.message, "grüß dich")
        self.assertIn(("x-echo-text", "one"), call.initial_metadata())
        self.assertIn(("x-echo-data-bin", b"\x00\x01\xff"), call.initial_metadata())
        self.assertIn(("t-echo-end", "two"), call.trailing_metadata())

    def test_server_stream(self):
        responses = self.method("unary_stream", "Repeat")(EchoRequest(message="m", count=100), timeout=30)
        self.assertEqual([r.index for r in responses], list(range(100)))

    def test_client_stream(self):
        response = self.method("stream_unary", "Collect")(iter([EchoRequest(message=m) for m in "abc"]), timeout=30)
        self.assertEqual(response.message, "a,b,c")

    def test_bidi_stream(self):
        responses = self.method("stream_stream", "Chat")(iter([EchoRequest(message=m) for m in "abc"]), timeout=30)
        self.assertEqual([r.message for r in responses], ["a", "b", "c"])

    def test_error_with_details(self):
        with self.assertRaises(grpc.RpcError) as failure:
            self.method("unary_unary", "Fail")(FailRequest(code=6, message="nö: 100%", detail="because"), timeout=30)
        self.assertEqual(failure.exception.code(), grpc.StatusCode.ALREADY_EXISTS)
        self.assertEqual(failure.exception.details(), "nö: 100%")
        details = dict(failure.exception.trailing_metadata())["grpc-status-details-bin"]
        self.assertIn(b"because", details)

    def test_error_after_the_first_message(self):
        responses = self.method("unary_stream", "FailLater")(FailRequest(code=10, message="lost"), timeout=30)
        self.assertEqual(next(responses).message, "first")
        with self.assertRaises(grpc.RpcError) as failure:
            next(responses)
        self.assertEqual(failure.exception.code(), grpc.StatusCode.ABORTED)

    def test_deadline(self):
        with self.assertRaises(grpc.RpcError) as failure:
            self.method("unary_unary", "Hang")(EchoRequest(), timeout=0.2)
        self.assertEqual(failure.exception.code(), grpc.StatusCode.DEADLINE_EXCEEDED)

    def test_cancellation(self):
        responses = self.method("unary_stream", "HangLater")(EchoRequest(message="m"), timeout=30)
        self.assertEqual(next(responses).message, "m")
        responses.cancel()
        with self.assertRaises(grpc.RpcError) as failure:
            next(responses)
        self.assertEqual(failure.exception.code(), grpc.StatusCode.CANCELLED)

    def test_gzip_both_ways(self):
        response = self.method("unary_unary", "Echo")(
            EchoRequest(message="m" * 20000, response_size=50000), compression=grpc.Compression.Gzip, timeout=30)
        self.assertEqual((len(response.message), len(response.data)), (20000, 50000))

    def test_unknown_method(self):
        with self.assertRaises(grpc.RpcError) as failure:
            self.method("unary_unary", "Nothing")(EchoRequest(), timeout=30)
        self.assertEqual(failure.exception.code(), grpc.StatusCode.UNIMPLEMENTED)

    def test_bytes_that_are_no_message(self):
        call = self.channel.unary_unary("/wego.rpc.test.v1.EchoService/Echo")
        with self.assertRaises(grpc.RpcError) as failure:
            call(b"\x0a\x7f\x01", timeout=30)
        self.assertEqual(failure.exception.code(), grpc.StatusCode.INVALID_ARGUMENT)


if __name__ == "__main__":
    unittest.main()
