using Horilla.Modules.OutgoingMail.Configurations;
using Horilla.Modules.OutgoingMail.Outbox;
using Horilla.Modules.OutgoingMail.Routing;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.Extensions.Localization;
using MimeKit;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Selects the server that a message is sent through. Scoped.</summary>
public sealed class MailServerResolver(ConfigurationCache cache, ISiteService siteService, IStringLocalizer<MailServerResolver> S)
{
    /// <summary>Returns the server that the options and the message select.</summary>
    /// <exception cref="DeliveryException">There is no server, or the requested one doesn't exist.</exception>
    public async Task<OutgoingMailConfiguration> ResolveAsync(MimeMessage message, OutgoingMailOptions options)
    {
        if (options.ConfigurationId is { } id)
        {
            return await FindAsync(id) ?? throw new DeliveryException(ConfigurationNotFound(S["There is no outgoing mail server with the ID '{0}'.", id]));
        }

        if (options.Username is { } username)
        {
            return await FindByUsernameAsync(username) ?? throw new DeliveryException(ConfigurationNotFound(S["There is no outgoing mail server with the user name '{0}'.", username]));
        }

        return await FindByCategoryAsync(options) ?? await FindByFromAsync(message, options) ?? await FindPrimaryAsync() ?? throw new DeliveryException(NoServerConfigured());
    }

    /// <summary>Returns the server with an ID, or null.</summary>
    public Task<OutgoingMailConfiguration?> FindAsync(string id) => cache.FindAsync("id", id, session => session.FindConfigurationAsync(id));

    private async Task<OutgoingMailConfiguration?> FindByUsernameAsync(string username)
    {
        var normalizedUsername = username.Trim().ToLowerInvariant();
        var primaryId = await GetPrimaryIdAsync();

        return await cache.FindAsync("user name", normalizedUsername, session => session.FindConfigurationByUsernameAsync(normalizedUsername, primaryId));
    }

    /// <summary>Returns the server that an administrator chose for the category; null if there is none or it was deleted.</summary>
    private async Task<OutgoingMailConfiguration?> FindByCategoryAsync(OutgoingMailOptions options)
        => OutboxOptionsValidator.NormalizeCategory(options.Category) is { } category
            && (await siteService.GetSettingsAsync<MailRoutingSettings>()).Servers.TryGetValue(category, out var id)
                ? await FindAsync(id)
                : null;

    private async Task<OutgoingMailConfiguration?> FindByFromAsync(MimeMessage message, OutgoingMailOptions options)
        => options.ChoosesByFrom && MailAddressParser.GetDomain(message.From.Mailboxes.FirstOrDefault()?.Address) is { Length: > 0 } domain
            ? await cache.FindAsync("domain", domain, session => session.FindSingleConfigurationByDomainAsync(domain))
            : null;

    /// <summary>Returns the server that the settings point to, or the oldest one if that server doesn't exist.</summary>
    private async Task<OutgoingMailConfiguration?> FindPrimaryAsync()
        => (await GetPrimaryIdAsync() is { } id ? await FindAsync(id) : null)
            ?? await cache.FindAsync("age", "oldest", session => session.FindOldestConfigurationAsync([]));

    private async Task<string?> GetPrimaryIdAsync() => (await siteService.GetSettingsAsync<OutgoingMailSettings>()).PrimaryConfigurationId;

    private OutgoingMailError NoServerConfigured() => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "nothing-configured",
        Message = S["This site has no outgoing mail server."],
        NextStep = S["Add one in the admin panel under Settings > Mail > Outgoing Mail Server."],
    };

    private OutgoingMailError ConfigurationNotFound(string message) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "configuration-unknown",
        Message = message,
        NextStep = S["It may have been deleted. Specify another server, or none to use the primary server."],
    };
}
