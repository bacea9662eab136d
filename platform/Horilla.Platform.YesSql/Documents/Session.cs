using System.Data.Common;
using Dapper;
using Horilla.Platform.Storage.Queries;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Documents;

internal sealed class Session : ISession
{
    private readonly Store _store;
    private readonly IdentityMap _map;
    private readonly DocumentMaterializer _materializer;
    private readonly List<TrackedDocument> _deleted = [];
    private readonly List<IIndexProvider> _providers = [];
    private readonly SessionConnection _connection;
    private bool _isCancelled;
    private bool _isDisposed;
    private bool _isFlushing;

    public Session(Store store, bool withTracking)
    {
        _store = store;
        _map = new IdentityMap();
        _materializer = new DocumentMaterializer(store, _map, withTracking);
        _connection = new SessionConnection(store);
    }

    public DbTransaction? CurrentTransaction => _connection.Transaction;

    IStore ISession.Store => _store;

    public Store Store => _store;

    /// <summary>The index providers of this session, in addition to those of the store.</summary>
    public IReadOnlyCollection<IIndexProvider> Providers => _providers;

    public Task SaveAsync(object obj) => SaveAsync(obj, false, null, CancellationToken.None);

    public Task SaveAsync(object obj, bool checkConcurrency) => SaveAsync(obj, checkConcurrency, null, CancellationToken.None);

    public async Task SaveAsync(object obj, bool checkConcurrency = false, string? collection = null, CancellationToken cancellationToken = default)
    {
        ThrowIfInvalid(obj, collection);

        if (obj is IIndex or Document)
        {
            throw new ArgumentException("The store writes indexes and document rows itself. Save the object that they are created from.", nameof(obj));
        }

        if (!_map.TryGet(obj, out var entry))
        {
            entry = await AttachAsync(obj, cancellationToken);
            _map.Add(entry);
        }

        entry.IsTracked = true;
        entry.IsPending = true;
        entry.ChecksConcurrency |= checkConcurrency;
    }

    public void Delete(object item, string? collection = null)
    {
        ThrowIfInvalid(item, collection);

        if (_map.TryGet(item, out var entry))
        {
            _map.Remove(entry);
        }
        else if (_store.IdAccessor.Get(item) is > 0 and var id)
        {
            if (_map.TryGet(id, out var other))
            {
                _map.Remove(other);
            }

            entry = new TrackedDocument(item, new Document { Id = id, Type = _store.TypeNames.GetName(item.GetType()) }) { IsStored = true };
        }
        else
        {
            throw new ArgumentException("The object was neither loaded nor saved by this session, and has no id.", nameof(item));
        }

        if (entry.IsStored)
        {
            _deleted.Add(entry);
        }

        // If the object is saved again, it counts as new.
        _store.IdAccessor.Set(item, 0);
    }

    public void Detach(object item, string? collection = null)
    {
        ThrowIfInvalid(item, collection);

        if (_map.TryGet(item, out var entry))
        {
            _map.Remove(entry);
        }
    }

    public async Task<IEnumerable<T>> GetAsync<T>(long[] ids)
        where T : class
    {
        ThrowIfDisposed();
        await FlushAsync();
        var missing = ids.Where(id => !_map.TryGet(id, out _)).Distinct().ToArray();
        var found = missing.Length == 0 ? [] : Materialize<T>(await ReadAsync(missing, CancellationToken.None)).ToDictionary(item => item.Id, item => item.Entity);

        return [.. ids.Select(id => _map.TryGet(id, out var entry) ? entry.Entity as T : found.GetValueOrDefault(id)).OfType<T>()];
    }

    public IQuery Query(string? collection = null)
    {
        ThrowIfDisposed();
        DefaultCollection.ThrowIfNamed(collection);

        return new QueryRoot(this);
    }

    public ISession RegisterIndexes(IIndexProvider[] indexProviders, string? collection = null)
    {
        DefaultCollection.ThrowIfNamed(collection);
        _providers.AddRange(indexProviders);

        return this;
    }

    public Task FlushAsync() => FlushAsync(CancellationToken.None);

    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        // An index provider may query the session while it maps, and a query flushes first.
        if (_isCancelled || _isFlushing || !HasPendingChanges())
        {
            return;
        }

        ThrowIfDisposed();
        _isFlushing = true;

