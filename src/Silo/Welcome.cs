using Wego.Sandbox;

namespace Wego.Silo;

/// <summary>What a first user sees.</summary>
internal static class Welcome
{
    public static Task PrintAsync(TextWriter output, string address, SandboxRun sandbox) => output.WriteLineAsync(
        $$$"""

        Wego serves gRPC, gRPC-Web, Connect and REST on {{{address}}}, on a sandbox that forgets everything when it stops.
        Tokens: {{{SandboxTokens.Admin}}} (everything), {{{SandboxTokens.TeamA}}} (edit in namespace team-a), {{{SandboxTokens.Viewer}}} (view, no secrets).
        A sample repository is at {{{sandbox.Repository.Address}}}. Paste into another terminal:

          WEGO={{{address}}} AUTH='Authorization: Bearer {{{SandboxTokens.TeamA}}}'
          curl -s -H "$AUTH" $WEGO/core/packages/v1alpha1/repositories -d '{"context":{"namespace":"team-a"},"name":"sample","type":"helm","url":"{{{sandbox.Repository.Address}}}","namespaceScoped":true,"plugin":{"name":"fluxv2.packages"}}'
          curl -s -H "$AUTH" $WEGO/core/packages/v1alpha1/availablepackages
          curl -s -H "$AUTH" $WEGO/core/packages/v1alpha1/installedpackages -d '{"availablePackageRef":{"context":{"namespace":"team-a"},"identifier":"sample/hello-web","plugin":{"name":"fluxv2.packages"}},"targetContext":{"namespace":"team-a"},"name":"web","values":"replicas: 2"}'
          curl -sN -m 10 -H "$AUTH" "$WEGO/plugins/resources/v1alpha1/fluxv2.packages/v1alpha1/c/default/ns/team-a/web?watch=true"

        The same repository for Helm, and a Carvel one beside it; all packages appear in one catalogue and one list. README.md goes on from here:

          curl -s -H "$AUTH" $WEGO/core/packages/v1alpha1/repositories -d '{"context":{"namespace":"team-a"},"name":"charts","type":"helm","url":"{{{sandbox.Repository.Address}}}","namespaceScoped":true,"plugin":{"name":"helm.packages"}}'
          curl -s -H "$AUTH" $WEGO/core/packages/v1alpha1/repositories -d '{"context":{"namespace":"team-a"},"name":"carvel","type":"http","url":"{{{sandbox.Repository.Packages}}}","namespaceScoped":true,"plugin":{"name":"kapp_controller.packages"}}'
        """);
}
