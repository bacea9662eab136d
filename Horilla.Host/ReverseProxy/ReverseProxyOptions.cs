namespace Horilla.Host.ReverseProxy;

/// <summary>The configuration section <c>Horilla:Edge</c>: proxies and HTTPS in front of the host.</summary>
internal sealed class ReverseProxyOptions
{
    public const string Section = "Horilla:Edge";

    /// <summary>Whether HTTP requests are redirected to HTTPS.</summary>
    public bool RedirectToHttps { get; set; }

    /// <summary>The public HTTPS port.</summary>
    public int HttpsPort { get; set; } = 443;

    /// <summary>For how many days browsers use only HTTPS (HSTS); 0 to send no header.</summary>
    public int HstsDays { get; set; }

    /// <summary>Whether HSTS includes subdomains.</summary>
    public bool HstsIncludeSubDomains { get; set; }

    /// <summary>The IP addresses of proxies whose X-Forwarded-For, -Proto and -Host headers are trusted.</summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>The networks of trusted proxies, for example 10.0.0.0/8.</summary>
    public string[] KnownNetworks { get; set; } = [];

    /// <summary>Whether any proxy is trusted.</summary>
    public bool HasTrustedProxies => KnownProxies.Length > 0 || KnownNetworks.Length > 0;

    /// <summary>How many proxies a request passes through.</summary>
    public int ForwardLimit { get; set; } = 1;
}
