using Horilla.Platform.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Horilla.Platform.Shells;

/// <summary>Data protection of the host, for data that doesn't belong to a tenant: connection strings and setup links. Thread-safe.</summary>
internal sealed class HostDataProtection(TenantPaths folders, ILoggerFactory loggers)
{
    private readonly Lazy<IDataProtectionProvider> _provider = new(() =>
        DataProtectionProvider.Create(TenantPaths.CreatePrivate(folders.HostKeyFolder), options =>
        {
            options.SetApplicationName("Horilla.Host");
            options.Services.PostConfigure<KeyManagementOptions>(keys => keys.XmlRepository = new TolerantXmlRepository(TenantPaths.CreatePrivate(folders.HostKeyFolder), loggers));
        }));

    public IDataProtector For(string purpose) => _provider.Value.CreateProtector(purpose);
}
