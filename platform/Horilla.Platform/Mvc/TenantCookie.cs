using Microsoft.AspNetCore.Http;

namespace Horilla.Platform.Mvc;

/// <summary>The cookies by which the platform hands something to the next page: no script and no other tenant sees them.</summary>
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
