using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.AspNetCore.WebUtilities;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Reads each response from Microsoft before the libraries do: within the time limit of the request, up to a maximum size, as
/// JSON of limited depth, and without the secrets of the request. Other responses never reach the libraries.
/// </summary>
/// <param name="isSignIn">Whether it's for Microsoft Entra; false for Microsoft Graph.</param>
internal sealed class MicrosoftResponseHandler(bool isSignIn) : DelegatingHandler
{
    /// <summary>The maximum size of an error or token response, in bytes.</summary>
    private const int MaxErrorBytes = 1024 * 1024;

    /// <summary>The maximum size of other responses, in bytes: Microsoft Graph returns a draft with its text.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    private const int MaxDepth = 64;

    /// <summary>Longer parts of an upload session's address may be its secret.</summary>
    private const int MinSecretLength = 16;

    private static readonly string[] SecretFields = ["client_secret", "client_assertion", "assertion", "code", "code_verifier", "refresh_token"];

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var secrets = await GetSecretsAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);

        try
        {
            GetExpectedResponse(request).Validate(response);
            var body = IsAccepted(request, response) ? [] : await ReadAsync(response, isSignIn || !response.IsSuccessStatusCode ? MaxErrorBytes : MaxBytes, cancellationToken);
            ReplaceContent(response, response.IsSuccessStatusCode ? ValidateSuccess(response, body) : isSignIn ? RebuildSignInError(response, body, secrets) : RebuildGraphError(response, body, secrets));

            return response;
        }
        catch
        {
            response.Dispose();

            throw;
        }
    }

    /// <summary>Returns the response that the request's options expect, or else the default for its method.</summary>
    private ExpectedGraphResponse GetExpectedResponse(HttpRequestMessage request)
        => request.Options.TryGetValue(new HttpRequestOptionsKey<ExpectedGraphResponse>(typeof(ExpectedGraphResponse).FullName!), out var expected)
            ? expected
            : request.Method == HttpMethod.Put
                ? new ExpectedGraphResponse(HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted)
                : new ExpectedGraphResponse(HttpStatusCode.OK);

    /// <summary>Whether a message was accepted. Only the status counts, so that a body that never ends doesn't turn it into a failure.</summary>
    private bool IsAccepted(HttpRequestMessage request, HttpResponseMessage response)
        => !isSignIn
            && request.Method == HttpMethod.Post
            && response.StatusCode == HttpStatusCode.Accepted
            && response.Content.Headers.ContentType?.MediaType is null or MediaTypeNames.Application.Json;

    private static async Task<SecretDetector> GetSecretsAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var secrets = new List<string>();

        if (request.Headers.Authorization?.Parameter is { } token)
        {
            secrets.Add(token);
        }

        if (request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded")
        {
            var form = QueryHelpers.ParseQuery(await request.Content.ReadAsStringAsync(cancellationToken));
            secrets.AddRange(SecretFields.Select(field => form.GetValueOrDefault(field).ToString()));
        }
        else if (request is { Headers.Authorization: null, RequestUri: { } address })
        {
            // The addresses of upload sessions are secrets themselves.
            secrets.AddRange(address.Segments.Select(segment => segment.Trim('/')).Concat(QueryHelpers.ParseQuery(address.Query).Values.Select(value => value.ToString())).Where(part => part.Length > MinSecretLength));
        }

        return new SecretDetector(secrets);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, int max, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];

        while (await ReadPartAsync() is > 0 and var count)
        {
            if (body.Length + count > max)
            {
                throw new UnexpectedResponseException(response.StatusCode, $"more than {(max / 1024).ToString(CultureInfo.InvariantCulture)} KB");
            }

            body.Write(buffer.AsSpan(0, count));
        }

        return body.ToArray();

        async Task<int> ReadPartAsync()
        {
            try
            {
                return await stream.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException e)
            {
                // Treated like a missing response: callers handle this exception.
                throw new HttpRequestException(HttpRequestError.ResponseEnded, e.Message, e, response.StatusCode);
            }
        }
    }

    /// <summary>Returns the body of a success. It must be JSON, but Graph may also return no body.</summary>
    private byte[] ValidateSuccess(HttpResponseMessage response, byte[] body)
        => (body.Length == 0 && !isSignIn) || IsJsonObject(body)
            ? body
            : throw new UnexpectedResponseException(response.StatusCode, response.Content.Headers.ContentType?.MediaType);

    /// <summary>Rebuilds an error of RFC 6749 section 5.2, with the fields that Entra adds and the types that it uses.</summary>
    private static byte[] RebuildSignInError(HttpResponseMessage response, byte[] body, SecretDetector secrets)
    {
        var error = new Dictionary<string, object> { ["error"] = StatusName(response) };

        if (IsJsonObject(body))
        {
            using var document = Parse(body);
            var root = document.RootElement;

            foreach (var field in (string[])["error", "error_description", "suberror", "claims", "correlation_id", "trace_id", "timestamp"])
            {
                if (GetText(root, secrets, field) is { } text)
                {
                    error[field] = text;
                }
            }

            if (root.TryGetProperty("error_codes", out var codes) && codes.ValueKind == JsonValueKind.Array)
            {
                error["error_codes"] = codes.EnumerateArray().Where(code => code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out _)).Select(code => code.GetInt32()).ToArray();
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(error);
    }

    /// <summary>Rebuilds an error of Microsoft Graph: https://learn.microsoft.com/graph/errors.</summary>
    private static byte[] RebuildGraphError(HttpResponseMessage response, byte[] body, SecretDetector secrets)
    {
        var error = new Dictionary<string, object> { ["code"] = StatusName(response), ["message"] = "" };

        if (IsJsonObject(body))
        {
            using var document = Parse(body);

            if (document.RootElement.TryGetProperty("error", out var root) && root.ValueKind == JsonValueKind.Object)
            {
                error["code"] = GetText(root, secrets, "code") ?? error["code"];
                error["message"] = GetText(root, secrets, "message") ?? "";

                if (root.TryGetProperty("innerError", out var inner) && inner.ValueKind == JsonValueKind.Object && GetText(inner, secrets, "request-id") is { } id && Guid.TryParse(id, out _))
                {
                    error["innerError"] = new Dictionary<string, string> { ["request-id"] = id };
                }
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["error"] = error });
    }

    private static string StatusName(HttpResponseMessage response) => $"http_{((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Returns the text of a field, or null if it isn't a text or repeats a secret.</summary>
    private static string? GetText(JsonElement element, SecretDetector secrets, string field)
        => element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !secrets.ContainsSecret(text) ? text : null;

    private static JsonDocument Parse(byte[] body) => JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });

    private static bool IsJsonObject(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });

            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read())
            {
                // Read to the end, which throws if the JSON is invalid.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void ReplaceContent(HttpResponseMessage response, byte[] body)
    {
        var content = new ByteArrayContent(body);

        foreach (var (name, values) in response.Content.Headers.Where(header => header.Key is not ("Content-Length" or "Content-Encoding" or "Content-Type")))
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        if (body.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        }

        response.Content.Dispose();
        response.Content = content;
    }
}
