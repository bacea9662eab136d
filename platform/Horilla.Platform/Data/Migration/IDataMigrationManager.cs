namespace OrchardCore.Data.Migration;

public interface IDataMigrationManager
{
    /// <summary>Runs what has not run yet, of all enabled features.</summary>
    Task UpdateAllFeaturesAsync();
}
