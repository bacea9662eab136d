using Horilla.Platform.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Horilla.Platform.Shells;

/// <summary>Data protection of the host itself, for what is no tenant's: how to reach their databases, and links to set them up. Thread-safe.</summary>
internal sealed class HostProtection(TenantFolders folders, ILoggerFactory loggers)
{
    private readonly Lazy<IDataProtectionProvider> _provider = new(() =>
        DataProtectionProvider.Create(TenantFolders.CreatePrivate(folders.HostKeyFolder), options =>
        {
            options.SetApplicationName("Horilla.Host");
            options.Services.PostConfigure<KeyManagementOptions>(keys => keys.XmlRepository = new KeyFolder(TenantFolders.CreatePrivate(folders.HostKeyFolder), loggers));
        }));

    public IDataProtector For(string purpose) => _provider.Value.CreateProtector(purpose);
}
