using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Shells;

/// <summary>Where the files of tenants stand.</summary>
internal sealed class TenantFolders(IOptions<ShellOptions> options)
{
    public string Root => options.Value.ShellsApplicationDataPath;

    public string TenantsFile => Path.Combine(Root, "tenants.json");

    /// <summary>A file that stands for a lock among hosts.</summary>
    public string LockFile(string name) => Path.Combine(Root, "Locks", name + ".lock");

    /// <summary>The keys of what tenants.json keeps protected.</summary>
    public string HostKeyFolder => Path.Combine(Root, "DataProtection-Keys");

    /// <summary>Creates a folder that its owner alone may look into: it holds data or keys.</summary>
    public static DirectoryInfo CreatePrivate(string path)
        => OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public string Folder(string tenant) => Path.Combine(Root, options.Value.ShellsContainerName, tenant);

    public string DatabaseFile(string tenant) => Path.Combine(Folder(tenant), "OrchardCore.db");

    public string KeyFolder(string tenant) => Path.Combine(Folder(tenant), "DataProtection-Keys");
}
