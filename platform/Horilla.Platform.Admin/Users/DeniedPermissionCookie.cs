using Horilla.Platform.Mvc;
using Horilla.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Admin.Users;

/// <summary>Passes the missing permission of a denied request to the error page that it is redirected to.</summary>
public sealed class DeniedPermissionCookie(IDataProtectionProvider dataProtection, ShellSettings settings)
{
    private readonly string _cookie = "orch_denied_" + Uri.EscapeDataString(settings.Name);
    private readonly IDataProtector _protector = dataProtection.CreateProtector("Horilla.Platform.AccessDenied");

    public Task RedirectAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (DeniedPermission.Get(context.HttpContext) is { } permission)
        {
            var text = string.IsNullOrEmpty(permission.Description) ? permission.Name : permission.Description;
            context.Response.Cookies.Append(_cookie, _protector.Protect(text), TenantCookie.Options(context.HttpContext, TimeSpan.FromMinutes(1)));
        }

        context.Response.Redirect(context.RedirectUri);

        return Task.CompletedTask;
    }

    /// <summary>Returns the missing permission once, or null if it isn't known.</summary>
    public string? ReadAndDelete(HttpContext context)
    {
        if (context.Request.Cookies[_cookie] is not { Length: > 0 } payload)
        {
            return null;
        }

        context.Response.Cookies.Delete(_cookie, TenantCookie.Options(context));

        try
        {
            return _protector.Unprotect(payload);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Not issued by this site: the page doesn't name a permission.
            return null;
        }
    }
}
