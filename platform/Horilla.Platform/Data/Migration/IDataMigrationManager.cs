namespace OrchardCore.Data.Migration;

public interface IDataMigrationManager
{
    /// <summary>Runs the pending migrations of all enabled features.</summary>
    Task UpdateAllFeaturesAsync();
}
