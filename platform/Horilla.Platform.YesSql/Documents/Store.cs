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
        DapperTypeHandlers.Register();
        Configuration = configuration;
        Dialect = (Dialect)configuration.SqlDialect;
        Tables = new TableNames(configuration);
        Ids = new BlockIdGenerator(this);
    }

    public IConfiguration Configuration { get; }

    public Dialect Dialect { get; }

    public TableNames Tables { get; }

    public BlockIdGenerator Ids { get; }

    public NumericPropertyAccessor IdAccessor { get; } = new("Id");

    public NumericPropertyAccessor VersionAccessor { get; } = new("Version");

    public DocumentTypeResolver TypeNames { get; } = new();

    public async Task InitializeAsync()
    {
        await using var connection = await OpenConnectionAsync(CancellationToken.None);
        await Dialect.InitializeDatabaseAsync(connection, CancellationToken.None);

        await using var transaction = await connection.BeginTransactionAsync();
        await Dialect.LockSchemaAsync(transaction, CancellationToken.None);

        if (!await HasTablesAsync(transaction))
        {
            await CreateTablesAsync(transaction);
        }

        await transaction.CommitAsync();
    }

    /// <summary>Whether the tables of a store with this prefix exist.</summary>
    public async Task<bool> HasTablesAsync(DbTransaction transaction)
        => await transaction.Connection!.ExecuteScalarAsync<int>(Dialect.CountTablesSql, new { name = Configuration.TablePrefix + Configuration.TableNameConvention.GetDocumentTable() }, transaction) > 0;

    /// <summary>Creates the tables that every store has. Fails if they exist, because they belong to another store.</summary>
    public Task CreateTablesAsync(DbTransaction transaction)
        => transaction.Connection!.ExecuteAsync(
            $"""
             CREATE TABLE {Tables.Document} (
                 {Tables.Id} {Dialect.IdType} NOT NULL PRIMARY KEY,
                 {Tables.Type} TEXT NOT NULL,
                 {Tables.Content} TEXT NOT NULL,
                 {Tables.Version} {Dialect.IdType} NOT NULL DEFAULT 0);
             CREATE INDEX {Dialect.QuoteForAliasName(Configuration.TablePrefix + "IDX_Document_Type")} ON {Tables.Document} ({Tables.Type});
             {Dialect.CreateIdSequence(Tables.Counter, Tables.CounterValue, BlockIdGenerator.BlockSize)};
             {Dialect.OwnerComment(Tables.Document)};
             """,
            transaction: transaction);

    public ISession CreateSession(bool withTracking = true) => new Session(this, withTracking);

    public IStore RegisterIndexes(IEnumerable<IIndexProvider> indexProviders, string? collection = null)
    {
        DefaultCollection.ThrowIfNamed(collection);
        _providers.AddRange(indexProviders);
        _descriptors.Clear();
        _multiRowIndexes.Clear();

        return this;
    }

    public IEnumerable<IndexDescriptor> Describe(Type target, string? collection = null)
    {
        DefaultCollection.ThrowIfNamed(collection);

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

    /// <summary>Whether one document can have several rows in an index. True unless the index is known to have only one row for each document.</summary>
    public bool CanHaveMultipleRows(Type indexType, IReadOnlyCollection<IIndexProvider> more)
        => more.Count == 0
            ? _multiRowIndexes.GetOrAdd(indexType, type => CanHaveMultipleRows(type, (IEnumerable<IIndexProvider>)_providers))
            : CanHaveMultipleRows(indexType, _providers.Concat(more));

    private static bool CanHaveMultipleRows(Type indexType, IEnumerable<IIndexProvider> providers)
    {
        var descriptors = providers.SelectMany(provider => Describe(provider, provider.ForType())).Where(descriptor => descriptor.IndexType == indexType).ToArray();

        return descriptors.Length == 0
            || descriptors.Any(descriptor => descriptor.CanHaveMultipleRows)
            || descriptors.Index().Any(one => descriptors.Skip(one.Index + 1).Any(other => one.Item.Type.IsAssignableFrom(other.Type) || other.Type.IsAssignableFrom(one.Item.Type)));
    }

    public IndexTable IndexTable(Type indexType) => _indexTables.GetOrAdd(indexType, type => new IndexTable(type, Tables, Dialect));

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);

        try
        {
            await Dialect.InitializeConnectionAsync(connection, cancellationToken);

            return connection;
        }
        catch (DbException) when (Configuration.ConnectionFactory is IPooledConnectionFactory)
        {
            await connection.DisposeAsync();
        }
        catch
        {
            await connection.DisposeAsync();

            throw;
        }

        // The connection broke while it was idle, and others may have too.
        ((IPooledConnectionFactory)Configuration.ConnectionFactory).ClearPool();

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

    /// <summary>Disposes the connection factory.</summary>
    public void Dispose() => (Configuration.ConnectionFactory as IDisposable)?.Dispose();
}
