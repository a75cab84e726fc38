using System.Runtime.Loader;
using Wego.Plugins;
using Wego.Plugins.Loading;

namespace Wego.Loading.Tests;

public sealed class PluginLoaderTests : IDisposable
{
    private readonly PluginDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Plugins_of_all_directories_come_in_the_order_of_their_names()
    {
        using var second = new PluginDirectory();
        _directory.Add("Zebra", new EmittedEntry("a.packages"));
        _directory.Add("Apple", new EmittedEntry("c.packages"));
        second.Add("Mango", new EmittedEntry("b.packages"));
        PluginLoader.Load([_directory.Path, second.Path]).Select(p => p.Id.Name).ShouldBe(["a.packages", "b.packages", "c.packages"]);
    }

    [Fact]
    public void Files_beside_the_folders_are_no_plugins()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "README.md"), "Plugins");
        PluginLoader.Load([_directory.Path]).ShouldBeEmpty();
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        var missing = Path.Combine(_directory.Path, "nowhere");
        Error(missing).ShouldBe($"Plugin directory '{missing}' does not exist.");
    }

    [Fact]
    public void A_folder_without_its_assembly_is_named_with_the_file_that_lacks()
    {
        _directory.File("Empty", "Empty.dll");
        Error().ShouldBe($"Plugin folder '{Path.Combine(_directory.Path, "Empty")}' has no 'Empty.dll': the assembly is named like its folder.");
    }

    [Fact]
    public void A_broken_assembly_is_named_with_the_reason()
    {
        var file = _directory.File("Broken", "Broken.dll");
        File.WriteAllText(file, "This is no assembly.");
        var error = Error();
        error.ShouldStartWith($"Plugin '{file}' cannot be loaded: ");
        error.ShouldContain("format", Case.Insensitive);
    }

    [Fact]
    public void A_broken_list_of_dependencies_is_named_with_the_reason()
    {
        var file = _directory.Add("Odd", new EmittedEntry("odd.packages"));
        File.WriteAllText(Path.ChangeExtension(file, ".deps.json"), "{ this is no JSON");
        Error().ShouldStartWith($"Plugin '{file}' cannot be loaded: ");
    }

    [Fact]
    public void An_assembly_without_an_entry_type_is_named()
    {
        var file = _directory.Add("None");
        Error().ShouldBe($"Plugin '{file}' has 0 public classes that implement Wego.Plugins.IPlugin; it must have exactly one.");
    }

    [Fact]
    public void An_assembly_with_two_entry_types_is_named()
    {
        var file = _directory.Add("Two", new EmittedEntry("one"), new EmittedEntry("two"));
        Error().ShouldBe($"Plugin '{file}' has 2 public classes that implement Wego.Plugins.IPlugin; it must have exactly one.");
    }

    [Fact]
    public void An_entry_type_that_wants_arguments_is_named()
    {
        var file = _directory.Add("Needy", new EmittedEntry("needy") { NeedsArgument = true });
        Error().ShouldBe($"Plugin '{file}': Entry0 has no public constructor without parameters.");
    }

    [Fact]
    public void A_constructor_that_throws_is_named_with_its_words()
    {
        var file = _directory.Add("Thrower", new EmittedEntry("thrower") { ConstructorError = "out of luck" });
        Error().ShouldBe($"Plugin '{file}': Entry0 cannot be created: out of luck");
    }

    [Fact]
    public void A_plugin_whose_name_needs_what_is_missing_is_named()
    {
        using var elsewhere = new PluginDirectory();
        var file = _directory.Add("Lacking", Named(elsewhere, "Names", "x"));
        var error = Error();
        error.ShouldStartWith($"Plugin '{file}'");
        error.ShouldContain("Names");
    }

    [Fact]
    public void A_plugin_without_a_name_is_named_by_its_file()
    {
        var file = _directory.Add("Anonymous", new EmittedEntry(""));
        Error().ShouldBe($"Plugin '{file}': Entry0 has an Id without name or version.");
    }

    [Fact]
    public void Two_plugins_of_one_name_are_named_both()
    {
        var one = _directory.Add("One", new EmittedEntry("same.packages"));
        var two = _directory.Add("Two", new EmittedEntry("same.packages"));
        Error().ShouldBe($"Plugin 'same.packages' is there more than once: {one}, {two}. Keep one.");
    }

    [Fact]
    public void Each_plugin_has_its_own_copy_of_a_private_dependency()
    {
        var first = Add("First", "from the first");
        var second = Add("Second", "from the second");
        var plugins = PluginLoader.Load([_directory.Path]);
        plugins.Select(p => p.Id.Name).ShouldBe(["from the first", "from the second"]);
        plugins.Select(p => p.GetType().Assembly.Location).ShouldBe([first, second]);

        string Add(string plugin, string text) =>
            _directory.Add(plugin, Named(_directory, "Names", text, plugin));
    }

    [Fact]
    public void Contract_types_come_from_the_host_even_where_a_plugin_brings_its_own()
    {
        var file = _directory.Add("Greedy", new EmittedEntry("greedy.packages"));
        var contract = typeof(IPlugin).Assembly.Location;
        File.Copy(contract, _directory.File("Greedy", Path.GetFileName(contract)));
        var plugin = PluginLoader.Load([_directory.Path]).ShouldHaveSingleItem();
        plugin.Id.ShouldBeOfType<PluginId>();
        var context = AssemblyLoadContext.GetLoadContext(plugin.GetType().Assembly)!;
        context.ShouldNotBe(AssemblyLoadContext.Default);
        context.Assemblies.Select(a => a.Location).ShouldBe([file]);
    }

    // An entry whose name is told by an assembly that lies in a plugin's folder.
    private static EmittedEntry Named(PluginDirectory directory, string assembly, string text, string plugin = "Other")
    {
        var file = directory.File(plugin, assembly + ".dll");
        EmittedPlugin.WriteNames(file, text);
        var context = new AssemblyLoadContext("emit", isCollectible: false);
        return new EmittedEntry("") { NameFrom = context.LoadFromAssemblyPath(file).GetType("Names")!.GetMethod("Get") };
    }

    private string Error(string? directory = null) => Should.Throw<PluginLoadException>(() => PluginLoader.Load([directory ?? _directory.Path])).Message;
}
