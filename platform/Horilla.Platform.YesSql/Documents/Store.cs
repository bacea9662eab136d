using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Horilla.Platform.Storage.Connections;
using Horilla.Platform.Storage.Dialects;
using Horilla.Platform.Storage.Serialization;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Documents;

internal sealed class Store : IStore
{
    private readonly List<IIndexProvider> _providers = [];
    private readonly ConcurrentDictionary<Type, IndexDescriptor[]> _descriptors = new();
    private readonly ConcurrentDictionary<Type, IndexTable> _indexTables = new();
    private readonly ConcurrentDictionary<Type, bool> _multiRowIndexes = new();

    public Store(IConfiguration configuration)
    {
        ColumnHandlers.Register();
        Configuration = configuration;
        Dialect = (Dialect)configuration.SqlDialect;
        Tables = new Tables(configuration);
        Ids = new IdGenerator(this);
    }

    public IConfiguration Configuration { get; }

    public Dialect Dialect { get; }

    public Tables Tables { get; }

    public IdGenerator Ids { get; }

    public NumberAccessor IdAccessor { get; } = new("Id");

    public NumberAccessor VersionAccessor { get; } = new("Version");

    public DocumentTypeNames TypeNames { get; } = new();

    public async Task InitializeAsync()
    {
        await using var connection = await OpenConnectionAsync(CancellationToken.None);
        await Dialect.InitializeAsync(connection, CancellationToken.None);

        await using var transaction = await connection.BeginTransactionAsync();
        await Dialect.LockSchemaAsync(transaction, CancellationToken.None);

        if (!await HasTablesAsync(transaction))
        {
            await CreateTablesAsync(transaction);
        }

        await transaction.CommitAsync();
    }

    /// <summary>Whether a store with this prefix is there.</summary>
    public async Task<bool> HasTablesAsync(DbTransaction transaction)
        => await transaction.Connection!.ExecuteScalarAsync<int>(Dialect.CountTables, new { name = Configuration.TablePrefix + Configuration.TableNameConvention.GetDocumentTable() }, transaction) > 0;

    /// <summary>Creates the tables that every store has. It fails where they are there: they are somebody's.</summary>
    public Task CreateTablesAsync(DbTransaction transaction)
        => transaction.Connection!.ExecuteAsync(
            $"""
             CREATE TABLE {Tables.Document} (
                 {Tables.Id} {Dialect.IdType} NOT NULL PRIMARY KEY,
                 {Tables.Type} TEXT NOT NULL,
                 {Tables.Content} TEXT NOT NULL,
                 {Tables.Version} {Dialect.IdType} NOT NULL DEFAULT 0);
             CREATE INDEX {Dialect.QuoteForAliasName(Configuration.TablePrefix + "IDX_Document_Type")} ON {Tables.Document} ({Tables.Type});
             {Dialect.CreateCounter(Tables.Counter, Tables.CounterValue, IdGenerator.BlockSize)};
             {Dialect.Mark(Tables.Document)};
             """,
            transaction: transaction);

    public ISession CreateSession(bool withTracking = true) => new Session(this, withTracking);

    public IStore RegisterIndexes(IEnumerable<IIndexProvider> indexProviders, string? collection = null)
    {
        OneCollection.Check(collection);
        _providers.AddRange(indexProviders);
        _descriptors.Clear();
        _multiRowIndexes.Clear();

        return this;
    }

    public IEnumerable<IndexDescriptor> Describe(Type target, string? collection = null)
    {
        OneCollection.Check(collection);

        return Describe(target);
    }

    public IEnumerable<IndexDescriptor> Describe(Type target)
        => _descriptors.GetOrAdd(target, type => [.. _providers.SelectMany(provider => Describe(provider, type))]);

    public static IEnumerable<IndexDescriptor> Describe(IIndexProvider provider, Type target)
    {
        if (!provider.ForType().IsAssignableFrom(target))
        {
            return [];
        }

        var context = (IDescriptor)Activator.CreateInstance(typeof(DescribeContext<>).MakeGenericType(provider.ForType()))!;
        provider.Describe(context);

        return context.Describe();
    }

    /// <summary>Whether one document may have several rows in an index. What is not known to have one alone may.</summary>
    public bool HasSeveralRows(Type indexType, IReadOnlyCollection<IIndexProvider> more)
        => more.Count == 0
            ? _multiRowIndexes.GetOrAdd(indexType, type => HasSeveralRows(type, (IEnumerable<IIndexProvider>)_providers))
            : HasSeveralRows(indexType, _providers.Concat(more));

    private static bool HasSeveralRows(Type indexType, IEnumerable<IIndexProvider> providers)
    {
        var descriptors = providers.SelectMany(provider => Describe(provider, provider.ForType())).Where(descriptor => descriptor.IndexType == indexType).ToArray();

        return descriptors.Length == 0
            || descriptors.Any(descriptor => descriptor.YieldsSeveral)
            || descriptors.Index().Any(one => descriptors.Skip(one.Index + 1).Any(other => one.Item.Type.IsAssignableFrom(other.Type) || other.Type.IsAssignableFrom(one.Item.Type)));
    }

    public IndexTable IndexTable(Type indexType) => _indexTables.GetOrAdd(indexType, type => new IndexTable(type, Tables, Dialect));

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);

        try
        {
            await Dialect.PrepareAsync(connection, cancellationToken);

            return connection;
        }
        catch (DbException) when (Configuration.ConnectionFactory is IRefreshable)
        {
            await connection.DisposeAsync();
        }
        catch
        {
            await connection.DisposeAsync();

            throw;
        }

        // It had died while it waited for its use, and others may have too.
        ((IRefreshable)Configuration.ConnectionFactory).Refresh();

        return await OpenAsync(cancellationToken);
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = Configuration.ConnectionFactory.CreateConnection();

        try
        {
            await connection.OpenAsync(cancellationToken);

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();

            throw;
        }
    }

    /// <summary>Closes what its connections come from.</summary>
    public void Dispose() => (Configuration.ConnectionFactory as IDisposable)?.Dispose();
}
