using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MimeKit;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Settings;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Sends test mails, and shows how a server last went.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class TestController(
    IAuthorizationService authorizationService,
    ConfigurationManager configurations,
    LastDeliveries lastDeliveries,
    OutgoingMailService mailService,
    ISiteService siteService,
    ILocalClock localClock,
    IStringLocalizer<TestController> stringLocalizer) : Controller
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Where to send a test mail to.</summary>
    [HttpGet]
    public async Task<IActionResult> Test(string id)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.SendTestMail))
        {
            return Forbid();
        }

        return await configurations.FindAsync(id) is { } configuration
            ? View(await ModelAsync(configuration, User.FindFirstValue(ClaimTypes.Email) ?? User.FindFirstValue("email")))
            : this.Gone();
    }

    /// <summary>Sends a test mail through this very server.</summary>
    [HttpPost]
    [ActionName(nameof(Test))]
    public async Task<IActionResult> TestPost(string id, string? recipient)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.SendTestMail))
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { } configuration)
        {
            return this.Gone();
        }

        recipient = recipient.TrimInvisible();
        var model = await ModelAsync(configuration, recipient);

        if (!MailAddresses.TryParse(recipient, out var mailbox))
        {
            ModelState.AddModelError(nameof(recipient), recipient.Length == 0
                ? S["Enter the address to send the test mail to."]
                : InvisibleCharacters.Complaint(recipient, S) ?? S["'{0}' isn't a valid email address. Enter one address without a name, for example you@example.com.", Excerpt.Of(recipient)]);

            return View(model);
        }

        model.Result = await SendAsync(configuration, mailbox);

        return View(model);
    }

    /// <summary>How a server last went.</summary>
    [HttpGet]
    public async Task<IActionResult> Diagnosis(string id)
    {
        if (!await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ViewOutgoingMailServers))
        {
            return Forbid();
        }

        if (await configurations.FindAsync(id) is not { } configuration)
        {
            return this.Gone();
        }

        var model = await ModelAsync(configuration, recipient: null);

        if (await lastDeliveries.FindAsync(configuration.ConfigurationId) is { } last)
        {
            model.Result = last.Result;
            model.At = await localClock.ConvertToLocalAsync(last.AtUtc);
        }

        return View(model);
    }

    private async Task<OutgoingMailResult> SendAsync(OutgoingMailConfiguration configuration, MailboxAddress recipient)
    {
        var site = await siteService.GetSiteSettingsAsync();
        using var message = TestMail.Compose(recipient, site.SiteName, configuration.Title, S);
        await HttpContext.RequestServices.GetRequiredService<ISession>().ReleaseConnectionAsync();

        return await mailService.TestAsync(configuration, message, HttpContext.RequestAborted);
    }

    private async Task<TestViewModel> ModelAsync(OutgoingMailConfiguration configuration, string? recipient) => new()
    {
        Configuration = configuration,
        Recipient = recipient,
        CanManage = await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.ManageOutgoingMailServers),
        CanSendTestMail = await authorizationService.AuthorizeAsync(User, OutgoingMailPermissions.SendTestMail),
    };
}
