using System.Globalization;
using System.Net;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>A response that isn't from Microsoft: an unexpected status, an HTML page, too much data, or invalid JSON.</summary>
/// <param name="status">The status of the response.</param>
/// <param name="received">What was received instead, such as a media type, or null if unknown.</param>
internal sealed class UnexpectedResponseException(HttpStatusCode status, string? received)
    : HttpRequestException(HttpRequestError.InvalidResponse, $"{((int)status).ToString(CultureInfo.InvariantCulture)} {status}{(received is null ? "" : $" ({received})")}", inner: null, status);
