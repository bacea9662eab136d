using System.Globalization;
using Horilla.Platform.Setup;
using Horilla.Platform.Shells;
using Horilla.Platform.Storage.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrchardCore.Data;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Platform.Databases;

/// <summary>SQLite: a file in the folder of the tenant.</summary>
internal sealed class SqliteTenantDatabaseProvider(TenantPaths folders, IClock clock, ILogger<SqliteTenantDatabaseProvider> logger) : TenantDatabaseProvider
{
    private const int Busy = 5;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public override string Provider => DatabaseProviderValue.Sqlite;

    public override IConfiguration Configure(ShellSettings settings)
    {
        var create = settings.IsInitializing();

        if (create)
        {
            TenantPaths.CreatePrivate(folders.Folder(settings.Name));
        }

        return new Configuration
        {
            ConnectionFactory = new SqliteConnectionFactory(folders.DatabaseFile(settings.Name), create: create),
            TablePrefix = settings.GetTablePrefix(),
        };
    }

    public override string? GetExclusiveKey(ShellSettings settings) => null;

    public override IEnumerable<(string Key, string Problem)> Validate(ShellSettings settings) => [];

    public override Task PrepareAsync(ShellSettings settings, bool wasInterrupted)
    {
        var database = folders.DatabaseFile(settings.Name);

        if (!wasInterrupted && File.Exists(database))
        {
            throw new TenantSetupException($"The database '{database}' exists, but '{folders.TenantsFile}' has no tenant that was set up with it. Restore that file, or move the database away to start over.");
        }

        // The remains of an interrupted setup are kept, because nobody knows how far the setup got.
        var time = clock.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

        foreach (var (file, suffix) in Files(settings))
        {
            var aside = $"{database}.{time}{suffix}";
            File.Move(file, aside);
            logger.LogWarning("An earlier setup of the tenant '{Tenant}' was interrupted. The file that it left was moved to '{File}'.", settings.Name, aside);
        }

        return Task.CompletedTask;
    }

    public override Task RemoveAsync(ShellSettings settings)
    {
        foreach (var (file, _) in Files(settings))
        {
            File.Delete(file);
        }

        return Task.CompletedTask;
    }

    public override bool IsUnavailable(Exception exception)
        => exception switch
        {
            SqliteException { SqliteErrorCode: Busy or InputOutput or Corrupt or Full or CannotOpen or NotADatabase } => true,
            { InnerException: { } inner } => IsUnavailable(inner),
            _ => false,
        };

    /// <summary>Returns the database file and its companion files, as far as they exist.</summary>
    private IEnumerable<(string File, string Suffix)> Files(ShellSettings settings)
        => new[] { "", "-wal", "-shm" }.Select(suffix => (File: folders.DatabaseFile(settings.Name) + suffix, suffix)).Where(file => File.Exists(file.File));
}
