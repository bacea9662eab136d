using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
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
    IServiceProvider services,
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
        ModelState.AddModelError(nameof(LoginForm), S["The user name or password is wrong, or there were too many attempts. Check both. After several wrong passwords, wait 15 minutes."]);

        return View(form);
    }

    [HttpPost]
    public async Task<IActionResult> LogOff(string? returnUrl = null)
    {
        if (SignInSession.Read((await HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties) is { } ended && User.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId)
        {
            await services.GetRequiredService<EndedSessions>().AddAsync(userId, ended, services.GetRequiredService<IOptions<SignInOptions>>().Value.MaxAge);
        }

        await signIn.SignOutAsync();

        return Back(returnUrl);
    }

    private async Task<bool> SignInAsync(LoginForm form)
    {
        var throttle = services.GetRequiredService<SignInThrottle>();
        var devices = services.GetRequiredService<KnownDevice>();

        // A user may sign in with the email address too: guesses count for the user, however named.
        var user = await users.GetUserAsync(form.UserName);
        var name = services.GetRequiredService<ILookupNormalizer>().NormalizeName(user?.UserName ?? form.UserName);
        var address = HttpContext.Connection.RemoteIpAddress;
        var device = devices.Find(HttpContext, name);

        if (!throttle.TryBegin(address, name, device))
        {
            return false;
        }

        var result = user is null ? SignInResult.Failed : await signIn.PasswordSignInAsync(user, form.Password, form.RememberMe, lockoutOnFailure: false);

        if (user is null || result.IsLockedOut || result.IsNotAllowed)
        {
            // The password was not looked at: this takes the time that it would have taken.
            hasher.HashPassword(user ?? new User(), form.Password);
        }

        if (result.Succeeded)
        {
            throttle.Succeeded(address, name, device);
            devices.Remember(HttpContext, name);
        }

        await session.SaveChangesAsync();

        return result.Succeeded;
    }

    private IActionResult Back(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect("~/");
}
