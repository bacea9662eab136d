using YesSql;

namespace Horilla.Platform.Storage.Documents;

/// <summary>Creates the objects of a session from the rows of the document table.</summary>
/// <param name="store">The store.</param>
/// <param name="map">The objects of the session.</param>
/// <param name="withTracking">Whether the session tracks the objects that it loads.</param>
internal sealed class DocumentMaterializer(Store store, IdentityMap map, bool withTracking)
{
    /// <summary>
    /// Returns the objects of these rows with their ids. An object that the session already tracks is reused. Documents whose
    /// type isn't a <typeparamref name="T"/> are skipped.
    /// </summary>
    public IEnumerable<(long Id, T Entity)> Materialize<T>(IEnumerable<Document> documents)
        where T : class
    {
        var entities = new List<(long, T)>();

        foreach (var document in documents)
        {
            if (FindOrCreate(document, typeof(T)) is T typed)
            {
                entities.Add((document.Id, typed));
            }
        }

        return entities;
    }

    private object? FindOrCreate(Document document, Type wanted)
    {
        if (withTracking && map.TryGet(document.Id, out var entry))
        {
            return entry.Entity;
        }

        var type = store.TypeNames.Resolve(document.Type, wanted);

        if (!wanted.IsAssignableFrom(type))
        {
            return null;
        }

        var entity = store.Configuration.ContentSerializer.Deserialize(document.Content, type)
            ?? throw new InvalidOperationException($"The document {document.Id} of type '{document.Type}' is empty.");
        store.IdAccessor.Set(entity, document.Id);
        store.VersionAccessor.Set(entity, document.Version);

        if (withTracking)
        {
            map.Add(new TrackedDocument(entity, document) { IsStored = true });
        }

        return entity;
    }
}
