using System.Collections;

namespace OrchardCore.DisplayManagement.Shapes;

/// <summary>Shape types without duplicates. One that is added again moves to the end.</summary>
public sealed class AlternatesCollection : IEnumerable<string>
{
    private readonly List<string> _alternates = [];

    public AlternatesCollection(params string[] alternates)
    {
        AddRange(alternates);
    }

    public int Count => _alternates.Count;

    public string? Last => _alternates.LastOrDefault();

    public string this[int index] => _alternates[index];

    public void Add(string alternate)
    {
        _alternates.Remove(alternate);
        _alternates.Add(alternate);
    }

    public void AddRange(IEnumerable<string> alternates)
    {
        foreach (var alternate in alternates)
        {
            Add(alternate);
        }
    }

    public void Remove(string alternate) => _alternates.Remove(alternate);

    public void Clear() => _alternates.Clear();

    public bool Contains(string alternate) => _alternates.Contains(alternate);

    public IEnumerator<string> GetEnumerator() => _alternates.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
