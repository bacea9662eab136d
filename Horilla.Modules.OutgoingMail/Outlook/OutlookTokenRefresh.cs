using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.BackgroundTasks;
using OrchardCore.Modules;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Refreshes the tokens of all signed-in configurations, so that no message has to wait for a refresh, no refresh token expires
/// because it wasn't used (90 days), and administrators see in the list which servers need a new sign-in before a message fails.
/// </summary>
[BackgroundTask(Title = "Outlook tokens", Description = "Refreshes the tokens of signed-in Outlook servers.", Schedule = "*/10 * * * *", LockTimeout = 1_000, LockExpiration = 600_000)]
public sealed partial class OutlookTokenRefresh(ILogger<OutlookTokenRefresh> logger) : IBackgroundTask
{
    /// <summary>Access tokens are valid for an hour or a little longer: the next run comes before they expire.</summary>
    private static readonly TimeSpan MaxTokenAge = TimeSpan.FromMinutes(45);

    /// <inheritdoc />
    public async Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        var session = serviceProvider.GetRequiredService<ISession>();
        var configurations = serviceProvider.GetRequiredService<OutgoingMailConfigurationManager>();
        var tokens = serviceProvider.GetRequiredService<OutlookTokenProvider>();
        var refreshedBefore = serviceProvider.GetRequiredService<IClock>().UtcNow - MaxTokenAge;

        foreach (var signIn in (await session.Query<OutlookSignIn, OutlookSignInIndex>().ListAsync()).Where(signIn => signIn.IsUsable && signIn.RefreshedUtc < refreshedBefore).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();

            if (await configurations.FindAsync(signIn.ConfigurationId) is not { } configuration)
            {
                // It was stored just as its server was being deleted.
                session.Delete(signIn);
            }
            else if (signIn.IsFor(configuration))
            {
                await session.CommitAndReleaseConnectionAsync();
                await RefreshAsync(tokens, configuration, cancellationToken);
            }
        }
    }

    private async Task RefreshAsync(OutlookTokenProvider tokens, OutgoingMailConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            await tokens.RefreshAsync(configuration, cancellationToken);
        }
        catch (DeliveryException e)
        {
            // The list shows the error. The other servers are still refreshed.
            LogFailed(configuration.Title, configuration.ConfigurationId, e.Error.Code, e.Error.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnexpected(e, configuration.Title, configuration.ConfigurationId);
        }
    }

    [LoggerMessage(12, LogLevel.Error, "Unexpected error while refreshing the token of the mail server '{Title}' ({ConfigurationId}).")]
    private partial void LogUnexpected(Exception exception, string title, string configurationId);

    [LoggerMessage(11, LogLevel.Warning, "The token of the mail server '{Title}' ({ConfigurationId}) couldn't be refreshed: {Code}. {Reason}")]
    private partial void LogFailed(string title, string configurationId, string code, string reason);
}
