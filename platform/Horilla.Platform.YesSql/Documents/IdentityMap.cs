using System.Diagnostics.CodeAnalysis;

namespace Horilla.Platform.Storage.Documents;

/// <summary>One object for each document of a session, in the order in which they were added.</summary>
internal sealed class IdentityMap
{
    private readonly Dictionary<long, TrackedDocument> _byId = [];
    private readonly Dictionary<object, TrackedDocument> _byEntity = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<TrackedDocument> Entries => _byId.Values;

    public bool TryGet(long id, [NotNullWhen(true)] out TrackedDocument? entry) => _byId.TryGetValue(id, out entry);

    public bool TryGet(object entity, [NotNullWhen(true)] out TrackedDocument? entry) => _byEntity.TryGetValue(entity, out entry);

    public void Add(TrackedDocument entry)
    {
        _byId.Add(entry.Document.Id, entry);
        _byEntity.Add(entry.Entity, entry);
    }

    public void Remove(TrackedDocument entry)
    {
        _byId.Remove(entry.Document.Id);
        _byEntity.Remove(entry.Entity);
    }

    public void Clear()
    {
        _byId.Clear();
        _byEntity.Clear();
    }
}
