using YesSql;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Handles sessions around calls to mail servers.</summary>
internal static class SessionExtensions
{
    /// <summary>
    /// Releases the session's database connection before a mail server is called. The call may take as long as its timeout,
    /// and a page must not hold one of the tenant's few connections for that time. Commits what the request has saved.
    /// The session no longer tracks objects that were loaded before.
    /// </summary>
    public static Task CommitAndReleaseConnectionAsync(this ISession session) => session.SaveChangesAsync();
}
