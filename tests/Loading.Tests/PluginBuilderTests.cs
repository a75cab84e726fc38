using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Wego.Plugins;
using Wego.Plugins.Loading;

namespace Wego.Loading.Tests;

public sealed class PluginBuilderTests
{
    [Fact]
    public void A_plugin_that_refuses_its_configuration_is_named_with_its_file_and_words()
    {
        using var directory = new PluginDirectory();
        var file = directory.Add("Picky", new EmittedEntry("picky.packages") { ConfigureError = "Wego:Plugins:picky.packages:Limit is 0; give 1 or more." });
        var plugin = PluginLoader.Load([directory.Path]).ShouldHaveSingleItem();
        Should.Throw<PluginLoadException>(() => PluginBuilder.Configure(plugin, new ServiceCollection(), new ConfigurationBuilder().Build())).Message
            .ShouldBe($"Plugin 'picky.packages/v1' of '{file}' cannot be configured: Wego:Plugins:picky.packages:Limit is 0; give 1 or more.");
    }

    [Fact]
    public void A_plugin_sees_its_own_section_and_registers_only_itself()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wego:Plugins:own.packages:Color"] = "red",
            ["Wego:Plugins:other.packages:Color"] = "blue",
        }).Build();
        var plugin = new OwnPlugin();
        var services = new ServiceCollection();
        var registration = PluginBuilder.Configure(plugin, services, configuration);
        plugin.Color.ShouldBe("red");
        registration.Id.ShouldBe(plugin.Id);
        registration.Packages.ShouldBeNull();
        registration.Repositories.ShouldBeNull();
        registration.RpcServices.ShouldBeEmpty();
        services.ShouldHaveSingleItem().ServiceType.ShouldBe(typeof(OwnPlugin));

        var registry = new PluginRegistry([registration], services.BuildServiceProvider());
        var registered = registry.Find("own.packages").ShouldNotBeNull();
        registered.ShouldBe(new RegisteredPlugin(plugin.Id, null, null) { Forms = registered.Forms });
        registered.Forms.ShouldHaveSingleItem().ShouldBe(new PluginForm(plugin.Id, FormPurpose.Create, "{}"));
        registry.Find("other.packages").ShouldBeNull();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void A_form_whose_schema_is_no_object_stops_the_start(string schema) => Refusal(schema, FormPurpose.Update).ShouldContain("form for Update");

    [Fact]
    public void A_second_form_for_one_purpose_stops_the_start() => Refusal("{}", FormPurpose.Create).ShouldContain("already");

    private static string Refusal(string schema, FormPurpose purpose)
    {
        var plugin = new OwnPlugin { More = b => b.AddForm(purpose, schema) };
        return Should.Throw<PluginLoadException>(() => PluginBuilder.Configure(plugin, new ServiceCollection(), new ConfigurationBuilder().Build())).Message;
    }

    private sealed class OwnPlugin : IPlugin
    {
        public string? Color { get; private set; }

        public Action<IPluginBuilder> More { get; init; } = _ => { };

        public PluginId Id { get; } = new("own.packages", "v1");

        public void Configure(IPluginBuilder builder)
        {
            Color = builder.Configuration["Color"];
            builder.Services.AddSingleton(this);
            builder.AddForm(FormPurpose.Create, "{}");
            More(builder);
        }
    }
}
