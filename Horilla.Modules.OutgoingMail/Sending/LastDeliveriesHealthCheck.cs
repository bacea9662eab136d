using Microsoft.Extensions.Diagnostics.HealthChecks;
using YesSql;
using YesSql.Services;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>
/// Whether the last mail through each server went out. A server that failed degrades the site and does not make it
/// unhealthy, for no restart would help. The data has the code of the error by the id of the configuration.
/// </summary>
/// <param name="store">Where it is stored how they went.</param>
public sealed class LastDeliveriesHealthCheck(IStore store) : IHealthCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "outgoing_mail";

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        const string wanted = nameof(OutgoingMailStatus.Failed);
        await using var session = store.CreateSession();
        var ids = (await session.Query<LastDelivery, LastDeliveryIndex>(index => index.Status == wanted).ListAsync()).Select(delivery => delivery.ConfigurationId).Distinct().ToArray();

        // Two first notes at the same moment make two documents: the newer one counts, as in the list.
        var failed = ids.Length == 0
            ? []
            : (await session.Query<LastDelivery, LastDeliveryIndex>(index => index.ConfigurationId.IsIn(ids)).ListAsync())
                .GroupBy(delivery => delivery.ConfigurationId)
                .Select(group => group.MaxBy(delivery => delivery.AtUtc)!)
                .Where(delivery => delivery.Result?.Status == OutgoingMailStatus.Failed)
                .ToArray();

        return failed.Length == 0
            ? HealthCheckResult.Healthy("No mail server failed with its last mail.")
            : HealthCheckResult.Degraded(
                failed.Length == 1 ? "One mail server failed with its last mail." : $"{failed.Length} mail servers failed with their last mail.",
                data: failed.ToDictionary(delivery => delivery.ConfigurationId, delivery => (object)(delivery.Result?.Error?.Code ?? "")));
    }
}
