namespace YesSql.Indexes;

/// <summary>Maps documents of type <typeparamref name="T"/> to rows of indexes.</summary>
public abstract class IndexProvider<T> : IIndexProvider
{
    public string? CollectionName { get; set; }

    public Type ForType() => typeof(T);

    public abstract void Describe(DescribeContext<T> context);

    void IIndexProvider.Describe(IDescriptor context) => Describe((DescribeContext<T>)context);
}
