using System.Security.Claims;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Http;
using OrchardCore;
using OrchardCore.Entities;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;
using OrchardCore.Settings;
using YesSql;
using ISession = YesSql.ISession;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Finds, saves and deletes the tenant's mail servers, and maintains the pointer to the primary. Scoped.</summary>
public sealed class OutgoingMailConfigurationManager(
    ISession session,
    ISiteService siteService,
    IEnumerable<IConfigurationEvents> events,
    ConfigurationCache cache,
    IDistributedLock locks,
    IClock clock,
    IHttpContextAccessor httpContextAccessor)
{
    private const int IdLength = 26;

    /// <summary>Creates a configuration of a type without saving it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="configurationId">The ID from the form. If it is null or invalid, a new ID is generated.</param>
    public static OutgoingMailConfiguration New(string type, string? configurationId = null) => new()
    {
        ConfigurationId = configurationId is { Length: IdLength } id && id.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c)) ? id : IdGenerator.GenerateId(),
        Type = type,
    };

    /// <summary>Returns the configuration with this ID, or null.</summary>
    public async Task<OutgoingMailConfiguration?> FindAsync(string? configurationId)
        => string.IsNullOrEmpty(configurationId)
            ? null
            : await session.FindConfigurationAsync(configurationId);

    /// <summary>Returns the configurations with these IDs, by user name. Unknown IDs are left out.</summary>
    public async Task<IReadOnlyList<OutgoingMailConfiguration>> FindAsync(IReadOnlyCollection<string> configurationIds)
        => configurationIds.Count == 0 ? [] : await session.FindConfigurationsAsync([.. configurationIds]);

    /// <summary>Returns the primary configuration, or null if there are no configurations.</summary>
    public async Task<OutgoingMailConfiguration?> FindPrimaryAsync()
        => await FindAsync((await siteService.GetSettingsAsync<OutgoingMailSettings>()).PrimaryConfigurationId) ?? await FindOldestAsync();

    /// <summary>Returns the ID of the primary configuration, or null if there are no configurations.</summary>
    public async Task<string?> GetPrimaryIdAsync() => (await FindPrimaryAsync())?.ConfigurationId;

    /// <summary>
    /// Saves a new or changed configuration. The first one becomes the primary automatically.
    /// </summary>
    /// <param name="configuration">The configuration to save.</param>
    /// <param name="makePrimary">Whether it becomes the primary. False doesn't change the primary.</param>
    /// <exception cref="ConcurrencyException">Someone else changed it since it was read. Nothing from the request is saved.</exception>
    public async Task SaveAsync(OutgoingMailConfiguration configuration, bool makePrimary)
    {
        var isNew = configuration.CreatedUtc == default;
        var isFirst = isNew && await FindOldestAsync() is null;
        var now = clock.UtcNow;

        configuration.CreatedUtc = isNew ? now : configuration.CreatedUtc;
        configuration.ModifiedUtc = now;
        configuration.ModifiedBy = httpContextAccessor.HttpContext?.User.FindFirstValue(ClaimTypes.Name) ?? "";
        configuration.ConcurrencyStamp = IdGenerator.GenerateId();

        await session.SaveAsync(configuration, checkConcurrency: true);
        await session.FlushAsync();
        cache.InvalidateOnCommit();

        foreach (var handler in events)
        {
            await handler.SavedAsync(configuration);
        }

        if (makePrimary || isFirst)
        {
            await SetPrimaryAsync(configuration.ConfigurationId);
        }
    }

    /// <summary>Saves and commits a new configuration, once per ID, so that a form submitted twice creates one server.</summary>
    /// <returns>The existing configuration with this ID, in which case nothing is saved; null if the new one was saved.</returns>
    public async Task<OutgoingMailConfiguration?> CreateAsync(OutgoingMailConfiguration configuration, bool makePrimary)
    {
        await using var createLock = await locks.AcquireLockAsync($"OutgoingMail.Create:{configuration.ConfigurationId}", TimeSpan.FromMinutes(1));

        if (await FindAsync(configuration.ConfigurationId) is { } existing)
        {
            return existing;
        }

        await SaveAsync(configuration, makePrimary);
        await session.SaveChangesAsync();

        return null;
    }

    /// <summary>Deletes a configuration.</summary>
    /// <returns>The new primary; null if the deleted configuration wasn't the primary, or if none is left.</returns>
    public async Task<OutgoingMailConfiguration?> DeleteAsync(OutgoingMailConfiguration configuration)
    {
        var primaryId = await GetPrimaryIdAsync();
        session.Delete(configuration);
        cache.InvalidateOnCommit();

        foreach (var handler in events)
        {
            await handler.DeletedAsync(configuration);
        }

        if (primaryId != configuration.ConfigurationId)
        {
            return null;
        }

        var next = await FindOldestAsync(configuration.ConfigurationId);
        await SetPrimaryAsync(next?.ConfigurationId);

        return next;
    }

    /// <summary>Returns the oldest configuration except these, or null if there is no other. It becomes the primary when the primary is deleted.</summary>
    public Task<OutgoingMailConfiguration?> FindOldestAsync(params string[] exceptIds) => session.FindOldestConfigurationAsync(exceptIds);

    /// <summary>Makes a configuration the primary.</summary>
    /// <param name="configurationId">Its ID, or null if none is left.</param>
    public async Task SetPrimaryAsync(string? configurationId)
    {
        var site = await siteService.LoadSiteSettingsAsync();
        site.Put(new OutgoingMailSettings { PrimaryConfigurationId = configurationId });
        await siteService.UpdateSiteSettingsAsync(site);
    }
}
