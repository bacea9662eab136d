using System.Globalization;
using Horilla.Modules.OutgoingMail;
using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Horilla.Modules.OutgoingMail.Smtp;
using Horilla.Testing;
using MimeKit;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;

namespace Horilla.Bench.Sending;

/// <summary>The module in a tenant of a host that runs in this process, with the default settings of a server.</summary>
internal sealed class HorillaSender(WebApplication host, ShellSettings tenant, TemporaryFolder folder) : IBenchmarkSender
{
    public string Name => "Horilla, SendAsync";

    /// <summary>Starts a host.</summary>
    /// <param name="postgreSql">The connection string of a PostgreSQL database, or null for SQLite.</param>
    public static async Task<HorillaSender> StartAsync(string? postgreSql = null)
    {
        var folder = new TemporaryFolder();
        Environment.SetEnvironmentVariable("ORCHARD_APP_DATA", folder.CreateSubfolder("data"));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.Combine(Repository.Root, "Horilla.Host") });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"),
            ["Logging:LogLevel:Default"] = Environment.GetEnvironmentVariable("BENCH_LOG") ?? "Error",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Error",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword"] = HostProcess.Password,
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:0:DatabaseProvider"] = postgreSql is null ? "Sqlite" : "Postgres",
            ["OrchardCore:OrchardCore_AutoSetup:Tenants:0:DatabaseConnectionString"] = postgreSql,
        });
        builder.Services.AddOrchardCms().AddSetupFeatures("OrchardCore.AutoSetup");
        var host = builder.Build();
        host.UseOrchardCore();
        await host.StartAsync();

        // The first request sets the tenant up.
        using var browser = new WebBrowser(new Uri(host.Urls.Single()));
        await browser.GetAsync("/Login");

        host.Services.GetRequiredService<IShellHost>().TryGetSettings("Default", out var tenant);

        return new HorillaSender(host, tenant!, folder);
    }

    public async Task<Measurement> RunAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time)
    {
        var options = new OutgoingMailOptions { ConfigurationId = await ConfigureAsync(what) };

        return await SenderLoop.RunAsync(what, warmUp, time, body => UseAsync(services =>
        {
            var mail = services.GetRequiredService<IOutgoingMailService>();

            return body(async message => Check(await mail.SendAsync(message, options)));
        }));
    }

    /// <summary>Sends all messages as one stream from one caller.</summary>
    public async Task<Measurement> StreamAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time)
    {
        var options = new OutgoingMailOptions { ConfigurationId = await ConfigureAsync(what) };
        using var counter = new MeasurementRecorder(warmUp, time);
        var sent = new List<double>();
        await UseAsync(async services =>
        {
            await foreach (var (message, result) in services.GetRequiredService<IOutgoingMailService>().SendManyAsync(Messages(), options))
            {
                Check(result);
                message.Dispose();

                if (counter.Counts)
                {
                    sent.Add(0);
                }
            }
        });
        counter.Add(sent);

        return counter.Result() with { Percentile95 = null };

        async IAsyncEnumerable<MimeMessage> Messages()
        {
            while (!counter.IsOver)
            {
                yield return what.Compose();
            }

            await Task.CompletedTask;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        folder.Dispose();
    }

    private static void Check(OutgoingMailResult result)
    {
        if (!result.IsSent)
        {
            throw new InvalidOperationException($"A message wasn't sent: {result.Error}");
        }
    }

    /// <summary>Runs something in a scope of the tenant.</summary>
    public async Task UseAsync(Func<IServiceProvider, Task> use)
    {
        var scope = await host.Services.GetRequiredService<IShellHost>().GetScopeAsync(tenant);
        await scope.UsingAsync(scope => use(scope.ServiceProvider));
    }

    /// <summary>Creates a mail server for a case, and returns its ID.</summary>
    public async Task<string> ConfigureAsync(BenchmarkCase what)
    {
        var configuration = OutgoingMailConfigurationManager.New(SmtpServerType.TechnicalName);
        await UseAsync(services =>
        {
            configuration.Username = MailSink.UserName;
            configuration.DefaultFrom = MailSink.UserName;
            configuration.DisplayName = "Acme";
            configuration.Put(new SmtpServerSettings
            {
                Host = "localhost",
                Port = what.Port,
                UseTls = what.IsSecure,
                NeedsNoSignIn = !what.IsSecure,
                MaxConnections = what.MaxConnections,
                ProtectedPassword = services.GetRequiredService<SecretProtector>().Protect(configuration.ConfigurationId, SmtpServerSettings.PasswordSecret, MailSink.Password),
            });

            return services.GetRequiredService<OutgoingMailConfigurationManager>().SaveAsync(configuration, makePrimary: false);
        });

        return configuration.ConfigurationId;
    }
}

/// <summary>The module, with all messages as one stream from one caller.</summary>
internal sealed class HorillaBatchSender(HorillaSender horilla) : IBenchmarkSender
{
    public string Name => "Horilla, SendManyAsync";

    public bool Supports(BenchmarkCase what) => what.Senders == 1;

    public Task<Measurement> RunAsync(BenchmarkCase what, TimeSpan warmUp, TimeSpan time) => horilla.StreamAsync(what, warmUp, time);

    /// <summary>Does nothing: the host belongs to the other contestant.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
