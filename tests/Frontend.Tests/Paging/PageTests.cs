using Wego.Grains;

namespace Wego.Frontend.Tests.Paging;

public sealed class PageTests
{
    [Theory]
    [InlineData("c a b", false, 0, "a b c", null)]
    [InlineData("c a b", true, 0, "a b c", null)]
    [InlineData("c a b", false, 3, "a b c", null)]
    [InlineData("c a b", true, 3, "a b c", "c")]
    [InlineData("c a b", false, 2, "a b", "b")]
    [InlineData("", false, 2, "", null)]
    [InlineData("", true, 2, "", null)]
    public void A_page_is_sorted_and_cut_and_tells_where_to_go_on(string items, bool more, int size, string expected, string? last)
    {
        var (page, key) = Page.Of(items.Split(' ', StringSplitOptions.RemoveEmptyEntries), more, size, i => new SortKey(i, "", "", ""));
        string.Join(' ', page).ShouldBe(expected);
        key?.Name.ShouldBe(last);
        (key is null).ShouldBe(last is null);
    }
}
