using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Horilla.Host.Edge;

/// <summary>Proxies, HTTPS and health: what a request meets before its tenant.</summary>
internal static class EdgeExtensions
{
    private const string Live = "/health/live";

    public static void AddEdge(this WebApplicationBuilder builder)
    {
        var options = Options(builder.Configuration);

        builder.Services.AddHttpsRedirection(https => https.HttpsPort = options.HttpsPort);
        builder.Services.AddHsts(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(options.HstsDays);
            hsts.IncludeSubDomains = options.HstsIncludeSubDomains;
        });

        if (options.BehindProxies)
        {
            builder.AddProxies(options);
        }
    }

    public static void UseEdge(this WebApplication app)
    {
        var options = Options(app.Configuration);

        if (options.BehindProxies)
        {
            app.UseForwardedHeaders();
        }

        // Whoever asks whether the process lives asks it directly, by whatever scheme and name. Without ASP.NET Core's service of
        // health checks, which tenants have for themselves.
        app.Map(Live, live => live.Run(context => context.Response.WriteAsync("Healthy")));

        if (options.HstsDays > 0)
        {
            app.UseHsts();
        }

        if (options.RedirectToHttps)
        {
            app.UseHttpsRedirection();
        }
    }

    private static void AddProxies(this WebApplicationBuilder builder, EdgeOptions options)
        => builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = options.ForwardLimit;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();

            foreach (var proxy in options.KnownProxies)
            {
                forwarded.KnownProxies.Add(IPAddress.TryParse(proxy, out var address) ? address : throw Wrong(nameof(options.KnownProxies), proxy, "an IP address"));
            }

            foreach (var network in options.KnownNetworks)
            {
                forwarded.KnownIPNetworks.Add(IPNetwork.TryParse(network, out var range) ? range : throw Wrong(nameof(options.KnownNetworks), network, "a network such as 10.0.0.0/8"));
            }
        });

    private static EdgeOptions Options(IConfiguration configuration) => configuration.GetSection(EdgeOptions.Section).Get<EdgeOptions>() ?? new EdgeOptions();

    private static InvalidOperationException Wrong(string key, string value, string wanted) => new($"The configuration '{EdgeOptions.Section}:{key}' has '{value}', which is not {wanted}.");
}
