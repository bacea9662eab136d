using Horilla.Platform.Admin.Panel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using ISession = YesSql.ISession;

namespace Horilla.Platform.Admin.Users;

/// <summary>Lets users change their own password.</summary>
[Feature("OrchardCore.Users")]
[Area("OrchardCore.Users")]
[Authorize]
public sealed class ChangePasswordController(
    UserManager<IUser> users,
    SignInManager<IUser> signIn,
    IServiceProvider services,
    ISession session,
    INotifier notifier,
    IStringLocalizer<ChangePasswordController> S,
    IHtmlLocalizer<ChangePasswordController> H) : Controller
{
    [HttpGet]
    public IActionResult Index() => View(new ChangePasswordForm());

    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> IndexPost(ChangePasswordForm form)
    {
        if (await users.GetUserAsync(User) is not User user)
        {
            return Challenge();
        }

        ModelState.AddErrorIf(string.IsNullOrEmpty(form.CurrentPassword), nameof(form.CurrentPassword), S["Enter your current password."]);
        ModelState.AddErrorIf(string.IsNullOrEmpty(form.Password), nameof(form.Password), S["Enter a new password."]);
        ModelState.AddErrorIf(form.Password != form.PasswordConfirmation, nameof(form.PasswordConfirmation), S["The passwords don't match."]);

        if (!ModelState.IsValid || !await ChangeAsync(user, form))
        {
            return View(form);
        }

        await notifier.SuccessAsync(H["Your password was changed. Your other sessions were signed out."]);

        return Redirect(await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(User, AdminPermissions.AccessAdminPanel) ? "~/Admin" : "~/");
    }

    private async Task<bool> ChangeAsync(User user, ChangePasswordForm form)
    {
        // Someone who found an open session must not be able to guess the password here.
        var throttle = services.GetRequiredService<SignInThrottle>();
        var name = users.NormalizeName(user.UserName);
        var address = HttpContext.Connection.RemoteIpAddress;
        var device = services.GetRequiredService<KnownDeviceCookie>().Find(HttpContext, name);

        if (!throttle.TryAcquire(address, name, device))
        {
            ModelState.AddModelError(nameof(form.CurrentPassword), S["There were too many attempts. Wait 15 minutes, then try again."]);

            return false;
        }

        var result = await users.ChangePasswordAsync(user, form.CurrentPassword!, form.Password!);

        if (result.Errors.All(error => error.Code != nameof(IdentityErrorDescriber.PasswordMismatch)))
        {
            throttle.RecordSuccess(address, name, device);
        }

        if (!result.Succeeded)
        {
            await session.CancelAsync();

            foreach (var error in result.Errors)
            {
                var isCurrent = error.Code == nameof(IdentityErrorDescriber.PasswordMismatch);
                ModelState.AddModelError(isCurrent ? nameof(form.CurrentPassword) : nameof(form.Password), isCurrent ? S["This isn't your current password."] : error.Description);
            }

            return false;
        }

        // The new security stamp has ended all sessions. This one goes on.
        await signIn.RefreshSignInAsync(user);

        return true;
    }
}
