using System.Reflection;
using Horilla.Platform.Extensions;
using OrchardCore.Modules.Manifest;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class ExtensionManagerTests
{
    private readonly ExtensionManager _manager = new([Load("Horilla.Platform.Admin")]);

    [Fact]
    public void Features_come_after_their_dependencies()
    {
        var ids = _manager.GetFeatures().Select(feature => feature.Id).ToList();

        Assert.True(ids.IndexOf("OrchardCore.Roles") < ids.IndexOf("OrchardCore.Users"));
        Assert.True(ids.IndexOf("OrchardCore.Users") < ids.IndexOf("OrchardCore.Admin"));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Loading_a_feature_loads_its_dependencies()
        => Assert.Equal(
            ["OrchardCore.Admin", "OrchardCore.Navigation", "OrchardCore.Resources", "OrchardCore.Roles", "OrchardCore.Settings", "OrchardCore.Users", "TheAdmin"],
            _manager.GetFeatures(["orchardcore.admin"]).Select(feature => feature.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Disabling_a_feature_includes_all_features_that_depend_on_it()
        => Assert.Equal(["OrchardCore.Admin", "OrchardCore.Features", "OrchardCore.Roles", "OrchardCore.Tenants", "OrchardCore.Users"], _manager.GetDependentFeatures("OrchardCore.Roles").Select(feature => feature.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void A_type_belongs_to_the_feature_named_by_its_attribute()
    {
        var startup = Assembly.Load("Horilla.Platform.Admin").GetType("Horilla.Platform.Admin.Users.Startup")!;

        Assert.Equal("OrchardCore.Users", _manager.GetFeatureForDependency(startup).Id);
        Assert.Contains(startup, _manager.GetTypesForFeature(_manager.GetFeatureForDependency(startup)));
    }

    [Fact]
    public void A_type_outside_any_module_throws_with_its_name()
        => Assert.Contains("System.String", Assert.Throws<InvalidOperationException>(() => _manager.GetFeatureForDependency(typeof(string))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_feature_is_ignored() => Assert.Empty(_manager.GetFeatures(["No.Such.Feature"]));

    private static ModuleInfo Load(string name)
    {
        var assembly = Assembly.Load(name);

        return new ModuleInfo(assembly, assembly.GetCustomAttribute<ModuleAttribute>()!);
    }
}
