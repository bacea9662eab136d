using Microsoft.Extensions.DependencyInjection;

namespace Horilla.Modules.OutgoingMail.Outbox;

/// <summary>Adds what the outbox needs outside of tenants.</summary>
public static class OutgoingMailHostExtensions
{
    /// <summary>
    /// Starts tenants with waiting messages when the host starts. Without it, their messages are sent from their first request
    /// on. Call it on the host's builder, before <c>AddOrchardCms</c> or after it.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    public static IServiceCollection AddOutgoingMailTenantStart(this IServiceCollection services) => services.AddHostedService<WaitingTenantStarter>();
}
