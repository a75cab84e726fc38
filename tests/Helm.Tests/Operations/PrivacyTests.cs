namespace Wego.Helm.Tests.Operations;

/// <summary>Where the caller's token is while Helm runs, and that it is nowhere afterwards.</summary>
public sealed class PrivacyTests(TestClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [EachHelm(OnSandboxOnly = true)]
    public async Task The_token_is_in_a_private_file_only(string server, string helm)
    {
        var notes = Directory.CreateTempSubdirectory("wego-helm-spy-");
        try
        {
            // Between Wego and Helm: writes down what a program that looks at processes and files could see.
            var spy = Path.Combine(notes.FullName, "helm");
            await File.WriteAllTextAsync(
                spy,
                $"""
                #!/bin/sh
                if [ "$1" = version ]; then exec '{helm}' "$@"; fi
                printf '%s\n' "$0" "$@" >> '{notes.FullName}/arguments'
                env >> '{notes.FullName}/environment'
                pwd >> '{notes.FullName}/folder'
                find . -printf '%m %y %p\n' >> '{notes.FullName}/modes'
                stat -c %a . >> '{notes.FullName}/mode'
                grep -rl '{(await clusters.GetAsync(server, Cancellation)).TeamA}' . >> '{notes.FullName}/holders'
                exec '{helm}' "$@"

                """,
                Cancellation);
            File.SetUnixFileMode(spy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), spy);
            scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");
            scenario.Archives.PullSecrets = [new Wego.Plugins.Helm.ImagePullSecret("pull", ["example.com"])];

            await scenario.CreateAsync("1.0.0", "text: one");
            await scenario.UpdateAsync("1.0.0");
            await scenario.RollbackAsync(0);
            await scenario.DeleteAsync();

            string Read(string name) => File.ReadAllText(Path.Combine(notes.FullName, name));
            Read("arguments").Split('\n').Where(l => l is "install" or "upgrade" or "rollback" or "uninstall").ShouldBe(["install", "upgrade", "rollback", "uninstall"]);
            Read("arguments").ShouldNotContain(scenario.TeamAToken);
            Read("environment").ShouldNotContain(scenario.TeamAToken);
            Read("environment").ShouldNotContain("WEGO_TEST_HELM", customMessage: "Wego's environment is not Helm's");
            Read("holders").Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ShouldBe(["./kubeconfig"]);
            Read("mode").Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ShouldBe(["700"]);
            Read("modes").Split('\n').Where(l => l.Contains(" f ", StringComparison.Ordinal)).Select(l => l.Split(' ')).ShouldAllBe(l => l[0] == "600" || (l[0] == "700" && l[2].EndsWith("/render")));
            Read("folder").Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(folder => !Directory.Exists(folder));
        }
        finally
        {
            notes.Delete(recursive: true);
        }
    }

    [Theory]
    [EachHelm(OnSandboxOnly = true)]
    public async Task A_token_that_Helm_printed_is_taken_out_of_the_error(string server, string helm)
    {
        var folder = Directory.CreateTempSubdirectory("wego-helm-loud-");
        try
        {
            var loud = Path.Combine(folder.FullName, "helm");
            await File.WriteAllTextAsync(loud, $"#!/bin/sh\nif [ \"$1\" = version ]; then exec '{helm}' \"$@\"; fi\necho \"Error: $(cat kubeconfig)\" >&2\nexit 1\n", Cancellation);
            File.SetUnixFileMode(loud, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            using var scenario = new HelmScenario(await clusters.GetAsync(server, Cancellation), loud);
            scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");

            var refused = await Should.ThrowAsync<Wego.Plugins.PackageException>(() => scenario.CreateAsync("1.0.0"));

            refused.Message.ShouldContain("[token]");
            refused.ToString().ShouldNotContain(scenario.TeamAToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
