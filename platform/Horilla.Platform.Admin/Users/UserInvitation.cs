using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Email;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using YesSql;

namespace Horilla.Platform.Admin.Users;

/// <summary>Invites users by email: the link in the message lets them choose their password. Scoped.</summary>
internal sealed class UserInvitation(
    UserManager<IUser> users,
    ISiteService siteService,
    ISession session,
    INotifier notifier,
    IServiceProvider services,
    IStringLocalizer<UserInvitation> S,
    IHtmlLocalizer<UserInvitation> H)
{
    /// <summary>How long the link is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Whether the site can send email: a feature that provides it is enabled.</summary>
    public bool IsAvailable => services.GetService<IEmailService>() is not null;

    /// <summary>Sends an invitation, and shows whether it was sent.</summary>
    /// <param name="user">The user, who has no password yet.</param>
    /// <param name="controller">The controller of the user who invites.</param>
    public async Task SendAsync(User user, Controller controller)
    {
        var address = user.Email ?? "";

        // Invalidates earlier invitations, which may have gone to another address.
        if (await users.UpdateSecurityStampAsync(user) is { Succeeded: false } refused)
        {
            await session.CancelAsync();
            await notifier.ErrorAsync(H["The invitation to <strong>{0}</strong> wasn't sent: {1} Edit the user, then send the invitation again from the list.", address, string.Join(" ", refused.Errors.Select(error => error.Description))]);

            return;
        }

        // Committed before sending, so that nothing is locked while the mail server answers, and a failure doesn't undo it.
        await session.SaveChangesAsync();

        await (await TrySendAsync(user, controller) is { } problem
            ? notifier.ErrorAsync(H["The invitation to <strong>{0}</strong> wasn't sent: {1} Fix the problem, then send the invitation again from the list.", address, problem])
            : notifier.SuccessAsync(H["The invitation was sent to <strong>{0}</strong>.", address]));
    }

    /// <summary>Sends an invitation.</summary>
    /// <returns>Why it wasn't sent, or null if it was.</returns>
    private async Task<string?> TrySendAsync(User user, Controller controller)
    {
        if (services.GetService<IEmailService>() is not { } email)
        {
            return S["No feature that sends email is enabled."];
        }

        var site = await siteService.GetSiteSettingsAsync();
        var token = await users.GeneratePasswordResetTokenAsync(user);
        var path = controller.Url.Action(nameof(InvitationController.Index), "Invitation", new { area = "OrchardCore.Users", id = user.UserId, token })!;
        var request = controller.Request;
        var inviter = controller.User.FindFirst(DisplayNameClaimsFactory.ClaimType)?.Value ?? controller.User.Identity?.Name ?? "";
        var link = string.IsNullOrWhiteSpace(site.BaseUrl)
            ? $"{request.Scheme}://{request.Host}{path}"
            : site.BaseUrl.TrimEnd('/') + path[(request.PathBase.Value?.Length ?? 0)..];
        var result = await email.SendAsync(new MailMessage
        {
            To = user.Email,
            Subject = S["Your invitation to {0}", site.SiteName],
            TextBody = S["{0} has invited you to {1}.\n\nChoose your password here, within three days:\n{2}\n\nYour user name is {3}.\n", inviter, site.SiteName, link, user.UserName],
        });

        return result.Succeeded ? null : string.Join(" ", result.Errors.Select(error => error.Message.Value));
    }
}
