using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Modules;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Sends test messages, and shows the last delivery of a server.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class TestController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    LastDeliveryStore lastDeliveries,
    TestMessageSender testMessages,
    ILocalClock localClock) : ServerActionController(authorizationService, configurations)
{
    /// <summary>Shows the form for a test message.</summary>
    [HttpGet]
    public Task<IActionResult> Test(string id)
        => WithServerAsync(id, OutgoingMailPermissions.SendTestMail, async configuration
            => View(await BuildModelAsync(configuration, User.GetEmail())));

    /// <summary>Sends a test message through this server.</summary>
    [HttpPost]
    [ActionName(nameof(Test))]
    public Task<IActionResult> TestPost(string id, string? recipient)
        => WithServerAsync(id, OutgoingMailPermissions.SendTestMail, async configuration =>
        {
            recipient = recipient.TrimInvisible();
            var model = await BuildModelAsync(configuration, recipient);

            if (testMessages.ParseRecipient(recipient, ModelState) is { } mailbox)
            {
                model.Result = await testMessages.SendAsync(configuration, mailbox, HttpContext.RequestAborted);
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

    private async Task<TestViewModel> BuildModelAsync(OutgoingMailConfiguration configuration, string? recipient) => new()
    {
        Configuration = configuration,
        Recipient = recipient,
        CanManage = await IsAuthorizedAsync(OutgoingMailPermissions.ManageOutgoingMailServers),
        CanSendTestMail = await IsAuthorizedAsync(OutgoingMailPermissions.SendTestMail),
    };
}
