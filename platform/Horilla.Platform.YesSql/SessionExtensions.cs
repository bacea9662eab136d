#nullable disable // As in YesSql, so that overrides choose their own nullability.

namespace YesSql;

public static class SessionExtensions
{
    /// <summary>Returns the document with this id, or null if there is none.</summary>
    public static async Task<T> GetAsync<T>(this ISession session, long id, string collection = null)
        where T : class
    {
        DefaultCollection.ThrowIfNamed(collection);

        return (await session.GetAsync<T>([id])).FirstOrDefault();
    }
}
