using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Log;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Deletes mail servers after confirmation.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class DeleteController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    ServerHistoryReader history,
    INotifier notifier,
    IHtmlLocalizer<DeleteController> htmlLocalizer) : ServerActionController(authorizationService, configurations)
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Shows the confirmation page.</summary>
    [HttpGet]
    public Task<IActionResult> Delete(string id, CancellationToken cancellationToken)
        => WithServerAsync(id, OutgoingMailPermissions.ManageOutgoingMailServers, async configuration =>
        {
            var primaryId = await Configurations.GetPrimaryIdAsync();
            var isPrimary = primaryId == configuration.ConfigurationId;
            var next = (await Configurations.FindOldestAsync(configuration.ConfigurationId))?.Title;

            return View(new DeleteViewModel
            {
                Configuration = configuration,
                IsPrimary = isPrimary,
                NextPrimaryTitle = next,
                Waiting = new WaitingMessagesViewModel(
                    await history.CountWaitingAsync([configuration.ConfigurationId], cancellationToken),
                    isPrimary ? next : (await Configurations.FindAsync(primaryId))?.Title),
            });
        });

    /// <summary>Deletes a server.</summary>
    [HttpPost]
    [ActionName(nameof(Delete))]
    public Task<IActionResult> DeletePost(string id, string? returnUrl)
        => WithServerAsync(id, OutgoingMailPermissions.ManageOutgoingMailServers, async configuration =>
        {
            var next = await Configurations.DeleteAsync(configuration);
            await notifier.SuccessAsync(H["The mail server <strong>{0}</strong> was deleted.", configuration.Title]);

            if (next is not null)
            {
                await notifier.WarningAsync(H["It was the primary mail server. The new primary is <strong>{0}</strong>.", next.Title]);
            }

            return this.RedirectToList(returnUrl);
        });
}
