using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Drops the tokens of a configuration when it goes, or when they are of no use to it any more.</summary>
public sealed class OutlookConfigurationEvents(OutlookSignIns signIns, INotifier notifier, IHtmlLocalizer<OutlookConfigurationEvents> htmlLocalizer) : IConfigurationEvents
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <inheritdoc />
    public async Task SavedAsync(OutgoingMailConfiguration configuration)
    {
        if (configuration.Type == OutlookServerType.TechnicalName
            && await signIns.FindAsync(configuration.ConfigurationId) is { } signIn
            && signIn.Binding != OutlookTokens.BindingOf(configuration))
        {
            await signIns.ForgetAsync(configuration.ConfigurationId);
            await notifier.WarningAsync(H["The sign-in of <strong>{0}</strong> was dropped: it was for another application, tenant or user name.", signIn.AccountName]);
        }
    }

    /// <inheritdoc />
    public Task DeletedAsync(OutgoingMailConfiguration configuration) => signIns.ForgetAsync(configuration.ConfigurationId);
}
