using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Scope;
using YesSql;

namespace Horilla.Platform.Data;

/// <summary>
/// Caches the only document of its type in a tenant until it changes. One for each shell; thread-safe. The document from
/// <see cref="GetAsync"/> is shared and must not be changed. The one from <see cref="LoadAsync"/> belongs to the session of the scope.
/// </summary>
internal sealed class CachedDocument<T>(IStore store)
    where T : class, new()
{
    private readonly Lock _gate = new();
    private T? _cached;
    private int _generation;

    public async Task<T> GetAsync()
    {
        int generation;

        lock (_gate)
        {
            if (_cached is not null)
            {
                return _cached;
            }

            generation = _generation;
        }

        await using var session = store.CreateSession();
        var loaded = await session.Query<T>().FirstOrDefaultAsync() ?? new T();

        lock (_gate)
        {
            // A document that was read before a change was committed must not be cached after it.
            if (generation == _generation)
            {
                _cached = loaded;
            }
        }

        return loaded;
    }

    public async Task<T> LoadAsync() => await Session().Query<T>().FirstOrDefaultAsync() ?? new T();

    /// <summary>Saves a document that was loaded and changed, with the scope.</summary>
    public async Task UpdateAsync(T document)
    {
        await Session().SaveAsync(document);
        ShellScope.RegisterBeforeDispose(
            _ =>
            {
                lock (_gate)
                {
                    _generation++;
                    _cached = null;
                }

                return Task.CompletedTask;
            },
            last: true);
    }

    private static ISession Session() => ShellScope.Services.GetRequiredService<ISession>();
}
