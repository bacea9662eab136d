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

    /// <summary>Stores the object at the next flush. Each later flush stores it again if it has changed.</summary>
    Task SaveAsync(object obj);

    /// <inheritdoc cref="SaveAsync(object)"/>
    /// <exception cref="ConcurrencyException">Thrown by the flush if <paramref name="checkConcurrency"/> is set and another
    /// session saved the document with the same check after it was read.</exception>
    Task SaveAsync(object obj, bool checkConcurrency);

    /// <inheritdoc cref="SaveAsync(object, bool)"/>
    /// <param name="collection">Must be null or empty: there is only one collection.</param>
    Task SaveAsync(object obj, bool checkConcurrency = false, string? collection = null, CancellationToken cancellationToken = default);

    void Delete(object item, string? collection = null);

    /// <summary>Returns the documents with these ids, in the order of the ids. Unknown ids are skipped.</summary>
    Task<IEnumerable<T>> GetAsync<T>(long[] ids)
        where T : class;

    IQuery Query(string? collection = null);

    ISession RegisterIndexes(IIndexProvider[] indexProviders, string? collection = null);

    void Detach(object item, string? collection = null);

    Task FlushAsync();

    Task FlushAsync(CancellationToken cancellationToken = default);

    Task SaveChangesAsync();

    Task SaveChangesAsync(CancellationToken cancellationToken = default);

    /// <summary>Rolls back what was flushed. Nothing is saved from then on.</summary>
    Task CancelAsync();

    Task<DbConnection> CreateConnectionAsync();

    Task<DbTransaction> BeginTransactionAsync();
}
