using Microsoft.AspNetCore.Http;

namespace OrchardCore.Environment.Shell;

/// <summary>Which tenant answers at which address. Thread-safe.</summary>
public interface IRunningShellTable
{
    void Add(ShellSettings settings);

    void Remove(ShellSettings settings);

    ShellSettings? Match(HostString host, PathString path, bool fallbackToDefault = true);
}
