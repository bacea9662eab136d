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
internal sealed class SqliteTenantDatabase(TenantFolders folders, IClock clock, ILogger<SqliteTenantDatabase> logger) : TenantDatabase
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
            TenantFolders.CreatePrivate(folders.Folder(settings.Name));
        }

        return new Configuration
        {
            ConnectionFactory = new SqliteConnectionFactory(folders.DatabaseFile(settings.Name), create: create),
            TablePrefix = settings.PrefixOfTables(),
        };
    }

    public override string? Claim(ShellSettings settings) => null;

    public override IEnumerable<(string Key, string Problem)> Check(ShellSettings settings) => [];

    public override Task PrepareAsync(ShellSettings settings, bool brokenOff)
    {
        var database = folders.DatabaseFile(settings.Name);

        if (!brokenOff && File.Exists(database))
        {
            throw new TenantSetupException($"The database '{database}' is there, but '{folders.TenantsFile}' does not know its tenant. Restore that file, or move the database away to begin anew.");
        }

        // What a set-up that was broken off has left is kept: nobody knows how far it came.
        var time = clock.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

        foreach (var (file, suffix) in Files(settings))
        {
            var aside = $"{database}.{time}{suffix}";
            File.Move(file, aside);
            logger.LogWarning("A set-up of the tenant '{Tenant}' was broken off. What it has left was moved to '{File}'.", settings.Name, aside);
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

    /// <summary>The file of the database and those beside it, as far as they are there.</summary>
    private IEnumerable<(string File, string Suffix)> Files(ShellSettings settings)
        => new[] { "", "-wal", "-shm" }.Select(suffix => (File: folders.DatabaseFile(settings.Name) + suffix, suffix)).Where(file => File.Exists(file.File));
}
