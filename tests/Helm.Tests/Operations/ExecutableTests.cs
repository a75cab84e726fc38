using Wego.Plugins;

namespace Wego.Helm.Tests.Operations;

/// <summary>Without a helm program that can be used, reading works and operations say what to set.</summary>
public sealed class ExecutableTests(TestClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "there is no such program")]
    [InlineData("#!/bin/sh\necho v3.16.4\n", "it is Helm 3.16.4, and 3.17 is the oldest that will do")]
    [InlineData("#!/bin/sh\necho v2.17.0\n", "it is Helm 2.17.0")]
    [InlineData("#!/bin/sh\necho hello\n", "it does not tell its version")]
    [InlineData("#!/bin/sh\nexit 3\n", "it does not tell its version")]
    [InlineData("\u007fELF but no program", "it ")]
    public async Task A_program_that_will_not_do_is_named_with_its_setting(string? content, string reason)
    {
        var folder = Directory.CreateTempSubdirectory("wego-helm-none-");
        try
        {
            var program = Path.Combine(folder.FullName, "helm");
            if (content is not null)
            {
                await File.WriteAllTextAsync(program, content, Cancellation);
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            using var scenario = new HelmScenario(await clusters.GetAsync(EachHelmAttribute.Sandbox, Cancellation), program);
            scenario.Archives.Charts["1.0.0"] = TestChart.Create("1.0.0");

            foreach (var operation in new[] { () => scenario.CreateAsync("1.0.0"), () => scenario.UpdateAsync("1.0.0"), () => scenario.RollbackAsync(0), scenario.DeleteAsync })
            {
                var refused = await Should.ThrowAsync<PackageException>(operation);
                refused.Code.ShouldBe(PackageErrorCode.FailedPrecondition);
                refused.Message.ShouldContain(reason);
                refused.Message.ShouldContain("Wego:Plugins:helm.packages:Executable");
                refused.Message.ShouldContain("Wego:Helm:Executable");
            }

            (await scenario.InstalledAsync()).ShouldBeNull();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
