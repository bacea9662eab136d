using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace Horilla.Platform.Admin.Users;

/// <summary>Signs users in and out.</summary>
[Feature("OrchardCore.Users")]
[Area("OrchardCore.Users")]
[AllowAnonymous]
public sealed class AccountController(SignInManager<IUser> signIn, IUserService users, IStringLocalizer<AccountController> S) : Controller
{
    [HttpGet]
    public IActionResult Login(string? returnUrl = null)
        => signIn.IsSignedIn(User) ? Back(returnUrl) : View(new LoginForm());

    [HttpPost]
    public async Task<IActionResult> Login([Bind(Prefix = nameof(LoginForm))] LoginForm form, string? returnUrl = null)
    {
        if (!ModelState.IsValid)
        {
            return View(form);
        }

        var user = await users.GetUserAsync(form.UserName);
        var result = user is null ? Microsoft.AspNetCore.Identity.SignInResult.Failed : await signIn.PasswordSignInAsync(user, form.Password, form.RememberMe, lockoutOnFailure: true);

        if (result.Succeeded)
        {
            return Back(returnUrl);
        }

        // What does not match is not told: that a user exists is nobody's business.
        ModelState.AddModelError(nameof(LoginForm), result.IsLockedOut
            ? S["Too many attempts. Wait five minutes and try again, or ask another administrator."]
            : S["The user name or the password is wrong. Check both and try again."]);

        return View(form);
    }

    [HttpPost]
    public async Task<IActionResult> LogOff(string? returnUrl = null)
    {
        await signIn.SignOutAsync();

        return Back(returnUrl);
    }

    private IActionResult Back(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect("~/");
}
