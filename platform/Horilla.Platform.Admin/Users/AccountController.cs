using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using ISession = YesSql.ISession;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Horilla.Platform.Admin.Users;

/// <summary>Signs users in and out.</summary>
[Feature("OrchardCore.Users")]
[Area("OrchardCore.Users")]
[AllowAnonymous]
public sealed class AccountController(
    SignInManager<IUser> signIn,
    IUserService users,
    IPasswordHasher<IUser> hasher,
    SignInQueue queue,
    ISession session,
    IStringLocalizer<AccountController> S) : Controller
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

        if (await SignInAsync(form))
        {
            return Back(returnUrl);
        }

        // Which of it was wrong is not told, nor by the time that it takes: that a user exists is nobody's business.
        ModelState.AddModelError(nameof(LoginForm), S["The user name or the password is wrong, or there were too many attempts. Check both; after five wrong ones, wait five minutes or ask another administrator."]);

        return View(form);
    }

    [HttpPost]
    public async Task<IActionResult> LogOff(string? returnUrl = null)
    {
        await signIn.SignOutAsync();

        return Back(returnUrl);
    }

    private async Task<bool> SignInAsync(LoginForm form)
    {
        using var turn = await queue.EnterAsync(form.UserName, HttpContext.RequestAborted);
        var user = await users.GetUserAsync(form.UserName);
        var result = user is null ? SignInResult.Failed : await signIn.PasswordSignInAsync(user, form.Password, form.RememberMe, lockoutOnFailure: true);

        if (user is null || result.IsLockedOut || result.IsNotAllowed)
        {
            // The password was not looked at: this takes the time that it would have taken.
            hasher.HashPassword(user ?? new User(), form.Password);
        }

        // The next attempt counts on from this one.
        await session.SaveChangesAsync();

        return result.Succeeded;
    }

    private IActionResult Back(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect("~/");
}
