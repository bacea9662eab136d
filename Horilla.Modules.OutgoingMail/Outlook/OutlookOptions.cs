namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// What the operator of the host allows: the section <c>Horilla_OutgoingMail_Outlook</c> of the configuration, of the host
/// or of one tenant. An endpoint that a tenant's admin enters makes this server call out.
/// </summary>
public sealed class OutlookOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Horilla_OutgoingMail_Outlook";

    /// <summary>Where users may sign in: hosts, with a port unless it is 443. Where nothing is configured, those of Microsoft's clouds.</summary>
    public IList<string> AuthorityHosts { get; } = [];

    /// <summary>Where Microsoft Graph may be: hosts, with a port unless it is 443. Where nothing is configured, those of Microsoft's clouds.</summary>
    public IList<string> GraphHosts { get; } = [];

    /// <summary>Whether users may sign in there.</summary>
    public bool AllowsAuthority(Uri authority) => Allows(AuthorityHosts, MicrosoftCloud.All.Select(cloud => cloud.Login).Append(MicrosoftCloud.OldLoginInChina), authority);

    /// <summary>Whether Microsoft Graph may be there.</summary>
    public bool AllowsGraph(Uri endpoint) => Allows(GraphHosts, MicrosoftCloud.All.Select(cloud => cloud.Graph), endpoint);

    private static bool Allows(IList<string> configured, IEnumerable<string> known, Uri uri)
        => (configured.Count > 0 ? configured : known).Contains(uri.IsDefaultPort ? uri.Host : uri.Authority, StringComparer.OrdinalIgnoreCase);
}
