namespace YesSql.Indexes;

/// <summary>A row that stands for one document. Its public properties with a setter are the columns.</summary>
public abstract class MapIndex : IIndex
{
    public long Id { get; set; }
}
