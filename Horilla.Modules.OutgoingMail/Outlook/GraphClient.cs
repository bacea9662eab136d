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

    private readonly Dictionary<string, ParsableFactory<IParsable>> _errorMapping = new() { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
    private readonly HttpClientRequestAdapter _adapter;
    private readonly HttpClientRequestAdapter _uploadAdapter;
    private readonly Func<TimeSpan> _getTimeLeft;

    public GraphClient(HttpClient http, string endpoint, Func<CancellationToken, Task<OutlookToken>> getToken, Func<TimeSpan> getTimeLeft)
    {
        _adapter = new HttpClientRequestAdapter(new BearerTokenProvider(getToken), httpClient: http) { BaseUrl = endpoint };
        _uploadAdapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http);
        _getTimeLeft = getTimeLeft;
        Client = new GraphServiceClient(_adapter, endpoint);
    }

    public GraphServiceClient Client { get; }

    /// <summary>The adapter for the addresses of upload sessions, which are secrets themselves and must not receive the token.</summary>
    public IRequestAdapter UploadAdapter => _uploadAdapter;

    /// <summary>Posts a message in MIME format, for which the SDK has no request builder.</summary>
    public Task PostMimeAsync(string path, Stream content, ExpectedGraphResponse expectedResponse, CancellationToken cancellationToken)
        => _adapter.SendNoContentAsync(CreateMimeRequest(path, content, expectedResponse), _errorMapping, cancellationToken);

    /// <inheritdoc cref="PostMimeAsync(string, Stream, ExpectedGraphResponse, CancellationToken)"/>
    public Task<T?> PostMimeAsync<T>(string path, Stream content, ExpectedGraphResponse expectedResponse, ParsableFactory<T> factory, CancellationToken cancellationToken)
        where T : IParsable
        => _adapter.SendAsync(CreateMimeRequest(path, content, expectedResponse), factory, _errorMapping, cancellationToken);

    /// <summary>Returns the options of a request.</summary>
    /// <param name="expectedResponse">The expected response, which also records the actual one.</param>
    public IList<IRequestOption> CreateOptions(ExpectedGraphResponse expectedResponse)
        =>
        [
            expectedResponse,
            new RetryHandlerOption
            {
                MaxRetry = MaxRetries,
                // A 504 doesn't show whether the request was processed: a retry might send the message twice.
                ShouldRetry = (delay, attempt, response) => response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                    && attempt < MaxRetries
                    && (GetRetryAfter(response) ?? TimeSpan.FromSeconds(delay * Math.Pow(2, attempt))) < _getTimeLeft(),
            },
        ];

    public void Dispose()
    {
        _adapter.Dispose();
        _uploadAdapter.Dispose();
    }

    private static TimeSpan? GetRetryAfter(HttpResponseMessage response)
        => response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when response.Headers.Date is { } now => date - now,
            _ => null,
        };

    private RequestInformation CreateMimeRequest(string path, Stream content, ExpectedGraphResponse expectedResponse)
    {
        var request = new RequestInformation(Method.POST, "{+baseurl}/" + path, new Dictionary<string, object> { ["baseurl"] = _adapter.BaseUrl! });
        request.Headers.Add("Accept", "application/json");
        request.SetStreamContent(content, "text/plain");
        request.AddRequestOptions(CreateOptions(expectedResponse));

        return request;
    }

    /// <summary>Gets the token for each request, because large attachments may take longer than a token is valid.</summary>
    private sealed class BearerTokenProvider(Func<CancellationToken, Task<OutlookToken>> getToken) : IAuthenticationProvider
    {
        public async Task AuthenticateRequestAsync(RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
            => request.Headers.Add("Authorization", $"Bearer {(await getToken(cancellationToken)).AccessToken}");
    }
}
