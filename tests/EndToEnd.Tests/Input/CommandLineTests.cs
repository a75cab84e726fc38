using Wego.Silo;

namespace Wego.EndToEnd;

/// <summary>A slip of the hand on the command line stops the start instead of being passed over.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--sandbx")]
    [InlineData("sandbox")]
    [InlineData("--sandbox", "--listen", "nonsense")]
    [InlineData("--sandbox", "--listen", "127.0.0.1:0", "--Wego:Grains:RetryDelay=0")]
    [InlineData("--sandbox", "--listen", "127.0.0.1:0", "--plugin-dir", "no-such-folder")]
    public async Task WhatCannotBeRightStopsTheStart(params string[] arguments)
    {
        var code = await SiloCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        code.ShouldBe(1);
    }
}
