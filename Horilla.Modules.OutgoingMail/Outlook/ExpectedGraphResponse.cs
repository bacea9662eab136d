using System.Globalization;
using System.Net;
using Microsoft.Kiota.Abstractions;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// The expected and the actual response of Microsoft Graph to a request. A 2xx or 3xx that Graph never returns for the request
/// comes from something else, such as a proxy's sign-in page, and isn't a success. Used by one request at a time.
/// </summary>
/// <param name="expected">The status codes that the documentation of the request lists.</param>
internal sealed class ExpectedGraphResponse(params HttpStatusCode[] expected) : IRequestOption
{
    /// <summary>The status, or null before the response.</summary>
    public HttpStatusCode? Status { get; private set; }

    /// <summary>The ID of the request, for Microsoft support, or null if there is none.</summary>
    public string? RequestId { get; private set; }

    /// <summary>The status and the request ID, for display.</summary>
    public override string ToString()
    {
        var status = Status is { } code ? $"{((int)code).ToString(CultureInfo.InvariantCulture)} {code}" : "";

        return RequestId is null ? status : $"{status} (request-id {RequestId})";
    }

    /// <summary>Records a response.</summary>
    /// <exception cref="UnexpectedResponseException">The response isn't from Microsoft Graph.</exception>
    internal void Validate(HttpResponseMessage response)
    {
        Status = response.StatusCode;

        // Graph's request IDs are GUIDs. Any other text isn't from Graph.
        RequestId = response.Headers.TryGetValues("request-id", out var ids) && Guid.TryParse(ids.First(), out var id) ? id.ToString("D") : null;

        if ((int)response.StatusCode < 400
            && (!expected.Contains(response.StatusCode) || response.Content.Headers.ContentType?.MediaType?.EndsWith("html", StringComparison.OrdinalIgnoreCase) == true))
        {
            throw new UnexpectedResponseException(response.StatusCode, response.Content.Headers.ContentType?.MediaType);
        }
    }
}
