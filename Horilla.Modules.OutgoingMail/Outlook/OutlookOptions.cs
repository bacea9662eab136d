namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// The endpoints that the host's operator allows, from the configuration section <c>Horilla_OutgoingMail_Outlook</c> of the
/// host or of one tenant. They're limited because this server sends requests to the endpoints that a tenant's administrator
/// enters.
/// </summary>
public sealed class OutlookOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Horilla_OutgoingMail_Outlook";

    /// <summary>The hosts where users may sign in, with a port unless it's 443. If empty, the hosts of Microsoft's clouds are allowed.</summary>
    public IList<string> AuthorityHosts { get; } = [];

    /// <summary>The hosts where Microsoft Graph may be called, with a port unless it's 443. If empty, the hosts of Microsoft's clouds are allowed.</summary>
    public IList<string> GraphHosts { get; } = [];

    /// <summary>Whether users may sign in at this authority.</summary>
    public bool AllowsAuthority(Uri authority) => Allows(AuthorityHosts, MicrosoftCloud.All.Select(cloud => cloud.Login).Append(MicrosoftCloud.ChinaLoginAlias), authority);

    /// <summary>Whether Microsoft Graph may be called at this endpoint.</summary>
    public bool AllowsGraph(Uri endpoint) => Allows(GraphHosts, MicrosoftCloud.All.Select(cloud => cloud.Graph), endpoint);

    private static bool Allows(IList<string> configured, IEnumerable<string> known, Uri uri)
        => (configured.Count > 0 ? configured : known).Contains(uri.IsDefaultPort ? uri.Host : uri.Authority, StringComparer.OrdinalIgnoreCase);
}
