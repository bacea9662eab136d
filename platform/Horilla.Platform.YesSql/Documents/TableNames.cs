using YesSql;

namespace Horilla.Platform.Storage.Documents;

/// <summary>The quoted names of the tables and columns that every store has.</summary>
internal sealed class TableNames(IConfiguration configuration)
{
    private readonly ISqlDialect _dialect = configuration.SqlDialect;

    public string Document { get; } = configuration.SqlDialect.QuoteForTableName(configuration.TablePrefix + configuration.TableNameConvention.GetDocumentTable(), configuration.Schema);

    public string Counter { get; } = configuration.SqlDialect.QuoteForTableName(configuration.TablePrefix + "Identifiers", configuration.Schema);

    public string CounterValue { get; } = configuration.SqlDialect.QuoteForColumnName("NextId");

    public string Id { get; } = configuration.SqlDialect.QuoteForColumnName("Id");

    public string DocumentId { get; } = configuration.SqlDialect.QuoteForColumnName("DocumentId");

    public string Type { get; } = configuration.SqlDialect.QuoteForColumnName("Type");

    public string Content { get; } = configuration.SqlDialect.QuoteForColumnName("Content");

    public string Version { get; } = configuration.SqlDialect.QuoteForColumnName("Version");

    public string Index(Type indexType)
        => _dialect.QuoteForTableName(configuration.TablePrefix + configuration.TableNameConvention.GetIndexTable(indexType), configuration.Schema);
}
