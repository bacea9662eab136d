using System.Data.Common;
using Dapper;
using Horilla.Platform.Storage.Queries;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Documents;

internal sealed class Session(Store store) : ISession
{
    private readonly IdentityMap _map = new();
    private readonly List<IIndexProvider> _providers = [];
    private DbConnection? _connection;
    private bool _cancelled;

    public DbTransaction? CurrentTransaction { get; private set; }

    IStore ISession.Store => store;

    public Store Store => store;

    public Task SaveAsync(object obj) => SaveAsync(obj, false, null, CancellationToken.None);

    public Task SaveAsync(object obj, bool checkConcurrency) => SaveAsync(obj, checkConcurrency, null, CancellationToken.None);

    public async Task SaveAsync(object obj, bool checkConcurrency = false, string? collection = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(obj);
        OneCollection.Check(collection);

        if (!_map.TryGet(obj, out var entry))
        {
            entry = await AttachAsync(obj, cancellationToken);
            _map.Add(entry);
        }

        entry.IsTracked = true;
        entry.IsPending = true;
        entry.IsDeleted = false;
        entry.ChecksConcurrency |= checkConcurrency;
    }

    public void Delete(object item, string? collection = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        OneCollection.Check(collection);

        if (!_map.TryGet(item, out var entry))
        {
            var id = store.IdAccessor.Get(item);

            if (id == 0)
            {
                throw new ArgumentException("The object was neither loaded nor saved by this session, and has no id.", nameof(item));
            }

            entry = new Entry(item, new Document { Id = id, Type = store.TypeNames.Of(item.GetType()) }) { IsStored = true };
            _map.Add(entry);
        }

        entry.IsDeleted = true;
        entry.IsTracked = false;
    }

    public void Detach(object item, string? collection = null)
    {
        if (_map.TryGet(item, out var entry))
        {
            _map.Remove(entry);
        }
    }

    public async Task<IEnumerable<T>> GetAsync<T>(long[] ids)
        where T : class
    {
        await FlushAsync();
        var missing = ids.Where(id => !_map.TryGet(id, out _)).Distinct().ToArray();

        if (missing.Length > 0)
        {
            Materialize<T>(await ReadAsync(missing, CancellationToken.None));
        }

        return [.. ids.Select(id => _map.TryGet(id, out var entry) ? entry.Entity as T : null).OfType<T>()];
    }

    public IQuery Query(string? collection = null)
    {
        OneCollection.Check(collection);

        return new QueryRoot(this);
    }

    public ISession RegisterIndexes(IIndexProvider[] indexProviders, string? collection = null)
    {
        OneCollection.Check(collection);
        _providers.AddRange(indexProviders);

        return this;
    }

