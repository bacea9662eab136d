using Microsoft.AspNetCore.Http;

namespace Horilla.Testing.Cloud;

/// <summary>What the stand-in answers instead of the right answer.</summary>
/// <param name="Status">The status.</param>
/// <param name="Code">The error code.</param>
/// <param name="Description">The text of it.</param>
/// <param name="RetryAfter">After how many seconds to ask again; null for no word of it.</param>
/// <param name="Delay">How long it takes for that; null for no time.</param>
/// <param name="Answer">Answers in its own way; null for an error with the above.</param>
public sealed record PlannedFailure(int Status, string Code, string Description = "", int? RetryAfter = null, TimeSpan? Delay = null, Func<HttpContext, Task>? Answer = null)
{
    /// <summary>An answer that is none of Microsoft's.</summary>
    public static PlannedFailure Of(int status, string body, string contentType = "text/html", string? location = null) => new(status, "", Answer: async context =>
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
