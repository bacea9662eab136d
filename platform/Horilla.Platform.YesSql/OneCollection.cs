namespace YesSql;

internal static class OneCollection
{
    public static void Check(string? collection)
    {
        if (!string.IsNullOrEmpty(collection))
        {
            throw new NotSupportedException($"The collection '{collection}' is not there: this store has one collection, without a name.");
        }
    }
}
