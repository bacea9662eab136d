using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Deletes the tokens of a configuration when it's deleted, or when an edit makes them unusable, and notes whether it requires a sign-in.</summary>
public sealed class OutlookConfigurationEventHandler(
    OutlookSignInStore signIns,
    ISignInRequirements requirements,
    INotifier notifier,
    IHtmlLocalizer<OutlookConfigurationEventHandler> htmlLocalizer) : IConfigurationEvents
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <inheritdoc />
    public async Task SavedAsync(OutgoingMailConfiguration configuration)
    {
        if (configuration.Type != OutlookServerType.TechnicalName)
        {
            return;
        }

        var signIn = await signIns.FindAsync(configuration.ConfigurationId);
        var isFor = signIn?.IsFor(configuration) == true;
        await requirements.SetAsync(configuration.ConfigurationId, isRequired: !isFor || !signIn!.IsUsable);

        if (signIn is not null && !isFor)
        {
            await signIns.DeleteAsync(configuration.ConfigurationId);
            await notifier.WarningAsync(H["The sign-in of <strong>{0}</strong> was removed because it was for a different application, tenant or user name.", signIn.AccountName]);
        }
    }

    /// <inheritdoc />
    public Task DeletedAsync(OutgoingMailConfiguration configuration) => signIns.DeleteAsync(configuration.ConfigurationId);
}
