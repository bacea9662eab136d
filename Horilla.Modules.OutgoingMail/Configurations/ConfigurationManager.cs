using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrchardCore;
using OrchardCore.Entities;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;
using OrchardCore.Settings;
using YesSql;
using ISession = YesSql.ISession;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Finds, stores and deletes the mail servers of the tenant, and keeps the pointer to the primary one. Scoped.</summary>
public sealed class ConfigurationManager(
    ISession session,
    ISiteService siteService,
    IEnumerable<IConfigurationEvents> events,
    ConfigurationCache cache,
    IDistributedLock locks,
    IClock clock,
    IHttpContextAccessor httpContextAccessor)
{
    private const int IdLength = 26;

    /// <summary>A new configuration of a type, not yet stored.</summary>
    /// <param name="type">The type.</param>
    /// <param name="configurationId">The id that its form has; null, or what is no id, for a new one.</param>
    public static OutgoingMailConfiguration New(string type, string? configurationId = null) => new()
    {
        ConfigurationId = configurationId is { Length: IdLength } id && id.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c)) ? id : IdGenerator.GenerateId(),
        Type = type,
    };

    /// <summary>The configuration of this id, or null.</summary>
    public async Task<OutgoingMailConfiguration?> FindAsync(string? configurationId)
        => string.IsNullOrEmpty(configurationId)
            ? null
            : await session.FindConfigurationAsync(configurationId);

    /// <summary>A page of the list: searched, sorted and cut by the database.</summary>
    public Task<ConfigurationPage> SearchAsync(ConfigurationQuery query) => session.SearchConfigurationsAsync(query);

    /// <summary>The primary configuration; null where there is none at all.</summary>
    public async Task<OutgoingMailConfiguration?> FindPrimaryAsync()
        => await FindAsync((await siteService.GetSettingsAsync<OutgoingMailSettings>()).PrimaryConfigurationId) ?? await FindOldestAsync(except: null);

    /// <summary>The id of the primary configuration; null where there is none at all.</summary>
    public async Task<string?> GetPrimaryIdAsync() => (await FindPrimaryAsync())?.ConfigurationId;

    /// <summary>
    /// Stores a new or changed configuration. The first one becomes the primary by itself.
    /// </summary>
    /// <param name="configuration">What to store.</param>
    /// <param name="makePrimary">Whether it becomes the primary. False leaves the pointer where it is.</param>
    /// <exception cref="ConcurrencyException">Somebody else changed it since it was read. Nothing of the request is saved then.</exception>
    public async Task SaveAsync(OutgoingMailConfiguration configuration, bool makePrimary)
    {
        var isNew = configuration.CreatedUtc == default;
        var isFirst = isNew && await FindOldestAsync(except: null) is null;
        var now = clock.UtcNow;

        configuration.CreatedUtc = isNew ? now : configuration.CreatedUtc;
        configuration.ModifiedUtc = now;
        configuration.ModifiedBy = httpContextAccessor.HttpContext?.User.FindFirstValue(ClaimTypes.Name) ?? "";
        configuration.Revision = IdGenerator.GenerateId();

        await session.SaveAsync(configuration, checkConcurrency: true);
        await session.FlushAsync();
        cache.ExpireWithScope();

        foreach (var handler in events)
        {
            await handler.SavedAsync(configuration);
        }

        if (makePrimary || isFirst)
        {
            await PointAtAsync(configuration.ConfigurationId);
        }
    }

    /// <summary>Stores a new configuration, once for each id: a form that is sent twice makes one server. It is committed with this.</summary>
    /// <returns>The one of its id that is there already, and nothing is stored; null where it is stored by this.</returns>
    public async Task<OutgoingMailConfiguration?> CreateAsync(OutgoingMailConfiguration configuration, bool makePrimary)
    {
        await using var held = await locks.AcquireLockAsync($"OutgoingMail.Create:{configuration.ConfigurationId}", TimeSpan.FromMinutes(1));

        if (await FindAsync(configuration.ConfigurationId) is { } existing)
        {
            return existing;
        }

        await SaveAsync(configuration, makePrimary);
        await session.SaveChangesAsync();

        return null;
    }

    /// <summary>Deletes a configuration.</summary>
    /// <returns>The one that is the primary now instead; null where the deleted one was not, or none is left.</returns>
    public async Task<OutgoingMailConfiguration?> DeleteAsync(OutgoingMailConfiguration configuration)
    {
        var primaryId = await GetPrimaryIdAsync();
        session.Delete(configuration);
        cache.ExpireWithScope();

        foreach (var handler in events)
        {
            await handler.DeletedAsync(configuration);
        }

        if (primaryId != configuration.ConfigurationId)
        {
            return null;
        }

        var next = await FindOldestAsync(configuration.ConfigurationId);
        await PointAtAsync(next?.ConfigurationId);

        return next;
    }

    /// <summary>The oldest configuration but this one: what becomes the primary when it goes.</summary>
    public Task<OutgoingMailConfiguration?> FindOldestAsync(string? except) => session.FindOldestConfigurationAsync(except);

    private async Task PointAtAsync(string? configurationId)
    {
        var site = await siteService.LoadSiteSettingsAsync();
        site.Put(new OutgoingMailSettings { PrimaryConfigurationId = configurationId });
        await siteService.UpdateSiteSettingsAsync(site);
    }
}
