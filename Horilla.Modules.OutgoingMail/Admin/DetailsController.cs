using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.ModelBinding;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Shows a single mail server.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class DetailsController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    LastDeliveryStore lastDeliveries,
    EditConflictComparer settings,
    ListRequestState state,
    IDisplayManager<OutgoingMailConfiguration> displayManager,
    IUpdateModelAccessor updateModelAccessor) : ServerActionController(authorizationService, configurations)
{
    /// <summary>Shows the settings and the status of a server, with all actions of its row in the list.</summary>
    [HttpGet]
    public Task<IActionResult> Details(string id, string? returnUrl)
        => WithServerAsync(id, OutgoingMailPermissions.ViewOutgoingMailServers, async configuration =>
        {
            var primaryId = await Configurations.GetPrimaryIdAsync();
            var list = Url.IsLocalUrl(returnUrl) ? returnUrl : null;
            await state.LoadAsync([configuration.ConfigurationId], primaryId, list, User, Request.PathBase + Request.Path + Request.QueryString);

            return View(new DetailsViewModel
            {
                Configuration = configuration,
                IsPrimary = configuration.ConfigurationId == primaryId,
                Settings = await settings.GetSettingsAsync(configuration),
                LastDelivery = await lastDeliveries.FindAsync(configuration.ConfigurationId),
                CanManage = state.CanManage,
                ReturnUrl = list,
                Row = await displayManager.BuildDisplayAsync(configuration, updateModelAccessor.ModelUpdater, "SummaryAdmin"),
            });
        });
}
