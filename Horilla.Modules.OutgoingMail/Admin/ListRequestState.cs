using System.Security.Claims;
using Horilla.Modules.OutgoingMail.Log;
using Horilla.Modules.OutgoingMail.Sending;
using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Authorization;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>The data that the rows of a page need, read once for all of them. Scoped.</summary>
public sealed class ListRequestState(LastDeliveryStore lastDeliveries, SignInRequirementStore signInRequirements, ServerHistoryReader history, IAuthorizationService authorizationService)
{
    /// <summary>The ID of the primary configuration.</summary>
    public string? PrimaryId { get; private set; }

    /// <summary>The IDs of the configurations on the page.</summary>
    public IReadOnlyList<string> ConfigurationIds { get; private set; } = [];

    /// <summary>The last delivery of each configuration on the page, by configuration ID.</summary>
    public IReadOnlyDictionary<string, LastDelivery> LastDeliveries { get; private set; } = new Dictionary<string, LastDelivery>();

    /// <summary>The IDs of the configurations that can't send until an account signs in.</summary>
    public IReadOnlySet<string> RequireSignIn { get; private set; } = new HashSet<string>();

    /// <summary>What waits for the configurations on the page, by configuration ID.</summary>
    public IReadOnlyDictionary<string, ServerBacklog> Backlogs { get; private set; } = new Dictionary<string, ServerBacklog>();

    /// <summary>The URL of the list, including the tenant's path base; null for the unfiltered list.</summary>
    public string? ReturnUrl { get; private set; }

    /// <summary>The URL of the current page, to which actions return that don't leave it: that of the list, or of a single server.</summary>
    public string? CurrentUrl { get; private set; }

    /// <summary>Whether the user may edit and delete.</summary>
    public bool CanManage { get; private set; }

    /// <summary>Whether the user may send test messages.</summary>
    public bool CanSendTestMail { get; private set; }

    /// <summary>Whether rows can be selected: if there are several and the user may do something with them.</summary>
    public bool CanSelect => ConfigurationIds.Count > 1 && (CanManage || CanSendTestMail);

    /// <summary>Reads the data for a page.</summary>
    /// <param name="configurationIds">The servers on the page.</param>
    /// <param name="primaryId">The ID of the primary configuration, or null if there is none.</param>
    /// <param name="returnUrl">The URL of the list; null for the unfiltered list.</param>
    /// <param name="user">The user who sees the page.</param>
    /// <param name="currentUrl">The URL of the page if it isn't the list.</param>
    public async Task LoadAsync(IReadOnlyList<string> configurationIds, string? primaryId, string? returnUrl, ClaimsPrincipal user, string? currentUrl = null)
    {
        ConfigurationIds = configurationIds;
        PrimaryId = primaryId;
        ReturnUrl = returnUrl;
        CurrentUrl = currentUrl ?? returnUrl;
        LastDeliveries = await lastDeliveries.FindAsync(configurationIds);
        RequireSignIn = await signInRequirements.FindAsync(configurationIds);
        Backlogs = await history.ReadBacklogsAsync(configurationIds, CancellationToken.None);
        CanManage = await authorizationService.AuthorizeAsync(user, OutgoingMailPermissions.ManageOutgoingMailServers);
        CanSendTestMail = await authorizationService.AuthorizeAsync(user, OutgoingMailPermissions.SendTestMail);
    }
}
