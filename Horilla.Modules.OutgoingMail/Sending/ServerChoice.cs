using Horilla.Modules.OutgoingMail.Configurations;
using Microsoft.Extensions.Localization;
using MimeKit;
using OrchardCore.Settings;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Chooses the server that a message goes through. Scoped.</summary>
public sealed class ServerChoice(ConfigurationCache cache, ISiteService siteService, IStringLocalizer<ServerChoice> S)
{
    /// <summary>The server that options and message choose.</summary>
    /// <exception cref="DeliveryException">There is none, or not the one that was asked for.</exception>
    public async Task<OutgoingMailConfiguration> ChooseAsync(MimeMessage message, OutgoingMailOptions options)
    {
        if (options.ConfigurationId is { } id)
        {
            return await FindByIdAsync(id) ?? throw new DeliveryException(NotThere(S["There is no outgoing mail server with the id '{0}'.", id]));
        }

        if (options.Username is { } username)
        {
            return await FindByUsernameAsync(username) ?? throw new DeliveryException(NotThere(S["There is no outgoing mail server with the user name '{0}'.", username]));
        }

        return await FindByFromAsync(message, options) ?? await FindPrimaryAsync() ?? throw new DeliveryException(NothingConfigured());
    }

    private Task<OutgoingMailConfiguration?> FindByIdAsync(string id)
        => cache.FindAsync("id", id, session => session.FindConfigurationAsync(id));

    private async Task<OutgoingMailConfiguration?> FindByUsernameAsync(string username)
    {
        var wanted = username.Trim().ToLowerInvariant();
        var primaryId = await GetPrimaryIdAsync();

        return await cache.FindAsync("user name", wanted, session => session.FindConfigurationByUsernameAsync(wanted, primaryId));
    }

    private async Task<OutgoingMailConfiguration?> FindByFromAsync(MimeMessage message, OutgoingMailOptions options)
        => options.ChoosesByFrom && MailAddresses.DomainOf(message.From.Mailboxes.FirstOrDefault()?.Address) is { Length: > 0 } domain
            ? await cache.FindAsync("domain", domain, session => session.FindOnlyConfigurationOfDomainAsync(domain))
            : null;

    /// <summary>The one that the settings point at; where they point at none that is there, the database says which it is.</summary>
    private async Task<OutgoingMailConfiguration?> FindPrimaryAsync()
        => (await GetPrimaryIdAsync() is { } id ? await FindByIdAsync(id) : null)
            ?? await cache.FindAsync("age", "oldest", session => session.FindOldestConfigurationAsync(except: null));

    private async Task<string?> GetPrimaryIdAsync() => (await siteService.GetSettingsAsync<OutgoingMailSettings>()).PrimaryConfigurationId;

    private OutgoingMailError NothingConfigured() => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "nothing-configured",
        Message = S["This site has no outgoing mail server."],
        NextStep = S["Add one in the admin panel under Settings > Mail > Outgoing Mail Server."],
    };

    private OutgoingMailError NotThere(string message) => new()
    {
        Step = DeliveryStep.Configuration,
        Code = "configuration-unknown",
        Message = message,
        NextStep = S["It may have been deleted. Choose another one, or none to use the primary server."],
    };
}
