using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.BackgroundTasks;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Refreshes the tokens of every configuration that somebody is signed in for, so that a mail never waits for it, a refresh
/// token never lapses for want of use (90 days), and an admin sees in the list what has to be signed in anew before a mail fails.
/// </summary>
[BackgroundTask(Title = "Outlook tokens", Description = "Refreshes the tokens of signed-in Outlook servers.", Schedule = "*/10 * * * *", LockTimeout = 1_000, LockExpiration = 600_000)]
public sealed partial class OutlookTokenRefresh(ILogger<OutlookTokenRefresh> logger) : IBackgroundTask
{
    /// <summary>Access tokens last an hour or a little more: the next run comes before their end.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(45);

    /// <inheritdoc />
    public async Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        var session = serviceProvider.GetRequiredService<ISession>();
        var configurations = serviceProvider.GetRequiredService<ConfigurationManager>();
        var tokens = serviceProvider.GetRequiredService<OutlookTokens>();
        var due = serviceProvider.GetRequiredService<IClock>().UtcNow - Age;

        foreach (var signIn in (await session.Query<OutlookSignIn, OutlookSignInIndex>().ListAsync()).Where(signIn => signIn.IsUsable && signIn.RefreshedUtc < due).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();

            if (await configurations.FindAsync(signIn.ConfigurationId) is not { } configuration)
            {
                // Stored in the moment that its server was deleted.
                session.Delete(signIn);
            }
            else if (signIn.Binding == OutlookTokens.BindingOf(configuration))
            {
                await session.ReleaseConnectionAsync();
                await RefreshAsync(tokens, configuration, cancellationToken);
            }
        }
    }

    private async Task RefreshAsync(OutlookTokens tokens, OutgoingMailConfiguration configuration, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(configuration.TimeoutSeconds));

        try
        {
            await tokens.AcquireAsync(configuration, force: true, largeMails: false, limit.Token);
        }
        catch (DeliveryException e)
        {
            // The list shows it. One that fails keeps no other from its turn.
            LogFailed(configuration.Title, configuration.ConfigurationId, e.Error.Code, e.Error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(configuration.Title, configuration.ConfigurationId, "timeout", "Microsoft's sign-in did not answer in time.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnexpected(e, configuration.Title, configuration.ConfigurationId);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "The token of the server '{Title}' ({ConfigurationId}) was not refreshed.")]
    private partial void LogUnexpected(Exception exception, string title, string configurationId);

    [LoggerMessage(1, LogLevel.Warning, "The token of the server '{Title}' ({ConfigurationId}) was not refreshed: {Code}. {Reason}")]
    private partial void LogFailed(string title, string configurationId, string code, string reason);
}
