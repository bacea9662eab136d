using System.Net;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Microsoft Graph as one account, for one message. A throttled request is repeated for as long as there is time for it.</summary>
internal sealed class GraphConnection : IDisposable
{
    private const int MostRetries = 10;

    private readonly Dictionary<string, ParsableFactory<IParsable>> _errors = new() { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
    private readonly HttpClientRequestAdapter _adapter;
    private readonly HttpClientRequestAdapter _upload;
    private readonly Func<TimeSpan> _timeLeft;

    public GraphConnection(HttpClient http, string endpoint, Func<CancellationToken, Task<OutlookToken>> token, Func<TimeSpan> timeLeft)
    {
        _adapter = new HttpClientRequestAdapter(new Bearer(token), httpClient: http) { BaseUrl = endpoint };
        _upload = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http);
        _timeLeft = timeLeft;
        Client = new GraphServiceClient(_adapter, endpoint);
    }

    public GraphServiceClient Client { get; }

    /// <summary>For the addresses of upload sessions, which are secrets of their own and must not get the token.</summary>
    public IRequestAdapter Upload => _upload;

    /// <summary>Posts a message in MIME form, which the SDK has no builder for.</summary>
    public Task PostMimeAsync(string path, Stream content, GraphAnswer answer, CancellationToken cancellationToken)
        => _adapter.SendNoContentAsync(Mime(path, content, answer), _errors, cancellationToken);

    /// <inheritdoc cref="PostMimeAsync(string, Stream, GraphAnswer, CancellationToken)"/>
    public Task<T?> PostMimeAsync<T>(string path, Stream content, GraphAnswer answer, ParsableFactory<T> factory, CancellationToken cancellationToken)
        where T : IParsable
        => _adapter.SendAsync(Mime(path, content, answer), factory, _errors, cancellationToken);

    /// <summary>The options of each request.</summary>
    /// <param name="answer">What the request is answered by.</param>
    public IList<IRequestOption> Options(GraphAnswer answer)
        =>
        [
            answer,
            new RetryHandlerOption
            {
                MaxRetry = MostRetries,
                // A 504 does not say whether the request was done: repeated, it might send the mail twice.
                ShouldRetry = (delay, attempt, response) => response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                    && attempt < MostRetries
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

    private RequestInformation Mime(string path, Stream content, GraphAnswer answer)
    {
        var request = new RequestInformation(Method.POST, "{+baseurl}/" + path, new Dictionary<string, object> { ["baseurl"] = _adapter.BaseUrl! });
        request.Headers.Add("Accept", "application/json");
        request.SetStreamContent(content, "text/plain");
        request.AddRequestOptions(Options(answer));

        return request;
    }

    /// <summary>Asks for the token with each request: large attachments may take longer than a token lasts.</summary>
    private sealed class Bearer(Func<CancellationToken, Task<OutlookToken>> token) : IAuthenticationProvider
    {
        public async Task AuthenticateRequestAsync(RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
            => request.Headers.Add("Authorization", $"Bearer {(await token(cancellationToken)).AccessToken}");
    }
}
