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

/// <summary>Redirects the browser to Microsoft's sign-in, and refreshes tokens.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class OutlookController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    OutlookSignInFlow flow,
    OutlookTokenProvider tokens,
    OutlookErrors errors,
    INotifier notifier,
    ILocalClock localClock,
    IHtmlLocalizer<OutlookController> htmlLocalizer) : Controller
{
    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Starts a sign-in and redirects to Microsoft.</summary>
    [HttpPost]
    public async Task<IActionResult> LoginOutlook(string id, string? account, OutlookMailbox mailbox)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers))
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { Type: OutlookServerType.TechnicalName } configuration)
        {
            return this.ServerNotFound();
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

    /// <summary>Forces a token refresh, and shows until when the token is valid or why the refresh failed.</summary>
    [HttpPost]
    public async Task<IActionResult> RefreshToken(string id, string? returnUrl)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers))
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { Type: OutlookServerType.TechnicalName } configuration)
        {
            return this.ServerNotFound();
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted);
        timeout.CancelAfter(TimeSpan.FromSeconds(configuration.TimeoutSeconds));

        await HttpContext.RequestServices.GetRequiredService<ISession>().CommitAndReleaseConnectionAsync();

        try
        {
            var token = await tokens.AcquireAsync(configuration, force: true, forLargeMessage: false, timeout.Token);
            var until = await localClock.ConvertToLocalAsync(token.ExpiresUtc);
            await notifier.SuccessAsync(H["The token of <strong>{0}</strong> was refreshed. It's valid until {1} and will be refreshed automatically before then.", configuration.Title, until.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)]);
        }
        catch (DeliveryException e)
        {
            await NotifyErrorAsync(configuration, e.Error);
        }
        catch (OperationCanceledException) when (!HttpContext.RequestAborted.IsCancellationRequested)
        {
            await NotifyErrorAsync(configuration, errors.Timeout(configuration, DeliveryStep.SignIn));
        }

        return this.RedirectToList(returnUrl);
    }

    private ValueTask NotifyErrorAsync(OutgoingMailConfiguration configuration, OutgoingMailError error)
        => notifier.ErrorAsync(H["The token of <strong>{0}</strong> couldn't be refreshed: {1} {2}", configuration.Title, error.Message, error.NextStep]);
}
