using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Checks whether each sign-in to Microsoft is still valid, so that an operator learns of an expired one before a message
/// fails. The data has the error code for each configuration ID.
/// </summary>
/// <param name="store">The store of the sign-ins.</param>
public sealed class OutlookSignInHealthCheck(IStore store) : IHealthCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "outgoing_mail_outlook";

    /// <summary>Where an admin panel that shows the check leads to.</summary>
    public const string AddressTag = "href:~/Admin/OutgoingMail?status=signinrequired";

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var session = store.CreateSession();
        var expired = (await session.Query<OutlookSignIn, OutlookSignInIndex>().ListAsync()).Where(signIn => !signIn.IsUsable).ToArray();

        var pending = await session.QueryIndex<SignInRequirementIndex>().CountAsync() - expired.Length;

        if (expired.Length == 0 && pending > 0)
        {
            // Not a failure: nobody has signed in yet, or an edit removed the sign-in.
            return HealthCheckResult.Healthy(
                pending == 1 ? "One mail server is waiting for a sign-in." : $"{pending} mail servers are waiting for a sign-in.",
                new Dictionary<string, object> { ["nextStep"] = true });
        }

        return expired.Length == 0
            ? HealthCheckResult.Healthy("No sign-in to Microsoft has expired.")
            : HealthCheckResult.Degraded(
                expired.Length == 1 ? "One Outlook server needs a new sign-in." : $"{expired.Length} Outlook servers need a new sign-in.",
                data: expired.DistinctBy(signIn => signIn.ConfigurationId).ToDictionary(signIn => signIn.ConfigurationId, signIn => (object)(signIn.Problem?.Code ?? "")));
    }
}
