using Horilla.Modules.OutgoingMail.Configurations;
using OrchardCore.Environment.Shell.Scope;

namespace Horilla.Modules.OutgoingMail.Smtp;

/// <summary>Closes the connections of a configuration that was changed or deleted, once that is saved.</summary>
public sealed class SmtpConfigurationEvents(SmtpConnectionPools pools) : IConfigurationEvents
{
    /// <inheritdoc />
    public Task SavedAsync(OutgoingMailConfiguration configuration) => RetireAsync(configuration.ConfigurationId, configuration.Revision);

    /// <inheritdoc />
    public Task DeletedAsync(OutgoingMailConfiguration configuration) => RetireAsync(configuration.ConfigurationId, revision: null);

    private Task RetireAsync(string configurationId, string? revision)
    {
        ShellScope.AddDeferredTask(_ =>
        {
            pools.Retire(configurationId, revision);

            return Task.CompletedTask;
        });

        return Task.CompletedTask;
    }
}
