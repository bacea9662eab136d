namespace Horilla.Host.Edge;

/// <summary>The section <c>Horilla:Edge</c> of the configuration: what stands between the host and its users.</summary>
internal sealed class EdgeOptions
{
    public const string Section = "Horilla:Edge";

    /// <summary>Leads requests by HTTP to HTTPS.</summary>
    public bool RedirectToHttps { get; set; }

    /// <summary>The port of HTTPS that users see.</summary>
    public int HttpsPort { get; set; } = 443;

    /// <summary>For how many days a browser asks by HTTPS alone; 0 to tell it nothing.</summary>
    public int HstsDays { get; set; }

    /// <summary>Whether that holds for subdomains too.</summary>
    public bool HstsIncludeSubDomains { get; set; }

    /// <summary>The IP addresses of proxies whose X-Forwarded-For, -Proto and -Host are believed.</summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>Networks of such proxies, as 10.0.0.0/8.</summary>
    public string[] KnownNetworks { get; set; } = [];

    /// <summary>Whether there is any proxy to believe.</summary>
    public bool BehindProxies => KnownProxies.Length > 0 || KnownNetworks.Length > 0;

    /// <summary>Through how many proxies a request comes.</summary>
    public int ForwardLimit { get; set; } = 1;
}
