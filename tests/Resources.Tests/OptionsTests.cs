using Wego.Plugins.Resources;

namespace Wego.Resources.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("", "", 10, "")]
    [InlineData("X-Groups", "^ns:(.+)$", 1, "")]
    [InlineData("", "", 0, "Wego:Plugins:resources:MaxParallelReviews is 0")]
    [InlineData("X-Groups", "", 1, "Wego:Plugins:resources:TrustedNamespaces: give both")]
    [InlineData("", "^ns:(.+)$", 1, "Wego:Plugins:resources:TrustedNamespaces: give both")]
    [InlineData("X-Groups", "^ns:.+$", 1, "Wego:Plugins:resources:TrustedNamespaces:HeaderPattern: the expression needs a group")]
    [InlineData("X-Groups", "^ns:(.+", 1, "Wego:Plugins:resources:TrustedNamespaces:HeaderPattern: not a usable regular expression")]
    [InlineData("X-Groups", "^(?=a)(.+)$", 1, "Wego:Plugins:resources:TrustedNamespaces:HeaderPattern: not a usable regular expression")]
    public void A_bad_setting_is_named(string header, string pattern, int reviews, string problem)
    {
        var options = new ResourcesOptions
        {
            TrustedNamespaces = new TrustedNamespacesOptions { HeaderName = header, HeaderPattern = pattern },
            MaxParallelReviews = reviews,
        };

        var result = new ResourcesOptionsValidator().Validate(null, options);

        result.Failed.ShouldBe(problem.Length > 0);
        (result.FailureMessage ?? "").ShouldStartWith(problem);
    }
}
