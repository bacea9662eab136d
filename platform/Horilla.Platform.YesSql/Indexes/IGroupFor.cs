namespace YesSql.Indexes;

/// <summary>What a map gives back. Reduce indexes are not part of this store.</summary>
public interface IGroupFor<TIndex>
    where TIndex : IIndex
{
}
