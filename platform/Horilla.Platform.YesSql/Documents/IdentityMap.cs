using System.Diagnostics.CodeAnalysis;

namespace Horilla.Platform.Storage.Documents;

/// <summary>One object for each document of a session, in the order in which they came.</summary>
internal sealed class IdentityMap
{
    private readonly Dictionary<long, Entry> _byId = [];
    private readonly Dictionary<object, Entry> _byEntity = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<Entry> Entries => _byId.Values;

    public bool TryGet(long id, [NotNullWhen(true)] out Entry? entry) => _byId.TryGetValue(id, out entry);

    public bool TryGet(object entity, [NotNullWhen(true)] out Entry? entry) => _byEntity.TryGetValue(entity, out entry);

    public void Add(Entry entry)
    {
        _byId.Add(entry.Document.Id, entry);
        _byEntity.Add(entry.Entity, entry);
    }

    public void Remove(Entry entry)
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
