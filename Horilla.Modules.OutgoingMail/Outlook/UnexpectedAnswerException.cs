using System.Globalization;
using System.Net;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>What answered in Microsoft's place: another status than Microsoft's, a page, too much, or no JSON.</summary>
/// <param name="status">The status of the answer.</param>
/// <param name="what">What it was instead, such as a media type; null for nothing to tell.</param>
internal sealed class UnexpectedAnswerException(HttpStatusCode status, string? what)
    : HttpRequestException(HttpRequestError.InvalidResponse, $"{((int)status).ToString(CultureInfo.InvariantCulture)} {status}{(what is null ? "" : $" ({what})")}", inner: null, status);
