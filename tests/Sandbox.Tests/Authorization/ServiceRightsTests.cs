using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Wego.Sandbox.Json;

namespace Wego.Sandbox.Tests.Authorization;

/// <summary>Wego's own rights are those that are documented: in the manifest for clusters, and so in the sandbox.</summary>
public sealed partial class ServiceRightsTests
{
    [Fact]
    public void The_role_grants_what_the_document_lists_and_nothing_else()
    {
        var granted = Granted();
        var documented = Documented();

        documented.Where(d => !granted.Any(g => g.Verb == d.Verb && IsSame(g.Resource, d.Resource))).ShouldBeEmpty("documented, but not granted");
        granted.Where(g => !documented.Any(d => g.Verb == d.Verb && IsSame(g.Resource, d.Resource))).ShouldBeEmpty("granted, but not documented");
        granted.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task The_sandbox_gives_Wego_no_more_than_that()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var wego = new SandboxClient(server, SandboxTokens.Service);

        (await wego.GetAsync("/api/v1/secrets")).Code.ShouldBe(System.Net.HttpStatusCode.OK);
        (await wego.GetAsync("/apis/apps/v1/deployments")).Code.ShouldBe(System.Net.HttpStatusCode.OK, "packages consist of such");
        (await wego.GetAsync("/apis/rbac.authorization.k8s.io/v1/clusterroles")).Code.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await wego.GetAsync("/api/v1/nodes")).Code.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await wego.PostAsync("/api/v1/namespaces/team-a/configmaps", """{"metadata":{"name":"x"}}""")).Code.ShouldBe(System.Net.HttpStatusCode.Forbidden);

        // What was decided is known, so that suites can hold it against the role.
        server.Requests.Clear();
        server.Requests.RefusedTo(SandboxTokens.ServiceUser).Select(d => d.Right)
            .ShouldBe(["rbac.authorization.k8s.io clusterroles list", " nodes list", " configmaps create"], ignoreOrder: true);
        server.Requests.RefusedTo(SandboxTokens.Admin).ShouldBeEmpty();
        server.Requests.Decisions.Single(d => d is { Allowed: true, Resource: "deployments" }).Reason.ShouldContain("of ClusterRole \"view\"");
    }

    // A resource may be named without its group.
    private static bool IsSame(string granted, string documented) => documented.Contains('.', StringComparison.Ordinal) ? granted == documented : granted.Split('.')[0] == documented;

    private static HashSet<(string Verb, string Resource)> Granted()
    {
        var rights = new HashSet<(string, string)>();
        var role = YamlDocuments.Parse(File.ReadAllText(Path.Combine(TestPaths.Root, "deploy", "rbac", "wego.yaml"))).Single(d => d.Text("kind") == "ClusterRole");
        foreach (var rule in role.Array("rules")!.OfType<JsonObject>())
        {
            rights.UnionWith(
                from verb in rule.Strings("verbs")
                from api in rule.Strings("apiGroups")
                from resource in rule.Strings("resources")
                select (verb, api.Length == 0 ? resource : $"{resource}.{api}"));
        }

        return rights;
    }

    /// <summary>The third column, where verbs and resources are in code: <c>`list`, `watch` on `secrets`</c>, several joined by semicolons.</summary>
    private static HashSet<(string Verb, string Resource)> Documented()
    {
        var rights = new HashSet<(string, string)>();
        var cells = File.ReadLines(Path.Combine(TestPaths.Root, "docs", "privileges.md"))
            .Where(l => l.StartsWith('|'))
            .Select(l => l.Split('|')[3]);
        foreach (var part in cells.SelectMany(c => c.Split(';')))
        {
            if (part.Split(" on ", 2) is [var verbs, var resources])
            {
                rights.UnionWith(
                    from verb in Code().Matches(verbs)
                    from resource in Code().Matches(resources)
                    select (verb.Groups["text"].Value, resource.Groups["text"].Value));
            }
        }

        return rights;
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
