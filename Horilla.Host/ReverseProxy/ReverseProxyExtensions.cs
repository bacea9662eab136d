using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Horilla.Host.ReverseProxy;

/// <summary>Handles proxies, HTTPS and liveness before a request reaches its tenant.</summary>
internal static class ReverseProxyExtensions
{
    private const string LivenessPath = "/health/live";

    public static void AddReverseProxy(this WebApplicationBuilder builder)
    {
        var options = ReadOptions(builder.Configuration);

        builder.Services.AddHttpsRedirection(https => https.HttpsPort = options.HttpsPort);
        builder.Services.AddHsts(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(options.HstsDays);
            hsts.IncludeSubDomains = options.HstsIncludeSubDomains;
        });

        if (options.HasTrustedProxies)
        {
            builder.AddForwardedHeaders(options);
        }
    }

    public static void UseReverseProxy(this WebApplication app)
    {
        var options = ReadOptions(app.Configuration);

        if (options.HasTrustedProxies)
        {
            app.UseForwardedHeaders();
        }

        // Liveness probes call the process directly, with any scheme and host name. ASP.NET Core's health check service isn't used:
        // each tenant has its own.
        app.Map(LivenessPath, live => live.Run(context => context.Response.WriteAsync("Healthy")));

        if (options.HstsDays > 0)
        {
            app.UseHsts();
        }

        if (options.RedirectToHttps)
        {
            app.UseHttpsRedirection();
        }
    }

    private static void AddForwardedHeaders(this WebApplicationBuilder builder, ReverseProxyOptions options)
        => builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = options.ForwardLimit;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();

            foreach (var proxy in options.KnownProxies)
            {
                forwarded.KnownProxies.Add(IPAddress.TryParse(proxy, out var address) ? address : throw InvalidSetting(nameof(options.KnownProxies), proxy, "an IP address"));
            }

            foreach (var network in options.KnownNetworks)
            {
                forwarded.KnownIPNetworks.Add(IPNetwork.TryParse(network, out var range) ? range : throw InvalidSetting(nameof(options.KnownNetworks), network, "a network in CIDR notation, for example 10.0.0.0/8"));
            }
        });

    private static ReverseProxyOptions ReadOptions(IConfiguration configuration) => configuration.GetSection(ReverseProxyOptions.Section).Get<ReverseProxyOptions>() ?? new ReverseProxyOptions();

    private static InvalidOperationException InvalidSetting(string key, string value, string expected) => new($"The setting '{ReverseProxyOptions.Section}:{key}' contains '{value}', which isn't {expected}.");
}
