namespace YesSql.Indexes;

/// <summary>How documents of one type are mapped to the rows of one index.</summary>
public class IndexDescriptor
{
    public Type Type { get; set; } = null!;

    public Type IndexType { get; set; } = null!;

    public Func<object, bool>? Filter { get; set; }

    public Func<object, CancellationToken, Task<IEnumerable<IIndex>>> Map { get; set; } = null!;

    /// <summary>Whether the map can return several rows for one document.</summary>
    internal bool CanHaveMultipleRows { get; set; }
}
