using Microsoft.AspNetCore.DataProtection;

namespace Horilla.Platform.Shells;

/// <summary>Data protection of the host itself, for what is no tenant's: how to reach their databases, and links to set them up. Thread-safe.</summary>
internal sealed class HostProtection(TenantFolders folders)
{
    private readonly Lazy<IDataProtectionProvider> _provider = new(() =>
        DataProtectionProvider.Create(TenantFolders.CreatePrivate(folders.HostKeyFolder), options => options.SetApplicationName("Horilla.Host")));

    public IDataProtector For(string purpose) => _provider.Value.CreateProtector(purpose);
}
