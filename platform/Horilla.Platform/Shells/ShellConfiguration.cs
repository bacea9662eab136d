using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using OrchardCore.Environment.Shell.Configuration;

namespace Horilla.Platform.Shells;

internal sealed class ShellConfiguration(IConfiguration configuration) : IShellConfiguration
{
    public string? this[string key]
    {
        get => configuration[key];
        set => configuration[key] = value;
    }

    public static ShellConfiguration Create(IConfiguration application, string tenant)
        => new(new ConfigurationBuilder()
            .AddConfiguration(application.GetSection("OrchardCore"))
            .AddConfiguration(application.GetSection($"OrchardCore:{tenant}"))
            .Build());

    public IEnumerable<IConfigurationSection> GetChildren() => configuration.GetChildren();

    public IChangeToken GetReloadToken() => configuration.GetReloadToken();

    public IConfigurationSection GetSection(string key) => configuration.GetSection(key);
}
