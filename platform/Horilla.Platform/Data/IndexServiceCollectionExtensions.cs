using Microsoft.Extensions.DependencyInjection;
using YesSql.Indexes;

namespace OrchardCore.Data;

public static class IndexServiceCollectionExtensions
{
    /// <summary>An index whose provider is a singleton.</summary>
    public static IServiceCollection AddIndexProvider<TIndexProvider>(this IServiceCollection services)
        where TIndexProvider : class, IIndexProvider
        => services.AddSingleton<IIndexProvider, TIndexProvider>();

    /// <summary>An index whose provider asks for scoped services.</summary>
    public static IServiceCollection AddScopedIndexProvider<TScopedIndexProvider>(this IServiceCollection services)
        where TScopedIndexProvider : class, IScopedIndexProvider
        => services.AddScoped<IScopedIndexProvider, TScopedIndexProvider>();
}
