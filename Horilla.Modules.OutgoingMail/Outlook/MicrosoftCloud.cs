namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>A cloud of Microsoft, and where its sign-in and its Graph are.</summary>
/// <param name="Id">Its name for code.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Login">The host that users sign in at.</param>
/// <param name="Graph">The host of Microsoft Graph.</param>
/// <remarks>
/// Sources: https://learn.microsoft.com/graph/deployments,
/// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud.
/// </remarks>
public sealed record MicrosoftCloud(string Id, string Name, string Login, string Graph)
{
    /// <summary>Another name of the host that users in China sign in at, which some of Microsoft's pages tell.</summary>
    public const string OldLoginInChina = "login.chinacloudapi.cn";

    /// <summary>The worldwide one.</summary>
    public static MicrosoftCloud Global { get; } = new("global", "Microsoft 365 (global)", "login.microsoftonline.com", "graph.microsoft.com");

    /// <summary>All of them, in the order of the choice.</summary>
    public static IReadOnlyList<MicrosoftCloud> All { get; } =
    [
        Global,
        new("usgov", "Microsoft 365 US Government (GCC High)", "login.microsoftonline.us", "graph.microsoft.us"),
        new("dod", "Microsoft 365 US Government (DoD)", "login.microsoftonline.us", "dod-graph.microsoft.us"),
        new("china", "Microsoft 365 operated by 21Vianet (China)", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"),
    ];

    /// <summary>Its endpoint of Microsoft Graph.</summary>
    public string GraphEndpoint => $"https://{Graph}/v1.0";

    /// <summary>The cloud of this id, or null.</summary>
    public static MicrosoftCloud? Find(string? id) => All.FirstOrDefault(cloud => cloud.Id == id);

    /// <summary>The cloud that endpoints belong to, or null.</summary>
    public static MicrosoftCloud? FindByHosts(string? login, string? graph)
        => All.FirstOrDefault(cloud => string.Equals(cloud.Login, login, StringComparison.OrdinalIgnoreCase) && string.Equals(cloud.Graph, graph, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where the users of a tenant sign in.</summary>
    public string AuthorizationEndpoint(string tenant) => $"https://{Login}/{tenant}{MicrosoftEndpoints.AuthorizePath}";

    /// <summary>Where tokens of a tenant come from.</summary>
    public string TokenEndpoint(string tenant) => $"https://{Login}/{tenant}{MicrosoftEndpoints.TokenPath}";
}
