namespace Wego.Protos.Tests;

public sealed class ContractTests
{
    private static readonly string ContractFile = Path.Combine(TestPaths.Root, "tests", "Protos.Tests", "contract.txt");

    [Fact]
    public void Descriptors_are_what_the_checked_in_contract_says()
    {
        ShouldMatch(File.ReadAllLines(ContractFile), "contract.txt");
    }

    [Fact]
    public void Descriptors_are_what_the_parity_document_says()
    {
        var path = TestPaths.Shared("spec/kubeapps-parity.md");
        Assert.SkipWhen(path is null, "The parity document is not on this machine.");
        ShouldMatch(new ParityDocument(File.ReadAllText(path)).Lines(), "the document");
    }

    [Fact]
    public void Seventy_one_methods_have_an_http_binding_and_no_two_share_one()
    {
        var bindings = DescriptorContract.Lines()
            .Where(line => line.StartsWith("rpc ", StringComparison.Ordinal) && !line.EndsWith(" none", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split(' ')[5..7]))
            .ToArray();

        bindings.Length.ShouldBe(71);
        bindings.ShouldBeUnique();
    }

    [Fact]
    public void The_parity_page_lists_every_method_with_its_binding()
    {
        var page = File.ReadAllText(Path.Combine(TestPaths.Root, "docs", "parity.md"));

        foreach (var rpc in DescriptorContract.Lines().Where(line => line.StartsWith("rpc ", StringComparison.Ordinal)))
        {
            var parts = rpc.Split(' ');
            var dot = parts[1].LastIndexOf('.');
            var binding = parts[5] == "none" ? "none" : $"`{parts[5]} {parts[6]}`";
            page.ShouldContain($"`/{parts[1][..dot]}/{parts[1][(dot + 1)..]}` | {binding}");
        }
    }

    private static void ShouldMatch(IEnumerable<string> published, string source)
    {
        var expected = published.ToArray();
        var actual = DescriptorContract.Lines().ToArray();

        expected.Except(actual, StringComparer.Ordinal)
            .ShouldBeEmpty($"In {source} but not in the descriptors. What is published must never change.");
        actual.Except(expected, StringComparer.Ordinal)
            .ShouldBeEmpty($"In the descriptors but not in {source}. What is added is written down there.");
        actual.Length.ShouldBe(expected.Length);
    }
}
