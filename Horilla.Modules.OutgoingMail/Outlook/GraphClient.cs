using System.Net;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Connects to Microsoft Graph as one account, for one message. Throttled requests are retried while there's time left.</summary>
internal sealed class GraphClient : IDisposable
{
    private const int MaxRetries = 10;

    private readonly Dictionary<string, ParsableFactory<IParsable>> _errors = new() { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
    private readonly HttpClientRequestAdapter _adapter;
    private readonly HttpClientRequestAdapter _upload;
    private readonly Func<TimeSpan> _timeLeft;

    public GraphClient(HttpClient http, string endpoint, Func<CancellationToken, Task<OutlookToken>> token, Func<TimeSpan> timeLeft)
    {
        _adapter = new HttpClientRequestAdapter(new BearerTokenProvider(token), httpClient: http) { BaseUrl = endpoint };
        _upload = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http);
        _timeLeft = timeLeft;
        Client = new GraphServiceClient(_adapter, endpoint);
    }

    public GraphServiceClient Client { get; }

    /// <summary>The adapter for the addresses of upload sessions, which are secrets themselves and must not receive the token.</summary>
    public IRequestAdapter Upload => _upload;

    /// <summary>Posts a message in MIME format, for which the SDK has no request builder.</summary>
    public Task PostMimeAsync(string path, Stream content, ExpectedGraphResponse answer, CancellationToken cancellationToken)
        => _adapter.SendNoContentAsync(Mime(path, content, answer), _errors, cancellationToken);

    /// <inheritdoc cref="PostMimeAsync(string, Stream, ExpectedGraphResponse, CancellationToken)"/>
    public Task<T?> PostMimeAsync<T>(string path, Stream content, ExpectedGraphResponse answer, ParsableFactory<T> factory, CancellationToken cancellationToken)
        where T : IParsable
        => _adapter.SendAsync(Mime(path, content, answer), factory, _errors, cancellationToken);

    /// <summary>Returns the options of a request.</summary>
    /// <param name="answer">The expected response, which also records the actual one.</param>
    public IList<IRequestOption> Options(ExpectedGraphResponse answer)
        =>
        [
            answer,
            new RetryHandlerOption
            {
                MaxRetry = MaxRetries,
                // A 504 doesn't show whether the request was processed: a retry might send the message twice.
                ShouldRetry = (delay, attempt, response) => response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                    && attempt < MaxRetries
                    && (RetryAfter(response) ?? TimeSpan.FromSeconds(delay * Math.Pow(2, attempt))) < _timeLeft(),
            },
        ];

    public void Dispose()
    {
        _adapter.Dispose();
        _upload.Dispose();
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
        => response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when response.Headers.Date is { } now => date - now,
            _ => null,
        };

    private RequestInformation Mime(string path, Stream content, ExpectedGraphResponse answer)
    {
        var request = new RequestInformation(Method.POST, "{+baseurl}/" + path, new Dictionary<string, object> { ["baseurl"] = _adapter.BaseUrl! });
        request.Headers.Add("Accept", "application/json");
        request.SetStreamContent(content, "text/plain");
        request.AddRequestOptions(Options(answer));

        return request;
    }

    /// <summary>Gets the token for each request, because large attachments may take longer than a token is valid.</summary>
    private sealed class BearerTokenProvider(Func<CancellationToken, Task<OutlookToken>> token) : IAuthenticationProvider
    {
        public async Task AuthenticateRequestAsync(RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
            => request.Headers.Add("Authorization", $"Bearer {(await token(cancellationToken)).AccessToken}");
    }
}
