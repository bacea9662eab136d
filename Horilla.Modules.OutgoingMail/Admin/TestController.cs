using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
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

/// <summary>Sends test messages, and shows the last delivery of a server.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class TestController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    LastDeliveryStore lastDeliveries,
    OutgoingMailService mailService,
    ISiteService siteService,
    ILocalClock localClock,
    IStringLocalizer<TestController> stringLocalizer) : ServerActionController(authorizationService, configurations)
{
    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Shows the form for a test message.</summary>
    [HttpGet]
    public Task<IActionResult> Test(string id)
        => WithServerAsync(id, OutgoingMailPermissions.SendTestMail, async configuration
            => View(await BuildModelAsync(configuration, User.FindFirstValue(ClaimTypes.Email) ?? User.FindFirstValue("email"))));

    /// <summary>Sends a test message through this server.</summary>
    [HttpPost]
    [ActionName(nameof(Test))]
    public Task<IActionResult> TestPost(string id, string? recipient)
        => WithServerAsync(id, OutgoingMailPermissions.SendTestMail, async configuration =>
        {
            recipient = recipient.TrimInvisible();
            var model = await BuildModelAsync(configuration, recipient);

            if (MailAddressParser.TryParse(recipient, out var mailbox))
            {
                model.Result = await SendAsync(configuration, mailbox);
            }
            else
            {
                ModelState.AddModelError(nameof(recipient), recipient.Length == 0
                    ? S["Enter the address to send the test mail to."]
                    : InvisibleCharacters.GetErrorMessage(recipient, S) ?? S["'{0}' isn't a valid email address. Enter one address without a name, for example you@example.com.", recipient.TruncateInput()]);
            }

            return View(model);
        });

    /// <summary>Shows the last delivery of a server.</summary>
    [HttpGet]
    public Task<IActionResult> Diagnosis(string id)
        => WithServerAsync(id, OutgoingMailPermissions.ViewOutgoingMailServers, async configuration =>
        {
            var model = await BuildModelAsync(configuration, recipient: null);

            if (await lastDeliveries.FindAsync(configuration.ConfigurationId) is { } last)
            {
                model.Result = last.Result;
                model.EndedAt = await localClock.ConvertToLocalAsync(new DateTimeOffset(last.AtUtc, TimeSpan.Zero));
            }

            return View(model);
        });

    private async Task<OutgoingMailResult> SendAsync(OutgoingMailConfiguration configuration, MailboxAddress recipient)
    {
        var site = await siteService.GetSiteSettingsAsync();
        using var message = TestMessage.Compose(recipient, site.SiteName, configuration.Title, S);
        await HttpContext.RequestServices.GetRequiredService<ISession>().CommitAndReleaseConnectionAsync();

        return await mailService.TestAsync(configuration, message, HttpContext.RequestAborted);
    }

    private async Task<TestViewModel> BuildModelAsync(OutgoingMailConfiguration configuration, string? recipient) => new()
    {
        Configuration = configuration,
        Recipient = recipient,
        CanManage = await IsAuthorizedAsync(OutgoingMailPermissions.ManageOutgoingMailServers),
        CanSendTestMail = await IsAuthorizedAsync(OutgoingMailPermissions.SendTestMail),
    };
}