    public Task FlushAsync() => FlushAsync(CancellationToken.None);

    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_cancelled)
        {
            return;
        }

        try
        {
            await WriteAsync(cancellationToken);
        }
        catch
        {
            await CancelAsync();

            throw;
        }
    }

    public Task SaveChangesAsync() => SaveChangesAsync(CancellationToken.None);

    public async Task SaveChangesAsync(CancellationToken cancellationToken = default)
    {
        if (_cancelled)
        {
            return;
        }

        await FlushAsync(cancellationToken);

        if (CurrentTransaction is { } transaction)
        {
            await transaction.CommitAsync(cancellationToken);
            await EndTransactionAsync();
        }

        _map.Clear();
        await CloseAsync();
    }

    public async Task CancelAsync()
    {
        _cancelled = true;

        if (CurrentTransaction is { } transaction)
        {
            await transaction.RollbackAsync();
            await EndTransactionAsync();
        }

        _map.Clear();
        await CloseAsync();
    }

    public async Task<DbConnection> CreateConnectionAsync() => await ConnectionAsync(CancellationToken.None);

    public async Task<DbTransaction> BeginTransactionAsync() => await TransactionAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (CurrentTransaction is { } transaction)
        {
            await transaction.RollbackAsync();
            await EndTransactionAsync();
        }

        await CloseAsync();
    }

    public void Dispose()
    {
        CurrentTransaction?.Dispose();
        CurrentTransaction = null;
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>The session's connection.</summary>
    public Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => ConnectionAsync(cancellationToken);

    /// <summary>Runs a query on the session's connection, within its transaction if there is one.</summary>
    public async Task<IEnumerable<TRow>> ReadAsync<TRow>(string sql, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(cancellationToken);

        return await connection.QueryAsync<TRow>(new CommandDefinition(sql, parameters, CurrentTransaction, cancellationToken: cancellationToken));
    }

    public async Task<TValue?> ReadScalarAsync<TValue>(string sql, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        var connection = await ConnectionAsync(cancellationToken);

        return await connection.ExecuteScalarAsync<TValue>(new CommandDefinition(sql, parameters, CurrentTransaction, cancellationToken: cancellationToken));
    }

    /// <summary>The objects of these rows, each the one that the session already has.</summary>
    public IEnumerable<T> Materialize<T>(IEnumerable<Document> documents)
        where T : class
    {
        var entities = new List<T>();

        foreach (var document in documents)
        {
            if (!_map.TryGet(document.Id, out var entry))
            {
                var entity = store.Configuration.ContentSerializer.Deserialize(document.Content, typeof(T))
                    ?? throw new InvalidOperationException($"The document {document.Id} of type '{document.Type}' is empty.");
                store.IdAccessor.Set(entity, document.Id);
                entry = new Entry(entity, document) { IsStored = true };
                _map.Add(entry);
            }

            if (entry.Entity is T typed)
            {
                entities.Add(typed);
            }
        }

        return entities;
    }

    private async Task<Entry> AttachAsync(object entity, CancellationToken cancellationToken)
    {
        var id = store.IdAccessor.Get(entity);

        if (id == 0)
        {
            id = await store.Ids.NextAsync(this, cancellationToken);
            store.IdAccessor.Set(entity, id);

            return new Entry(entity, new Document { Id = id, Type = store.TypeNames.Of(entity.GetType()) });
        }

        if (_map.TryGet(id, out _))
        {
            throw new InvalidOperationException($"This session already has another object for the document {id}.");
        }

        var stored = (await ReadAsync([id], cancellationToken)).FirstOrDefault();

        return stored is null
            ? new Entry(entity, new Document { Id = id, Type = store.TypeNames.Of(entity.GetType()) })
            : new Entry(entity, stored) { IsStored = true };
    }

    private Task<IEnumerable<Document>> ReadAsync(long[] ids, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        parameters.Add("ids", ids);

        return ReadAsync<Document>($"SELECT * FROM {store.Tables.Document} WHERE {store.Dialect.IsIn(store.Tables.Id, "ids")}", parameters, cancellationToken);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in _map.Entries.Where(entry => entry.IsDeleted).ToArray())
        {
            if (entry.IsStored)
            {
                await DeleteAsync(entry, cancellationToken);
            }

            _map.Remove(entry);
        }

        foreach (var entry in _map.Entries.Where(entry => entry.IsTracked).ToArray())
        {
            var content = store.Configuration.ContentSerializer.Serialize(entry.Entity);

            if (!entry.IsStored)
            {
                await InsertAsync(entry, content, cancellationToken);
            }
            else if (entry.IsPending || content != entry.Document.Content)
            {
                await UpdateAsync(entry, content, cancellationToken);
            }

            entry.IsPending = false;
        }
    }

    private async Task InsertAsync(Entry entry, string content, CancellationToken cancellationToken)
    {
        entry.Document.Content = content;
        entry.Document.Version = 1;
        await ExecuteAsync(
            $"INSERT INTO {store.Tables.Document} ({store.Tables.Id}, {store.Tables.Type}, {store.Tables.Content}, {store.Tables.Version}) VALUES (@Id, @Type, @Content, @Version)",
            entry.Document,
            cancellationToken);
        entry.IsStored = true;
        await InsertIndexesAsync(entry, cancellationToken);
    }

    private async Task UpdateAsync(Entry entry, string content, CancellationToken cancellationToken)
    {
        var version = entry.ChecksConcurrency ? $", {store.Tables.Version} = @Version + 1" : "";
        var unchanged = entry.ChecksConcurrency ? $" AND {store.Tables.Version} = @Version" : "";
        var rows = await ExecuteAsync(
            $"UPDATE {store.Tables.Document} SET {store.Tables.Content} = @content{version} WHERE {store.Tables.Id} = @Id{unchanged}",
            new { content, entry.Document.Id, entry.Document.Version },
            cancellationToken);

        if (rows == 0 && entry.ChecksConcurrency)
        {
            throw new ConcurrencyException(entry.Document);
        }

        entry.Document.Content = content;
        entry.Document.Version += entry.ChecksConcurrency ? 1 : 0;
        await DeleteIndexesAsync(entry, cancellationToken);
        await InsertIndexesAsync(entry, cancellationToken);
    }

    private async Task DeleteAsync(Entry entry, CancellationToken cancellationToken)
    {
        await DeleteIndexesAsync(entry, cancellationToken);
        await ExecuteAsync($"DELETE FROM {store.Tables.Document} WHERE {store.Tables.Id} = @Id", new { entry.Document.Id }, cancellationToken);
    }

    private async Task InsertIndexesAsync(Entry entry, CancellationToken cancellationToken)
    {
        foreach (var descriptor in Descriptors(entry))
        {
            if (descriptor.Filter is { } filter && !filter(entry.Entity))
            {
                continue;
            }

            var table = store.IndexTable(descriptor.IndexType);

            foreach (var index in await descriptor.Map(entry.Entity, cancellationToken))
            {
                await ExecuteAsync(table.Insert, table.Parameters(entry.Document.Id, index), cancellationToken);
            }
        }
    }

    private async Task DeleteIndexesAsync(Entry entry, CancellationToken cancellationToken)
    {
        foreach (var indexType in Descriptors(entry).Select(descriptor => descriptor.IndexType).Distinct())
        {
            await ExecuteAsync(store.IndexTable(indexType).Delete, new { DocumentId = entry.Document.Id }, cancellationToken);
        }
    }

    private IEnumerable<IndexDescriptor> Descriptors(Entry entry)
    {
        var type = entry.Entity.GetType();

        return store.Describe(type).Concat(_providers.SelectMany(provider => Store.Describe(provider, type)));
    }

    private async Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var transaction = await TransactionAsync(cancellationToken);

        return await transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
    }

    private async Task<DbConnection> ConnectionAsync(CancellationToken cancellationToken)
        => _connection ??= await store.OpenConnectionAsync(cancellationToken);

    private async Task<DbTransaction> TransactionAsync(CancellationToken cancellationToken)
    {
        if (CurrentTransaction is null)
        {
            var connection = await ConnectionAsync(cancellationToken);
            CurrentTransaction = await connection.BeginTransactionAsync(cancellationToken);
        }

        return CurrentTransaction;
    }

    private async Task EndTransactionAsync()
    {
        if (CurrentTransaction is { } transaction)
        {
            CurrentTransaction = null;
            await transaction.DisposeAsync();
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }
}
