using Microsoft.Extensions.Diagnostics.HealthChecks;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Whether each sign-in with Microsoft lasts, so that an operator hears of one that lapsed before a mail fails. The data
/// has the code of the problem by the id of the configuration.
/// </summary>
/// <param name="store">Where sign-ins are stored.</param>
public sealed class OutlookSignInsHealthCheck(IStore store) : IHealthCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "outgoing_mail_outlook";

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var session = store.CreateSession();
        var lapsed = (await session.Query<OutlookSignIn, OutlookSignInIndex>().ListAsync()).Where(signIn => !signIn.IsUsable).ToArray();

        return lapsed.Length == 0
            ? HealthCheckResult.Healthy("No sign-in of an Outlook server has lapsed.")
            : HealthCheckResult.Degraded(
                lapsed.Length == 1 ? "The sign-in of one Outlook server has lapsed." : $"The sign-ins of {lapsed.Length} Outlook servers have lapsed.",
                data: lapsed.DistinctBy(signIn => signIn.ConfigurationId).ToDictionary(signIn => signIn.ConfigurationId, signIn => (object)(signIn.Problem?.Code ?? "")));
    }
}
