using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Wego.Rpc.Rest;
using Wego.Rpc.Rest.Binding;
using Wego.Rpc.Rest.Routing;
using Wego.Rpc.Tests.Protos;
using Wego.Rpc.Tests.Support;

namespace Wego.Rpc.Tests.Rest;

/// <summary>Whatever a client sends in a path or a query, it gets an answer or INVALID_ARGUMENT, never an internal error.</summary>
public sealed class BindingRobustnessTests
{
    private const int Requests = 20_000;

    private static readonly string[] PathParts =
        ["v1", "things", "numbers", "groups", "versions", "child", "shelves", "books", "", ".", "..", "a%2Fb", "%", "%zz", "%ff", "%C3%A4", ":cancel", "a:", ":", "-1", "true", "COLOR_RED", "9999999999999999999999"];

    private static readonly string[] Names =
        [.. Thing.Descriptor.Fields.InDeclarationOrder().SelectMany(f => new[] { f.Name, f.JsonName }), "", ".", "[", "]", "[x]", "child.", ".id", "child.id", "child.child.child.id", "children.id", "labels[", "labels[a]", "labels[a]b]", "switches[x]", "switches[1]", "%5B%5D", "%ff", "nope.nope"];

    private static readonly string[] Values =
        ["", "0", "-1", "1e999", "NaN", "Infinity", "99999999999999999999", "true", "COLOR_RED", "{}", "[]", "{\"a\":", "null", "\"x\"", "2026-01-02T03:04:05Z", "9999-99-99T99:99:99Z", "1s", "-99999999999999999s", "a,b", "a_b", "%", "%ff", "%00", "+", "====", "aGk", new('[', 500)];

    private static readonly RpcMethodRegistry Registry = new(
        new ServiceCollection().BuildServiceProvider(),
        [new RpcServiceRegistration(ThingsReflection.Descriptor.Services[0], _ => new ThingServiceImplementation())],
        []);

    private static readonly RestRouter Router = new(Registry.Endpoints.SelectMany(RestBindingFactory.Create));

    [Fact]
    public void Requests_are_bound_or_refused()
    {
        var random = new Random(20260101);
        var (bound, refused) = (0, 0);
        for (var i = 0; i < Requests; i++)
        {
            var path = "/v1/things/" + string.Join('/', Pick(random, PathParts, random.Next(1, 3)));
            path = random.Next(2) == 0 ? path : "/" + string.Join('/', Pick(random, PathParts, random.Next(1, 7)));
            var query = "?" + string.Join('&', Pick(random, Names, random.Next(4)).Select(name => $"{name}={Values[random.Next(Values.Length)]}"));
            if (Router.Find("GET", RequestPath.Parse(path)) is not { } match)
            {
                continue;
            }

            try
            {
                var request = match.Binding.Endpoint.RequestParser.ParseFrom(ByteString.Empty);
                RequestBinder.BindQuery(match.Binding, query, request, Registry.JsonParser);
                RequestBinder.BindPath(match, request, Registry.JsonParser);
                bound++;
            }
            catch (RpcException e) when (e.Code == RpcStatusCode.InvalidArgument)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{path}{query}: {e}");
            }
        }

        bound.ShouldBeGreaterThan(Requests / 100);
        refused.ShouldBeGreaterThan(Requests / 100);
    }

    private static string[] Pick(Random random, string[] from, int count) => random.GetItems(from, count);
}
