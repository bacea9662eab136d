using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>Invites users by email: the link in the message lets them choose their password. Scoped.</summary>
internal sealed class UserInvitation(UserManager<IUser> users, ISiteService siteService, IServiceProvider services, IStringLocalizer<UserInvitation> S)
{
    /// <summary>How long the link is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Whether the site can send email: a feature that provides it is enabled.</summary>
    public bool IsAvailable => services.GetService<IEmailService>() is not null;

    /// <summary>Sends an invitation.</summary>
    /// <param name="user">The user, who has no password yet.</param>
    /// <param name="inviter">The name of the user who invites.</param>
    /// <param name="controller">The controller, which builds the link.</param>
    /// <returns>Why it wasn't sent, or null if it was.</returns>
    public async Task<string?> SendAsync(User user, string inviter, Controller controller)
    {
        if (services.GetService<IEmailService>() is not { } email)
        {
            return S["No feature that sends email is enabled."];
        }

        var site = await siteService.GetSiteSettingsAsync();
        var token = await users.GeneratePasswordResetTokenAsync(user);
        var path = controller.Url.Action(nameof(InvitationController.Index), "Invitation", new { area = "OrchardCore.Users", id = user.UserId, token })!;
        var request = controller.Request;
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
