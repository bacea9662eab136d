using Horilla.Platform.Shells;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class RunningShellTableTests
{
    private readonly RunningShellTable _table = new();

    public RunningShellTableTests()
    {
        _table.Add(Tenant("Default"));
        _table.Add(Tenant("t1", prefix: "t1"));
        _table.Add(Tenant("hosted", host: "acme.example,www.acme.example"));
        _table.Add(Tenant("domain", host: "*.acme.example"));
        _table.Add(Tenant("both", host: "acme.example", prefix: "shop"));
    }

    [Theory]
    [InlineData("localhost:5000", "/", "Default")]
    [InlineData("localhost", "/t1", "t1")]
    [InlineData("localhost", "/T1/Admin", "t1")]
    [InlineData("localhost", "/t12", "Default")]
    [InlineData("acme.example", "/", "hosted")]
    [InlineData("WWW.ACME.EXAMPLE:8080", "/x", "hosted")]
    [InlineData("acme.example", "/shop/x", "both")]
    [InlineData("www.acme.example", "/shop", "hosted")]
    [InlineData("sales.acme.example", "/x", "domain")]
    [InlineData("sales.acme.example:8443", "/t1", "domain")]
    [InlineData("deep.sales.acme.example", "/", "Default")]
    public void The_most_specific_address_wins(string host, string path, string tenant)
        => Assert.Equal(tenant, _table.Match(new HostString(host), path)?.Name);

    [Fact]
    public async Task A_tenant_is_always_found_while_it_is_updated()
    {
        var changes = Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                _table.Add(Tenant("t1", prefix: "t1"));
            }
        });

        while (!changes.IsCompleted)
        {
            Assert.Equal("t1", _table.Match(new HostString("localhost"), "/t1")?.Name);
        }

        await changes;
    }

    [Fact]
    public void A_removed_tenant_no_longer_matches()
    {
        _table.Remove(Tenant("t1", prefix: "t1"));

        Assert.Equal("Default", _table.Match(new HostString("localhost"), "/t1")?.Name);
        Assert.Null(_table.Match(new HostString("localhost"), "/t1", fallbackToDefault: false));
    }

    private static ShellSettings Tenant(string name, string? host = null, string? prefix = null)
        => new(name, ShellConfiguration.Create(new ConfigurationBuilder().Build(), name)) { RequestUrlHost = host, RequestUrlPrefix = prefix ?? "" };
}
