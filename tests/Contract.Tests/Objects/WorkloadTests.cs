using System.Net;
using Wego.Contract.Tests.Http;
using Wego.Contract.Tests.Servers;

namespace Wego.Contract.Tests.Objects;

public sealed class WorkloadTests(TestServers servers) : ContractTest(servers)
{
    private const string Deployment =
        """
        {
          "metadata": { "name": "web" },
          "spec": {
            "replicas": 2,
            "selector": { "matchLabels": { "app": "web" } },
            "template": {
              "metadata": { "labels": { "app": "web" } },
              "spec": { "containers": [{ "name": "web", "image": "example.test/web:1" }] }
            }
          }
        }
        """;

    [Theory, EachServer]
    public async Task A_deployment_counts_generations_of_its_spec_only(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var path = $"/apis/apps/v1/namespaces/{api.Namespace}/deployments";
        var created = (await api.Admin.PostAsync(path, Deployment)).ShouldBe(HttpStatusCode.Created);
        created.Body.Text("/apiVersion").ShouldBe("apps/v1");
        created.Generation.ShouldBe(1);

        var labelled = await api.Admin.PatchAsync($"{path}/web", ApiClient.MergePatch, """{ "metadata": { "labels": { "a": "b" } } }""");
        labelled.ShouldBe(HttpStatusCode.OK).Generation.ShouldBe(1);

        var scaled = await api.Admin.PatchAsync($"{path}/web", ApiClient.MergePatch, """{ "spec": { "replicas": 3 } }""");
        scaled.ShouldBe(HttpStatusCode.OK).Generation.ShouldBe(2);
        scaled.Body.At("/spec/replicas")!.GetValue<int>().ShouldBe(3);
    }

    [Theory, EachServer]
    public async Task The_status_of_a_deployment_changes_through_its_subresource_only(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var path = $"/apis/apps/v1/namespaces/{api.Namespace}/deployments";
        (await api.Admin.PostAsync(path, Deployment)).ShouldBe(HttpStatusCode.Created);

        var main = await api.Admin.PatchAsync($"{path}/web", ApiClient.MergePatch, """{ "status": { "replicas": 2 } }""");
        main.ShouldBe(HttpStatusCode.OK).Body.At("/status/replicas").ShouldBeNull();

        var status = await api.Admin.PatchAsync(
            $"{path}/web/status", ApiClient.MergePatch, """{ "spec": { "replicas": 9 }, "status": { "observedGeneration": 1, "replicas": 2, "readyReplicas": 2, "availableReplicas": 2 } }""");
        status.ShouldBe(HttpStatusCode.OK).Body.At("/status/readyReplicas")!.GetValue<int>().ShouldBe(2);
        status.Body.At("/spec/replicas")!.GetValue<int>().ShouldBe(2);
        status.Generation.ShouldBe(1);
        (await api.Admin.GetAsync($"{path}/web/status")).ShouldBe(HttpStatusCode.OK).Body.At("/status/replicas")!.GetValue<int>().ShouldBe(2);
    }

    [Theory, EachServer]
    public async Task A_deployment_without_selector_is_refused_with_causes(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var response = await api.Admin.PostAsync(
            $"/apis/apps/v1/namespaces/{api.Namespace}/deployments",
            """{ "metadata": { "name": "web" }, "spec": { "template": { "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [{ "name": "web", "image": "example.test/web:1" }] } } } }""");

        response.ShouldFail((HttpStatusCode)422, "Invalid", "Deployment.apps \"web\" is invalid");
        response.Body.Text("/details/group").ShouldBe("apps");
        response.Body.Text("/details/kind").ShouldBe("Deployment");
        response.Body["details"]!["causes"]!.AsArray().Select(cause => $"{cause.Text("/reason")} {cause.Text("/field")}")
            .ShouldContain("FieldValueRequired spec.selector");
    }

    [Theory, EachServer]
    public async Task A_service_is_created_read_and_deleted(ServerKind server)
    {
        await using var api = await OpenAsync(server);
        var path = $"/api/v1/namespaces/{api.Namespace}/services";

        var created = await api.Admin.PostAsync(
            path, """{ "metadata": { "name": "web" }, "spec": { "clusterIP": "None", "selector": { "app": "web" }, "ports": [{ "port": 80 }] } }""");

        created.ShouldBe(HttpStatusCode.Created).Body.Text("/spec/clusterIP").ShouldBe("None");
        created.Body.Text("/spec/ports/0/protocol").ShouldBe("TCP");
        (await api.Admin.DeleteAsync($"{path}/web")).ShouldBe(HttpStatusCode.OK);
        (await api.Admin.GetAsync($"{path}/web")).ShouldFail(HttpStatusCode.NotFound, "NotFound", "services \"web\" not found");
    }

    [Theory, EachServer]
    public async Task A_service_account_is_created_with_annotations(ServerKind server)
    {
        await using var api = await OpenAsync(server);

        var created = await api.Admin.PostAsync(
            $"/api/v1/namespaces/{api.Namespace}/serviceaccounts", """{ "metadata": { "name": "runner", "annotations": { "a": "b" } } }""");

        created.ShouldBe(HttpStatusCode.Created).Body.Text("/metadata/annotations/a").ShouldBe("b");
        created.Body.Text("/kind").ShouldBe("ServiceAccount");
    }
}
