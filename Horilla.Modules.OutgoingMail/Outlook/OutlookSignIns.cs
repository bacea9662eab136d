using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads and forgets who is signed in. Scoped.</summary>
public sealed class OutlookSignIns(ISession session)
{
    /// <summary>Who is signed in for these configurations, by their ids; those without a sign-in are left out.</summary>
    public async Task<IReadOnlyDictionary<string, OutlookSignIn>> FindAsync(IReadOnlyCollection<string> configurationIds)
    {
        var ids = configurationIds.ToArray();
        var found = ids.Length == 0 ? [] : await session.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync();

        return found.GroupBy(signIn => signIn.ConfigurationId).ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>Who is signed in for a configuration; null for nobody.</summary>
    public async Task<OutlookSignIn?> FindAsync(string configurationId) => (await FindAsync([configurationId])).GetValueOrDefault(configurationId);

    /// <summary>Forgets the tokens of a configuration, with the request.</summary>
    public async Task ForgetAsync(string configurationId)
    {
        foreach (var signIn in await session.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId == configurationId).ListAsync())
        {
            session.Delete(signIn);
        }
    }
}
