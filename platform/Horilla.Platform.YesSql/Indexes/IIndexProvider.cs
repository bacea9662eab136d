namespace YesSql.Indexes;

public interface IIndexProvider
{
    string? CollectionName { get; set; }

    Type ForType();

    void Describe(IDescriptor context);
}
