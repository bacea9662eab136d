using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MimeKit;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Settings;
using YesSql;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Sends test messages from the admin pages. Scoped.</summary>
public sealed class TestMessageSender(OutgoingMailService mail, ISiteService siteService, ISession session, IStringLocalizer<TestMessageSender> stringLocalizer)
{
    /// <summary>The maximum number of servers that are tested at the same time.</summary>
    private const int MaxConcurrency = 8;

    private readonly IStringLocalizer S = stringLocalizer;

    /// <summary>Returns the recipient that was typed in the field <c>recipient</c>, or adds an error there and returns null.</summary>
    public MailboxAddress? ParseRecipient(string recipient, ModelStateDictionary modelState)
    {
        if (MailAddressParser.TryParse(recipient, out var mailbox))
        {
            return mailbox;
        }

        modelState.AddModelError(nameof(recipient), recipient.Length == 0
            ? S["Enter the address to send the test message to."]
            : InvisibleCharacters.GetErrorMessage(recipient, S) ?? S["'{0}' isn't a valid email address. Enter one address without a name, for example you@example.com.", recipient.TruncateInput()]);

        return null;
    }

    /// <summary>Sends a test message through a server. Commits what the request has saved.</summary>
    /// <param name="configuration">The server.</param>
    /// <param name="recipient">The recipient.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <param name="isUnsaved">Whether the settings of the server haven't been saved.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<OutgoingMailResult> SendAsync(OutgoingMailConfiguration configuration, MailboxAddress recipient, CancellationToken cancellationToken, bool isUnsaved = false)
    {
        var site = await siteService.GetSiteSettingsAsync();
        using var message = TestMessage.Compose(recipient, site.SiteName, configuration.Title, S);
        await session.CommitAndReleaseConnectionAsync();

        return await mail.TestAsync(configuration, message, isUnsaved, cancellationToken);
    }

    /// <summary>Sends a test message through each of these servers, several at the same time, each in its own scope. Servers that were deleted in the meantime are left out.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<IReadOnlyList<(OutgoingMailConfiguration Configuration, OutgoingMailResult Result)>> SendAsync(IReadOnlyList<string> configurationIds, MailboxAddress recipient, CancellationToken cancellationToken)
    {
        await session.CommitAndReleaseConnectionAsync();
        var results = new (OutgoingMailConfiguration Configuration, OutgoingMailResult Result)?[configurationIds.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrency, CancellationToken = cancellationToken };

        await Parallel.ForAsync(0, results.Length, options, async (number, token) => await ShellScope.UsingChildScopeAsync(async scope =>
        {
            if (await scope.ServiceProvider.GetRequiredService<OutgoingMailConfigurationManager>().FindAsync(configurationIds[number]) is { } configuration)
            {
                results[number] = (configuration, await scope.ServiceProvider.GetRequiredService<TestMessageSender>().SendAsync(configuration, recipient, token));
            }
        }));

        return [.. results.OfType<(OutgoingMailConfiguration, OutgoingMailResult)>()];
    }
}
