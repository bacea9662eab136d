using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Horilla.Platform.Mvc;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.Environment.Shell;

namespace OrchardCore.DisplayManagement.Notify;

/// <summary>Shows the messages of the request on its page, or keeps them in a protected cookie for the next page.</summary>
internal sealed class NotifyFilter(
    INotifier notifier,
    ILayoutAccessor layoutAccessor,
    IDataProtectionProvider dataProtection,
    HtmlEncoder encoder,
    ShellSettings shellSettings) : IAsyncResultFilter
{
    private const string Zone = "Messages";

    /// <summary>How many messages may add up. Those of the current request are all shown.</summary>
    private const int MaxMessages = 3;

    private readonly string _cookie = "orch_notify_" + Uri.EscapeDataString(shellSettings.Name);
    private readonly IDataProtector _protector = dataProtection.CreateProtector("Horilla.Platform.Notifications");

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        var fresh = notifier.List().Select(entry => new Message(entry.Type, Html(entry.Message))).ToArray();
        var messages = fresh.Concat(fresh.Length == 0 ? Kept(http) : Kept(http).Take(Math.Max(0, MaxMessages - fresh.Length))).Distinct().ToArray();

        if (context.Result is ViewResult && !IsErrorPage(http))
        {
            if (messages.Length > 0)
            {
                var zone = (await layoutAccessor.GetLayoutAsync()).Zones.GetOrCreate(Zone);

                foreach (var message in messages)
                {
                    await zone.AddAsync(Shape(message), "");
                }

                http.Response.Cookies.Delete(_cookie, TenantCookie.Options(http));
            }
        }
        else if (fresh.Length > 0)
        {
            var payload = _protector.Protect(JsonSerializer.Serialize(messages));
            http.Response.Cookies.Append(_cookie, payload, TenantCookie.Options(http));
        }

        await next();
    }

    /// <summary>Whether this is an error page, which isn't the page that messages wait for.</summary>
    private static bool IsErrorPage(HttpContext http)
        => http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;

    private static Shapes.Shape Shape(Message message)
    {
        var shape = new Shapes.Shape();
        shape.Metadata.Type = "Message";
        shape.Properties["Type"] = message.Type;
        shape.Properties["Message"] = new HtmlString(message.Html);

        return shape;
    }

    private string Html(IHtmlContent content)
    {
        using var writer = new StringWriter();
        content.WriteTo(writer, encoder);

        return writer.ToString();
    }

    private Message[] Kept(HttpContext http)
    {
        if (http.Request.Cookies[_cookie] is not { Length: > 0 } payload)
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<Message[]>(_protector.Unprotect(payload)) ?? [];
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            // Not one of our cookies, or protected with keys that have changed since: it has nothing to show.
            http.Response.Cookies.Delete(_cookie, TenantCookie.Options(http));

            return [];
        }
    }

    private sealed record Message(NotifyType Type, string Html);
}
