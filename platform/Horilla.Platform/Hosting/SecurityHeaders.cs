using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Hosting;

/// <summary>
/// The security headers, which allow only the site's own scripts and frames. The section <c>Horilla_Security</c> of the
/// tenant's configuration replaces a header by name; an empty value removes it.
/// </summary>
internal static class SecurityHeaders
{
    private const string Section = "Horilla_Security";

    public static void AddOnStarting(HttpContext context, ShellSettings? settings)
        => context.Response.OnStarting(() =>
        {
            Set(context, settings, "Content-Security-Policy", Policy(context));
            Set(context, settings, "X-Content-Type-Options", "nosniff");
            Set(context, settings, "Referrer-Policy", "same-origin");
            Set(context, settings, "Cross-Origin-Opener-Policy", "same-origin");

            return Task.CompletedTask;
        });

    /// <summary>A form may redirect to another origin, for example to sign in at Microsoft, but not from HTTPS to HTTP.</summary>
    private static string Policy(HttpContext context)
        => "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'; form-action 'self' https:" + (context.Request.IsHttps ? "" : " http:");

    private static void Set(HttpContext context, ShellSettings? settings, string name, string value)
    {
        var headers = context.Response.Headers;

        if (!headers.ContainsKey(name) && (settings?.ShellConfiguration[$"{Section}:{name}"] ?? value) is { Length: > 0 } chosen)
        {
            headers[name] = chosen;
        }
    }
}
