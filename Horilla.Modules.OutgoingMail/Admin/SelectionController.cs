using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Log;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Security.Permissions;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Deletes and tests the servers that are selected in the list. A GET request shows what would happen, a POST request does it.</summary>
[Admin("OutgoingMail/{action}/{id?}", "OutgoingMail{action}")]
public sealed class SelectionController(
    IAuthorizationService authorizationService,
    OutgoingMailConfigurationManager configurations,
    TestMessageSender testMessages,
    ServerHistoryReader history,
    INotifier notifier,
    IHtmlLocalizer<SelectionController> htmlLocalizer) : ServerActionController(authorizationService, configurations)
{
    /// <summary>The maximum number of servers in one request: more than a page of the list has by default.</summary>
    private const int MaxServers = 100;

    private readonly IHtmlLocalizer H = htmlLocalizer;

    /// <summary>Shows which servers would be deleted, and what follows.</summary>
    [HttpGet]
    public Task<IActionResult> DeleteSelected(string[] ids, string? returnUrl)
        => WithSelectionAsync(ids, returnUrl, OutgoingMailPermissions.ManageOutgoingMailServers, async servers =>
        {
            var primaryId = await Configurations.GetPrimaryIdAsync();
            string[] selected = [.. servers.Select(server => server.ConfigurationId)];
            var isPrimarySelected = selected.Contains(primaryId);
            var next = (await Configurations.FindOldestAsync(selected))?.Title;

            return View(new DeleteSelectionViewModel
            {
                Servers = servers,
                ReturnUrl = returnUrl,
                IsPrimarySelected = isPrimarySelected,
                NextPrimaryTitle = next,
                Waiting = new WaitingMessagesViewModel(
                    await history.CountWaitingAsync(selected, HttpContext.RequestAborted),
                    isPrimarySelected ? next : (await Configurations.FindAsync(primaryId))?.Title),
            });
        });

    /// <summary>Deletes the servers.</summary>
    [HttpPost]
    [ActionName(nameof(DeleteSelected))]
    public Task<IActionResult> DeleteSelectedPost(string[] ids, string? returnUrl)
        => WithSelectionAsync(ids, returnUrl, OutgoingMailPermissions.ManageOutgoingMailServers, async servers =>
        {
            var primaryId = await Configurations.GetPrimaryIdAsync();
            OutgoingMailConfiguration? next = null;

            // The primary last, so that the pointer moves only once, to a server that stays.
            foreach (var server in servers.OrderBy(server => server.ConfigurationId == primaryId))
            {
                next = await Configurations.DeleteAsync(server);
            }

            await notifier.SuccessAsync(H.Plural(servers.Count, "One mail server was deleted.", "{0} mail servers were deleted."));

            if (next is not null)
            {
                await notifier.WarningAsync(H["The primary mail server was among them. The new primary is <strong>{0}</strong>.", next.Title]);
            }

            return this.RedirectToList(returnUrl);
        });

    /// <summary>Shows through which servers a test message would be sent, and asks for its recipient.</summary>
    [HttpGet]
    public Task<IActionResult> TestSelected(string[] ids, string? returnUrl)
        => WithSelectionAsync(ids, returnUrl, OutgoingMailPermissions.SendTestMail, servers => Task.FromResult<IActionResult>(View(new TestSelectionViewModel
        {
            Servers = servers,
            ReturnUrl = returnUrl,
            Recipient = User.GetEmail(),
        })));

    /// <summary>Sends a test message through each of the servers.</summary>
    [HttpPost]
    [ActionName(nameof(TestSelected))]
    public Task<IActionResult> TestSelectedPost(string[] ids, string? recipient, string? returnUrl)
        => WithSelectionAsync(ids, returnUrl, OutgoingMailPermissions.SendTestMail, async servers =>
        {
            recipient = recipient.TrimInvisible();
            var model = new TestSelectionViewModel { Servers = servers, ReturnUrl = returnUrl, Recipient = recipient };

            if (testMessages.ParseRecipient(recipient, ModelState) is { } mailbox)
            {
                model.Results = await testMessages.SendAsync([.. servers.Select(server => server.ConfigurationId)], mailbox, HttpContext.RequestAborted);
            }

            return View(model);
        });

    private Task<IActionResult> WithSelectionAsync(string[]? ids, string? returnUrl, Permission permission, Func<IReadOnlyList<OutgoingMailConfiguration>, Task<IActionResult>> action)
        => WithPermissionAsync(permission, async () =>
        {
            var selected = (ids ?? []).Where(id => !string.IsNullOrEmpty(id)).Distinct().ToArray();

            if (selected.Length > MaxServers)
            {
                await notifier.WarningAsync(H["Select at most {0} mail servers at a time.", MaxServers]);

                return this.RedirectToList(returnUrl);
            }

            var servers = await Configurations.FindAsync(selected);

            if (servers.Count > 0)
            {
                return await action(servers);
            }

            await notifier.WarningAsync(selected.Length == 0 ? H["Nothing is selected. Select mail servers in the list first."] : H["The selected mail servers were already deleted."]);

            return this.RedirectToList(returnUrl);
        });
}
