using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

/// <summary>The paths of the files of tenants.</summary>
internal sealed class TenantPaths(IOptions<ShellOptions> options)
{
    public string Root => options.Value.ShellsApplicationDataPath;

    public string TenantsFile => Path.Combine(Root, "tenants.json");

    /// <summary>Returns the path of a file that serves as a lock between hosts.</summary>
    public string LockFile(string name) => Path.Combine(Root, "Locks", name + ".lock");

    /// <summary>The folder of the keys that protect values in tenants.json.</summary>
    public string HostKeyFolder => Path.Combine(Root, "DataProtection-Keys");

    /// <summary>Creates a folder that only its owner can access, because it contains data or keys.</summary>
    public static DirectoryInfo CreatePrivate(string path)
        => OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public string Folder(string tenant) => Path.Combine(Root, options.Value.ShellsContainerName, tenant);

    public string DatabaseFile(string tenant) => Path.Combine(Folder(tenant), "OrchardCore.db");

    public string KeyFolder(string tenant) => Path.Combine(Folder(tenant), "DataProtection-Keys");
}
