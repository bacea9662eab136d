using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads and deletes sign-ins. Scoped.</summary>
public sealed class OutlookSignInStore(ISession session)
{
    /// <summary>Returns the sign-ins of configurations, by configuration ID. Configurations without a sign-in are left out.</summary>
    public async Task<IReadOnlyDictionary<string, OutlookSignIn>> FindAsync(IReadOnlyCollection<string> configurationIds)
    {
        var ids = configurationIds.ToArray();
        var found = ids.Length == 0 ? [] : await session.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync();

        return found.GroupBy(signIn => signIn.ConfigurationId).ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>Returns the sign-in of a configuration, or null if there is none.</summary>
    public async Task<OutlookSignIn?> FindAsync(string configurationId) => (await FindAsync([configurationId])).GetValueOrDefault(configurationId);

    /// <summary>Deletes the sign-in of a configuration when the request commits.</summary>
    public async Task DeleteAsync(string configurationId)
    {
        foreach (var signIn in await session.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId == configurationId).ListAsync())
        {
            session.Delete(signIn);
        }
    }
}
