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
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using YesSql;
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
        => signIn.IsSignedIn(User) ? RedirectToLocal(returnUrl) : View(new LoginForm());

    [HttpPost]
    public async Task<IActionResult> Login([Bind(Prefix = nameof(LoginForm))] LoginForm form, string? returnUrl = null)
    {
        if (!ModelState.IsValid)
        {
            return View(form);
        }

        if (await SignInAsync(form))
        {
            return RedirectToLocal(returnUrl);
        }

        // Neither the message nor the response time reveals whether the user exists.
        ModelState.AddModelError(nameof(LoginForm), S["The user name or password is wrong, or there were too many attempts. Check both. After several wrong passwords, wait 15 minutes."]);

        return View(form);
    }

    [HttpPost]
    public async Task<IActionResult> LogOff(string? returnUrl = null)
    {
        if (SignInSession.Read((await HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties) is { } ended && User.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId)
        {
            await services.GetRequiredService<RevokedSessions>().RevokeAsync(userId, ended, services.GetRequiredService<IOptions<SignInSessionOptions>>().Value.MaxAge);
        }

        await signIn.SignOutAsync();

        return RedirectToLocal(returnUrl);
    }

    private async Task<bool> SignInAsync(LoginForm form)
    {
        var throttle = services.GetRequiredService<SignInThrottle>();
        var devices = services.GetRequiredService<KnownDeviceCookie>();

        // Users can also sign in with their email address, so attempts count for the user, not for the name that was entered.
        var user = await users.GetUserAsync(form.UserName);
        var name = services.GetRequiredService<ILookupNormalizer>().NormalizeName(user?.UserName ?? form.UserName);
        var address = HttpContext.Connection.RemoteIpAddress;
        var device = devices.Find(HttpContext, name);

        if (!throttle.TryAcquire(address, name, device))
        {
            return false;
        }

        var result = user is null ? SignInResult.Failed : await signIn.PasswordSignInAsync(user, form.Password, form.RememberMe, lockoutOnFailure: false);

        if (user is null || result.IsLockedOut || result.IsNotAllowed)
        {
            // The password wasn't checked. Hashing it takes as long as the check would have.
            hasher.HashPassword(user ?? new User(), form.Password);
        }

        if (result.Succeeded)
        {
            throttle.RecordSuccess(address, name, device);
            devices.Remember(HttpContext, name);
        }

        await session.SaveChangesAsync();

        if (result.Succeeded)
        {
            await RecordSignInAsync(((User)user!).UserId);
        }

        return result.Succeeded;
    }

    /// <summary>Records the time, in a session of its own: the user may have been changed while the password was checked.</summary>
    private async Task RecordSignInAsync(string userId)
    {
        await using var latest = session.Store.CreateSession();

        if (await latest.Query<User, UserIndex>(index => index.UserId == userId).FirstOrDefaultAsync() is not { } user)
        {
            return;
        }

        user.ChangeProfile(profile => profile.LastSignInUtc = services.GetRequiredService<IClock>().UtcNow);

        try
        {
            await latest.SaveAsync(user, checkConcurrency: true);
            await latest.SaveChangesAsync();
        }
        catch (ConcurrencyException)
        {
            // Someone else is changing the user right now. That counts more than the time.
        }
    }

    private IActionResult RedirectToLocal(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect("~/");
}
