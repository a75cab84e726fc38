using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc.Rest;
using Wego.Rpc.Rest.Routing;

namespace Wego.Rpc.Tests.Rest;

/// <summary>Bindings that cannot work stop the start, with the reason.</summary>
public sealed class RestBindingTests
{
    [Fact]
    public void A_path_field_must_exist() => Fails(new HttpRule { Get = "/x/{nope}" }, "has no field 'nope'");

    [Fact]
    public void A_path_field_must_be_a_single_value()
    {
        Fails(new HttpRule { Get = "/x/{list}" }, "'list' is no single value");
        Fails(new HttpRule { Get = "/x/{inner}" }, "'inner' is no single value");
        Fails(new HttpRule { Get = "/x/{list.name}" }, "'list' is not a single message");
    }

    [Fact]
    public void A_body_field_must_exist() => Fails(new HttpRule { Post = "/x", Body = "nope" }, "has no field 'nope'");

    [Fact]
    public void A_response_field_must_exist() => Fails(new HttpRule { Get = "/x", ResponseBody = "nope" }, "has no field 'nope'");

    [Fact]
    public void A_template_must_be_well_formed() => Fails(new HttpRule { Get = "x" }, "does not begin with '/'");

    [Fact]
    public void A_method_must_be_named() => Fails(new HttpRule { Body = "*" }, "names no HTTP method");

    [Fact]
    public void A_request_must_not_be_a_stream() => Fails(new HttpRule { Post = "/x" }, "its requests are a stream", clientStreaming: true);

    [Fact]
    public void Two_methods_must_not_share_a_path()
    {
        var first = Bind(new HttpRule { Get = "/x/{name}/**" });
        var second = Bind(new HttpRule { Get = "/x/*/{name=**}" });

        Should.Throw<InvalidOperationException>(() => new RestRouter(first.Concat(second)))
            .Message.ShouldContain("are both bound to GET /x/*/**");
    }

    [Fact]
    public void Custom_methods_are_served()
    {
        var router = new RestRouter(Bind(new HttpRule { Custom = new() { Kind = "REPORT", Path = "/x" } }));

        router.Find("REPORT", RequestPath.Parse("/x")).ShouldNotBeNull();
    }

    private static void Fails(HttpRule rule, string why, bool clientStreaming = false) =>
        Should.Throw<InvalidOperationException>(() => Bind(rule, clientStreaming)).Message.ShouldContain(why);

    private static RestBinding[] Bind(HttpRule rule, bool clientStreaming = false)
    {
        var options = new MethodOptions();
        options.SetExtension(AnnotationsExtensions.Http, rule);
        var file = new FileDescriptorProto
        {
            Name = "x.proto",
            Package = "x",
            Syntax = "proto3",
            Dependency = { "google/protobuf/descriptor.proto", "google/api/http.proto", "google/api/annotations.proto" },
            MessageType =
            {
                new DescriptorProto
                {
                    Name = "M",
                    Field =
                    {
                        Field("name", 1, FieldDescriptorProto.Types.Label.Optional),
                        Field("list", 2, FieldDescriptorProto.Types.Label.Repeated),
                        Field("inner", 3, FieldDescriptorProto.Types.Label.Optional, ".x.M"),
                    },
                },
            },
            Service =
            {
                new ServiceDescriptorProto
                {
                    Name = "S",
                    Method = { new MethodDescriptorProto { Name = "R", InputType = ".x.M", OutputType = ".x.M", Options = options, ClientStreaming = clientStreaming } },
                },
            },
        };
        var files = FileDescriptor.BuildFromByteStrings(
            [DescriptorReflection.Descriptor.SerializedData, HttpReflection.Descriptor.SerializedData, AnnotationsReflection.Descriptor.SerializedData, file.ToByteString()],
            new ExtensionRegistry { AnnotationsExtensions.Http });
        var registry = new RpcMethodRegistry(
            new ServiceCollection().BuildServiceProvider(), [new RpcServiceRegistration(files[^1].Services[0], _ => new object())], []);
        return [.. registry.Endpoints.SelectMany(RestBindingFactory.Create)];
    }

    private static FieldDescriptorProto Field(string name, int number, FieldDescriptorProto.Types.Label label, string? message = null)
    {
        var field = new FieldDescriptorProto { Name = name, JsonName = name, Number = number, Label = label };
        if (message is null)
        {
            field.Type = FieldDescriptorProto.Types.Type.String;
        }
        else
        {
            field.Type = FieldDescriptorProto.Types.Type.Message;
            field.TypeName = message;
        }

        return field;
    }
}
