using System.Reflection;
using Microsoft.Extensions.Logging;
using OrchardCore.Data.Migration;
using OrchardCore.Data.Migration.Records;
using YesSql;
using YesSql.Sql;
using Record = OrchardCore.Data.Migration.Records.DataMigration;

namespace Horilla.Platform.Data;

/// <summary>Runs migrations in the order of their features, each step in a transaction that also stores the new version.</summary>
internal sealed class DataMigrationManager(ISession session, IEnumerable<IDataMigration> migrations, ILogger<DataMigrationManager> logger) : IDataMigrationManager
{
    public async Task UpdateAllFeaturesAsync()
    {
        foreach (var migration in migrations)
        {
            while (await StepAsync(migration))
            {
            }
        }
    }

    /// <summary>Runs the next step of a migration. Returns false if there is none.</summary>
    private async Task<bool> StepAsync(IDataMigration migration)
    {
        var name = migration.GetType().FullName!;
        var document = await session.Query<DataMigrationRecord>().FirstOrDefaultAsync() ?? new DataMigrationRecord();
        var record = document.DataMigrations.FirstOrDefault(candidate => candidate.DataMigrationClass == name);
        var step = record?.Version is { } version ? Find(migration, $"UpdateFrom{version}") : Find(migration, "Create");

        if (step is null)
        {
            return false;
        }

        migration.SchemaBuilder = new SchemaBuilder(session.Store.Configuration, await session.BeginTransactionAsync());
        var reached = await RunAsync(migration, step);

        if (record is null)
        {
            record = new Record { DataMigrationClass = name };
            document.DataMigrations.Add(record);
        }

        logger.LogInformation("The migration '{Migration}' reached version {Version}.", name, reached);
        record.Version = reached;
        await session.SaveAsync(document);
        await session.SaveChangesAsync();

        return true;
    }

    private static MethodInfo? Find(IDataMigration migration, string name)
        => migration.GetType().GetMethod(name + "Async", BindingFlags.Public | BindingFlags.Instance)
            ?? migration.GetType().GetMethod(name, BindingFlags.Public | BindingFlags.Instance);

    private static async Task<int> RunAsync(IDataMigration migration, MethodInfo step)
        => step.Invoke(migration, BindingFlags.DoNotWrapExceptions, null, [], null) switch
        {
            Task<int> task => await task,
            int version => version,
            _ => throw new InvalidOperationException($"The migration step '{step.DeclaringType}.{step.Name}' must return the version that it migrates to."),
        };
}
