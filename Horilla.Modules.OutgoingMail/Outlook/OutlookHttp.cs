using Microsoft.Extensions.DependencyInjection;
using Microsoft.Identity.Client;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>The connections to Microsoft: pooled, verified, and leading nowhere else by a redirect. The caller's token bounds each request.</summary>
public sealed class OutlookHttp(IHttpClientFactory factory) : IMsalHttpClientFactory
{
    private const string SignIn = "Horilla.OutgoingMail.Outlook.SignIn";
    private const string Graph = "Horilla.OutgoingMail.Outlook.Graph";

    /// <summary>Adds it to a tenant.</summary>
    public static void AddTo(IServiceCollection services)
    {
        AddTo(services, SignIn).AddHttpMessageHandler(() => new AnswerGuard(isSignIn: true));
        AddTo(services, Graph).AddHttpMessageHandler(() => new RetryHandler()).AddHttpMessageHandler(() => new AnswerGuard(isSignIn: false));
        services.AddSingleton<OutlookHttp>();
    }

    /// <inheritdoc />
    public HttpClient GetHttpClient() => factory.CreateClient(SignIn);

    /// <summary>For requests to Microsoft Graph: throttled ones are repeated as their options say.</summary>
    public HttpClient GetGraphClient() => factory.CreateClient(Graph);

    private static IHttpClientBuilder AddTo(IServiceCollection services, string name)
        => services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            // Addresses of upload sessions and headers hold secrets: what is to be told, the caller tells.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
}
