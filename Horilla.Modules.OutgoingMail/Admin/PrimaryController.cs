using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Chooses the primary mail server.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class PrimaryController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    INotifier notifier,
    IHtmlLocalizer<PrimaryController> htmlLocalizer) : ServerActionController(authorizationService, configurations)
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Makes a server the primary.</summary>
    [HttpPost]
    public Task<IActionResult> MakePrimary(string id, string? returnUrl)
        => WithServerAsync(id, OutgoingMailPermissions.ManageOutgoingMailServers, async configuration =>
        {
            await Configurations.SetPrimaryAsync(configuration.ConfigurationId);
            await notifier.SuccessAsync(H["<strong>{0}</strong> is now the primary mail server.", configuration.Title]);

            return this.RedirectToList(returnUrl);
        });
}
