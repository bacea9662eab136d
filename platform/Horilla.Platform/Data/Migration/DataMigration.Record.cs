namespace OrchardCore.Data.Migration.Records;

public class DataMigration
{
    public string DataMigrationClass { get; set; } = "";

    public int? Version { get; set; }
}
