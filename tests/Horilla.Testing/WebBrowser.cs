using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using AngleSharp.Html.Parser;

namespace Horilla.Testing;

/// <summary>A browser without scripts: it keeps cookies, reads pages and submits forms. It doesn't follow redirects automatically.</summary>
public sealed class WebBrowser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    /// <summary>Opens a browser without cookies.</summary>
    /// <param name="address">The site.</param>
    /// <param name="from">The local address that it connects from, or null for the usual one.</param>
    public WebBrowser(Uri address, IPAddress? from = null)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies };

        if (from is not null)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);

                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        _client = new HttpClient(handler)
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(2),
        };
    }

    /// <summary>Signs in with the form of the site.</summary>
    /// <param name="userName">The user name.</param>
    /// <param name="password">The password.</param>
    /// <param name="prefix">The tenant's URL prefix with its slash; empty for the default tenant.</param>
    public async Task SignInAsync(string userName, string password, string prefix = "")
    {
        var page = await GetAsync($"{prefix}/Login");
        var answer = await page.SubmitAsync(new() { ["LoginForm.UserName"] = userName, ["LoginForm.Password"] = password });

        if (answer.Status != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"'{userName}' can't sign in: {answer.Document.Body?.TextContent}");
        }
    }

    /// <summary>Returns another browser with the same cookies, as a thief would have it.</summary>
    public WebBrowser CloneWithCookies()
    {
        var copy = new WebBrowser(_client.BaseAddress!);
        copy._cookies.Add(_cookies.GetAllCookies());

        return copy;
    }

    /// <summary>Copies the cookies that another browser has for one tenant to the cookie names and path of another tenant, as a thief would.</summary>
    public void CopyCookiesFrom(WebBrowser victim, string fromTenant, string toTenant)
    {
        foreach (Cookie cookie in victim._cookies.GetCookies(new Uri(victim._client.BaseAddress!, $"/{fromTenant}/")))
        {
            _cookies.Add(_client.BaseAddress!, new Cookie(cookie.Name.Replace(fromTenant, toTenant, StringComparison.Ordinal), cookie.Value, $"/{toTenant}"));
            _cookies.Add(_client.BaseAddress!, new Cookie(cookie.Name, cookie.Value, $"/{toTenant}"));
        }
    }

    public Task<WebPage> GetAsync(string url) => SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

    /// <summary>Returns how many bytes a page takes with a content encoding, and how many rows its table has.</summary>
    public async Task<(long Length, int Rows)> MeasureAsync(string url, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var response = await _client.SendAsync(request);

        if (response.Content.Headers.ContentEncoding.SingleOrDefault() != encoding)
        {
            throw new InvalidOperationException($"{url} isn't encoded with {encoding}.");
        }

        var content = await response.Content.ReadAsByteArrayAsync();
        await using Stream decoded = encoding == "br" ? new BrotliStream(new MemoryStream(content), CompressionMode.Decompress) : new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        var document = await new HtmlParser().ParseDocumentAsync(decoded);

        return (content.Length, document.QuerySelectorAll("tbody tr").Length);
    }

    /// <summary>Gets a page and follows its redirects.</summary>
    public async Task<WebPage> OpenAsync(string url)
    {
        var page = await GetAsync(url);

        for (var redirects = 0; page.Location is { } location && redirects < 5; redirects++)
        {
            page = await GetAsync(location);
        }

        return page;
    }

    public Task<WebPage> PostAsync(string url, IEnumerable<KeyValuePair<string, string>> fields)
        => SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Submits a form with a file in one of its fields.</summary>
    public Task<WebPage> PostFileAsync(string url, IEnumerable<KeyValuePair<string, string>> fields, string field, string fileName, byte[] content)
    {
        var form = new MultipartFormDataContent();

        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(content), field, fileName);

        return SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = form });
    }

    public void Dispose() => _client.Dispose();

    private async Task<WebPage> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var document = await new HtmlParser().ParseDocumentAsync(text);

        return new WebPage(this, response.StatusCode, request.RequestUri!.ToString(), response.Headers.Location?.PathAndQuery(), response.Headers.Location, response.Headers, response.Content.Headers, text, document);
    }
}
