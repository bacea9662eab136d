namespace YesSql.Indexes;

/// <summary>The result of a map. This store doesn't support reduce indexes.</summary>
public interface IGroupFor<TIndex>
    where TIndex : IIndex
{
}
