namespace YesSql;

internal static class DefaultCollection
{
    public static void ThrowIfNamed(string? collection)
    {
        if (!string.IsNullOrEmpty(collection))
        {
            throw new NotSupportedException($"The collection '{collection}' doesn't exist. This store has a single collection, which has no name.");
        }
    }
}
