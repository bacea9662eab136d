using System.Globalization;
using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Redirects the browser to Microsoft's sign-in, and refreshes tokens.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class OutlookController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    OutlookSignInFlow flow,
    OutlookTokenProvider tokens,
    INotifier notifier,
    ILocalClock localClock,
    IHtmlLocalizer<OutlookController> htmlLocalizer) : ServerActionController(authorizationService, configurations)
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Starts a sign-in and redirects to Microsoft.</summary>
    [HttpPost]
    public Task<IActionResult> LoginOutlook(string id, string? account, OutlookMailbox mailbox)
        => WithOutlookServerAsync(id, async configuration =>
        {
            try
            {
                return Redirect((await flow.BeginAsync(configuration, account, mailbox, HttpContext.RequestAborted)).AbsoluteUri);
            }
            catch (DeliveryException e)
            {
                await notifier.ErrorAsync(H["{0} {1}", e.Error.Message, e.Error.NextStep]);

                return RedirectToAction(nameof(AdminController.Index), "Admin");
            }
        });

    /// <summary>Forces a token refresh, and shows until when the token is valid or why the refresh failed.</summary>
    [HttpPost]
    public Task<IActionResult> RefreshToken(string id, string? returnUrl)
        => WithOutlookServerAsync(id, async configuration =>
        {
            await HttpContext.RequestServices.GetRequiredService<ISession>().CommitAndReleaseConnectionAsync();

            try
            {
                var token = await tokens.RefreshAsync(configuration, HttpContext.RequestAborted);
                var until = await localClock.ConvertToLocalAsync(new DateTimeOffset(token.ExpiresUtc, TimeSpan.Zero));
                await notifier.SuccessAsync(H["The token of <strong>{0}</strong> was refreshed. It's valid until {1} and will be refreshed automatically before then.", configuration.Title, until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]);
            }
            catch (DeliveryException e)
            {
                await notifier.ErrorAsync(H["The token of <strong>{0}</strong> couldn't be refreshed: {1} {2}", configuration.Title, e.Error.Message, e.Error.NextStep]);
            }

            return this.RedirectToList(returnUrl);
        });

    private Task<IActionResult> WithOutlookServerAsync(string id, Func<OutgoingMailConfiguration, Task<IActionResult>> action)
        => WithServerAsync(id, OutgoingMailPermissions.ManageOutgoingMailServers, action, OutlookServerType.TechnicalName);
}
