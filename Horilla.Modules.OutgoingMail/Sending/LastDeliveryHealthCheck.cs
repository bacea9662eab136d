using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Checks whether a server is failing. That makes the site degraded, not unhealthy, because a restart wouldn't help. A message
/// that a server rejects doesn't count. The data has the error code for each configuration ID.
/// </summary>
/// <param name="store">The store of the last deliveries.</param>
public sealed class LastDeliveryHealthCheck(IStore store) : IHealthCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "outgoing_mail";

    /// <summary>Where an admin panel that shows the check leads to.</summary>
    public const string AddressTag = "href:~/Admin/OutgoingMail";

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        const string failing = nameof(ServerStatus.Failing);
        await using var session = store.CreateSession();
        var ids = (await session.Query<LastDelivery, LastDeliveryIndex>(index => index.Status == failing).ListAsync()).Select(delivery => delivery.ConfigurationId).Distinct().ToArray();

        // Two concurrent first writes create two documents: the newer one counts, as in the list.
        var failed = ids.Length == 0
            ? []
            : (await session.Query<LastDelivery, LastDeliveryIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync())
                .GroupBy(delivery => delivery.ConfigurationId)
                .Select(group => group.MaxBy(delivery => delivery.AtUtc)!)
                .Where(delivery => delivery.Status == ServerStatus.Failing)
                .ToArray();

        if (failed.Length == 0 && await session.QueryIndex<OutgoingMailConfigurationIndex>().CountAsync() == 0)
        {
            // Not a failure: a new site is ready for traffic.
            return HealthCheckResult.Healthy("This site can't send email until you add a mail server.", new Dictionary<string, object> { ["nextStep"] = true });
        }

        return failed.Length == 0
            ? HealthCheckResult.Healthy("No mail server is failing.")
            : HealthCheckResult.Degraded(
                failed.Length == 1 ? "One mail server is failing." : $"{failed.Length} mail servers are failing.",
                data: failed.ToDictionary(delivery => delivery.ConfigurationId, delivery => (object)(delivery.ServerFailure?.Error?.Code ?? "")));
    }
}
