using System.Data.Common;
using YesSql.Indexes;

namespace YesSql;

/// <summary>
/// A unit of work on the documents of a store. Not thread-safe: a session belongs to one request.
/// Nothing is committed before <see cref="SaveChangesAsync()"/>, and nothing at all after <see cref="CancelAsync"/>.
/// </summary>
public interface ISession : IDisposable, IAsyncDisposable
{
    /// <summary>The transaction that the pending changes were flushed into, or null before the first flush.</summary>
    DbTransaction? CurrentTransaction { get; }

    IStore Store { get; }

    /// <summary>Stores the object at the next flush, and again whenever it has changed by a later one.</summary>
    Task SaveAsync(object obj);

    /// <inheritdoc cref="SaveAsync(object)"/>
    /// <exception cref="ConcurrencyException">By the flush, where <paramref name="checkConcurrency"/> is set and somebody
    /// else saved the document with the same check since it was read.</exception>
    Task SaveAsync(object obj, bool checkConcurrency);

    /// <inheritdoc cref="SaveAsync(object, bool)"/>
    /// <param name="collection">Must be null: there is one collection.</param>
    Task SaveAsync(object obj, bool checkConcurrency = false, string? collection = null, CancellationToken cancellationToken = default);

    void Delete(object item, string? collection = null);

    /// <summary>The documents of these ids, in the order of the ids; unknown ones are left out.</summary>
    Task<IEnumerable<T>> GetAsync<T>(long[] ids)
        where T : class;

    IQuery Query(string? collection = null);

    ISession RegisterIndexes(IIndexProvider[] indexProviders, string? collection = null);

    void Detach(object item, string? collection = null);

    Task FlushAsync();

    Task FlushAsync(CancellationToken cancellationToken = default);

    Task SaveChangesAsync();

    Task SaveChangesAsync(CancellationToken cancellationToken = default);

    /// <summary>Undoes what was flushed, and keeps whatever comes later from being saved.</summary>
    Task CancelAsync();

    Task<DbConnection> CreateConnectionAsync();

    Task<DbTransaction> BeginTransactionAsync();
}
