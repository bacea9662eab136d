using OrchardCore.Modules;

namespace Horilla.Platform.Shells;

/// <summary>What the host's program and the platform itself add to each tenant, whatever its features.</summary>
internal sealed class HostStartups
{
    public List<IStartup> Instances { get; } = [];

    public List<Type> Types { get; } = [];
}
