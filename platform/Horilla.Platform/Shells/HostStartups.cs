using OrchardCore.Modules;

namespace Horilla.Platform.Shells;

/// <summary>The startups that the host and the platform add to each tenant, regardless of its features.</summary>
internal sealed class HostStartups
{
    public List<IStartup> Instances { get; } = [];

    public List<Type> Types { get; } = [];
}
