using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Horilla.Platform.Storage.Dialects;
using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Documents;

internal sealed class Store : IStore
{
    private readonly List<IIndexProvider> _providers = [];
    private readonly ConcurrentDictionary<Type, IndexDescriptor[]> _descriptors = new();
    private readonly ConcurrentDictionary<Type, IndexTable> _indexTables = new();

    public Store(IConfiguration configuration)
    {
        Configuration = configuration;
        Dialect = (Dialect)configuration.SqlDialect;
        Tables = new Tables(configuration);
        Ids = new IdGenerator(this);
    }

    public IConfiguration Configuration { get; }

    public Dialect Dialect { get; }

    public Tables Tables { get; }

    public IdGenerator Ids { get; }

    public IdAccessor IdAccessor { get; } = new();

    public DocumentTypeNames TypeNames { get; } = new();

    public async Task InitializeAsync()
    {
        await using var connection = await OpenConnectionAsync(CancellationToken.None);
        await Dialect.InitializeAsync(connection, CancellationToken.None);

        await using var transaction = await connection.BeginTransactionAsync();
        await Dialect.LockSchemaAsync(transaction, CancellationToken.None);
        await connection.ExecuteAsync(
            $"""
             CREATE TABLE IF NOT EXISTS {Tables.Document} (
                 {Tables.Id} {Dialect.IdType} NOT NULL PRIMARY KEY,
                 {Tables.Type} TEXT NOT NULL,
                 {Tables.Content} TEXT NOT NULL,
                 {Tables.Version} {Dialect.IdType} NOT NULL DEFAULT 0);
             CREATE INDEX IF NOT EXISTS {Dialect.QuoteForAliasName(Configuration.TablePrefix + "IDX_Document_Type")} ON {Tables.Document} ({Tables.Type});
             CREATE TABLE IF NOT EXISTS {Tables.Counter} ({Tables.CounterValue} {Dialect.IdType} NOT NULL);
             INSERT INTO {Tables.Counter} SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM {Tables.Counter});
             {Dialect.Mark(Tables.Document)};
             {Dialect.Mark(Tables.Counter)};
             """,
            transaction: transaction);
        await transaction.CommitAsync();
    }

    public ISession CreateSession(bool withTracking = true) => new Session(this);

    public IStore RegisterIndexes(IEnumerable<IIndexProvider> indexProviders, string? collection = null)
    {
        OneCollection.Check(collection);
        _providers.AddRange(indexProviders);
        _descriptors.Clear();

        return this;
    }

    public IEnumerable<IndexDescriptor> Describe(Type target, string? collection = null)
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

    public IndexTable IndexTable(Type indexType) => _indexTables.GetOrAdd(indexType, type => new IndexTable(type, Tables, Dialect));

    public async Task<DbConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        var connection = Configuration.ConnectionFactory.CreateConnection();

        try
        {
            await connection.OpenAsync(cancellationToken);
            await Dialect.PrepareAsync(connection, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();

            throw;
        }

        return connection;
    }

    /// <summary>Closes what its connections come from.</summary>
    public void Dispose() => (Configuration.ConnectionFactory as IDisposable)?.Dispose();
}
