using YesSql;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>How sessions are used where a server is spoken to.</summary>
internal static class SessionExtensions
{
    /// <summary>
    /// Gives the session's connection back before a server is spoken to, which may take as long as its timeout: a page must
    /// not hold one of the tenant's few connections for that. What was saved in the request is committed by it. Objects that
    /// were loaded before are not the session's afterwards.
    /// </summary>
    public static Task ReleaseConnectionAsync(this ISession session) => session.SaveChangesAsync();
}
