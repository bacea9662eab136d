namespace YesSql.Indexes;

/// <summary>An index row that belongs to one document. Its public properties with a setter are the columns.</summary>
public abstract class MapIndex : IIndex
{
    public long Id { get; set; }
}
