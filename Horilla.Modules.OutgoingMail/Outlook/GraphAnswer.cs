using System.Globalization;
using System.Net;
using Microsoft.Kiota.Abstractions;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// What Microsoft Graph has to answer to a request, and what it did. A 2xx or 3xx that Graph never gives there comes from
/// something else in its place, such as a proxy's sign-in page, and is no success. Used by one request at a time.
/// </summary>
/// <param name="expected">The status codes that the documentation of the request names.</param>
internal sealed class GraphAnswer(params HttpStatusCode[] expected) : IRequestOption
{
    /// <summary>The status; null before the answer.</summary>
    public HttpStatusCode? Status { get; private set; }

    /// <summary>The id of the request, for Microsoft's support; null for none.</summary>
    public string? RequestId { get; private set; }

    /// <summary>The status and the id, for people.</summary>
    public override string ToString()
    {
        var status = Status is { } code ? $"{((int)code).ToString(CultureInfo.InvariantCulture)} {code}" : "";

        return RequestId is null ? status : $"{status} (request-id {RequestId})";
    }

    /// <summary>Notes an answer.</summary>
    /// <exception cref="UnexpectedAnswerException">It is not one of Microsoft Graph.</exception>
    internal void Receive(HttpResponseMessage response)
    {
        Status = response.StatusCode;

        // Graph's ids are GUIDs: another text would be somebody else's.
        RequestId = response.Headers.TryGetValues("request-id", out var ids) && Guid.TryParse(ids.First(), out var id) ? id.ToString("D") : null;

        if ((int)response.StatusCode < 400
            && (!expected.Contains(response.StatusCode) || response.Content.Headers.ContentType?.MediaType?.EndsWith("html", StringComparison.OrdinalIgnoreCase) == true))
        {
            throw new UnexpectedAnswerException(response.StatusCode, response.Content.Headers.ContentType?.MediaType);
        }
    }
}
