using Microsoft.Extensions.Diagnostics.HealthChecks;
using YesSql;

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
        var failed = (await session.Query<LastDelivery, LastDeliveryIndex>(index => index.Status == wanted).ListAsync()).ToArray();

        return failed.Length == 0
            ? HealthCheckResult.Healthy("No mail server failed with its last mail.")
            : HealthCheckResult.Degraded(
                failed.Length == 1 ? "One mail server failed with its last mail." : $"{failed.Length} mail servers failed with their last mail.",
                data: failed.DistinctBy(delivery => delivery.ConfigurationId).ToDictionary(delivery => delivery.ConfigurationId, delivery => (object)(delivery.Result?.Error?.Code ?? "")));
    }
}
