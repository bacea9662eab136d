using Horilla.Platform.Storage.Connections;
using OrchardCore.Data;
using OrchardCore.Environment.Shell;
using YesSql;

namespace Horilla.Platform.Shells;

/// <summary>Makes the document store of a tenant from what its settings say of the database.</summary>
internal sealed class TenantStores(TenantFolders folders)
{
    public async Task<IStore> CreateAsync(ShellSettings settings)
    {
        var provider = settings["DatabaseProvider"] ?? DatabaseProviderValue.Sqlite;
        var prefix = settings["TablePrefix"];
        var configuration = new Configuration { TablePrefix = string.IsNullOrEmpty(prefix) ? "" : prefix + "_" };

        switch (provider)
        {
            case DatabaseProviderValue.Sqlite:
                Directory.CreateDirectory(folders.Folder(settings.Name));
                configuration.ConnectionFactory = new SqliteConnectionFactory(folders.DatabaseFile(settings.Name));
                break;
            default:
                throw new NotSupportedException($"The tenant '{settings.Name}' asks for the database provider '{provider}', which this platform does not have. It has: {DatabaseProviderValue.Sqlite}.");
        }

        return await StoreFactory.CreateAndInitializeAsync(configuration);
    }
}
