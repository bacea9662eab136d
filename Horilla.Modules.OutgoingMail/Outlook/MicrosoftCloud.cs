namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>A Microsoft cloud, with the hosts of its sign-in and of Microsoft Graph.</summary>
/// <param name="Id">The technical name.</param>
/// <param name="Name">The display name.</param>
/// <param name="Login">The host where users sign in.</param>
/// <param name="Graph">The host of Microsoft Graph.</param>
/// <param name="Portal">The host of the portal where applications are registered.</param>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/deployments,
/// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud.
/// </remarks>
public sealed record MicrosoftCloud(string Id, string Name, string Login, string Graph, string Portal)
{
    /// <summary>Another name of the host where users in China sign in, which some of Microsoft's pages use.</summary>
    public const string ChinaLoginAlias = "login.chinacloudapi.cn";

    /// <summary>The worldwide cloud.</summary>
    public static MicrosoftCloud Global { get; } = new("global", "Microsoft 365 (global)", "login.microsoftonline.com", "graph.microsoft.com", "entra.microsoft.com");

    /// <summary>All clouds, in display order.</summary>
    public static IReadOnlyList<MicrosoftCloud> All { get; } =
    [
        Global,
        new("usgov", "Microsoft 365 US Government (GCC High)", "login.microsoftonline.us", "graph.microsoft.us", "portal.azure.us"),
        new("dod", "Microsoft 365 US Government (DoD)", "login.microsoftonline.us", "dod-graph.microsoft.us", "portal.azure.us"),
        new("china", "Microsoft 365 operated by 21Vianet (China)", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn", "portal.azure.cn"),
    ];

    /// <summary>The endpoint of Microsoft Graph.</summary>
    public string GraphEndpoint => $"https://{Graph}/v1.0";

    /// <summary>Returns the cloud with this ID, or null.</summary>
    public static MicrosoftCloud? Find(string? id) => All.FirstOrDefault(cloud => cloud.Id == id);

    /// <summary>Returns the cloud that the hosts belong to, or null.</summary>
    public static MicrosoftCloud? FindByHosts(string? login, string? graph)
        => All.FirstOrDefault(cloud => string.Equals(cloud.Login, login, StringComparison.OrdinalIgnoreCase) && string.Equals(cloud.Graph, graph, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the page of the portal for an application, or the list of applications if the client ID isn't one.</summary>
    /// <param name="clientId">The client ID.</param>
    /// <param name="page">The technical name of the page: Authentication, Credentials or CallAnAPI.</param>
    public string ApplicationPage(string? clientId, string page)
        => Guid.TryParse(clientId, out var id) ? $"{ApplicationList.Split('#')[0]}#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/{page}/appId/{id}" : ApplicationList;

    /// <summary>The page of the portal that lists applications.</summary>
    public string ApplicationList => $"https://{Portal}/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade";

    /// <summary>Returns the endpoint where the users of a tenant sign in.</summary>
    public string AuthorizationEndpoint(string tenant) => $"https://{Login}/{tenant}{MicrosoftEndpoints.AuthorizePath}";

    /// <summary>Returns the endpoint that issues tokens for a tenant.</summary>
    public string TokenEndpoint(string tenant) => $"https://{Login}/{tenant}{MicrosoftEndpoints.TokenPath}";
}
