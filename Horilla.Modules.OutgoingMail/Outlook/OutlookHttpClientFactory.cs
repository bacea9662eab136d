using Microsoft.Extensions.DependencyInjection;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>Provides HTTP clients for Microsoft, with pooled and verified connections and without redirects. The caller's cancellation token limits each request.</summary>
public sealed class OutlookHttpClientFactory(IHttpClientFactory factory)
{
    private const string SignIn = "Horilla.OutgoingMail.Outlook.SignIn";
    private const string Graph = "Horilla.OutgoingMail.Outlook.Graph";

    /// <summary>Registers the clients in a tenant.</summary>
    public static void AddOutlookHttpClients(IServiceCollection services)
    {
        AddOutlookHttpClients(services, SignIn).AddHttpMessageHandler(() => new MicrosoftResponseHandler(isSignIn: true));
        AddOutlookHttpClients(services, Graph).AddHttpMessageHandler(() => new RetryHandler()).AddHttpMessageHandler(() => new MicrosoftResponseHandler(isSignIn: false));
        services.AddSingleton<OutlookHttpClientFactory>();
    }

    /// <summary>Returns a client for Microsoft Entra.</summary>
    public HttpClient GetSignInClient() => factory.CreateClient(SignIn);

    /// <summary>Returns a client for Microsoft Graph. Throttled requests are retried according to their options.</summary>
    public HttpClient GetGraphClient() => factory.CreateClient(Graph);

    private static IHttpClientBuilder AddOutlookHttpClients(IServiceCollection services, string name)
        => services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            // Headers and the addresses of upload sessions contain secrets. The caller logs what is needed.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
}
