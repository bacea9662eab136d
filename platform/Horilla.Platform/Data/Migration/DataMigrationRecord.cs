namespace OrchardCore.Data.Migration.Records;

/// <summary>The document that stores the version of each migration of a tenant.</summary>
public class DataMigrationRecord
{
    public long Id { get; set; }

    public List<DataMigration> DataMigrations { get; set; } = [];
}
