using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Scope;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Reads, stores and deletes sign-ins. Scoped.</summary>
public sealed class OutlookSignInStore(ISession session)
{
    /// <summary>The sign-ins that this request stores after it ends.</summary>
    private readonly Dictionary<string, OutlookSignIn> _deferredSignIns = [];

    /// <summary>Returns the sign-ins of configurations, by configuration ID. Configurations without a sign-in are left out.</summary>
    public async Task<IReadOnlyDictionary<string, OutlookSignIn>> FindAsync(IReadOnlyCollection<string> configurationIds)
    {
        var ids = configurationIds.ToArray();
        var found = ids.Length == 0 ? [] : await session.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync();

        return found.GroupBy(signIn => signIn.ConfigurationId).ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>Returns the sign-in of a configuration, or null if there is none.</summary>
    public async Task<OutlookSignIn?> FindAsync(string configurationId) => (await FindAsync([configurationId])).GetValueOrDefault(configurationId);

    /// <summary>Returns the latest sign-in of a configuration, or null if there is none. Reads it in a new session, because the session of the request may have an older version.</summary>
    public async Task<OutlookSignIn?> FindLatestAsync(string configurationId)
    {
        await using var newSession = session.Store.CreateSession();

        return _deferredSignIns.GetValueOrDefault(configurationId) ?? await FindAsync(newSession, configurationId);
    }

    /// <summary>Stores a sign-in at once in its own transaction or, if the request has an open transaction, right after the request.</summary>
    /// <param name="signIn">The sign-in.</param>
    /// <param name="isNew">Whether an account has just signed in. Otherwise nothing is stored if the sign-in was deleted in the meantime.</param>
    public async Task StoreAsync(OutlookSignIn signIn, bool isNew)
    {
        if (session.CurrentTransaction is null)
        {
            await using var newSession = session.Store.CreateSession();
            await StoreAsync(newSession, signIn, isNew);
            await newSession.SaveChangesAsync();
        }
        else
        {
            // The request has an open transaction, and not every database supports two writers at once.
            _deferredSignIns[signIn.ConfigurationId] = signIn;
            ShellScope.AddDeferredTask(scope => StoreAsync(scope.ServiceProvider.GetRequiredService<ISession>(), signIn, isNew));
        }
    }

    /// <summary>Deletes the sign-in of a configuration when the request commits.</summary>
    public async Task DeleteAsync(string configurationId)
    {
        foreach (var signIn in await session.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId == configurationId).ListAsync())
        {
            session.Delete(signIn);
        }
    }

    private static async Task StoreAsync(ISession documentSession, OutlookSignIn signIn, bool isNew)
    {
        if (await FindAsync(documentSession, signIn.ConfigurationId) is { } stored)
        {
            documentSession.Delete(stored);
        }
        else if (!isNew || await documentSession.FindConfigurationAsync(signIn.ConfigurationId) is null)
        {
            // The sign-in or its server was deleted in the meantime: don't store it again.
            return;
        }

        signIn.Id = 0;
        await documentSession.SaveAsync(signIn);
        await documentSession.SetSignInRequiredAsync(signIn.ConfigurationId, !signIn.IsUsable);
    }

    private static async Task<OutlookSignIn?> FindAsync(ISession documentSession, string configurationId)
        => await documentSession.Query<OutlookSignIn, OutlookSignInIndex>(index => index.ConfigurationId == configurationId).FirstOrDefaultAsync();
}
