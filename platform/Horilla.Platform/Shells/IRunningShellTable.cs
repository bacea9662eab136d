using Microsoft.AspNetCore.Http;

namespace OrchardCore.Environment.Shell;

/// <summary>Maps addresses to tenants. Thread-safe.</summary>
public interface IRunningShellTable
{
    void Add(ShellSettings settings);

    void Remove(ShellSettings settings);

    ShellSettings? Match(HostString host, PathString path, bool fallbackToDefault = true);
}
