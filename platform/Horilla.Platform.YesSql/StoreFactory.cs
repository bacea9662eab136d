using Horilla.Platform.Storage.Documents;

namespace YesSql;

public static class StoreFactory
{
    /// <summary>Creates a store. If its tables don't exist yet, call <see cref="IStore.InitializeAsync()"/>.</summary>
    public static IStore Create(IConfiguration configuration) => new Store(configuration);

    public static async Task<IStore> CreateAndInitializeAsync(IConfiguration configuration)
    {
        var store = new Store(configuration);

        try
        {
            await store.InitializeAsync();

            return store;
        }
        catch
        {
            store.Dispose();

            throw;
        }
    }
}
