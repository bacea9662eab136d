#nullable disable // As the real one: an override is free to say what may be null.

namespace YesSql;

public static class SessionExtensions
{
    /// <summary>The document of this id, or null.</summary>
    public static async Task<T> GetAsync<T>(this ISession session, long id, string collection = null)
        where T : class
    {
        OneCollection.Check(collection);

        return (await session.GetAsync<T>([id])).FirstOrDefault();
    }
}
