using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Horilla.Testing.Cloud;

/// <summary>
/// Stands in for Microsoft Entra and Microsoft Graph, which tests can't use. It is as strict as they are: it rejects the same
/// requests with the same error codes. A test can also make it fail as they do.
/// </summary>
public sealed class FakeMicrosoftCloud : IAsyncDisposable
{
    public const string TenantId = "7d1f3c52-8f0e-4c0e-9b7b-5a2f6f5c1d2e";
    public const string TenantDomain = "acme.example";
    public const string ClientId = "0b1e9c1e-5d3a-4c0e-9b7b-2f6f5c1d2e3f";
    public const string ClientSecret = "Right~Secret.Value-42";

    private readonly WebApplication _application;
    private readonly List<FakeUser> _users = [];

    private FakeMicrosoftCloud(WebApplication application)
    {
        _application = application;
        Entra = new FakeEntra(this);
        Graph = new FakeGraph(this);
    }

    public FakeEntra Entra { get; }

    public FakeGraph Graph { get; }

    /// <summary>Its base address, without a path.</summary>
    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<FakeUser> Users => _users;

    public string AuthorizationEndpoint(string tenant = TenantDomain) => $"{Address}{tenant}/oauth2/v2.0/authorize";

    public string TokenEndpoint(string tenant = TenantDomain) => $"{Address}{tenant}/oauth2/v2.0/token";

    public string GraphEndpoint => $"{Address}v1.0";

    /// <summary>Starts a stand-in.</summary>
    /// <param name="certificate">Its certificate, which the host has to trust.</param>
    /// <param name="port">Its port, or 0 for any free one.</param>
    public static async Task<FakeMicrosoftCloud> StartAsync((string Certificate, string Key) certificate, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 200 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(X509Certificate2.CreateFromPemFile(certificate.Certificate, certificate.Key)));
        });
        var application = builder.Build();
        var standIn = new FakeMicrosoftCloud(application);
        standIn.Entra.Map(application);
        standIn.Graph.Map(application);
        await application.StartAsync();
        var address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        standIn.Address = new Uri($"https://localhost:{address.Port}/");

        return standIn;
    }

    /// <summary>Adds an account to the tenant.</summary>
    public FakeUser AddUser(string userPrincipalName, string? mail = null, string? objectId = null)
    {
        var user = new FakeUser(userPrincipalName, mail ?? userPrincipalName, objectId);
        _users.Add(user);

        return user;
    }

    /// <summary>The settings that allow a host to use the stand-in in addition to Microsoft's own clouds.</summary>
    public (string Name, string Value)[] HostSettings() =>
    [
        ("OrchardCore__Horilla_OutgoingMail_Outlook__AuthorityHosts__0", Address.Authority),
        ("OrchardCore__Horilla_OutgoingMail_Outlook__AuthorityHosts__1", "login.microsoftonline.com"),
        ("OrchardCore__Horilla_OutgoingMail_Outlook__AuthorityHosts__2", "login.microsoftonline.us"),
        ("OrchardCore__Horilla_OutgoingMail_Outlook__GraphHosts__0", Address.Authority),
        ("OrchardCore__Horilla_OutgoingMail_Outlook__GraphHosts__1", "graph.microsoft.com"),
        ("OrchardCore__Horilla_OutgoingMail_Outlook__GraphHosts__2", "graph.microsoft.us"),
    ];

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
