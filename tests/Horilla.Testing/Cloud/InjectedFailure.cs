using Microsoft.AspNetCore.Http;

namespace Horilla.Testing.Cloud;

/// <summary>A failure that the stand-in returns instead of its normal response.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Code">The error code.</param>
/// <param name="Description">The error message.</param>
/// <param name="RetryAfter">The value of the Retry-After header in seconds, or null for no header.</param>
/// <param name="Delay">The delay before the response, or null for none.</param>
/// <param name="Respond">Writes a custom response, or null for an error with the values above.</param>
public sealed record InjectedFailure(int Status, string Code, string Description = "", int? RetryAfter = null, TimeSpan? Delay = null, Func<HttpContext, Task>? Respond = null)
{
    /// <summary>Creates a response that doesn't come from Microsoft, for example the page of a proxy.</summary>
    public static InjectedFailure RawResponse(int status, string body, string contentType = "text/html", string? location = null) => new(status, "", Respond: async context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;

        if (status is not (204 or 304))
        {
            context.Response.ContentType = contentType;
            await context.Response.WriteAsync(body);
        }
    });
}
