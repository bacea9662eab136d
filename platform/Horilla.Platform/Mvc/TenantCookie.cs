using Microsoft.AspNetCore.Http;

namespace Horilla.Platform.Mvc;

/// <summary>The options of cookies that pass data to the next page. Scripts and other tenants can't read them.</summary>
internal static class TenantCookie
{
    public static CookieOptions Options(HttpContext context, TimeSpan? maxAge = null) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}
