using YesSql;
using YesSql.Indexes;

namespace Horilla.Platform.Storage.Documents;

/// <summary>
/// Collects the statements of a flush. Nothing is written while index providers map, so that a provider that queries the
/// session sees the database as it was before the flush.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="providers">The index providers of the session.</param>
internal sealed class FlushCommandBuilder(Store store, IReadOnlyCollection<IIndexProvider> providers)
{
    private readonly List<WriteCommand> _commands = [];

    /// <summary>The statements to execute, in order.</summary>
    public IReadOnlyList<WriteCommand> Commands => _commands;

    /// <summary>Deletes the document and its index rows.</summary>
    public void Delete(TrackedDocument entry)
    {
        DeleteIndexes(entry);
        _commands.Add(new WriteCommand($"DELETE FROM {store.Tables.Document} WHERE {store.Tables.Id} = @Id", new { entry.Document.Id }));
    }

    /// <summary>Writes the document and its index rows if it is new, was saved since the last flush, or has changed.</summary>
    public async Task SaveAsync(TrackedDocument entry, CancellationToken cancellationToken)
    {
        if (!entry.IsStored)
        {
            await InsertAsync(entry, cancellationToken);
        }
        else if (entry.IsPending || store.Configuration.ContentSerializer.Serialize(entry.Entity) != entry.Document.Content)
        {
            await UpdateAsync(entry, cancellationToken);
        }

        entry.IsPending = false;
    }

    private async Task InsertAsync(TrackedDocument entry, CancellationToken cancellationToken)
    {
        entry.Document.Version = 1;
        store.VersionAccessor.Set(entry.Entity, entry.Document.Version);
        entry.Document.Content = store.Configuration.ContentSerializer.Serialize(entry.Entity);
        _commands.Add(new WriteCommand(
            $"INSERT INTO {store.Tables.Document} ({store.Tables.Id}, {store.Tables.Type}, {store.Tables.Content}, {store.Tables.Version}) VALUES (@Id, @Type, @Content, @Version)",
            entry.Document.Clone()));
        entry.IsStored = true;
        await InsertIndexesAsync(entry, cancellationToken);
    }

    private async Task UpdateAsync(TrackedDocument entry, CancellationToken cancellationToken)
    {
        var expected = entry.Document.Version;

        if (entry.ChecksConcurrency)
        {
            // The object's own version counts, because it may have been posted back by a form.
            expected = store.VersionAccessor.Get(entry.Entity) is > 0 and var version ? version : expected;
            entry.Document.Version = expected + 1;
            store.VersionAccessor.Set(entry.Entity, entry.Document.Version);
        }

        entry.Document.Content = store.Configuration.ContentSerializer.Serialize(entry.Entity);
        var (assignment, condition) = entry.ChecksConcurrency ? ($", {store.Tables.Version} = @Version", $" AND {store.Tables.Version} = @expected") : ("", "");
        _commands.Add(new WriteCommand(
            $"UPDATE {store.Tables.Document} SET {store.Tables.Content} = @Content{assignment} WHERE {store.Tables.Id} = @Id{condition}",
            new { entry.Document.Content, entry.Document.Version, entry.Document.Id, expected },
            () => entry.ChecksConcurrency
                ? new ConcurrencyException(entry.Document)
                : new InvalidOperationException($"The document {entry.Document.Id} of type '{entry.Document.Type}' can't be updated, because it doesn't exist. It may have been deleted by another session.")));
        DeleteIndexes(entry);
        await InsertIndexesAsync(entry, cancellationToken);
    }

    private async Task InsertIndexesAsync(TrackedDocument entry, CancellationToken cancellationToken)
    {
        foreach (var descriptor in Descriptors(entry).ToArray())
        {
            if (descriptor.Filter is { } filter && !filter(entry.Entity))
            {
                continue;
            }

            var table = store.IndexTable(descriptor.IndexType);

            foreach (var index in await descriptor.Map(entry.Entity, cancellationToken))
            {
                _commands.Add(new WriteCommand(table.Insert, table.Parameters(entry.Document.Id, index)));
            }
        }
    }

    private void DeleteIndexes(TrackedDocument entry)
    {
        foreach (var indexType in Descriptors(entry).Select(descriptor => descriptor.IndexType).Distinct())
        {
            _commands.Add(new WriteCommand(store.IndexTable(indexType).Delete, new { DocumentId = entry.Document.Id }));
        }
    }

    private IEnumerable<IndexDescriptor> Descriptors(TrackedDocument entry)
    {
        var type = entry.Entity.GetType();

        return store.Describe(type).Concat(providers.SelectMany(provider => Store.Describe(provider, type)));
    }
}
