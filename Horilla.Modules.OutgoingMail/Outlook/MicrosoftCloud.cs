namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>A Microsoft cloud, with the hosts of its sign-in and of Microsoft Graph.</summary>
/// <param name="Id">The technical name.</param>
/// <param name="Name">The display name.</param>
/// <param name="Login">The host where users sign in.</param>
/// <param name="Graph">The host of Microsoft Graph.</param>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/deployments,
/// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud.
/// </remarks>
public sealed record MicrosoftCloud(string Id, string Name, string Login, string Graph)
{
    /// <summary>Another name of the host where users in China sign in, which some of Microsoft's pages use.</summary>
    public const string ChinaLoginAlias = "login.chinacloudapi.cn";

    /// <summary>The worldwide cloud.</summary>
    public static MicrosoftCloud Global { get; } = new("global", "Microsoft 365 (global)", "login.microsoftonline.com", "graph.microsoft.com");

    /// <summary>All clouds, in display order.</summary>
    public static IReadOnlyList<MicrosoftCloud> All { get; } =
    [
        Global,
        new("usgov", "Microsoft 365 US Government (GCC High)", "login.microsoftonline.us", "graph.microsoft.us"),
        new("dod", "Microsoft 365 US Government (DoD)", "login.microsoftonline.us", "dod-graph.microsoft.us"),
        new("china", "Microsoft 365 operated by 21Vianet (China)", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"),
    ];

    /// <summary>The endpoint of Microsoft Graph.</summary>
    public string GraphEndpoint => $"https://{Graph}/v1.0";

    /// <summary>Returns the cloud with this ID, or null.</summary>
    public static MicrosoftCloud? Find(string? id) => All.FirstOrDefault(cloud => cloud.Id == id);

    /// <summary>Returns the cloud that the hosts belong to, or null.</summary>
    public static MicrosoftCloud? FindByHosts(string? login, string? graph)
        => All.FirstOrDefault(cloud => string.Equals(cloud.Login, login, StringComparison.OrdinalIgnoreCase) && string.Equals(cloud.Graph, graph, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the endpoint where the users of a tenant sign in.</summary>
    public string AuthorizationEndpoint(string tenant) => $"https://{Login}/{tenant}{MicrosoftEndpoints.AuthorizePath}";

    /// <summary>Returns the endpoint that issues tokens for a tenant.</summary>
    public string TokenEndpoint(string tenant) => $"https://{Login}/{tenant}{MicrosoftEndpoints.TokenPath}";
}
