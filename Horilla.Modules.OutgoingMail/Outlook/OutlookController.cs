using System.Globalization;
using Horilla.Modules.OutgoingMail.Admin;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Sends the browser to Microsoft's sign-in, and refreshes tokens.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class OutlookController(
    IAuthorizationService authorizationService,
    ConfigurationManager configurations,
    OutlookSignInFlow flow,
    OutlookTokens tokens,
    OutlookFailures failures,
    INotifier notifier,
    ILocalClock localClock,
    IHtmlLocalizer<OutlookController> htmlLocalizer) : Controller
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Goes to Microsoft's sign-in.</summary>
    [HttpPost]
    public async Task<IActionResult> LoginOutlook(string id, string? account, OutlookMailbox mailbox)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers))
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { Type: OutlookServerType.TechnicalName } configuration)
        {
            return this.Gone();
        }

        try
        {
            return Redirect((await flow.BeginAsync(configuration, account, mailbox, HttpContext.RequestAborted)).AbsoluteUri);
        }
        catch (DeliveryException e)
        {
            await notifier.ErrorAsync(H["{0} {1}", e.Error.Message, e.Error.NextStep]);

            return RedirectToAction(nameof(AdminController.Index), "Admin");
        }
    }

    /// <summary>Forces a refresh, and says until when the token lasts, or why it failed.</summary>
    [HttpPost]
    public async Task<IActionResult> RefreshToken(string id, string? returnUrl)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers))
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { Type: OutlookServerType.TechnicalName } configuration)
        {
            return this.Gone();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted);
        limit.CancelAfter(TimeSpan.FromSeconds(configuration.TimeoutSeconds));

        await HttpContext.RequestServices.GetRequiredService<ISession>().ReleaseConnectionAsync();

        try
        {
            var token = await tokens.AcquireAsync(configuration, force: true, largeMails: false, limit.Token);
            var until = await localClock.ConvertToLocalAsync(token.ExpiresUtc);
            await notifier.SuccessAsync(H["The token of <strong>{0}</strong> was refreshed. It lasts until {1}, and is refreshed again before that.", configuration.Title, until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]);
        }
        catch (DeliveryException e)
        {
            await TellAsync(configuration, e.Error);
        }
        catch (OperationCanceledException) when (!HttpContext.RequestAborted.IsCancellationRequested)
        {
            await TellAsync(configuration, failures.Timeout(configuration, DeliveryStep.SignIn));
        }

        return this.ToList(returnUrl);
    }

    private ValueTask TellAsync(OutgoingMailConfiguration configuration, OutgoingMailError error)
        => notifier.ErrorAsync(H["The token of <strong>{0}</strong> was not refreshed: {1} {2}", configuration.Title, error.Message, error.NextStep]);
}
