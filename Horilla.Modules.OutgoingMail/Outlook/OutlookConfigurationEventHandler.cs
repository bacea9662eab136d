using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Deletes the tokens of a configuration when it's deleted, or when an edit makes them unusable.</summary>
public sealed class OutlookConfigurationEventHandler(OutlookSignInStore signIns, INotifier notifier, IHtmlLocalizer<OutlookConfigurationEventHandler> htmlLocalizer) : IConfigurationEvents
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <inheritdoc />
    public async Task SavedAsync(OutgoingMailConfiguration configuration)
    {
        if (configuration.Type == OutlookServerType.TechnicalName
            && await signIns.FindAsync(configuration.ConfigurationId) is { } signIn
            && !signIn.IsFor(configuration))
        {
            await signIns.DeleteAsync(configuration.ConfigurationId);
            await notifier.WarningAsync(H["The sign-in of <strong>{0}</strong> was removed because it was for a different application, tenant or user name.", signIn.AccountName]);
        }
    }

    /// <inheritdoc />
    public Task DeletedAsync(OutgoingMailConfiguration configuration) => signIns.DeleteAsync(configuration.ConfigurationId);
}
