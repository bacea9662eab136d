using Microsoft.Extensions.DependencyInjection;
using YesSql.Indexes;

namespace OrchardCore.Data;

public static class IndexServiceCollectionExtensions
{
    /// <summary>Adds an index provider as a singleton.</summary>
    public static IServiceCollection AddIndexProvider<TIndexProvider>(this IServiceCollection services)
        where TIndexProvider : class, IIndexProvider
        => services.AddSingleton<IIndexProvider, TIndexProvider>();

    /// <summary>Adds an index provider that depends on scoped services.</summary>
    public static IServiceCollection AddScopedIndexProvider<TScopedIndexProvider>(this IServiceCollection services)
        where TScopedIndexProvider : class, IScopedIndexProvider
        => services.AddScoped<IScopedIndexProvider, TScopedIndexProvider>();
}
