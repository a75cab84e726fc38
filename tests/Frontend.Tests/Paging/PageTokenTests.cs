using Kubeappsapis.Core.Packages.V1Alpha1;
using Wego.Grains;
using Wego.Plugins;

namespace Wego.Frontend.Tests.Paging;

public sealed class PageTokenTests
{
    private static readonly GetAvailablePackageSummariesRequest Question = new() { Context = new Context { Namespace = "apps" } };

    [Fact]
    public void The_first_page_needs_none()
    {
        PageToken.Read(null, Question).ShouldBeNull();
        PageToken.Read("", Question).ShouldBeNull();
    }

    [Theory]
    [InlineData("redis", "a.packages", "apps", "main/redis")]
    [InlineData("föö/bär\n\"", "", "", "\uffff")]
    public void A_token_brings_back_its_key(string name, string plugin, string ns, string identifier)
    {
        var key = new SortKey(name, plugin, ns, identifier);
        PageToken.Read(PageToken.Write(key, Question), Question).ShouldBe(key);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24")]
    [InlineData("W10")]
    [InlineData("WyJhIiwiYiIsImMiLCJkIixudWxsXQ")]
    [InlineData("eyJhIjoxfQ")]
    [InlineData("_w")]
    public void What_is_no_token_is_refused(string token)
    {
        var error = Should.Throw<PackageException>(() => PageToken.Read(token, Question));
        error.Code.ShouldBe(PackageErrorCode.InvalidArgument);
        error.Message.ShouldBe("pagination_options.page_token: this is no token of Wego; send back next_page_token as it came, or nothing for the first page.");
    }

    [Fact]
    public void A_token_of_another_question_is_refused()
    {
        var token = PageToken.Write(new SortKey("n", "p", "s", "i"), Question);
        var other = new GetAvailablePackageSummariesRequest { Context = new Context { Namespace = "other" } };
        Should.Throw<PackageException>(() => PageToken.Read(token, other)).Message
            .ShouldBe("pagination_options.page_token: the token belongs to a list with another context or filter; start again without a token.");
    }

    [Fact]
    public void A_size_is_zero_for_everything_and_never_negative()
    {
        PageToken.Size(null).ShouldBe(0);
        PageToken.Size(new PaginationOptions { PageSize = 20 }).ShouldBe(20);
        Should.Throw<PackageException>(() => PageToken.Size(new PaginationOptions { PageSize = -1 })).Message
            .ShouldBe("pagination_options.page_size: give 0 for everything, or a positive number.");
    }
}
