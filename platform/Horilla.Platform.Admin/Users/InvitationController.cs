using Horilla.Platform.Admin.Panel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using ISession = YesSql.ISession;

namespace Horilla.Platform.Admin.Users;

/// <summary>Lets an invited user choose a password.</summary>
[Feature("OrchardCore.Users")]
[Area("OrchardCore.Users")]
[AllowAnonymous]
public sealed class InvitationController(
    UserManager<IUser> users,
    SignInManager<IUser> signIn,
    ISession session,
    INotifier notifier,
    IStringLocalizer<InvitationController> S,
    IHtmlLocalizer<InvitationController> H) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string? id, string? token)
        => await FindAsync(id, token) is null ? View("Invalid") : View(new InvitationForm { Id = id, Token = token });

    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(InvitationForm form)
    {
        if (await FindAsync(form.Id, form.Token) is not { } user)
        {
            return View("Invalid");
        }

        ModelState.AddErrorIf(string.IsNullOrEmpty(form.Password), nameof(form.Password), S["Enter a password."]);
        ModelState.AddErrorIf(form.Password != form.PasswordConfirmation, nameof(form.PasswordConfirmation), S["The passwords don't match."]);

        if (!ModelState.IsValid)
        {
            return View(form);
        }

        var result = await users.ResetPasswordAsync(user, form.Token!, form.Password!);

        if (!result.Succeeded)
        {
            await session.CancelAsync();

            foreach (var error in result.Errors)
            {
                ModelState.AddModelError(nameof(form.Password), error.Description);
            }

            return View(form);
        }

        // The browser may still be signed in as another user.
        await signIn.SignOutAsync();
        await notifier.SuccessAsync(H["Your password is set. Sign in as <strong>{0}</strong>.", user.UserName]);

        return Redirect("~/Login?ReturnUrl=" + Uri.EscapeDataString(Url.Content("~/Admin")));
    }

    /// <summary>Returns the user of a valid invitation. It becomes invalid when the password is set, or after three days.</summary>
    private async Task<User?> FindAsync(string? id, string? token)
        => !string.IsNullOrEmpty(id) && !string.IsNullOrEmpty(token)
            && await users.FindByIdAsync(id) is User { IsEnabled: true } user
            && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<IUser>.ResetPasswordTokenPurpose, token)
                ? user
                : null;
}
