namespace OrchardCore.Data.Migration.Records;

/// <summary>Which version each migration of a tenant has come to: a document.</summary>
public class DataMigrationRecord
{
    public long Id { get; set; }

    public List<DataMigration> DataMigrations { get; set; } = [];
}
