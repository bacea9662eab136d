using Horilla.Modules.OutgoingMail.ServerTypes;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Closes the connections of a configuration that was changed or deleted, after the change is committed.</summary>
public sealed class SmtpConfigurationEventHandler(SmtpConnectionPoolProvider pools) : IConfigurationEvents
{
    /// <inheritdoc />
    public Task SavedAsync(OutgoingMailConfiguration configuration) => DrainAsync(configuration.ConfigurationId, configuration.ConcurrencyStamp);

    /// <inheritdoc />
    public Task DeletedAsync(OutgoingMailConfiguration configuration) => DrainAsync(configuration.ConfigurationId, revision: null);

    private Task DrainAsync(string configurationId, string? revision)
    {
        ShellScope.AddDeferredTask(_ =>
        {
            pools.Drain(configurationId, revision);

            return Task.CompletedTask;
        });

        return Task.CompletedTask;
    }
}
