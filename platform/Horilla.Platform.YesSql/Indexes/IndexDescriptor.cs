namespace YesSql.Indexes;

/// <summary>How the rows of one index are made of one type of document.</summary>
public class IndexDescriptor
{
    public Type Type { get; set; } = null!;

    public Type IndexType { get; set; } = null!;

    public Func<object, bool>? Filter { get; set; }

    public Func<object, CancellationToken, Task<IEnumerable<IIndex>>> Map { get; set; } = null!;

    /// <summary>Whether the map may give one document several rows.</summary>
    internal bool YieldsSeveral { get; set; }
}
