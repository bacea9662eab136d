using OrchardCore.Entities;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;

namespace Horilla.Platform.Admin.Users;

/// <summary>
/// Remembers sessions that were ended by signing out until they would have expired, so that a copied cookie is useless. They
/// are stored with the user, who is loaded for each request anyway. Thread-safe.
/// </summary>
internal sealed class RevokedSessions(IStore store, TimeProvider time)
{
    /// <summary>The maximum number of ended sessions to keep per user. A user who exceeds it is signed out everywhere.</summary>
    private const int MaxSessions = 200;

    private const int MaxTries = 10;

    /// <summary>Whether a session was ended.</summary>
    public static bool IsRevoked(User user, SignInSession session) => user.GetOrCreate<Ended>().Sessions.ContainsKey(session.Id);

    /// <summary>Ends a session, in a separate transaction.</summary>
    /// <param name="userId">The ID of the user.</param>
    /// <param name="ended">The session.</param>
    /// <param name="maxAge">The maximum lifetime of a session.</param>
    public async Task RevokeAsync(string userId, SignInSession ended, TimeSpan maxAge)
    {
        for (var tries = 1; ; tries++)
        {
            await using var session = store.CreateSession();

            if (await session.Query<User, UserIndex>(index => index.UserId == userId).FirstOrDefaultAsync() is not { } user)
            {
                return;
            }

            Add(user, ended, maxAge);

            try
            {
                await session.SaveAsync(user, checkConcurrency: true);
                await session.SaveChangesAsync();

                return;
            }
            catch (ConcurrencyException) when (tries < MaxTries)
            {
                // The user was changed concurrently: try again.
            }
        }
    }

    private void Add(User user, SignInSession ended, TimeSpan maxAge)
    {
        var now = time.GetUtcNow();
        var sessions = user.GetOrCreate<Ended>().Sessions.Where(other => other.Value > now).ToDictionary();
        sessions[ended.Id] = ended.SignedInUtc + maxAge;

        if (sessions.Count > MaxSessions)
        {
            user.SecurityStamp = Guid.NewGuid().ToString("N");
            sessions.Clear();
        }

        user.Put(new Ended { Sessions = sessions });
    }

    /// <summary>Stored with a user: the IDs of ended sessions, and until when to remember them.</summary>
    internal sealed class Ended
    {
        public Dictionary<string, DateTimeOffset> Sessions { get; set; } = [];
    }
}