        try
        {
            await WriteAsync(cancellationToken);
        }
        catch
        {
            await CancelAsync();

            throw;
        }
        finally
        {
            _isFlushing = false;
        }
    }

    public Task SaveChangesAsync() => SaveChangesAsync(CancellationToken.None);

    public async Task SaveChangesAsync(CancellationToken cancellationToken = default)
    {
        if (_isCancelled)
        {
            return;
        }

        if (_isDisposed)
        {
            // Saving after disposal is allowed if there is nothing left to save.
            ObjectDisposedException.ThrowIf(HasPendingChanges(), typeof(ISession));

            return;
        }

        await FlushAsync(cancellationToken);
        await _connection.CommitAsync(cancellationToken);
        _map.Clear();
    }

    public async Task CancelAsync()
    {
        ThrowIfDisposed();
        _isCancelled = true;
        await _connection.RollbackAsync();
        _map.Clear();
        _deleted.Clear();
    }

    public async Task<DbConnection> CreateConnectionAsync() => await OpenAsync(CancellationToken.None);

    public Task<DbTransaction> BeginTransactionAsync()
    {
        ThrowIfDisposed();

        return _connection.BeginAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _connection.DisposeAsync();
    }

    public void Dispose()
    {
        _isDisposed = true;
        _connection.Dispose();
    }

    /// <summary>Returns the session's connection, and opens it if needed.</summary>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();

        return _connection.OpenAsync(cancellationToken);
    }

    /// <summary>Runs a query on the session's connection, within its transaction if there is one.</summary>
    public async Task<IEnumerable<TRow>> ReadAsync<TRow>(string sql, DynamicParameters parameters, CancellationToken cancellationToken)
        => await (await OpenAsync(cancellationToken)).QueryAsync<TRow>(new CommandDefinition(sql, parameters, CurrentTransaction, cancellationToken: cancellationToken));

    public async Task<TValue?> ReadScalarAsync<TValue>(string sql, DynamicParameters parameters, CancellationToken cancellationToken)
        => await (await OpenAsync(cancellationToken)).ExecuteScalarAsync<TValue>(new CommandDefinition(sql, parameters, CurrentTransaction, cancellationToken: cancellationToken));

    /// <inheritdoc cref="DocumentMaterializer.Materialize"/>
    public IEnumerable<(long Id, T Entity)> Materialize<T>(IEnumerable<Document> documents)
        where T : class
        => _materializer.Materialize<T>(documents);

    private async Task<TrackedDocument> AttachAsync(object entity, CancellationToken cancellationToken)
    {
        var id = _store.IdAccessor.Get(entity);
        var type = _store.TypeNames.GetName(entity.GetType());

        if (id == 0)
        {
            id = await _store.Ids.NextAsync(this, cancellationToken);
            _store.IdAccessor.Set(entity, id);

            return new TrackedDocument(entity, new Document { Id = id, Type = type });
        }

        if (_map.TryGet(id, out _))
        {
            throw new InvalidOperationException($"This session already has another object for the document {id}.");
        }

        var stored = (await ReadAsync([id], cancellationToken)).FirstOrDefault();

        // If the document doesn't exist, the flush reports it.
        return new TrackedDocument(entity, stored ?? new Document { Id = id, Type = type }) { IsStored = true };
    }

    private Task<IEnumerable<Document>> ReadAsync(long[] ids, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        parameters.Add("ids", ids);

        return ReadAsync<Document>($"SELECT * FROM {_store.Tables.Document} WHERE {_store.Dialect.InCondition(_store.Tables.Id, "ids")}", parameters, cancellationToken);
    }

    private bool HasPendingChanges() => _deleted.Count > 0 || _map.Entries.Any(entry => entry.IsTracked);

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var writer = new FlushCommandBuilder(_store, _providers);

        foreach (var entry in _deleted.ToArray())
        {
            writer.Delete(entry);
        }

        _deleted.Clear();

        foreach (var entry in _map.Entries.Where(entry => entry.IsTracked).ToArray())
        {
            await writer.SaveAsync(entry, cancellationToken);
        }

        if (writer.Commands.Count == 0)
        {
            return;
        }

        await _connection.ExecuteAsync(writer.Commands, cancellationToken);
    }

    private void ThrowIfInvalid(object item, string? collection)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(item);
        DefaultCollection.ThrowIfNamed(collection);
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, typeof(ISession));
}
