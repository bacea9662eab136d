using OrchardCore.Entities;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;

namespace Horilla.Platform.Admin.Users;

/// <summary>
/// Remembers which sign-ins were ended by signing out, until they would have ended by themselves: a copied cookie is of no
/// use then. They are kept with the user, who is read with each request anyway. Thread-safe.
/// </summary>
internal sealed class EndedSessions(IStore store, TimeProvider time)
{
    /// <summary>The most that are kept of a user. One who signs out more often is signed out everywhere.</summary>
    private const int MaxSessions = 200;

    private const int MaxTries = 10;

    /// <summary>Whether a sign-in was ended.</summary>
    public static bool Has(User user, SignInSession session) => user.GetOrCreate<Ended>().Sessions.ContainsKey(session.Id);

    /// <summary>Ends a sign-in, in a transaction of its own.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="ended">The sign-in.</param>
    /// <param name="maxAge">How long a sign-in lasts at most.</param>
    public async Task AddAsync(string userId, SignInSession ended, TimeSpan maxAge)
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
                // Somebody else changed the user at the same moment.
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

    /// <summary>What is stored with a user: the ids of the sign-ins, and until when they have to be remembered.</summary>
    internal sealed class Ended
    {
        public Dictionary<string, DateTimeOffset> Sessions { get; set; } = [];
    }
}
